/// The basic URL parser (URL standard §4.4) over UTF-8 bytes.
///
/// The standard's state machine goes through the components in the order in which the serialisation
/// has them, so the serialisation is what this writes, and what later states change (dot segments)
/// is cut off its end. Each state of the standard is a function or a named step.
struct AddressParser {
  let input: [UInt8]
  let base: Address?
  let queryEncoding: QueryEncoding?

  /// The next byte of the input.
  var at = 0
  var output: [UInt8] = []
  var layout = AddressLayout()

  init(input: [UInt8], base: Address?, queryEncoding: QueryEncoding?) {
    self.input = input
    self.base = base
    self.queryEncoding = queryEncoding
  }

  /// Leading and trailing C0 controls and spaces, and all tabs and newlines, are no part of it.
  static func stripped(_ input: [UInt8]) -> [UInt8] {
    var result = input
    while let last = result.last, last <= 0x20 { result.removeLast() }
    if let first = result.first, first <= 0x20 {
      result.removeFirst(result.firstIndex { $0 > 0x20 } ?? result.count)
    }
    if result.contains(where: isTabOrNewline) { result.removeAll(where: isTabOrNewline) }
    return result
  }

  private static func isTabOrNewline(_ byte: UInt8) -> Bool {
    byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  mutating func parse(maximumLength: Int) throws(AddressError) -> Address {
    output.reserveCapacity(input.count + 16 + (base?.href.utf8.count ?? 0))
    try parseReference()
    guard output.count <= min(maximumLength, Int(Int32.max)) else {
      throw .tooLong(limit: maximumLength)
    }
    return Address(href: String(decoding: output, as: UTF8.self), layout: layout)
  }

  func byte(_ offset: Int = 0) -> UInt8? {
    input.count - at > offset ? input[at + offset] : nil
  }

  var isSpecial: Bool { layout.scheme.isSpecial }

  /// A slash, or for special schemes a backslash.
  func isSlash(_ byte: UInt8?) -> Bool {
    byte == 0x2F || isSpecial && byte == 0x5C
  }

  var end: Int32 { Int32(truncatingIfNeeded: output.count) }
}

// MARK: Scheme and what decides the shape of the rest

extension AddressParser {
  mutating func parseReference() throws(AddressError) {
    if let colon = schemeEnd() {
      try parseAbsolute(schemeEnd: colon)
      return
    }
    // No scheme state.
    guard let base else { throw .relativeWithoutBase }
    if base.layout.hasOpaquePath {
      guard byte() == 0x23 else { throw .baseCannotResolve }
      copy(base, through: .query)
      parseFragment()
      return
    }
    copyScheme(of: base)
    if layout.scheme == .file {
      try parseFile(base: base)
    } else {
      try parseRelative(base: base)
    }
  }

  /// Scheme start state and scheme state: the offset of the colon behind a scheme.
  private func schemeEnd() -> Int? {
    guard let first = input.first, first.isASCIILetter else { return nil }
    for index in input.indices.dropFirst() {
      let byte = input[index]
      if byte == 0x3A { return index }
      guard byte.isASCIILetter || byte.isASCIIDigit || byte == 0x2B || byte == 0x2D || byte == 0x2E
      else { return nil }
    }
    return nil
  }

  mutating func parseAbsolute(schemeEnd colon: Int) throws(AddressError) {
    for byte in input[..<colon] { output.append(byte.asciiLowercased) }
    layout.scheme = Scheme(output[...])
    layout.schemeEnd = end
    output.append(0x3A)
    at = colon + 1

    if layout.scheme == .file {
      try parseFile(base: base?.layout.scheme == .file ? base : nil)
    } else if isSpecial {
      // Special relative or authority state, special authority slashes state.
      if let base, base.layout.scheme == layout.scheme, !(byte() == 0x2F && byte(1) == 0x2F) {
        try parseRelative(base: base)
      } else {
        try parseAuthorityIgnoringSlashes()
      }
    } else if byte() == 0x2F {
      // Path or authority state.
      at += 1
      if byte() == 0x2F {
        at += 1
        try parseAuthority()
      } else {
        endAuthority()
        parsePathSegments()
        parseQueryAndFragment()
      }
    } else {
      endAuthority()
      parseOpaquePath()
    }
  }

  /// Relative state and relative slash state.
  mutating func parseRelative(base: Address) throws(AddressError) {
    if isSlash(byte()) {
      at += 1
      if isSpecial, isSlash(byte()) {
        at += 1
        try parseAuthorityIgnoringSlashes()
      } else if byte() == 0x2F {
        at += 1
        try parseAuthority()
      } else {
        copy(base, through: .authority)
        parsePathSegments()
        parseQueryAndFragment()
      }
      return
    }
    switch byte() {
    case nil: copy(base, through: .query)
    case 0x23:
      copy(base, through: .query)
      parseFragment()
    case 0x3F:
      copy(base, through: .path)
      parseQueryAndFragment()
    default:
      copy(base, through: .path)
      shortenPath()
      parsePathSegments()
      parseQueryAndFragment()
    }
  }

  /// Special authority ignore slashes state.
  mutating func parseAuthorityIgnoringSlashes() throws(AddressError) {
    while isSlash(byte()) { at += 1 }
    try parseAuthority()
  }
}

// MARK: Copying from the base

extension AddressParser {
  enum Part: Comparable {
    case authority, path, query
  }

  mutating func copyScheme(of base: Address) {
    layout.scheme = base.layout.scheme
    layout.schemeEnd = base.layout.schemeEnd
    output.append(contentsOf: base.bytes(0, base.layout.schemeEnd + 1))
  }

  /// Replaces what was written by the base's components, up to and including `part`.
  mutating func copy(_ base: Address, through part: Part) {
    let from = base.layout
    layout = from
    layout.query = -1
    layout.fragment = -1
    output = base.bytes(0, from.authorityEnd)
    layout.path = from.authorityEnd
    layout.hasOpaquePath = false
    if part >= .path {
      layout.hasOpaquePath = from.hasOpaquePath
      output.append(contentsOf: base.bytes(from.path, from.pathEnd))
    }
    if part >= .query {
      if from.query >= 0 {
        layout.query = end
        output.append(contentsOf: base.bytes(from.query, from.queryEnd))
      }
      guardPath()
    }
  }
}
