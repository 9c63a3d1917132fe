extension DocumentBuilder {
  /// What an element changes about items for its content.
  struct ItemOpening {
    var item: Int32
    var rdfaItem: Int32
    var vocabulary: Int32
    var captures = false
  }

  /// Reads microdata (HTML, section 5.2) and RDFa Lite 1.1 of an element.
  ///
  /// The prefixes of RDFa and `property` outside of an item are not followed.
  mutating func readItem(
    of tag: Tag, _ attributes: TagAttributes, isVoid: Bool
  ) -> ItemOpening {
    var opening = ItemOpening(
      item: stack.top.item, rdfaItem: stack.top.rdfaItem, vocabulary: stack.top.vocabulary)
    guard ItemCollection.concerns(attributes) else { return opening }
    items.maximumBuffer = limits.maximumEmbeddedBytes
    let parent = Int(opening.item)
    let rdfaParent = Int(opening.rdfaItem)
    // A property outside of all items may be one that an item refers to.
    var names = attributes.has(.itemprop) ? tokens(.itemprop, attributes) : []
    if attributes.has(.vocab), items.vocabularies.count < limits.maximumItems {
      items.vocabularies.append(attributes.trimmed(.vocab) ?? "")
      opening.vocabulary = Int32(truncatingIfNeeded: items.vocabularies.count - 1)
    }
    var rdfaNames = rdfaParent >= 0 ? tokens(.property, attributes) : []
    if attributes.has(.itemscope) {
      let node = ItemCollection.Node(
        syntax: .microdata, types: tokens(.itemtype, attributes),
        id: attributes.trimmed(.itemid), isTop: names.isEmpty || parent < 0,
        depth: names.isEmpty ? 0 : items.depth(of: parent) + 1,
        references: tokens(.itemref, attributes))
      opening.item = -1
      if let index = items.open(node, limits: limits) {
        items.add(names, .item(index), to: parent, limits: limits)
        opening.item = Int32(truncatingIfNeeded: index)
      }
      names = []
    }
    if attributes.has(.typeof) {
      let node = ItemCollection.Node(
        syntax: .rdfa, types: rdfaTypes(attributes, vocabulary: Int(opening.vocabulary)),
        id: attributes.trimmed(.resource), isTop: rdfaNames.isEmpty,
        depth: rdfaNames.isEmpty ? 0 : items.depth(of: rdfaParent) + 1)
      opening.rdfaItem = -1
      if let index = items.open(node, limits: limits) {
        items.add(rdfaNames, .item(index), to: rdfaParent, limits: limits)
        opening.rdfaItem = Int32(truncatingIfNeeded: index)
      }
      rdfaNames = []
    }
    if let value = itemValue(of: tag, attributes) {
      items.add(names, .text(value), to: parent, limits: limits)
      names = []
    }
    if let value = rdfaValue(attributes) {
      items.add(rdfaNames, .text(value), to: rdfaParent, limits: limits)
      rdfaNames = []
    }
    if isVoid {
      items.add(names, .text(""), to: parent, limits: limits)
      items.add(rdfaNames, .text(""), to: rdfaParent, limits: limits)
      return opening
    }
    if names.isEmpty, rdfaNames.isEmpty { return opening }
    items.beginCapture(
      .init(start: 0, item: parent, names: names, rdfaItem: rdfaParent, rdfaNames: rdfaNames))
    opening.captures = true
    return opening
  }

  mutating func finishCapture() {
    guard let (capture, text) = items.endCapture(budget: &embeddedBudget) else { return }
    guard let text else {
      isTruncated = true
      return
    }
    items.add(capture.names, .text(text), to: capture.item, limits: limits)
    items.add(capture.rdfaNames, .text(text), to: capture.rdfaItem, limits: limits)
  }

  private func tokens(_ key: AttributeKey, _ attributes: TagAttributes) -> [String] {
    guard let bytes = attributes.bytes(key) else { return [] }
    return bytes.split(whereSeparator: \.isHTMLSpace).prefix(32).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  private func rdfaTypes(_ attributes: TagAttributes, vocabulary: Int) -> [String] {
    let prefix =
      items.vocabularies.indices.contains(vocabulary)
      ? items.vocabularies[vocabulary] : ""
    return tokens(.typeof, attributes).map { $0.utf8.contains(0x3A) ? $0 : prefix + $0 }
  }

  /// The value an element has without its text; `content` counts on every element, as search
  /// engines read it.
  private func itemValue(of tag: Tag, _ attributes: TagAttributes) -> String? {
    if attributes.has(.content) { return attributes.string(.content) }
    switch tag {
    case .meta: return ""
    case .audio, .embed, .iframe, .img, .source, .track, .video:
      return attributes.trimmed(.src) ?? ""
    case .a, .area, .link: return attributes.trimmed(.href) ?? ""
    case .object: return attributes.trimmed(.data) ?? ""
    case .data, .meter: return attributes.string(.value) ?? ""
    case .time: return attributes.trimmed(.datetime)
    default: return nil
    }
  }

  private func rdfaValue(_ attributes: TagAttributes) -> String? {
    attributes.string(.content) ?? attributes.trimmed(.resource) ?? attributes.trimmed(.href)
      ?? attributes.trimmed(.src) ?? attributes.trimmed(.datetime)
  }
}
