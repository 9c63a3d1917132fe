import CDeflate

/// Writes and reads single gzip members (RFC 1952), whole and in memory.
///
/// Members carry no name and no time, so the same bytes always give the same member.
public enum GzipMember {
  /// A member that only wraps the bytes (stored blocks): for what is compressed already.
  public static func stored(_ bytes: [UInt8]) -> [UInt8] { compressed(bytes, level: 0) }

  /// A compressed member; `level` goes from 0 (stored) over 1 (fast) and 6 to 12 (small).
  ///
  /// Levels outside that range are taken as the nearest one inside.
  public static func compressed(_ bytes: [UInt8], level: Int) -> [UInt8] {
    GzipCompressor(level: level).compress(bytes)
  }

  /// The bytes of a member that fills `member` wholly.
  ///
  /// Gives up with `.tooBig` as soon as there are more than `maximumBytes`; never allocates more.
  public static func decompress(
    _ member: [UInt8], maximumBytes: Int
  ) throws(DecodingFailure) -> [UInt8] {
    if let bytes = FastInflate.gzip(member, maximumBytes: maximumBytes) { return bytes }
    var output = BoundedOutput(maximumBytes: maximumBytes)
    guard let stream = InflateStream(.gzip) else { throw .corrupt("no memory to decompress") }
    let end = output.fill(from: stream, input: member[...])
    if let failure = end.failure { throw failure }
    guard end.consumed == member.count else {
      throw .corrupt("bytes after the end of a gzip member")
    }
    return output.bytes
  }
}

/// A compressor that is kept between members: setting one up costs more than a small record.
public final class GzipCompressor {
  private let raw: OpaquePointer

  /// A compressor of a level from 0 to 12; others are taken as the nearest of these.
  public init(level: Int) {
    guard let raw = libdeflate_alloc_compressor(Int32(min(max(level, 0), 12))) else {
      preconditionFailure("no memory for a compressor")
    }
    self.raw = raw
  }

  deinit { libdeflate_free_compressor(raw) }

  /// One whole member.
  public func compress(_ bytes: [UInt8]) -> [UInt8] {
    let bound = libdeflate_gzip_compress_bound(raw, bytes.count)
    return [UInt8](unsafeUninitializedCapacity: bound) { output, count in
      count = bytes.withUnsafeBytes {
        libdeflate_gzip_compress(
          raw, $0.baseAddress, $0.count, output.baseAddress, output.count)
      }
      // The bound is what the library promises to be enough.
      precondition(count > 0, "libdeflate broke its own bound")
    }
  }
}
