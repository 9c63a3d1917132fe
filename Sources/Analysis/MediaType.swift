/// A `Content-Type` header value, as far as the analysis needs it (RFC 9110, section 8.3.1).
public struct MediaType: Sendable, Hashable {
  /// Type and subtype in lower case, such as `text/html`; empty when there is none.
  public var essence: String
  /// The charset parameter, unquoted.
  public var charset: String?

  /// Reads a header value; anything that cannot be read is left out.
  public init(_ header: String?) {
    let parts = (header ?? "").split(separator: ";", omittingEmptySubsequences: false)
    essence = Self.trim(parts.first ?? "").lowercased()
    for part in parts.dropFirst() {
      let pair = part.split(separator: "=", maxSplits: 1)
      guard pair.count == 2, Self.trim(pair[0]).lowercased() == "charset" else { continue }
      let value = Self.trim(pair[1]).filter { $0 != "\"" && $0 != "'" }
      if !value.isEmpty, charset == nil { charset = value }
    }
  }

  /// How the bytes of a page are to be read.
  public enum Reading: Sendable { case html, text, feed, opaque }

  /// How to read a body of this type; without a type, markup is recognised by its first byte.
  ///
  /// Sitemaps and feeds are recognised by their root element, lists of addresses by their lines: they
  /// are often sent with another type.
  public func reading(of body: [UInt8]) -> Reading {
    if FeedSniffing.isFeed(body) { return .feed }
    switch essence {
    case "text/html", "application/xhtml+xml": return .html
    case "text/plain": return FeedSniffing.isAddressList(body) ? .feed : .text
    case "application/xml", "text/xml", "application/rss+xml", "application/atom+xml": return .feed
    case "", "application/octet-stream", "application/gzip", "application/x-gzip":
      if FeedSniffing.isAddressList(body) { return .feed }
      let first = body.lazy.prefix(1024).first { !($0 == 0x20 || (0x09...0x0D).contains($0)) }
      return first == UInt8(ascii: "<") ? .html : .opaque
    default: return .opaque
    }
  }

  private static func trim(_ text: Substring) -> String {
    String(
      text.drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
  }
}
