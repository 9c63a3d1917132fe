/// Chunked transfer coding (RFC 9112 section 7.1), read where an archive kept it.
enum ChunkedBody {
  /// The content; nil when the body does not begin with a chunk.
  ///
  /// Stops without complaint where the chunks stop, for captures are cut off.
  static func decode(_ body: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    var content: [UInt8] = []
    var rest = body
    var chunks = 0
    while let head = chunkSize(&rest) {
      chunks += 1
      if head == 0 { return content[...] }
      content += rest.prefix(head)
      if rest.count <= head { return content[...] }
      rest = rest.dropFirst(head)
      if rest.first == 0x0D { rest = rest.dropFirst() }
      if rest.first == 0x0A { rest = rest.dropFirst() }
    }
    return chunks > 0 ? content[...] : nil
  }

  /// Takes the line with a chunk's size, and its extensions, from the front.
  private static func chunkSize(_ rest: inout ArraySlice<UInt8>) -> Int? {
    // A size needs few digits; extensions are rare and short. The bound keeps a body without line
    // ends from being searched again and again.
    guard let end = rest.prefix(4096).firstIndex(of: 0x0A) else { return nil }
    var size = 0
    var digits = 0
    for byte in rest[..<end] {
      let value: Int
      switch byte {
      case 48...57: value = Int(byte) - 48
      case 65...70: value = Int(byte) - 55
      case 97...102: value = Int(byte) - 87
      case 0x20, 0x09, 0x0D, UInt8(ascii: ";"):
        guard digits > 0 else { return nil }
        rest = rest[(end + 1)...]
        return size
      default: return nil
      }
      digits += 1
      guard digits <= 15 else { return nil }
      size = size << 4 | value
    }
    guard digits > 0 else { return nil }
    rest = rest[(end + 1)...]
    return size
  }
}
