import WebAddress

/// Finds the identifiers in a text, in one pass for everything but phone numbers.
struct SelectorFinder {
  /// How much of each kind of work a hostile text may cause.
  struct Limits: Sendable {
    /// The most selectors that are kept.
    var selectors = 5_000
    /// The most candidates libphonenumber is asked about.
    var phoneTrials = 20_000
  }

  private let text: [UInt8]
  private let limits: Limits
  private let countries: [String]
  private let triggers = SelectorTriggers.all
  private var found: [Selector] = []
  /// Where the last selector ended.
  private var reserved = 0
  /// Where the last run ended that looked like an address and is none.
  private var refused = 0

  private init(_ text: [UInt8], _ countries: [String], _ limits: Limits) {
    self.text = text
    self.countries = countries
    self.limits = limits
  }

  /// All selectors by where they start; ranges of different kinds may overlap (a `wa.me` link is a
  /// URL's place, a handle and a phone number).
  static func find(
    in text: [UInt8], regions: PhoneRegions, entities: [Range<Int>] = [],
    limits: Limits = Limits()
  ) -> [Selector] {
    var finder = SelectorFinder(text, regions.codes, limits)
    finder.pass()
    var masks = finder.found.filter { $0.kind != .handle || $0.trick == nil }.map(\.range)
    masks.sort { $0.lowerBound < $1.lowerBound }
    var all = finder.found.filter { !($0.kind == .iban && !$0.valid && $0.confidence < 0.31) }
    all += PhoneFinder.find(
      in: text, regions: regions, masks: masks, entities: entities, trials: limits.phoneTrials)
    all.sort {
      ($0.range.lowerBound, $0.range.upperBound, $0.kind.rawValue)
        < ($1.range.lowerBound, $1.range.upperBound, $1.kind.rawValue)
    }
    return Array(all.prefix(limits.selectors))
  }

  private mutating func pass() {
    let links = LinkFinder(text: text)
    let mails = EmailFinder(text: text)
    let handles = HandleFinder(text: text)
    let plates = PlateFinder(text: text)
    let addresses = AddressFinder(text: text, countries: countries)
    var index = 0
    while index < text.count, found.count < limits.selectors {
      let byte = text[index]
      if byte.isAlphanumeric || byte >= 0xC3 {
        index = word(at: index, mails, handles, plates, addresses)
        continue
      }
      switch byte {
      case 0x3A:
        if index >= max(reserved, refused) {
          if let link = links.schemed(at: index) { add(link) } else { refuse(at: index, links) }
        }
      case 0x40:
        if index >= reserved, let mail = mails.plain(at: index) { add(mail) }
      case 0x2E:
        if index >= max(reserved, refused) {
          if let link = links.bare(at: index) { add(link) } else { refuse(at: index, links) }
        }
      default: break
      }
      index += 1
    }
  }

  /// Remembers how far a run without an address goes, so that it is not read anew from each of its
  /// signs.
  private mutating func refuse(at sign: Int, _ links: LinkFinder) {
    refused = max(refused, links.runEnd(at: sign))
  }

  /// Looks at the word at `start`; returns where it ends.
  private mutating func word(
    at start: Int, _ mails: EmailFinder, _ handles: HandleFinder, _ plates: PlateFinder,
    _ addresses: AddressFinder
  ) -> Int {
    var end = start
    var letters = false
    var digits = false
    var hash = Folding.seed
    while end < text.count {
      if text[end] >= 0x80 {
        let found = scalar(in: text, at: end)
        guard role(ofScalar: found.value) == .letter else { break }
        letters = true
        Folding.feed(found.value, into: &hash)
        end += found.length
      } else {
        guard text[end].isAlphanumeric else { break }
        if text[end].isDigit { digits = true } else { letters = true }
        Folding.feed(UInt32(text[end]), into: &hash)
        end += 1
      }
    }
    if end == start { return start + scalar(in: text, at: start).length }
    if digits, end - start <= 5, start >= reserved, text[start].isDigit,
      let address = addresses.address(around: start..<end)
    {
      add(address)
      return max(end, address.range.upperBound)
    }
    guard start >= reserved, letters, start == 0 || text[start - 1] != 0x5F else { return end }
    let range = start..<end
    if digits {
      if let wallet = Wallet.find(in: text, range) {
        add(wallet)
        return end
      }
      if end - start >= 4, text[start].isLetter, let account = IBAN.find(in: text, at: start) {
        add(account)
        return max(end, account.range.upperBound)
      }
      return end
    }
    let triggers = SelectorTriggers.of(hash, triggers)
    guard !triggers.isEmpty else { return end }
    if triggers.contains(.email), let mail = mails.spelled(range, hash: hash) {
      add(mail)
      return max(end, mail.range.upperBound)
    }
    if triggers.contains(.plate), let plate = plates.plate(after: range, hash: hash) {
      add(plate)
      return max(end, plate.range.upperBound)
    }
    if triggers.contains(.handle), let handle = handles.handle(after: range, hash: hash) {
      add(handle)
      return max(end, handle.range.upperBound)
    }
    return end
  }

  private mutating func add(_ selector: Selector) {
    found.append(selector)
    reserved = max(reserved, selector.range.upperBound)
  }

  private mutating func add(_ link: LinkFinder.Found) {
    reserved = max(reserved, link.range.upperBound)
    let raw = TextRange.string(text, link.range)
    found += SelectorFinder.selectors(
      of: link.address, raw: raw, range: link.range, confidence: link.confidence)
  }

  /// What a web address identifies: a payee, a handle, a phone number, or a page.
  static func selectors(
    of address: Address, raw: String, range: Range<Int>, confidence: Double
  ) -> [Selector] {
    func selector(_ kind: SelectorKind, _ value: String, valid: Bool = true) -> Selector {
      Selector(
        kind: kind, value: value, raw: raw, range: range, valid: valid, confidence: confidence)
    }
    switch LinkedIdentity(address) {
    case .payment: return [selector(.payment, address.href)]
    case .handle(let platform, let name):
      return [selector(.handle, "\(platform.rawValue):\(name)")]
    case .whatsapp(let number):
      guard let phone = ParsedPhone.parse(Array(number.utf8), region: "ZZ") else { return [] }
      return [
        selector(.handle, "whatsapp:\(phone.value)"),
        selector(.phone, phone.value, valid: phone.valid),
      ]
    case nil: return [selector(.url, address.href)]
    }
  }
}
