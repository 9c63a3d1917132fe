public import Configuration
import Vocabulary

/// A part of an advert that a partner may be given.
enum ExtractPart: String, Sendable, CaseIterable {
  /// Which indicators were found, quoted.
  case reasons
  /// The advert's own words.
  case text
  /// What it states of work and employer.
  case fields
  /// Contacts.
  case selectors
  /// Where it says that the work is, and where it was seen.
  case places
  /// Where the evidence is, with digests.
  case evidence
}

/// A kind of partner, what it is best placed for, and the least that it needs.
struct Partner: Sendable {
  var key: String
  /// By language code.
  var name: [String: String]
  var task: [String: String]
  /// The barriers that it works on, the one it is best placed for first.
  var barriers: [Barrier]
  var extract: [ExtractPart]
}

/// The partners that referrals go to, from a data file (`adwatch.partners/1`).
public struct Partners: Sendable {
  let all: [Partner]

  /// Those that come with the program.
  public static func bundled() throws(ConfigurationProblems) -> Partners {
    try Partners(yaml: BundledFiles.text("partners.yaml"), file: "partners.yaml")
  }

  /// Reads a file; throws every problem of it.
  public init(yaml text: String, file: String) throws(ConfigurationProblems) {
    var reader = ConfigurationReader()
    let node = try ConfigurationNode(yaml: text, file: file)
    var all: [Partner] = []
    if let root = reader.mapping(
      node, keys: ["format", "partners"], required: ["format", "partners"])
    {
      if let format = root["format"], reader.string(format) != "adwatch.partners/1" {
        reader.report("the format is 'adwatch.partners/1'", at: format)
      }
      for entry in root["partners"].flatMap({ reader.sequence($0) }) ?? [] {
        guard let partner = Self.partner(entry, &reader) else { continue }
        if all.contains(where: { $0.key == partner.key }) {
          reader.report("the partner '\(partner.key)' is there twice", at: entry)
        }
        all.append(partner)
      }
    }
    try reader.finish()
    self.all = all
  }

  private static func partner(
    _ node: ConfigurationNode, _ reader: inout ConfigurationReader
  ) -> Partner? {
    let keys = ["key", "name", "task", "barriers", "extract"]
    guard let fields = reader.mapping(node, keys: keys, required: keys),
      let key = fields["key"].flatMap({ reader.string($0) }),
      key.utf8.allSatisfy({ (0x61...0x7A).contains($0) || $0 == 0x2D })
    else { return nil }
    func texts(_ name: String) -> [String: String] {
      let entries = fields[name].flatMap { reader.entries($0) } ?? []
      var texts: [String: String] = [:]
      for entry in entries { texts[entry.key] = reader.string(entry.node) }
      if texts["en"] == nil { reader.report("'\(name)' has to be there in English", at: node) }
      return texts
    }
    func choices<T: RawRepresentable & CaseIterable>(_ name: String, _ type: T.Type) -> [T]
    where T.RawValue == String {
      (fields[name].flatMap { reader.sequence($0) } ?? []).compactMap { reader.choice($0, type) }
    }
    return Partner(
      key: key, name: texts("name"), task: texts("task"),
      barriers: choices("barriers", Barrier.self), extract: choices("extract", ExtractPart.self))
  }

  /// Partners that work on one of the barriers at least: those best placed first.
  ///
  /// A partner's rank is the sum of one over the place that each barrier has with it.
  func advised(for barriers: [Barrier]) -> [(partner: Partner, barriers: [Barrier])] {
    all.compactMap { partner -> (Partner, [Barrier], Double)? in
      let own = partner.barriers.filter(barriers.contains)
      guard !own.isEmpty else { return nil }
      let rank = own.reduce(0.0) { sum, barrier in
        sum + 1 / Double((partner.barriers.firstIndex(of: barrier) ?? 0) + 1)
      }
      return (partner, own, rank)
    }
    .sorted { $0.2 > $1.2 }.map { ($0.0, $0.1) }
  }

  func partner(_ key: String) -> Partner? { all.first { $0.key == key } }
}
