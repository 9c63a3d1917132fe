import WebAddress

/// Tells links within a page's own site from others by their first bytes.
///
/// Most links of a page lead to its own site and are of no further interest; resolving each
/// (WHATWG URL) to see that is the dearest thing one can do with it.
struct OwnSite {
  private let origin: [UInt8]

  /// The site of a page's base address; nil when that is none of the web.
  init?(base: Address?) {
    guard let base, base.isHTTP else { return nil }
    origin = Array("\(base.origin)/".utf8)
  }

  /// True when a reference surely resolves to the same origin; false when it has to be parsed.
  func holds(_ reference: String) -> Bool {
    var text = reference
    return text.withUTF8 { bytes in
      guard let first = bytes.first else { return true }
      guard first > 0x20, first != Self.backslash else { return false }
      // A parser drops tabs and line ends wherever they stand, so that "/\t/host" leads elsewhere.
      guard !bytes.contains(where: { $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }) else { return false }
      if first == Self.slash {
        return bytes.count == 1 || (bytes[1] != Self.slash && bytes[1] != Self.backslash)
      }
      for byte in bytes {
        switch byte {
        case Self.slash, Self.backslash, UInt8(ascii: "?"), UInt8(ascii: "#"): return true
        case UInt8(ascii: ":"): return bytes.starts(with: origin)
        default: continue
        }
      }
      return true
    }
  }

  private static let slash = UInt8(ascii: "/")
  private static let backslash = UInt8(ascii: "\\")
}
