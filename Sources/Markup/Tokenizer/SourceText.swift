/// What stretches of source say.
enum SourceText {
  /// A stretch with line ends as "\n" and, unless told otherwise, U+FFFD for NUL.
  static func normalised(
    _ range: Range<Int>, in source: UnsafeBufferPointer<UInt8>, keepingNUL: Bool = false
  ) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(range.count)
    var index = range.lowerBound
    while index < range.upperBound {
      append(source, &index, range.upperBound, keepingNUL: keepingNUL, to: &text)
    }
    return text
  }

  /// The name of a tag or an attribute: ASCII letters in lower case.
  static func name(_ range: Range<Int>, in source: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var text = normalised(range, in: source)
    for index in text.indices { text[index] = text[index].asciiLowered }
    return text
  }

  /// The value of an attribute, references replaced; at most about `maximum` bytes of it.
  static func attribute(
    _ range: Range<Int>, in source: UnsafeBufferPointer<UInt8>, maximum: Int = .max
  ) -> [UInt8] {
    var text: [UInt8] = []
    append(attribute: range, in: source, maximum: maximum, to: &text)
    return text
  }

  /// The value of an attribute, references replaced, as a string.
  static func string(
    _ range: Range<Int>, in source: UnsafeBufferPointer<UInt8>, maximum: Int
  ) -> String {
    if range.count <= maximum, source.firstToReplace(in: range) == nil {
      return String(decoding: UnsafeBufferPointer(rebasing: source[range]), as: UTF8.self)
    }
    return String(decoding: attribute(range, in: source, maximum: maximum), as: UTF8.self)
  }

  /// The words of an attribute's value in lower case; at most 64.
  static func words(
    _ range: Range<Int>, in source: UnsafeBufferPointer<UInt8>, maximum: Int
  ) -> [String] {
    if range.count <= maximum, source.firstToReplace(in: range) == nil {
      return words(UnsafeBufferPointer(rebasing: source[range]))
    }
    return attribute(range, in: source, maximum: maximum).withUnsafeBufferPointer(words)
  }

  private static func words(_ value: UnsafeBufferPointer<UInt8>) -> [String] {
    var words: [String] = []
    var index = 0
    while index < value.count, words.count < 64 {
      let start = index
      while index < value.count, !value[index].isHTMLSpace { index += 1 }
      if index > start {
        // Lower case of ASCII letters leaves it well-formed.
        words.append(
          String(unsafeUninitializedCapacity: index - start) { buffer in
            for place in start..<index { buffer[place - start] = value[place].asciiLowered }
            return index - start
          })
      }
      index += 1
    }
    return words
  }

  /// Appends the value of an attribute, references replaced; at most about `maximum` bytes of it.
  static func append(
    attribute range: Range<Int>, in source: UnsafeBufferPointer<UInt8>, maximum: Int,
    to text: inout [UInt8]
  ) {
    var end = range.upperBound
    if range.count > maximum {
      end = range.lowerBound + maximum
      while end > range.lowerBound, source[end] & 0xC0 == 0x80 { end -= 1 }
    }
    var index = range.lowerBound
    while index < end {
      let next = source.firstToReplace(in: index..<end) ?? end
      if next > index {
        text.append(contentsOf: UnsafeBufferPointer(rebasing: source[index..<next]))
        index = next
      }
      guard index < end else { return }
      if source[index] == 0x26,
        let reference = CharacterReference.match(in: source, at: index, inAttribute: true)
      {
        text.append(scalar: reference.first)
        if reference.second != 0 { text.append(scalar: reference.second) }
        index += reference.length
      } else {
        append(source, &index, end, keepingNUL: false, to: &text)
      }
    }
  }

  @inline(__always)
  private static func append(
    _ source: UnsafeBufferPointer<UInt8>, _ index: inout Int, _ end: Int, keepingNUL: Bool,
    to text: inout [UInt8]
  ) {
    let byte = source[index]
    index += 1
    if byte == 0x0D {
      text.append(0x0A)
      if index < end, source[index] == 0x0A { index += 1 }
    } else if byte == 0, !keepingNUL {
      text.append(contentsOf: [0xEF, 0xBF, 0xBD])
    } else {
      text.append(byte)
    }
  }
}
