/// What the literal filter understands of a regular expression.
///
/// The tree describes a superset of the texts that the expression matches: whatever is not understood
/// becomes `gap`, which stands for any text, so that conclusions drawn from the tree are safe.
indirect enum PatternSyntax: Sendable, Hashable {
  /// Nothing, as an assertion matches.
  case empty
  /// One scalar out of a few, by their folded images.
  case oneOf([UInt32])
  /// Some text of at most so many folded bytes, where nil means of any length.
  case gap(Int?)
  case sequence([PatternSyntax])
  case choice([PatternSyntax])
  /// At least `minimum` times, at most `maximum` where it is not nil.
  case repeated(PatternSyntax, minimum: Int, maximum: Int?)

  /// One scalar of any kind: at most four folded bytes.
  static let anyScalar = PatternSyntax.gap(4)

  /// Parses an expression that PCRE2 has accepted; nil when it uses what changes the meaning of the
  /// rest in ways not followed here.
  init?(_ source: String) {
    var parser = PatternSyntaxParser(source)
    guard let tree = parser.parse() else { return nil }
    self = tree
  }
}

/// Reads the syntax that pcre2pattern(3) describes, or gives up.
private struct PatternSyntaxParser {
  /// Sets with more members than this are "any scalar".
  static let maximumSet = 200

  private let scalars: [Unicode.Scalar]
  private var position = 0
  private let fold = SearchFold.shared
  private var depth = 0

  init(_ source: String) {
    scalars = Array(source.unicodeScalars)
  }

  mutating func parse() -> PatternSyntax? {
    guard let tree = alternatives(), position == scalars.count else { return nil }
    return tree
  }

