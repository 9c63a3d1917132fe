/// The attributes of a start tag by name; of two of one name the first counts.
struct TagAttributes {
  let all: UnsafeBufferPointer<RawAttribute>
  let source: UnsafeBufferPointer<UInt8>
  let maximumBytes: Int
  /// Which keys there are, one bit each.
  private let present: UInt64

  @inline(__always)
  init(
    _ all: UnsafeBufferPointer<RawAttribute>, keys: UInt64,
    in source: UnsafeBufferPointer<UInt8>, maximumBytes: Int
  ) {
    self.all = all
    self.source = source
    self.maximumBytes = maximumBytes
    present = keys
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
    return SourceText.string(range, in: source, maximum: maximumBytes)
  }

  /// The value without white space around it.
  func trimmed(_ key: AttributeKey) -> String? {
    range(key).map { SourceText.string(source.trimmed($0), in: source, maximum: maximumBytes) }
  }

  /// Where the value stands, without white space around it.
  @inline(__always)
  func piece(_ key: AttributeKey) -> Piece? { range(key).map { Piece(source.trimmed($0)) } }

  /// Whether the value without white space around it is a word, whatever its case.
  func isTrimmed(_ key: AttributeKey, _ word: StaticString) -> Bool {
    guard let whole = range(key) else { return false }
    let range = source.trimmed(whole)
    if range.count == word.utf8CodeUnitCount, source.matches(word, at: range.lowerBound) {
      return true
    }
    guard !isPlain(range) else { return false }
    return SourceText.attribute(range, in: source, maximum: maximumBytes)
      .withUnsafeBufferPointer { $0.count == word.utf8CodeUnitCount && $0.matches(word, at: 0) }
  }

  /// Whether one of the value's words is in a table, whatever its case; references do not count.
  func hasWord(_ key: AttributeKey, of table: NameTable<UInt8>) -> Bool {
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

  /// What a table says of the value's first word, whatever its case; 0 where that is not in it or
  /// is written with references.
  func firstWord(_ key: AttributeKey, in table: NameTable<UInt8>) -> UInt8 {
    guard let range = range(key) else { return 0 }
    var index = range.lowerBound
    while index < range.upperBound, source[index].isHTMLSpace { index += 1 }
    let start = index
    var name = PackedName()
    while index < range.upperBound, !source[index].isHTMLSpace {
      guard index - start < 16 else { return 0 }
      name.insert(source[index].asciiLowered, at: index - start)
      index += 1
    }
    return table.value(of: name)
  }

  /// The words of the value in lower case.
  func words(_ key: AttributeKey) -> [String] {
    guard let range = range(key) else { return [] }
    return SourceText.words(range, in: source, maximum: maximumBytes)
  }

  /// Whether the value is this word, whatever its case.
  func equals(_ key: AttributeKey, _ word: StaticString) -> Bool {
    guard let range = range(key), range.count == word.utf8CodeUnitCount else { return false }
    return source.matches(word, at: range.lowerBound)
  }
}
