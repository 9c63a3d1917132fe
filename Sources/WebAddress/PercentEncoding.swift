/// Percent-encode sets and coding (URL standard §1.3).
struct PercentEncodeSet: Sendable {
  private let ascii: ASCIISet

  /// All sets hold everything outside ASCII, so that encoding byte by byte is right for UTF-8.
  @inline(__always)
  func contains(_ byte: UInt8) -> Bool { byte >= 0x80 || ascii.contains(byte) }

  private func adding(_ characters: StaticString) -> PercentEncodeSet {
    PercentEncodeSet(ascii: ascii.union(ASCIISet(characters)))
  }

  static let c0Control = PercentEncodeSet(ascii: .controls)
  static let fragment = c0Control.adding(" \"<>`")
  static let query = c0Control.adding(" \"#<>")
  static let specialQuery = query.adding("'")
  static let path = query.adding("?^`{}")
  static let userinfo = path.adding("/:;=@[\\]|")
}

enum PercentCoding {
  static let upperHex = Array("0123456789ABCDEF".utf8)

  @inline(__always)
  static func append(_ byte: UInt8, encodedTo output: inout [UInt8]) {
    output.append(0x25)
    output.append(hexDigit(byte &>> 4))
    output.append(hexDigit(byte & 15))
  }

  @inline(__always)
  private static func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? 0x30 &+ value : 0x37 &+ value
  }

  @inline(__always)
  static func append(
    _ bytes: ArraySlice<UInt8>, encoding set: PercentEncodeSet, to output: inout [UInt8]
  ) {
    for byte in bytes {
      if set.contains(byte) {
        append(byte, encodedTo: &output)
      } else {
        output.append(byte)
      }
    }
  }

  /// The byte that `%XX` at `index` stands for; nil where no such escape stands.
  @inline(__always)
  static func escape(in bytes: ArraySlice<UInt8>, at index: Int) -> UInt8? {
    guard bytes.endIndex - index >= 3, bytes[index] == 0x25,
      let high = bytes[index + 1].hexValue, let low = bytes[index + 2].hexValue
    else { return nil }
    return high &<< 4 | low
  }

  /// Percent-decode (URL standard §1.3).
  static func decoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = bytes.startIndex
    while index < bytes.endIndex {
      if let byte = escape(in: bytes, at: index) {
        result.append(byte)
        index += 3
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return result
  }
}
