extension ExpressionParser {
  /// Reads an escape after its backslash.
  mutating func escape() -> Expression.Kind? {
    guard let next = peek() else { return nil }
    position += 1
    guard Self.isAlphanumeric(next) else { return literal(next) }
    switch next {
    case "b", "B", "A", "z", "Z", "K": return .nothing
    case "X": return .anything
    case "R": return .one(.space)
    case "N" where peek() != "{": return .one(.dot)
    case "1"..."9":
      _ = number()
      return .anything
    default: return shorthand(next).map { .one($0) }
    }
  }

  /// Reads a set after its `[`.
  mutating func set() -> ScalarSet? {
    let isInverted = take("^")
    var members = ScalarSet()
    var isFirst = true
    while let next = peek() {
      position += 1
      if next == "]", !isFirst { return isInverted ? members.inverted : members }
      isFirst = false
      if next == "[", let mark = peek(), mark == ":" || mark == "." || mark == "=" {
        guard skipPOSIXName() else { return nil }
        members.formUnion(.word)
        continue
      }
      guard let (first, low) = member(next) else { return nil }
      guard let low, peek() == "-", let after = peek(1), after != "]" else {
        members.formUnion(first)
        continue
      }
      position += 1
      let upper = scalars[position]
      position += 1
      guard let (second, high) = member(upper) else { return nil }
      members.formUnion(first)
      members.formUnion(second)
      guard let high else {
        members.insert("-")
        continue
      }
      guard low <= high else { return nil }
      insert(low...high, into: &members)
    }
    return nil
  }

  private mutating func insert(
    _ range: ClosedRange<Unicode.Scalar>, into members: inout ScalarSet
  ) {
    let values = range.lowerBound.value...range.upperBound.value
    guard values.count <= 1024 else {
      members.formUnion(.word)
      members.formUnion(ScalarSet.word.inverted)
      return
    }
    for value in values { Unicode.Scalar(value).map { members.insert($0) } }
  }

  /// A member of a set whose first scalar was read: what it stands for, and itself when it is one.
  private mutating func member(
    _ next: Unicode.Scalar
  ) -> (set: ScalarSet, scalar: Unicode.Scalar?)? {
    guard next == "\\" else { return single(next) }
    guard let letter = peek() else { return nil }
    position += 1
    guard Self.isAlphanumeric(letter) else { return single(letter) }
    if letter == "b" { return single("\u{8}") }
    guard let set = shorthand(letter) else { return nil }
    return (set, "dDwWsShHvVpP".unicodeScalars.contains(letter) ? nil : set.sample)
  }

  private mutating func single(
    _ scalar: Unicode.Scalar
  ) -> (set: ScalarSet, scalar: Unicode.Scalar?) {
    guard case .one(let set) = literal(scalar) else { return (ScalarSet(), scalar) }
    return (set, scalar)
  }

  /// What an escape of a letter stands for, outside or inside a set.
  private mutating func shorthand(_ letter: Unicode.Scalar) -> ScalarSet? {
    switch letter {
    case "d": return .digit
    case "D": return ScalarSet.digit.inverted
    case "w": return .word
    case "W": return ScalarSet.word.inverted
    case "s", "h", "v": return .space
    case "S", "H", "V": return ScalarSet.space.inverted
    case "p", "P": return property(isInverted: letter == "P")
    case "x": return hexadecimal()
    default:
      let controls: [Unicode.Scalar: Unicode.Scalar] = [
        "n": "\n", "r": "\r", "t": "\t", "f": "\u{C}", "a": "\u{7}", "e": "\u{1B}",
      ]
      return controls[letter].map { scalar in
        var set = ScalarSet()
        set.insert(scalar)
        return set
      }
    }
  }

  /// Letters and digits for the properties that are letters or digits, everything for the others.
  private mutating func property(isInverted: Bool) -> ScalarSet? {
    var name = ""
    if take("{") {
      while let next = peek(), next != "}" {
        name.unicodeScalars.append(next)
        position += 1
      }
      guard take("}") else { return nil }
    } else if let next = peek() {
      name.unicodeScalars.append(next)
      position += 1
    }
    guard !isInverted, name.hasPrefix("L") || name.hasPrefix("N") else { return .all }
    return .word
  }

  private mutating func hexadecimal() -> ScalarSet? {
    let isBraced = take("{")
    var value: UInt32 = 0
    var digits = 0
    while let next = peek(), digits < (isBraced ? 8 : 2),
      let digit = Int(String(next), radix: 16)
    {
      value = value << 4 | UInt32(digit)
      digits += 1
      position += 1
    }
    if isBraced, !take("}") { return nil }
    guard let scalar = Unicode.Scalar(value) else { return nil }
    var set = ScalarSet()
    set.insert(scalar)
    return set
  }

  private mutating func skipPOSIXName() -> Bool {
    while let next = peek() {
      position += 1
      if next == "]" { return scalars[position - 2] == ":" }
    }
    return false
  }

  private static func isAlphanumeric(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "0"..."9", "a"..."z", "A"..."Z": true
    default: false
    }
  }
}
