/// The attributes of a start tag by name; of two of one name the first counts.
struct TagAttributes {
  let all: UnsafeBufferPointer<RawAttribute>
  let source: UnsafeBufferPointer<UInt8>
  let maximumBytes: Int
  /// Which keys there are, one bit each.
  private let present: UInt64

  @inline(__always)
  init(
    _ all: UnsafeBufferPointer<RawAttribute>, in source: UnsafeBufferPointer<UInt8>,
    maximumBytes: Int
  ) {
    self.all = all
    self.source = source
    self.maximumBytes = maximumBytes
    var present: UInt64 = 0
    for attribute in all { present |= 1 &<< UInt64(attribute.key.rawValue) }
    self.present = present
  }

  @inline(__always)
  func has(_ key: AttributeKey) -> Bool { present & (1 &<< UInt64(key.rawValue)) != 0 }

  @inline(__always)
  func range(_ key: AttributeKey) -> Range<Int>? {
    guard has(key) else { return nil }
    for attribute in all where attribute.key == key { return attribute.value }
    return nil
  }

  /// Whether any of some attributes is there.
  @inline(__always)
  func hasAny(of keys: UInt64) -> Bool { present & keys != 0 }

  /// Whether a stretch says what is written: no references, no line ends to normalise.
  @inline(__always)
  func isPlain(_ range: Range<Int>) -> Bool { source.firstToReplace(in: range) == nil }

  /// The value, references replaced.
  func bytes(_ key: AttributeKey) -> [UInt8]? {
    range(key).map { SourceText.attribute($0, in: source, maximum: maximumBytes) }
  }

  /// The value as it is.
  func string(_ key: AttributeKey) -> String? {
    guard let range = range(key) else { return nil }
    return Self.string(range, in: source, maximum: maximumBytes)
  }

  /// The value without white space around it.
  func trimmed(_ key: AttributeKey) -> String? {
    guard var range = range(key) else { return nil }
    while let first = range.first, source[first].isHTMLSpace {
      range = first + 1..<range.upperBound
    }
    while let last = range.last, source[last].isHTMLSpace { range = range.lowerBound..<last }
    return Self.string(range, in: source, maximum: maximumBytes)
  }

  /// Whether one of the value's words is in a table, whatever its case; references do not count.
  func hasWord(_ key: AttributeKey, of table: NameTable) -> Bool {
    guard let range = range(key) else { return false }
    var index = range.lowerBound
    while index < range.upperBound {
      var name = PackedName()
      let start = index
      while index < range.upperBound, !source[index].isHTMLSpace {
        if index - start < 16 { name.insert(source[index].asciiLowered, at: index - start) }
        index += 1
      }
      if index > start, index - start <= 16, table.value(of: name) != 0 { return true }
      index += 1
    }
    return false
  }

  /// The words of the value in lower case.
  func words(_ key: AttributeKey) -> [String] {
    guard let range = range(key) else { return [] }
    if range.count <= maximumBytes, isPlain(range) {
      return Self.words(UnsafeBufferPointer(rebasing: source[range]))
    }
    return SourceText.attribute(range, in: source, maximum: maximumBytes)
      .withUnsafeBufferPointer(Self.words)
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

  /// Whether the value is this word, whatever its case.
  func equals(_ key: AttributeKey, _ word: StaticString) -> Bool {
    guard let range = range(key), range.count == word.utf8CodeUnitCount else { return false }
    return source.matches(word, at: range.lowerBound)
  }

  private static func string(
    _ range: Range<Int>, in source: UnsafeBufferPointer<UInt8>, maximum: Int
  ) -> String {
    if range.count <= maximum, source.firstToReplace(in: range) == nil {
      return String(decoding: UnsafeBufferPointer(rebasing: source[range]), as: UTF8.self)
    }
    return String(
      decoding: SourceText.attribute(range, in: source, maximum: maximum), as: UTF8.self)
  }
}