  private func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
    position + ahead < scalars.count ? scalars[position + ahead] : nil
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard peek() == scalar else { return false }
    position += 1
    return true
  }

  private mutating func alternatives() -> PatternSyntax? {
    depth += 1
    defer { depth -= 1 }
    // PCRE2 refuses deeper nesting itself; this only guards our own stack.
    guard depth <= 300 else { return nil }
    var branches: [PatternSyntax] = []
    repeat {
      var parts: [PatternSyntax] = []
      while let next = peek(), next != "|", next != ")" {
        guard let item = item() else { return nil }
        parts.append(item)
      }
      branches.append(.sequence(parts))
    } while take("|")
    return branches.count == 1 ? branches[0] : .choice(branches)
  }

  private mutating func item() -> PatternSyntax? {
    guard let atom = atom() else { return nil }
    return quantified(atom)
  }

  private mutating func quantified(_ atom: PatternSyntax) -> PatternSyntax? {
    var result = atom
    while let next = peek() {
      let bounds: (Int, Int?)
      switch next {
      case "*": bounds = (0, nil)
      case "+": bounds = (1, nil)
      case "?": bounds = (0, 1)
      case "{":
        guard let read = braces() else {
          // `{,3}` is literal text to some versions of PCRE2 and a quantifier to others.
          if peek(1) == "," || peek(1) == " " { return nil }
          return result
        }
        bounds = read
      default: return result
      }
      if next != "{" { position += 1 }
      if !take("?") { _ = take("+") }
      result = .repeated(result, minimum: bounds.0, maximum: bounds.1)
    }
    return result
  }

  /// Reads `{3}`, `{3,}` or `{3,5}`; leaves the position where it was when there is none.
  private mutating func braces() -> (Int, Int?)? {
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

  private mutating func number() -> Int? {
    var value: Int?
    while let next = peek(), next >= "0", next <= "9" {
      value = min(100_000, (value ?? 0) * 10 + Int(next.value - 0x30))
      position += 1
    }
    return value
  }

  private mutating func atom() -> PatternSyntax? {
    guard let next = peek() else { return nil }
    position += 1
    switch next {
    case "(": return group()
    case "[": return set()
    case "\\": return escape()
    case ".": return .anyScalar
    case "^", "$": return .empty
    default: return .oneOf([fold(next.value)])
    }
  }

  private mutating func group() -> PatternSyntax? {
    var isAssertion = false
    if take("?") {
      guard let kind = peek() else { return nil }
      position += 1
      switch kind {
      case ":", ">", "|": break
      case "=", "!": isAssertion = true
      case "#":
        while position < scalars.count, peek() != ")" { position += 1 }
        return take(")") ? .empty : nil
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
        position -= 1
        return options()
      default: return nil
      }
    }
    guard let inner = alternatives(), take(")") else { return nil }
    return isAssertion ? .empty : inner
  }

  /// Skips a group's name; false when none is there.
  private mutating func name(endedBy end: Unicode.Scalar) -> Bool {
    while let next = peek(), next != end {
      guard next == "_" || isAlphanumeric(next) || !next.isASCII else { return false }
      position += 1
    }
    return take(end)
  }

  /// Options that leave the tree as it is, since it is caseless and its dots match anything.
  private mutating func options() -> PatternSyntax? {
    while let next = peek(), next == "i" || next == "m" || next == "s" || next == "-" {
      position += 1
    }
    if take(")") { return .empty }
    guard take(":"), let inner = alternatives(), take(")") else { return nil }
    return inner
  }

  private mutating func escape() -> PatternSyntax? {
    guard let next = peek() else { return nil }
    position += 1
    guard isAlphanumeric(next) else { return .oneOf([fold(next.value)]) }
    switch next {
    case "b", "B", "A", "z", "Z", "K": return .empty
    case "s", "h", "v", "R": return .oneOf([0x20])
    case "d": return .oneOf((0x30...0x39).map { UInt32($0) })
    case "N" where peek() == "{" && peek(1) == "U": return nil
    case "D", "w", "W", "S", "H", "V", "N": return .anyScalar
    case "X": return .gap(nil)
    case "1"..."9":
      _ = number()
      return .gap(nil)
    case "p", "P":
      return skipProperty() ? .anyScalar : nil
    default:
      guard let scalar = character(next) else { return nil }
      return .oneOf([fold(scalar)])
    }
  }

  /// The scalar that an escape of a letter names, outside or inside a set.
  private mutating func character(_ letter: Unicode.Scalar) -> UInt32? {
    switch letter {
    case "n": return 0x0A
    case "r": return 0x0D
    case "t": return 0x09
    case "f": return 0x0C
    case "a": return 0x07
    case "e": return 0x1B
    case "x": return hexadecimal()
    default: return nil
    }
  }

  private mutating func hexadecimal() -> UInt32? {
    let braced = take("{")
    var value: UInt32 = 0
    var digits = 0
    while let next = peek(), digits < (braced ? 8 : 2),
      let digit = hexadecimalDigit(next)
    {
      value = value << 4 | digit
      digits += 1
      position += 1
    }
    if braced, !take("}") { return nil }
    return value <= 0x10FFFF ? value : nil
  }

  private func hexadecimalDigit(_ scalar: Unicode.Scalar) -> UInt32? {
    switch scalar {
    case "0"..."9": scalar.value - 0x30
    case "a"..."f": scalar.value - 0x61 + 10
    case "A"..."F": scalar.value - 0x41 + 10
    default: nil
    }
  }

  private mutating func skipProperty() -> Bool {
    guard take("{") else {
      position += 1
      return position <= scalars.count
    }
    while let next = peek() {
      position += 1
      if next == "}" { return true }
    }
    return false
  }

  /// Reads a set after its `[`.
  private mutating func set() -> PatternSyntax? {
    var members: Set<UInt32> = []
    var isOpen = take("^")
    var isFirst = true
    while let next = peek() {
      position += 1
      if next == "]", !isFirst {
        return isOpen || members.count > Self.maximumSet || members.isEmpty
          ? .anyScalar : .oneOf(members.sorted())
      }
      isFirst = false
      if next == "[", let mark = peek(), mark == ":" || mark == "." || mark == "=" {
        // A POSIX name needs its end; without one the bracket is itself, but giving up is safe.
        guard mark == ":", skipPOSIXName() else { return nil }
        isOpen = true
        continue
      }
      guard let first = member(next, into: &members, isOpen: &isOpen) else { return nil }
      guard case .scalar(let low) = first else { continue }
      guard peek() == "-", let after = peek(1), after != "]" else {
        members.insert(fold(low))
        continue
      }
      position += 1
      let highStart = scalars[position]
      position += 1
      guard let second = member(highStart, into: &members, isOpen: &isOpen) else { return nil }
      guard case .scalar(let high) = second, low <= high else {
        // A hyphen before a class such as \d is itself.
        members.insert(fold(low))
        members.insert(0x2D)
        continue
      }
      guard high - low <= 128 else {
        isOpen = true
        continue
      }
      for scalar in low...high { members.insert(fold(scalar)) }
    }
    return nil
  }

  private enum Member { case scalar(UInt32), several }

  private mutating func member(
    _ next: Unicode.Scalar, into members: inout Set<UInt32>, isOpen: inout Bool
  ) -> Member? {
    guard next == "\\" else { return .scalar(next.value) }
    guard let letter = peek() else { return nil }
    position += 1
    guard isAlphanumeric(letter) else { return .scalar(letter.value) }
    switch letter {
    case "s", "h", "v":
      members.insert(0x20)
      return .several
    case "d":
      for digit in UInt32(0x30)...0x39 { members.insert(digit) }
      return .several
    case "D", "w", "W", "S", "H", "V":
      isOpen = true
      return .several
    case "p", "P":
      guard skipProperty() else { return nil }
      isOpen = true
      return .several
    case "b": return .scalar(0x08)
    default: return character(letter).map { .scalar($0) }
    }
  }

  private mutating func skipPOSIXName() -> Bool {
    while let next = peek() {
      position += 1
      if next == "]" { return scalars[position - 2] == ":" }
    }
    return false
  }

  private func isAlphanumeric(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "0"..."9", "a"..."z", "A"..."Z": true
    default: false
    }
  }
}
