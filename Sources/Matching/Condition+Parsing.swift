import Configuration

/// Why a `when:` could not be read, and at which Unicode scalar of it.
public struct ConditionProblem: Error, Sendable, Hashable {
  /// What was expected.
  public let message: String
  /// Unicode scalars before the place, from 0.
  public let offset: Int
}

extension Condition {
  /// Parses an expression; throws the first problem with its place.
  public init(parsing text: String) throws(ConditionProblem) {
    var parser = ConditionParser(text)
    self = try parser.condition()
  }
}

private enum Token: Equatable {
  case word(String), number(Double), comparison(Condition.Comparison), open, close, end
}

private struct ConditionParser {
  /// Bounds the recursion that nested brackets and `not` cause.
  static let maximumDepth = 32

  private let scalars: [Unicode.Scalar]
  private var position = 0
  private var token = Token.end
  private var tokenOffset = 0
  private var depth = 0

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
  }

  mutating func condition() throws(ConditionProblem) -> Condition {
    try advance()
    let condition = try expression()
    guard token == .end else { throw problem("expected 'and', 'or' or the end") }
    return condition
  }

  private mutating func expression() throws(ConditionProblem) -> Condition {
    var parts = [try term()]
    while token == .word("or") {
      try advance()
      parts.append(try term())
    }
    return parts.count == 1 ? parts[0] : .or(parts)
  }

  private mutating func term() throws(ConditionProblem) -> Condition {
    var parts = [try factor()]
    while token == .word("and") {
      try advance()
      parts.append(try factor())
    }
    return parts.count == 1 ? parts[0] : .and(parts)
  }

  private mutating func factor() throws(ConditionProblem) -> Condition {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else { throw problem("nested too deeply") }
    switch token {
    case .word("not"):
      try advance()
      return .not(try factor())
    case .open:
      try advance()
      let inner = try expression()
      try close()
      return inner
    case .word("missing"):
      try advance()
      guard token == .open else { throw problem("expected '(' after 'missing'") }
      try advance()
      guard case .word(let name) = token else { throw problem("expected the name of a measure") }
      let measure = try measure(name)
      try advance()
      try close()
      return .missing(measure)
    default:
      return try comparison()
    }
  }

  private mutating func close() throws(ConditionProblem) {
    guard token == .close else { throw problem("expected ')'") }
    try advance()
  }

  private mutating func comparison() throws(ConditionProblem) -> Condition {
    let start = tokenOffset
    let left = try operand()
    guard case .comparison(let comparison) = token else {
      guard case .measure = left else { throw problem("expected a comparison after the number") }
      return .comparison(left, .notEqual, .number(0))
    }
    try advance()
    let right = try operand()
    if case .number = left, case .number = right {
      throw ConditionProblem(message: "a comparison needs a measure", offset: start)
    }
    return .comparison(left, comparison, right)
  }

  private mutating func operand() throws(ConditionProblem) -> Condition.Operand {
    let operand: Condition.Operand
    switch token {
    case .number(let number): operand = .number(number)
    case .word(let name): operand = .measure(try measure(name))
    default: throw problem("expected a measure or a number")
    }
    try advance()
    return operand
  }

  private func measure(_ name: String) throws(ConditionProblem) -> Measure {
    if let measure = Measure(rawValue: name) { return measure }
    // The reader knows how to name the choices and to guess which one was meant.
    var reader = ConfigurationReader()
    _ = reader.choice(
      ConfigurationNode(file: "", line: 1, column: 1, value: .scalar(name, quoted: false)),
      Measure.self)
    throw problem(reader.problems.first?.message ?? "unknown measure '\(name)'")
  }

  private func problem(_ message: String) -> ConditionProblem {
    ConditionProblem(message: message, offset: tokenOffset)
  }

  private mutating func advance() throws(ConditionProblem) {
    while position < scalars.count, scalars[position].properties.isWhitespace { position += 1 }
    tokenOffset = position
    guard position < scalars.count else {
      token = .end
      return
    }
    let first = scalars[position]
    switch first {
    case "(": take(.open, 1)
    case ")": take(.close, 1)
    case "=": take(.comparison(.equal), 1)
    case "!", "<", ">":
      let followed = position + 1 < scalars.count && scalars[position + 1] == "="
      let text = String(String.UnicodeScalarView([first])) + (followed ? "=" : "")
      guard let comparison = Condition.Comparison(rawValue: text) else {
        throw problem("expected '!='")
      }
      take(.comparison(comparison), followed ? 2 : 1)
    case "0"..."9", "-", ".":
      let text = run { ("0"..."9").contains($0) || $0 == "-" || $0 == "." }
      guard let number = Double(text), number.isFinite else {
        throw problem("'\(text)' is not a number")
      }
      token = .number(number)
    case "a"..."z", "A"..."Z", "_":
      token = .word(run { $0 == "_" || $0.isASCII && $0.properties.isAlphabetic })
    default:
      throw problem("unexpected '\(String(String.UnicodeScalarView([first])))'")
    }
  }

  private mutating func take(_ token: Token, _ length: Int) {
    self.token = token
    position += length
  }

  private mutating func run(_ belongs: (Unicode.Scalar) -> Bool) -> String {
    var view = String.UnicodeScalarView()
    while position < scalars.count, belongs(scalars[position]) {
      view.append(scalars[position])
      position += 1
    }
    return String(view)
  }
}
