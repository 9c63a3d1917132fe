import CDeflate

/// The checksum of gzip (RFC 1952 section 8, ISO 3309).
public enum CRC32 {
  /// The checksum of bytes, continuing from that of the bytes before them.
  public static func checksum(_ bytes: [UInt8], continuing: UInt32 = 0) -> UInt32 {
    bytes.withUnsafeBytes { libdeflate_crc32(continuing, $0.baseAddress, $0.count) }
  }
}
