import Extraction
import Foundation
import Linking
import Vocabulary

/// A market of invented adverts with the truth about them kept.
///
/// Most adverts are of people who write for themselves; some put theirs up again; networks use a few
/// templates and telephones for many names and cities. Set against the linker: legal texts and stock
/// phrases under anything, switchboards, one site's own form, numbers that went to somebody else,
/// and readings that missed a name, a place or a telephone.
struct World: Sendable {
  /// What the truth says about one advert.
  struct Truth {
    /// Who is behind it.
    var network: Int32
    /// The template or text it was made from.
    var template: Int32
  }

  private enum Kind: UInt8, Sendable {
    case single, reposter, network, switchboard, form
  }

  private struct Network: Sendable {
    var kind: Kind
    var language: Int
    var templates: Int
    var phones: Int
    /// Names it advertises, and sites where it does.
    var names: Int
    var sites: Int
    var firstTemplate: Int32
  }

  let count: Int
  private let seed: UInt64 = 2021
  private var networks: [Network] = []
  /// The network of each advert, adverts of all networks mixed.
  private var owners: [Int32] = []

  init(count: Int) {
    self.count = count
    var chance = Chance(seed)
    var templates: Int32 = 0
    while owners.count < count {
      let draw = chance.fraction()
      let kind: Kind =
        draw < 0.76
        ? .single
        : draw < 0.90
          ? .reposter
          : draw < 0.9977
            ? .network
            : draw < 0.9992 ? .switchboard : .form
      var size = 1
      switch kind {
      case .single: break
      case .reposter: size = chance.number(2..<7)
      case .network:
        // Heavy-tailed: most are small, one in a thousand has hundreds.
        size = min(2_000, Int(3 / pow(1 - chance.fraction(), 0.8)))
      case .switchboard: size = chance.number(40..<120)
      case .form: size = chance.number(30..<60)
      }
      let isNetwork = kind == .network
      let network = Network(
        kind: kind, language: chance.number(0..<10),
        templates: isNetwork ? 1 + min(3, size / 12) : 1,
        phones: isNetwork ? 1 + min(4, size / 8) : 1, names: 2 + min(28, size / 8),
        sites: isNetwork ? chance.number(1..<4) : 1, firstTemplate: templates)
      templates += kind == .switchboard ? Int32(size) : Int32(network.templates)
      owners += repeatElement(Int32(networks.count), count: size)
      networks.append(network)
    }
    owners.removeLast(owners.count - count)
    for index in owners.indices.reversed() where index > 0 {
      owners.swapAt(index, chance.number(0..<(index + 1)))
    }
  }

  func truth(_ index: Int) -> Truth {
    let owner = owners[index]
    let network = networks[Int(owner)]
    var chance = Chance(seed ^ 0xAD, index)
    switch network.kind {
    case .switchboard, .form:
      // Everybody behind a switchboard or a form is somebody else.
      let own = Int32(networks.count + index)
      let template = network.kind == .form ? network.firstTemplate : Int32(1 << 30) + Int32(index)
      return Truth(network: own, template: template)
    default:
      return Truth(
        network: owner,
        template: network.firstTemplate + Int32(chance.number(0..<network.templates)))
    }
  }

