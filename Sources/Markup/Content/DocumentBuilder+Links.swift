extension DocumentBuilder {
  /// Opens a link whose text follows.
  mutating func startLink(_ kind: Link.Kind, _ attributes: TagAttributes) {
    if openLink >= 0 { finishLink() }
    let href = attributes.piece(.href) ?? attributes.piece(.dataHref) ?? .empty
    let region = stack.top.region
    let isHidden = style.reason != nil || style.isInert
    guard let index = add(kind, href, attributes, region: region, isHidden: isHidden) else {
      return
    }
    openLink = index
    linkStart = visible.bytes.count
  }

  /// Ends the open link.
  mutating func finishLink() {
    guard openLink >= 0 else { return }
    links[openLink].range = Stretch(trimmed(from: linkStart))
    openLink = -1
  }

  private mutating func add(
    _ kind: Link.Kind, _ href: Piece, _ attributes: TagAttributes, region: Region,
    isHidden: Bool, alternative: Piece = .empty
  ) -> Int? {
    guard links.count < limits.maximumLinks else {
      isTruncated = true
      return nil
    }
    let place = visible.bytes.count
    links.append(
      Link.Record(
        kind: kind, region: region, isHidden: isHidden, href: href,
        rel: attributes.range(.rel).map { Piece($0) } ?? .empty, alternative: alternative,
        range: Stretch(place..<place)))
    return links.count - 1
  }

  mutating func readArea(_ attributes: TagAttributes) {
    guard let href = attributes.piece(.href) else { return }
    _ = add(
      .area, href, attributes, region: stack.top.region, isHidden: style.reason != nil,
      alternative: attributes.piece(.alt) ?? .empty)
  }

  private static let keptRelations = NameTable<UInt8>(
    [
      "alternate", "amphtml", "author", "canonical", "first", "last", "me", "next", "prev",
      "previous", "shortlink", "start", "up",
    ].map { ($0, 1) }, missing: 0)

  /// Keeps links to other documents: not style sheets, icons, hints to fetch ahead.
  mutating func readLink(_ attributes: TagAttributes) {
    guard attributes.hasWord(.rel, of: Self.keptRelations),
      let href = attributes.piece(.href), !href.isEmpty
    else { return }
    let words = attributes.words(.rel)
    guard !words.contains("stylesheet") else { return }
    if words.contains("canonical"), document.canonical == nil {
      document.canonical = attributes.trimmed(.href)
    }
    _ = add(
      .link, href, attributes, region: .none, isHidden: false,
      alternative: attributes.piece(.title) ?? .empty)
  }

  mutating func readFrame(_ attributes: TagAttributes) {
    guard let src = attributes.piece(.src) ?? attributes.piece(.dataSrc), !src.isEmpty else {
      return
    }
    _ = add(
      .frame, src, attributes, region: stack.top.region,
      isHidden: style.reason != nil, alternative: attributes.piece(.title) ?? .empty)
  }

  mutating func addRefresh(_ target: String, _ attributes: TagAttributes) {
    _ = add(.refresh, putAside(target), attributes, region: .none, isHidden: false)
  }

  mutating func readImage(_ attributes: TagAttributes) {
    let alternative = attributes.piece(.alt)
    if openLink >= 0 {
      links[openLink].isImage = true
      if let alternative, links[openLink].alternative.isEmpty {
        links[openLink].alternative = alternative
      }
    }
    guard images.count < limits.maximumImages else { return }
    var src = attributes.piece(.src) ?? .empty
    if src.isEmpty || holdsItself(src, attributes) {
      if let lazy = attributes.piece(.dataSrc), !lazy.isEmpty {
        src = lazy
      } else if let candidate = firstCandidate(attributes) {
        src = candidate
      }
    }
    // An image within the page would be kept as often as the page says it.
    if src.range.count > 2_048, holdsItself(src, attributes) { src = putAside("data:") }
    guard !src.isEmpty else { return }
    images.append(
      Image.Record(
        src: src, alt: alternative ?? .missing,
        at: UInt32(truncatingIfNeeded: visible.bytes.count), region: stack.top.region))
  }

  /// Whether a reference is a `data:` URL.
  private func holdsItself(_ piece: Piece, _ attributes: TagAttributes) -> Bool {
    let source = attributes.source
    let range = piece.range
    guard !piece.isExtra, let first = range.first else { return false }
    if source[first] != 0x64, source[first] != 0x26 { return false }
    return SourceText.attribute(range.prefix(64), in: source).starts(with: "data:".utf8)
  }

  /// The first candidate of a `srcset`; nil where there is none.
  private mutating func firstCandidate(_ attributes: TagAttributes) -> Piece? {
    guard let set = attributes.trimmed(.srcset) else { return nil }
    let first = set.utf8.prefix { !$0.isHTMLSpace }
    var candidate = String(decoding: first, as: UTF8.self)
    while candidate.hasSuffix(",") { candidate.removeLast() }
    return candidate.isEmpty ? nil : putAside(candidate)
  }

  /// Keeps a string that does not stand in the source as it is meant.
  private mutating func putAside(_ string: String) -> Piece {
    let start = extra.count
    extra.append(contentsOf: string.utf8)
    return Piece(extra: start..<extra.count)
  }
}
