/// Reads typed values from nodes and collects every problem instead of stopping at the first.
///
/// Each reading method returns nil after it has reported why; `finish()` throws what was collected.
public struct ConfigurationReader {
  /// What was found so far.
  public private(set) var problems: [ConfigurationProblem] = []

  public init() {}

  /// Adds a problem at a node's place, with what was probably meant.
  public mutating func report(
    _ message: String, at node: ConfigurationNode, suggestion: String? = nil
  ) {
    problems.append(
      ConfigurationProblem(
        file: node.file, line: node.line, column: node.column, message: message,
        suggestion: suggestion))
  }

  /// Adds problems found elsewhere.
  public mutating func report(_ more: ConfigurationProblems) {
    problems += more.problems
  }

  /// Throws everything that was collected, if anything was.
  public func finish() throws(ConfigurationProblems) {
    guard problems.isEmpty else { throw ConfigurationProblems(problems) }
  }

  /// Checks that the node is a mapping with only these keys and returns its non-null entries.
  ///
  /// Unknown keys, keys written twice and missing required keys become problems; the entries that
  /// can be used are returned all the same, so that their own problems are found in the same run.
  public mutating func mapping(
    _ node: ConfigurationNode, keys: [String], required: [String] = []
  ) -> [String: ConfigurationNode]? {
    guard let entries = entries(node) else { return nil }
    var found: [String: ConfigurationNode] = [:]
    for (key, value, keyNode) in entries {
      guard keys.contains(key) else {
        let near = Self.nearest(to: key, in: keys)
        let guess = near.map { "did you mean '\($0)'? Keys here: " } ?? "keys here: "
        report(
          "unknown key '\(key.prefix(64))'; \(guess)\(keys.joined(separator: ", "))", at: keyNode,
          suggestion: near)
        continue
      }
      if case .null = value.value { continue }
      found[key] = value
    }
    for key in required where found[key] == nil {
      report("'\(key)' is missing", at: node)
    }
    return found
  }

  /// Returns the entries of a mapping whose keys are free, in the order of the file.
  public mutating func entries(
    _ node: ConfigurationNode
  ) -> [(key: String, node: ConfigurationNode, keyNode: ConfigurationNode)]? {
    guard case .mapping(let pairs) = node.value else {
      report("expected keys and values, found \(Self.name(node))", at: node)
      return nil
    }
    var seen: Set<String> = []
    var entries: [(key: String, node: ConfigurationNode, keyNode: ConfigurationNode)] = []
    for (keyNode, value) in pairs {
      let key: String
      switch keyNode.value {
      case .scalar(let text, _): key = text
      default:
        report("a key has to be a plain word, found \(Self.name(keyNode))", at: keyNode)
        continue
      }
      guard seen.insert(key).inserted else {
        report("the key '\(key)' is written twice", at: keyNode)
        continue
      }
      entries.append((key, value, keyNode))
    }
    return entries
  }

  /// Returns the items of a list.
  public mutating func sequence(_ node: ConfigurationNode) -> [ConfigurationNode]? {
    guard case .sequence(let items) = node.value else {
      report("expected a list, found \(Self.name(node))", at: node)
      return nil
    }
    return items
  }

  static func name(_ node: ConfigurationNode) -> String {
    switch node.value {
    case .scalar(let text, _): "'\(text.prefix(40))'"
    case .null: "nothing"
    case .sequence: "a list"
    case .mapping: "keys and values"
    }
  }

  /// The candidate that differs least from `word`, if the difference looks like a slip of the hand.
  public static func nearest(to word: String, in candidates: [String]) -> String? {
    let limit = max(1, min(word.utf8.count, 12) / 3)
    guard word.utf8.count <= 64 else { return nil }
    return
      candidates
      .map { ($0, editDistance(Array(word.utf8), Array($0.utf8))) }
      .filter { $0.1 <= limit }
      .min { $0.1 < $1.1 }?.0
  }

  private static func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var previous = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var row = [i + 1]
      for (j, y) in b.enumerated() {
        row.append(min(previous[j + 1] + 1, row[j] + 1, previous[j] + (x == y ? 0 : 1)))
      }
      previous = row
    }
    return previous[b.count]
  }
}
