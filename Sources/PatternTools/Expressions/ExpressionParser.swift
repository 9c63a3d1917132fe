/// Reads the syntax that pcre2pattern(3) describes into a tree with places, or gives up.
struct ExpressionParser {
  let scalars: [Unicode.Scalar]
  /// Letters that stand for themselves.
  var letters: [Unicode.Scalar] = []
  var position = 0
  private var depth = 0

  /// Deeper nesting is given up on; PCRE2 refuses 250 levels itself.
  private static let maximumDepth = 260

  init(_ source: String) {
    scalars = Array(source.unicodeScalars)
  }

  mutating func parse() -> Expression? {
    guard let root = alternatives(), position == scalars.count else { return nil }
    return root
  }

  func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
    position + ahead < scalars.count ? scalars[position + ahead] : nil
  }

  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard peek() == scalar else { return false }
    position += 1
    return true
  }

  private mutating func alternatives() -> Expression? {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else { return nil }
    let start = position
    var branches: [Expression] = []
    repeat {
      let branchStart = position
      var parts: [Expression] = []
      while let next = peek(), next != "|", next != ")" {
        guard let item = item() else { return nil }
        parts.append(item)
      }
      branches.append(Expression(.sequence(parts), branchStart..<position))
    } while take("|")
    return branches.count == 1 ? branches[0] : Expression(.choice(branches), start..<position)
  }

  private mutating func item() -> Expression? {
    let start = position
    guard var result = atom() else { return nil }
    while let next = peek() {
      let bounds: (minimum: Int, maximum: Int?)
      switch next {
      case "*": bounds = (0, nil)
      case "+": bounds = (1, nil)
      case "?": bounds = (0, 1)
      case "{":
        guard let read = braces() else { return result }
        bounds = read
      default: return result
      }
      if next != "{" { position += 1 }
      var givesBack = true
      if !take("?") { givesBack = !take("+") }
      result = Expression(
        .repeated(result, minimum: bounds.minimum, maximum: bounds.maximum, givesBack: givesBack),
        start..<position)
    }
    return result
  }

  /// Reads `{3}`, `{3,}` or `{3,5}`; nil, and nothing read, when there is none.
  private mutating func braces() -> (minimum: Int, maximum: Int?)? {
    let start = position
    position += 1
    guard let minimum = number() else {
      position = start
      return nil
    }
    var maximum: Int? = minimum
    if take(",") { maximum = number() }
    guard take("}") else {
      position = start
      return nil
    }
    return (minimum, maximum)
  }

  mutating func number() -> Int? {
    var value: Int?
    while let next = peek(), next >= "0", next <= "9" {
      value = min(100_000, (value ?? 0) * 10 + Int(next.value - 0x30))
      position += 1
    }
    return value
  }

  private mutating func atom() -> Expression? {
    guard let next = peek() else { return nil }
    let start = position
    position += 1
    let kind: Expression.Kind?
    switch next {
    case "(": kind = group()
    case "[": kind = set().map { .one($0) }
    case "\\": kind = escape()
    case ".": kind = .one(.dot)
    case "^", "$": kind = .nothing
    default: kind = literal(next)
    }
    return kind.map { Expression($0, start..<position) }
  }

  mutating func literal(_ scalar: Unicode.Scalar) -> Expression.Kind {
    if scalar.properties.isAlphabetic { letters.append(scalar) }
    var set = ScalarSet()
    set.insert(scalar)
    return .one(set)
  }

  private mutating func group() -> Expression.Kind? {
    var isAssertion = false
    var isAtomic = false
    if take("?") {
      guard let kind = peek() else { return nil }
      position += 1
      switch kind {
      case ":", "|": break
      case ">": isAtomic = true
      case "=", "!": isAssertion = true
      case "#":
        while position < scalars.count, peek() != ")" { position += 1 }
        return take(")") ? .nothing : nil
      case "<":
        if take("=") || take("!") {
          isAssertion = true
        } else if !name(endedBy: ">") {
          return nil
        }
      case "'": guard name(endedBy: "'") else { return nil }
      case "P":
        guard take("<"), name(endedBy: ">") else { return nil }
      case "i", "m", "s", "-":
        while let next = peek(), "ims-".unicodeScalars.contains(next) { position += 1 }
        if take(")") { return .nothing }
        guard take(":") else { return nil }
      default: return nil
      }
    }
    guard let inner = alternatives(), take(")") else { return nil }
    if isAssertion { return .nothing }
    return isAtomic ? .atomic(inner) : .sequence([inner])
  }

  private mutating func name(endedBy end: Unicode.Scalar) -> Bool {
    while let next = peek(), next != end {
      guard next == "_" || next.properties.isAlphabetic || next.properties.numericType != nil
      else { return false }
      position += 1
    }
    return take(end)
  }
}
