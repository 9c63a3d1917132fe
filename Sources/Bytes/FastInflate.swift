import CDeflate

/// Whole-buffer decompression with libdeflate: twice the speed of a stream, when the size is known.
enum FastInflate {
  /// The most that deflate can expand a byte: 258 bytes for two bits, and then some.
  private static let maximumExpansion = 1032

  /// The bytes of exactly one gzip member, if the size in its trailer is true and within the limit; else nil.
  ///
  /// Nil says nothing about what is wrong: the caller goes on with a stream, which can tell.
  static func gzip(_ member: [UInt8], maximumBytes: Int) -> [UInt8]? {
    let count = member.count
    guard count >= 18, member[0] == 0x1F, member[1] == 0x8B else { return nil }
    let size = (1...4).reduce(0) { $0 << 8 | Int(member[count - $1]) }
    let (possible, overflow) = count.multipliedReportingOverflow(by: maximumExpansion)
    guard size <= maximumBytes, overflow || size <= possible else { return nil }
    guard let raw = libdeflate_alloc_decompressor() else { return nil }
    defer { libdeflate_free_decompressor(raw) }
    var whole = false
    // An empty buffer has no address, which libdeflate would not mind but Swift's import does.
    let bytes = [UInt8](unsafeUninitializedCapacity: max(size, 1)) { output, written in
      var consumed = 0
      let status = member.withUnsafeBytes {
        libdeflate_gzip_decompress_ex(
          raw, $0.baseAddress, count, output.baseAddress, size, &consumed, &written)
      }
      whole = status == LIBDEFLATE_SUCCESS && consumed == count
      if !whole { written = 0 }
    }
    return whole ? bytes : nil
  }
}
