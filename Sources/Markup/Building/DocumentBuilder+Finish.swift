extension DocumentBuilder {
  /// Ends the raw text of an element.
  mutating func finishRaw() {
    let target = raw
    raw = .none
    switch target {
    case .none, .discarded, .unseen: return
    case .title:
      hasTitle = true
      let spaced = titleBytes.map { $0.isHTMLSpace || $0 == 0 ? 0x20 : $0 }
      let title = ItemCollection.collapsed(spaced[...])
      document.title = title.isEmpty ? nil : title
    case .script:
      embeddedBudget -= scriptBytes.count
      var jsonLimits = JSONLimits()
      jsonLimits.maximumDepth = limits.maximumJSONDepth
      jsonLimits.maximumValues = jsonBudget
      if let parsed = JSONValue.parse(scriptBytes, limits: jsonLimits) {
        jsonBudget -= parsed.count
        document.jsonLD.append(parsed.value)
      }
    }
  }

  /// The document of a source, all elements closed.
  consuming func finish(_ source: [UInt8]) -> Document {
    finishRaw()
    while stack.count > 0 { popTop() }
    finishLink()
    hiddenText.close()
    document.text = visible.bytes.array
    document.sourceMap = visible.map
    document.elements = elements.array
    let page = PageSource(
      source: source, text: document.text, extra: extra,
      maximumBytes: limits.maximumAttributeBytes, maximumLinkText: limits.maximumLinkTextBytes)
    document.page = page
    document.links = LinkList(links.array, on: page)
    document.images = images.values.map { Image($0, on: page) }
    document.meta = meta.values.map { MetaEntry($0, on: page) }
    document.hidden = hiddenText.stretches
    document.microdata = items.finished(source, limits: limits)
    document.truncated = isTruncated || visible.isCut || hiddenText.isCut
    document.description =
      nonEmpty("description") ?? nonEmpty("og:description") ?? nonEmpty("twitter:description")
    if document.language == nil { document.language = nonEmpty("content-language") }
    return document
  }

  private func nonEmpty(_ name: String) -> String? {
    document.meta.first { $0.isNamed(name) && !$0.content.isEmpty }?.content
  }
}

extension Document {
  /// The page in well-formed UTF-8.
  init(decoded source: [UInt8], limits: MarkupLimits) {
    var builder = DocumentBuilder(limits: limits, sourceBytes: source.count)
    source.withUnsafeBufferPointer { bytes in
      var tokenizer = Tokenizer<DocumentBuilder>(
        bytes, maximumAttributes: limits.maximumAttributes)
      tokenizer.run(&builder)
    }
    self = builder.finish(source)
  }
}
