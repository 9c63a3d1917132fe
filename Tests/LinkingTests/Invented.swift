import Extraction
import Vocabulary

@testable import Linking

/// Invented adverts, the same in every run.
struct Invented {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return StableMix.finish(state)
  }

  mutating func number(_ range: Range<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.count))
  }

  mutating func pick<T>(_ items: [T]) -> T { items[number(0..<items.count)] }

  mutating func shuffled<T>(_ items: [T]) -> [T] {
    var items = items
    for index in items.indices.reversed() where index > 0 {
      items.swapAt(index, number(0..<(index + 1)))
    }
    return items
  }

  /// A word of syllables that no language has.
  mutating func word() -> String {
    let syllables = ["ka", "lo", "mi", "ter", "vu", "sen", "dor", "pa", "ri", "gol", "ne", "bru"]
    return (0..<number(1..<4)).map { _ in pick(syllables) }.joined()
  }

  /// A sentence of so many words.
  mutating func sentence(_ count: Int) -> String {
    (0..<count).map { _ in word() }.joined(separator: " ") + ". "
  }

  mutating func text(words: Int, sentence length: Int = 10) -> String {
    var text = ""
    var left = words
    while left > 0 {
      text += sentence(min(left, length))
      left -= length
    }
    return text
  }
}

/// Day `day` of the invented calendar.
func day(_ day: Double) -> Timestamp { Timestamp(seconds: 1_750_000_000) + day * 86_400 }

/// An advert with the little that a test is about.
func advert(
  _ id: Int64, _ text: String = "", phone: String? = nil, place: String? = nil, on when: Double = 0,
  source: String = "one", language: String? = "en", names: [String] = [], ages: [Int] = [],
  employer: String? = nil, country: String? = nil, account: String? = nil,
  selectors: [LinkedSelector] = [], images: [ImagePrint] = []
) -> LinkedAdvert {
  LinkedAdvert(
    id: id, source: source, key: "k\(id)", account: account, form: .labour, language: language,
    employer: employer, country: country,
    sightings: [Sighting(when: day(when), place: place, country: country)], names: names,
    ages: ages,
    selectors: selectors + (phone.map { [LinkedSelector(kind: .phone, value: $0)] } ?? []),
    images: images, text: Array(text.utf8))
}

/// Adverts linked in memory, in the order given, and settled once.
func linked(
  _ adverts: [LinkedAdvert], rule: LinkRule = LinkRule()
) throws -> Linker<MemoryLinkIndex> {
  var linker = Linker(index: MemoryLinkIndex(), rule: rule)
  for advert in adverts { try linker.add(advert) }
  _ = try linker.settle()
  return linker
}

extension Linker {
  /// The group of an advert's text.
  func group(_ advert: Int64) throws -> Int64? { try index.record(advert)?.textGroup }

  /// The cluster of each of these adverts.
  func clusters(_ adverts: some Sequence<Int64>) throws -> [Int64?] {
    try adverts.map { try index.cluster(of: $0) }
  }
}
