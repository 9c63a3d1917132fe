extension DocumentBuilder {
  /// Opens a link whose text follows.
  mutating func startLink(_ kind: Link.Kind, _ attributes: TagAttributes) {
    if openLink >= 0 { finishLink() }
    let href = attributes.trimmed(.href) ?? attributes.trimmed(.dataHref) ?? ""
    let region = stack.top.region
    let isHidden = style.reason != nil || style.isInert
    guard let index = add(kind, href, attributes, region: region, isHidden: isHidden) else {
      return
    }
    openLink = index
    linkStart = visible.bytes.count
    linkAlternative = ""
  }

  /// Ends the open link.
  mutating func finishLink() {
    guard openLink >= 0 else { return }
    let range = trimmed(from: linkStart)
    document.links[openLink].range = range
    let text = lineOfText(range)
    document.links[openLink].text = text.isEmpty ? linkAlternative : text
    openLink = -1
  }

  private func lineOfText(_ range: Range<Int>) -> String {
    let bytes = visible.bytes.values
    var end = min(range.upperBound, range.lowerBound + max(0, limits.maximumLinkTextBytes))
    // A scalar that the limit cuts through is dropped.
    while end < range.upperBound, end > range.lowerBound, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    let kept = UnsafeBufferPointer(rebasing: bytes[range.lowerBound..<end])
    guard kept.first(0x0A, in: 0..<kept.count) != nil else {
      return String(decoding: kept, as: UTF8.self)
    }
    return String(decoding: kept.map { $0 == 0x0A ? 0x20 : $0 }, as: UTF8.self)
  }

  private mutating func add(
    _ kind: Link.Kind, _ href: String, _ attributes: TagAttributes, region: Region,
    isHidden: Bool, text: String = ""
  ) -> Int? {
    guard document.links.count < limits.maximumLinks else {
      isTruncated = true
      return nil
    }
    let place = visible.bytes.count
    document.links.append(
      Link(
        kind: kind, href: href, text: text, rel: attributes.words(.rel), range: place..<place,
        region: region, isImage: false, isHidden: isHidden))
    return document.links.count - 1
  }

  mutating func readArea(_ attributes: TagAttributes) {
    guard let href = attributes.trimmed(.href) else { return }
    _ = add(
      .area, href, attributes, region: stack.top.region, isHidden: style.reason != nil,
      text: attributes.trimmed(.alt) ?? "")
  }

  private static let keptRelations = NameTable(
    [
      "alternate", "amphtml", "author", "canonical", "first", "last", "me", "next", "prev",
      "previous", "shortlink", "start", "up",
    ].map { ($0, 1) })

  /// Keeps links to other documents: not style sheets, icons, hints to fetch ahead.
  mutating func readLink(_ attributes: TagAttributes) {
    guard attributes.hasWord(.rel, of: Self.keptRelations),
      let href = attributes.trimmed(.href), !href.isEmpty
    else { return }
    let words = attributes.words(.rel)
    guard !words.contains("stylesheet") else { return }
    if words.contains("canonical"), document.canonical == nil { document.canonical = href }
    _ = add(
      .link, href, attributes, region: .none, isHidden: false,
      text: attributes.trimmed(.title) ?? "")
  }

  mutating func readFrame(_ attributes: TagAttributes) {
    guard let src = attributes.trimmed(.src) ?? attributes.trimmed(.dataSrc), !src.isEmpty else {
      return
    }
    _ = add(
      .frame, src, attributes, region: stack.top.region,
      isHidden: style.reason != nil, text: attributes.trimmed(.title) ?? "")
  }

  mutating func addRefresh(_ target: String, _ attributes: TagAttributes) {
    _ = add(.refresh, target, attributes, region: .none, isHidden: false)
  }

  mutating func readImage(_ attributes: TagAttributes) {
    let alternative = attributes.trimmed(.alt)
    if openLink >= 0 {
      document.links[openLink].isImage = true
      if linkAlternative.isEmpty { linkAlternative = alternative ?? "" }
    }
    guard document.images.count < limits.maximumImages else { return }
    var src = attributes.trimmed(.src) ?? ""
    if src.isEmpty || src.hasPrefix("data:") {
      if let lazy = attributes.trimmed(.dataSrc), !lazy.isEmpty {
        src = lazy
      } else if let set = attributes.trimmed(.srcset) {
        let first = set.utf8.prefix { !$0.isHTMLSpace }
        var candidate = String(decoding: first, as: UTF8.self)
        while candidate.hasSuffix(",") { candidate.removeLast() }
        if !candidate.isEmpty { src = candidate }
      }
    }
    // An image within the page would be kept as often as the page says it.
    if src.utf8.count > 2_048, src.hasPrefix("data:") { src = "data:" }
    guard !src.isEmpty else { return }
    document.images.append(Image(src: src, alt: alternative, at: visible.bytes.count))
  }
}
