public import Configuration
import Vocabulary

extension AssessmentRule {
  /// The format this program reads.
  public static let format = "adwatch.assessment/1"

  /// Reads the rule's YAML text; throws every problem with its place.
  public init(yaml text: String, file: String) throws(ConfigurationProblems) {
    try self.init(node: ConfigurationNode(yaml: text, file: file))
  }

  /// Reads the rule; throws every problem with its place.
  ///
  /// A combination of fewer than two indicators is a problem, because one indicator means nothing.
  public init(node: ConfigurationNode) throws(ConfigurationProblems) {
    var reader = ConfigurationReader()
    let keys = ["format", "rule", "barrier", "flag", "priority"]
    let fields = reader.mapping(node, keys: keys, required: keys) ?? [:]
    if let stated = fields["format"], reader.string(stated).map({ $0 != Self.format }) ?? false {
      reader.report("this program reads the format '\(Self.format)'", at: stated)
    }
    let name = fields["rule"].flatMap { reader.string($0) } ?? ""
    let combinations = fields["barrier"].map { Self.combinations($0, &reader) } ?? []
    let flag = fields["flag"].map { FlagFields($0, &reader) } ?? FlagFields()
    let priority = fields["priority"].map { Self.priority($0, &reader) }
    try reader.finish()
    self.init(
      name: name, combinations: combinations, flagBarriers: flag.barriers,
      linkageBarriers: flag.linkageBarriers, linkageIndicators: flag.indicators,
      priority: priority ?? PriorityWeights(urgent: 0, barrier: 0, strength: [:], evidence: [:]))
  }

  private static func combinations(
    _ node: ConfigurationNode, _ reader: inout ConfigurationReader
  ) -> [BarrierCombination] {
    guard let items = reader.sequence(node) else { return [] }
    if items.isEmpty { reader.report("at least one combination is needed", at: node) }
    return items.compactMap { item in
      guard let fields = reader.mapping(item, keys: ["strong", "medium", "weak", "other"]) else {
        return nil
      }
      let counts = fields.mapValues { reader.integer($0, in: 0...100) ?? 2 }
      guard counts.values.reduce(0, +) >= 2 else {
        reader.report("a combination needs at least two indicators", at: item)
        return nil
      }
      return BarrierCombination(
        strong: counts["strong"] ?? 0, medium: counts["medium"] ?? 0,
        weak: (counts["weak"] ?? 0) + (counts["other"] ?? 0))
    }
  }

  private static func priority(
    _ node: ConfigurationNode, _ reader: inout ConfigurationReader
  ) -> PriorityWeights {
    let keys = ["urgent", "barrier", "strength", "evidence"]
    let fields = reader.mapping(node, keys: keys, required: keys) ?? [:]
    return PriorityWeights(
      urgent: fields["urgent"].flatMap { reader.number($0, in: 0...1_000_000) } ?? 0,
      barrier: fields["barrier"].flatMap { reader.number($0, in: 0...1000) } ?? 0,
      strength: fields["strength"].map {
        weights($0, [.strong, .medium, .weak] as [Strength], &reader)
      } ?? [:],
      evidence: fields["evidence"].map { weights($0, EvidenceGrade.allCases, &reader) } ?? [:])
  }

  private static func weights<Key: RawRepresentable & Hashable>(
    _ node: ConfigurationNode, _ keys: [Key], _ reader: inout ConfigurationReader
  ) -> [Key: Double] where Key.RawValue == String {
    let names = keys.map(\.rawValue)
    let fields = reader.mapping(node, keys: names, required: names) ?? [:]
    var weights: [Key: Double] = [:]
    for key in keys {
      weights[key] = fields[key.rawValue].flatMap { reader.number($0, in: 0...1000) }
    }
    return weights
  }
}

/// The `flag` section.
private struct FlagFields {
  var barriers = 2
  var linkageBarriers = 1
  var indicators: [String] = []

  init() {}

  init(_ node: ConfigurationNode, _ reader: inout ConfigurationReader) {
    let keys = ["barriers", "linkage"]
    let fields = reader.mapping(node, keys: keys, required: keys) ?? [:]
    let most = Barrier.allCases.count
    if let node = fields["barriers"] { barriers = reader.integer(node, in: 2...most) ?? 2 }
    guard let linkage = fields["linkage"] else { return }
    let inner = reader.mapping(
      linkage, keys: ["barriers", "indicators"], required: ["barriers", "indicators"])
    if let node = inner?["barriers"] { linkageBarriers = reader.integer(node, in: 1...most) ?? 1 }
    if let node = inner?["indicators"] { indicators = reader.strings(node) ?? [] }
  }
}
