import Bytes
import Markup

/// Recognises sitemaps and feeds whatever media type they are sent with.
///
/// Servers send compressed sitemaps as `application/gzip` or `application/octet-stream`, feeds as
/// `text/xml`, `text/html` or `text/plain`, and lists of addresses as `text/plain`
/// (sitemaps.org, "Sitemap file location" and "Other Sitemap formats").
enum FeedSniffing {
  /// Bytes looked at for the root element.
  static let soughtBytes = 2048

  /// The body without a gzip file's compression, where it is one; as much of it as can be had.
  static func unpacked(_ body: [UInt8], limits: DecodingLimits) -> [UInt8] {
    guard body.starts(with: [0x1F, 0x8B, 0x08]) else { return body }
    return ContentDecoder.decodePrefix(body, codings: [.gzip], limits: limits).bytes
  }

  /// Whether a document's root element is that of a sitemap or a feed.
  static func isFeed(_ body: [UInt8]) -> Bool {
    var rest = body.prefix(soughtBytes)
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    while true {
      rest = rest.drop { $0 <= 0x20 }
      let end: [UInt8]
      if rest.starts(with: "<?".utf8) {
        end = Array("?>".utf8)
      } else if rest.starts(with: "<!--".utf8) {
        end = Array("-->".utf8)
      } else {
        break
      }
      guard let next = rest.firstRange(of: end) else { return false }
      rest = rest[next.upperBound...]
    }
    guard rest.first == UInt8(ascii: "<") else { return false }
    let name = rest.dropFirst().prefix { $0 > 0x20 && $0 != UInt8(ascii: ">") }
    let local = name.split(separator: UInt8(ascii: ":")).last ?? []
    let root = String(decoding: local, as: UTF8.self).lowercased()
    return ["urlset", "sitemapindex", "rss", "rdf", "feed"].contains(root)
  }

  /// Whether a text is a list of addresses and nothing else.
  static func isAddressList(_ body: [UInt8]) -> Bool {
    var count = 0
    for line in body.prefix(soughtBytes).split(whereSeparator: { $0 == 0x0A || $0 == 0x0D })
      .dropLast(
        body.count > soughtBytes ? 1 : 0)
    {
      let line = line.drop { $0 <= 0x20 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }
      guard !line.isEmpty else { continue }
      guard line.starts(with: "http://".utf8) || line.starts(with: "https://".utf8) else {
        return false
      }
      count += 1
    }
    return count > 0
  }
}
