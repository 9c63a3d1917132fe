extension JSONValue {
  /// The value that a text in JSON (RFC 8259) holds; nil when it holds none or exceeds a limit.
  ///
  /// Read as pages write it, too: comments, trailing commas, control characters in strings, a
  /// CDATA section or an HTML comment around all of it, a semicolon at the end.
  public init?(parsing text: [UInt8], limits: JSONLimits = JSONLimits()) {
    guard let parsed = Self.parse(text, limits: limits) else { return nil }
    self = parsed.value
  }

  /// The value with how many values it holds.
  static func parse(_ text: [UInt8], limits: JSONLimits) -> (value: JSONValue, count: Int)? {
    guard text.count <= limits.maximumBytes else { return nil }
    return text.withUnsafeBufferPointer { bytes in
      var parser = JSONParser(bytes: bytes, limits: limits)
      guard let value = parser.document() else { return nil }
      return (value, parser.count)
    }
  }
}

/// Reads one JSON text.
private struct JSONParser {
  let bytes: UnsafeBufferPointer<UInt8>
  let limits: JSONLimits
  var index = 0
  var count = 0

  init(bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits) {
    self.bytes = bytes
    self.limits = limits
  }

  private var byte: UInt8? { index < bytes.count ? bytes[index] : nil }

  mutating func document() -> JSONValue? {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    skip()
    guard let value = value(depth: 0) else { return nil }
    skip()
    return byte == nil ? value : nil
  }

  /// Skips white space, comments and the wrappers of scripts.
  private mutating func skip() {
    while let byte {
      if byte <= 0x20 || byte == 0x3B {
        index += 1
      } else if bytes.matches("/*", at: index) {
        index += 2
        while index < bytes.count, !bytes.matches("*/", at: index) { index += 1 }
        index = min(index + 2, bytes.count)
      } else if bytes.matches("<![cdata[", at: index) {
        index += 9
      } else if bytes.matches("//<![cdata[", at: index) {
        index += 11
      } else if bytes.matches("]]>", at: index) {
        index += 3
      } else if bytes.matches("//]]>", at: index) {
        index += 5
      } else if bytes.matches("//", at: index) {
        while let here = self.byte, here != 0x0A, here != 0x0D { index += 1 }
      } else if bytes.matches("<!--", at: index) {
        skipHTMLComment()
      } else if bytes.matches("-->", at: index) {
        index += 3
      } else if bytes.matches("\u{A0}", at: index) {
        index += 2
      } else {
        return
      }
    }
  }

  /// Skips an HTML comment; one around the JSON only where it opens.
  private mutating func skipHTMLComment() {
    index += 4
    var next = index
    while next < bytes.count, bytes[next] <= 0x20 { next += 1 }
    if next < bytes.count, bytes[next] == 0x7B || bytes[next] == 0x5B { return }
    while index < bytes.count, !bytes.matches("-->", at: index) { index += 1 }
    index = min(index + 3, bytes.count)
  }

  private mutating func value(depth: Int) -> JSONValue? {
    guard depth < limits.maximumDepth, count < limits.maximumValues, let first = byte else {
      return nil
    }
    count += 1
    switch first {
    case 0x7B: return object(depth: depth)
    case 0x5B: return array(depth: depth)
    case 0x22: return string().map { .string($0) }
    case 0x2D, 0x30...0x39: return number()
    default:
      if word("true") { return .bool(true) }
      if word("false") { return .bool(false) }
      return word("null") ? .null : nil
    }
  }

  private mutating func word(_ text: StaticString) -> Bool {
    let length = text.utf8CodeUnitCount
    guard index + length <= bytes.count,
      (0..<length).allSatisfy({ bytes[index + $0] == text.utf8Start[$0] })
    else { return false }
    index += length
    return true
  }

  private mutating func object(depth: Int) -> JSONValue? {
    index += 1
    var members: [JSONMember] = []
    while true {
      separators()
      guard let next = byte else { return nil }
      if next == 0x7D {
        index += 1
        return .object(members)
      }
      guard next == 0x22, let name = string() else { return nil }
      skip()
      guard byte == 0x3A else { return nil }
      index += 1
      skip()
      guard let value = value(depth: depth + 1) else { return nil }
      members.append(JSONMember(name, value))
      skip()
      guard byte == 0x2C || byte == 0x7D else { return nil }
    }
  }

  private mutating func array(depth: Int) -> JSONValue? {
    index += 1
    var values: [JSONValue] = []
    while true {
      separators()
      guard let next = byte else { return nil }
      if next == 0x5D {
        index += 1
        return .array(values)
      }
      guard let value = value(depth: depth + 1) else { return nil }
      values.append(value)
      skip()
      guard byte == 0x2C || byte == 0x5D else { return nil }
    }
  }

  /// Skips commas, of which there may be too many.
  private mutating func separators() {
    skip()
    while byte == 0x2C {
      index += 1
      skip()
    }
  }

  private mutating func number() -> JSONValue? {
    let start = index
    while let byte,
      byte.isASCIIDigit || byte == 0x2D || byte == 0x2B || byte == 0x2E
        || byte | 0x20 == 0x65
    {
      index += 1
    }
    guard index - start <= 400 else { return nil }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    guard let value = Double(text), value.isFinite else { return nil }
    return .number(value)
  }

  private mutating func string() -> String? {
    index += 1
    let start = index
    while let byte, byte != 0x22, byte != 0x5C { index += 1 }
    guard byte != nil else { return nil }
    if byte == 0x22 {
      index += 1
      return String(decoding: bytes[start..<index - 1], as: UTF8.self)
    }
    var text = Array(bytes[start..<index])
    while let byte {
      index += 1
      if byte == 0x22 { return String(decoding: text, as: UTF8.self) }
      if byte == 0x5C {
        escape(into: &text)
      } else {
        text.append(byte)
      }
    }
    return nil
  }

  private mutating func escape(into text: inout [UInt8]) {
    guard let byte else { return }
    index += 1
    switch byte {
    case 0x62: text.append(0x08)
    case 0x66: text.append(0x0C)
    case 0x6E: text.append(0x0A)
    case 0x72: text.append(0x0D)
    case 0x74: text.append(0x09)
    case 0x75:
      guard let unit = unit() else {
        text.append(scalar: 0xFFFD)
        return
      }
      if unit & 0xFC00 == 0xD800, bytes.matches("\\u", at: index) {
        let before = index
        index += 2
        if let trail = self.unit(), trail & 0xFC00 == 0xDC00 {
          text.append(scalar: 0x1_0000 + ((unit & 0x3FF) << 10 | trail & 0x3FF))
          return
        }
        index = before
      }
      text.append(scalar: unit)
    // Quotes, backslashes, slashes, and what needs no escape.
    default: text.append(byte)
    }
  }

  private mutating func unit() -> UInt32? {
    guard index + 4 <= bytes.count else { return nil }
    var unit: UInt32 = 0
    for offset in 0..<4 {
      guard let digit = bytes[index + offset].hexadecimalValue else { return nil }
      unit = unit << 4 | UInt32(digit)
    }
    index += 4
    return unit
  }
}
