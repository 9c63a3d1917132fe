import Bytes

/// A digest as archives write it: `algorithm:value` (WARC 1.1 section 5.8), in any of the alphabets in use.
struct LabelledDigest {
  private enum Algorithm { case sha1, sha256 }

  private let algorithm: Algorithm
  /// Nil when the text is in no alphabet, so that no content can have it.
  private let value: [UInt8]?

  /// Nil when the algorithm is none that is checked here.
  init?(_ text: String) {
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    switch text[..<colon].lowercased() {
    case "sha1", "sha-1": algorithm = .sha1
    case "sha256", "sha-256": algorithm = .sha256
    default: return nil
    }
    let size = algorithm == .sha1 ? 20 : 32
    let digits = String(text[text.utf8.index(after: colon)...])
    let readings = [Hex.decode(digits), Base32.decode(digits), LabelledDigest.base64(digits)]
    value = readings.lazy.compactMap(\.self).first { $0.count == size }
  }

  /// Whether the bytes have this digest.
  func isDigest(of bytes: ArraySlice<UInt8>) -> Bool {
    switch algorithm {
    case .sha256: SHA256.hash(bytes).bytes == value
    case .sha1:
      {
        var digest = SHA1()
        digest.update(bytes)
        return digest.finish() == value
      }()
    }
  }

  /// Either alphabet of RFC 4648 sections 4 and 5.
  private static func base64(_ text: String) -> [UInt8]? {
    let usual = text.utf8.map { byte in
      byte == UInt8(ascii: "-")
        ? UInt8(ascii: "+") : byte == UInt8(ascii: "_") ? UInt8(ascii: "/") : byte
    }
    return Base64.decode(String(decoding: usual, as: UTF8.self))
  }
}
