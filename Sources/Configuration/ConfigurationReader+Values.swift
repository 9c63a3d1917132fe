extension ConfigurationReader {
  /// Returns a scalar's text, which may not be empty.
  public mutating func string(_ node: ConfigurationNode) -> String? {
    guard case .scalar(let text, _) = node.value, !text.isEmpty else {
      report("expected text, found \(Self.name(node))", at: node)
      return nil
    }
    return text
  }

  /// Returns a whole number within the range.
  public mutating func integer(_ node: ConfigurationNode, in range: ClosedRange<Int>) -> Int? {
    guard case .scalar(let text, _) = node.value,
      let value = Int(text.filter { $0 != "_" }), range.contains(value)
    else {
      report(
        "expected a whole number from \(range.lowerBound) to \(range.upperBound), "
          + "found \(Self.name(node))", at: node)
      return nil
    }
    return value
  }

  /// Returns a finite number within the range.
  public mutating func number(_ node: ConfigurationNode, in range: ClosedRange<Double>) -> Double? {
    guard case .scalar(let text, _) = node.value, let value = Double(text), value.isFinite,
      range.contains(value)
    else {
      report(
        "expected a number from \(range.lowerBound) to \(range.upperBound), "
          + "found \(Self.name(node))", at: node)
      return nil
    }
    return value
  }

  /// Returns `true` or `false`, as YAML 1.2 writes them.
  public mutating func boolean(_ node: ConfigurationNode) -> Bool? {
    switch node.value {
    case .scalar("true", quoted: false): return true
    case .scalar("false", quoted: false): return false
    default:
      report("expected true or false, found \(Self.name(node))", at: node)
      return nil
    }
  }

  /// Returns a length of time in seconds: a number with the unit s, m, h, d or w, or without one.
  public mutating func duration(_ node: ConfigurationNode) -> Double? {
    let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]
    if case .scalar(let text, _) = node.value {
      let unit = text.last.flatMap { units[$0] }
      let digits = unit == nil ? text[...] : text.dropLast()
      if let value = Double(digits), value.isFinite, value >= 0, value < 1e9 {
        return value * (unit ?? 1)
      }
    }
    report(
      "expected a length of time such as 30s, 5m, 6h, 1d or 2w, found \(Self.name(node))", at: node)
    return nil
  }

  /// Returns the texts of a list; a lone scalar counts as a list of one.
  public mutating func strings(_ node: ConfigurationNode) -> [String]? {
    if case .scalar = node.value { return string(node).map { [$0] } }
    guard let items = sequence(node) else { return nil }
    var texts: [String] = []
    for item in items {
      if let text = string(item) { texts.append(text) }
    }
    return texts
  }

  /// Returns the case of a closed vocabulary that the scalar names.
  public mutating func choice<T: RawRepresentable & CaseIterable>(
    _ node: ConfigurationNode, _ type: T.Type
  ) -> T? where T.RawValue == String {
    if case .scalar(let text, _) = node.value, let value = T(rawValue: text) { return value }
    let words = T.allCases.map(\.rawValue)
    var near: String?
    if case .scalar(let text, _) = node.value { near = Self.nearest(to: text, in: words) }
    let guess = near.map { "; did you mean '\($0)'?" } ?? ""
    report(
      "expected one of \(words.joined(separator: ", ")), found \(Self.name(node))\(guess)",
      at: node,
      suggestion: near)
    return nil
  }
}