  func advert(_ index: Int) -> LinkedAdvert {
    let owner = Int(owners[index])
    let network = networks[owner]
    let language = InventedLanguage.all[network.language]
    var chance = Chance(seed ^ 0xAD, index)
    let template = Int(network.firstTemplate) + chance.number(0..<network.templates)
    let personal = Chance(seed ^ 0x9E, owner)
    let isCompany =
      network.kind == .network || network.kind == .form || network.kind == .switchboard
    // One who writes for himself has one name and place; a network has some names.
    var own = isCompany ? chance : personal
    var named =
      network.kind == .network
      ? Chance(seed ^ 0x4A, owner * 64 + chance.number(0..<network.names)) : own
    let name = language.name(&named)
    let place = language.words[7_000 + own.number(0..<60)]
    let age = own.number(19..<45)
    let phone =
      switch network.kind {
      case .form: "+999\(70_000_000 + index)"
      case .network:
        // One number in a thousand went to somebody else.
        chance.happens(0.001)
          ? "+999\(10_000_000 + (owner + 1) % networks.count * 5)"
          : "+999\(10_000_000 + owner * 5 + chance.number(0..<network.phones))"
      default: "+999\(10_000_000 + owner * 5)"
      }
    let slots = Slots(
      name: name, place: place, age: "\(age)", price: "\(chance.number(4..<40) * 10)",
      phone: "\(phone.suffix(8))", extra: language.name(&chance))
    let textSeed =
      network.kind == .switchboard
      ? Chance(seed ^ 0x7E, 1 << 30 + index) : Chance(seed ^ 0x7E, template)
    var text = TemplateText(language, textSeed).filled(slots, isCompany, &chance)
    if network.kind != .form, chance.happens(0.25) { text += "\n" + chance.pick(language.legal) }
    let site =
      network.kind == .switchboard ? chance.number(0..<12) : chance.number(0..<network.sites)
    let source = "site\((owner + site) % 12)"
    let known = chance.happens(0.7)
    let when = Timestamp(seconds: 1_700_000_000 + Int64(index) * 60)
    return LinkedAdvert(
      id: Int64(index + 1), source: source, key: "\(index)", form: .sex, language: language.code,
      employer: network.kind == .switchboard ? language.name(&chance) + " \(index % 97)" : nil,
      sightings: [Sighting(when: when, place: known ? place : nil)], names: known ? [name] : [],
      ages: [age],
      selectors: chance.happens(0.9) ? [LinkedSelector(kind: .phone, value: phone)] : [],
      text: Array(text.utf8))
  }
}

/// What is filled in.
struct Slots {
  var name: String
  var place: String
  var age: String
  var price: String
  var phone: String
  var extra: String
}

/// Sentences with places for slots, drawn by a template's own chance.
struct TemplateText {
  private var sentences: [[String]] = []
  private let language: InventedLanguage

  init(_ language: InventedLanguage, _ chance: Chance) {
    var chance = chance
    self.language = language
    for _ in 0..<chance.number(4..<9) {
      if chance.happens(0.12) {
        sentences.append(chance.pick(language.phrases).split(separator: " ").map(String.init))
        continue
      }
      sentences.append(
        (0..<chance.number(6..<14)).map { _ in InventedLanguage.word(language.words, &chance) })
    }
    for slot in ["NAME", "PLACE", "AGE", "PRICE", "PHONE", "EXTRA"] where chance.happens(0.8) {
      let sentence = chance.number(0..<sentences.count)
      sentences[sentence].insert(slot, at: chance.number(0..<sentences[sentence].count))
    }
  }

  /// One advert's text; with noise where somebody wrote it anew.
  func filled(_ slots: Slots, _ isNoisy: Bool, _ chance: inout Chance) -> String {
    var lines: [String] = []
    let dropped = isNoisy && chance.happens(0.1) ? chance.number(0..<sentences.count) : -1
    for (number, sentence) in sentences.enumerated() where number != dropped {
      let words = sentence.map { word in
        switch word {
        case "NAME": slots.name
        case "PLACE": slots.place
        case "AGE": slots.age
        case "PRICE": slots.price
        case "PHONE": slots.phone
        case "EXTRA": slots.extra
        default:
          isNoisy && chance.happens(0.02)
            ? InventedLanguage.word(language.words, &chance) : word
        }
      }
      let text = words.joined(separator: " ")
      lines.append(isNoisy && chance.happens(0.03) ? text.uppercased() : text)
    }
    if isNoisy, chance.happens(0.1) {
      lines.insert(language.sentence(7, &chance), at: chance.number(0..<(lines.count + 1)))
    }
    if chance.happens(0.6) { lines.append(chance.pick(language.phrases)) }
    return lines.joined(separator: chance.happens(0.5) ? ". " : "\n")
  }
}
