import CXML

/// Reads sitemaps and feeds.
public enum SitemapParser {
  /// The addresses in a sitemap, a sitemap index (sitemaps.org 0.9), an RSS or Atom feed, or a
  /// list of addresses, one a line.
  ///
  /// XML is read without network, DTD or expansion of entities. What comes before a mistake in it
  /// or before a limit is kept, and `truncated` is set.
  public static func parse(
    _ bytes: [UInt8], limits: SitemapLimits = SitemapLimits()
  ) -> Sitemap {
    let bound = min(bytes.count, max(0, limits.maximumBytes), 1 << 30)
    let start = firstContent(of: bytes[..<bound])
    var sitemap: Sitemap
    if start < bound, bytes[start] == 0x3C || bytes[start] == 0xFE || bytes[start] == 0xFF {
      var reading = SitemapReading(limits: limits)
      bytes.withUnsafeBufferPointer { whole in
        // An XML declaration may stand only at the very beginning.
        let from = bytes[start] == 0x3C ? start : 0
        reading.read(UnsafeBufferPointer(rebasing: whole[from..<bound]))
      }
      sitemap = reading.sitemap
    } else {
      sitemap = list(bytes[start..<bound], limits: limits)
    }
    if bound < bytes.count { sitemap.truncated = true }
    return sitemap
  }

  private static func firstContent(of bytes: ArraySlice<UInt8>) -> Int {
    var start = bytes.startIndex
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start += 3 }
    while start < bytes.endIndex, bytes[start].isHTMLSpace { start += 1 }
    return start
  }

  /// A list of addresses: lines that are none are passed over.
  private static func list(_ bytes: ArraySlice<UInt8>, limits: SitemapLimits) -> Sitemap {
    var sitemap = Sitemap()
    for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      var line = line
      while let first = line.first, first.isHTMLSpace { line.removeFirst() }
      while let last = line.last, last.isHTMLSpace { line.removeLast() }
      let scheme = line.prefix(8).map(\.asciiLowered)
      guard scheme.starts(with: "http://".utf8) || scheme.starts(with: "https://".utf8),
        line.count <= limits.maximumLocationBytes, !line.contains(0x20)
      else { continue }
      guard sitemap.urls.count < limits.maximumEntries else {
        sitemap.truncated = true
        break
      }
      sitemap.kind = .text
      sitemap.urls.append(.init(location: String(decoding: line, as: UTF8.self), modified: nil))
    }
    return sitemap
  }
}

/// The state of reading one XML document.
private struct SitemapReading {
  let limits: SitemapLimits
  var sitemap = Sitemap()
  private var path: [String] = []
  private var text = ""
  private var location = ""
  private var identifier = ""
  private var modified = ""

  init(limits: SitemapLimits) { self.limits = limits }

  mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let base = bytes.baseAddress, let reader = cxml_open(base, bytes.count) else { return }
    defer { cxml_close(reader) }
    while true {
      switch cxml_next(reader) {
      case CXML_ELEMENT:
        guard path.count < limits.maximumDepth, hasRoom else {
          sitemap.truncated = true
          return
        }
        open(String(cString: cxml_name(reader)).lowercased(), reader)
      case CXML_TEXT:
        if text.utf8.count < limits.maximumLocationBytes {
          text += String(cString: cxml_text(reader))
        }
      case CXML_CLOSE: close()
      case CXML_MALFORMED:
        sitemap.truncated = true
        return
      case CXML_END: return
      default: break
      }
    }
  }

  private var hasRoom: Bool {
    sitemap.urls.count < limits.maximumEntries && sitemap.sitemaps.count < limits.maximumEntries
  }

  private mutating func open(_ name: String, _ reader: OpaquePointer) {
    if path.isEmpty {
      switch name {
      case "urlset": sitemap.kind = .urls
      case "sitemapindex": sitemap.kind = .index
      case "rss", "rdf": sitemap.kind = .rss
      case "feed": sitemap.kind = .atom
      default: break
      }
    }
    path.append(name)
    text = ""
    switch name {
    case "url", "sitemap", "item", "entry":
      location = ""
      identifier = ""
      modified = ""
    case "link" where sitemap.kind == .atom && isIn("entry") && location.isEmpty:
      let relation = attribute("rel", reader) ?? "alternate"
      if relation == "alternate" { location = attribute("href", reader) ?? "" }
    default: break
    }
  }

  private func attribute(_ name: String, _ reader: OpaquePointer) -> String? {
    guard let value = cxml_attribute(reader, name) else { return nil }
    defer { cxml_free(value) }
    return String(cString: value)
  }

  private func isIn(_ name: String) -> Bool { path.count >= 2 && path[path.count - 2] == name }

  private mutating func close() {
    guard let name = path.last else { return }
    let value = ItemCollection.collapsed(Array(text.utf8)[...])
    switch (sitemap.kind, name) {
    case (.urls, "loc") where isIn("url"), (.index, "loc") where isIn("sitemap"): location = value
    case (.urls, "lastmod") where isIn("url"), (.index, "lastmod") where isIn("sitemap"):
      modified = value
    case (.urls, "url"): finish(isSitemap: false)
    case (.index, "sitemap"): finish(isSitemap: true)
    case (.rss, "link") where isIn("item") && location.isEmpty: location = value
    case (.rss, "guid") where isIn("item"): identifier = value
    case (.rss, "pubdate") where isIn("item"), (.rss, "date") where isIn("item"): modified = value
    case (.rss, "item"):
      // A guid is the address when there is no link (RSS 2.0, isPermaLink).
      if location.isEmpty, identifier.hasPrefix("http") { location = identifier }
      finish(isSitemap: false)
    case (.atom, "updated") where isIn("entry"): modified = value
    case (.atom, "entry"): finish(isSitemap: false)
    default: break
    }
    path.removeLast()
    text = ""
  }

  private mutating func finish(isSitemap: Bool) {
    let place = location
    location = ""
    guard !place.isEmpty, place.utf8.count <= limits.maximumLocationBytes else { return }
    let entry = Sitemap.Entry(location: place, modified: modified.isEmpty ? nil : modified)
    if isSitemap { sitemap.sitemaps.append(entry) } else { sitemap.urls.append(entry) }
  }
}
