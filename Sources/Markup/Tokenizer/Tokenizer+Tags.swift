extension Tokenizer where Sink: ~Copyable {
  /// Reads a start tag whose "<" is at the position and tells it.
  mutating func readStartTag(_ sink: inout Sink) {
    let open = position
    let (name, tag) = readTagName(from: open + 1)
    guard let isSelfClosing = readAttributes() else { return }
    let token = TagToken(
      name: name, tag: tag, isSelfClosing: isSelfClosing, range: open..<position, keys: present)
    let source = source
    let next = sink.startTag(token, attributes.values, in: source)
    if next != .data, next != .plaintext {
      closingName = SourceText.name(name, in: source)
    }
    model = next
  }

  /// Reads an end tag whose "<" is at the position and tells it.
  mutating func readEndTag(_ sink: inout Sink) {
    let open = position
    let (name, tag) = readTagName(from: open + 2)
    guard let isSelfClosing = readAttributes() else { return }
    model = .data
    sink.endTag(
      TagToken(
        name: name, tag: tag, isSelfClosing: isSelfClosing, range: open..<position, keys: 0),
      in: source)
  }

  /// Reads the name of a tag; the position is then behind it.
  @inline(__always)
  private mutating func readTagName(from start: Int) -> (Range<Int>, Tag) {
    var packed = PackedName()
    let length = source.packName(at: start, into: &packed)
    if length > 0, endsTagName(source[start &+ length]) {
      position = start &+ length
      return (start..<position, tags.value(of: packed))
    }
    packed = PackedName()
    var index = start
    while index < source.count, !endsTagName(source[index]) {
      if index - start < 16 { packed.insert(source[index].asciiLowered, at: index - start) }
      index += 1
    }
    position = index
    return (start..<index, index - start <= 16 ? tags.value(of: packed) : .other)
  }

  @inline(__always)
  private func endsTagName(_ byte: UInt8) -> Bool {
    byte == 0x3E || byte == 0x2F || byte.isHTMLSpace
  }

  /// Reads attributes up to and with the tag's ">" (sections 13.2.5.32 to 13.2.5.40).
  ///
  /// Answers whether the tag closes itself; nil when the source ends in the tag, which is dropped.
  @inline(__always)
  private mutating func readAttributes() -> Bool? {
    attributes.shorten(to: 0)
    present = 0
    let count = source.count
    var index = position
    while index < count {
      let byte = source[index]
      if byte == 0x3E {
        position = index &+ 1
        return false
      }
      if byte.isHTMLSpace {
        index &+= 1
        continue
      }
      if byte == 0x2F {
        if index &+ 1 < count, source[index &+ 1] == 0x3E {
          position = index &+ 2
          return true
        }
        index &+= 1
        continue
      }
      index = readAttribute(at: index)
    }
    position = count
    return nil
  }

  /// Reads one attribute that begins at an index and answers where it ends.
  @inline(__always)
  private mutating func readAttribute(at start: Int) -> Int {
    let count = source.count
    var packed = PackedName()
    let length = source.packName(at: start, into: &packed)
    var index = start &+ length
    // What ends the name stands in the source, or there was no name.
    guard length > 0, source[index] == 0x3D, index &+ 1 < count,
      source[index &+ 1] == 0x22 || source[index &+ 1] == 0x27
    else { return readUncommonAttribute(at: start) }
    let quote = source[index &+ 1]
    let name = start..<index
    index &+= 2
    let end = source.firstNear(quote, from: index)
    // A value that is not closed takes the rest of the source, and the tag is dropped.
    guard end < count else { return count }
    keep(name, packed, index..<end)
    return end &+ 1
  }

  /// Reads an attribute without quotes, without a value, with white space or of a long name.
  @inline(never)
  private mutating func readUncommonAttribute(at start: Int) -> Int {
    let count = source.count
    var packed = PackedName()
    packed.insert(source[start].asciiLowered, at: 0)
    // A "=" in the first place is part of the name.
    var index = start + 1
    while index < count, source[index] != 0x3D, !endsTagName(source[index]) {
      if index - start < 16 { packed.insert(source[index].asciiLowered, at: index - start) }
      index += 1
    }
    let name = start..<index
    while index < count, source[index].isHTMLSpace { index += 1 }
    guard index < count, source[index] == 0x3D else {
      keep(name, packed, index..<index)
      return index
    }
    index += 1
    while index < count, source[index].isHTMLSpace { index += 1 }
    guard index < count else { return count }
    let quote = source[index]
    if quote == 0x22 || quote == 0x27 {
      let end = source.firstNear(quote, from: index + 1)
      guard end < count else { return count }
      keep(name, packed, index + 1..<end)
      return end + 1
    }
    let value = index
    while index < count, source[index] != 0x3E, !source[index].isHTMLSpace { index += 1 }
    keep(name, packed, value..<index)
    return index
  }

  @inline(__always)
  private mutating func keep(_ name: Range<Int>, _ packed: PackedName, _ value: Range<Int>) {
    guard attributes.count < maximumAttributes else { return }
    let key =
      name.count <= AttributeKey.greatestLength ? keys.value(of: packed) : AttributeKey.other
    present |= key.bit
    attributes.append(RawAttribute(name: name, value: value, key: key))
  }
}
