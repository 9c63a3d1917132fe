extension DocumentBuilder {
  mutating func startTag(
    _ token: TagToken, _ attributes: UnsafeBufferPointer<RawAttribute>,
    in source: UnsafeBufferPointer<UInt8>
  ) -> ContentModel {
    let attributes = TagAttributes(
      attributes, keys: token.keys, in: source, maximumBytes: limits.maximumAttributeBytes)
    if stack.top.namespace != .html, !isReadAsHTML(token) {
      if !breaksOut(token.tag, attributes) {
        insertForeign(token, attributes, namespace: stack.top.namespace)
        return .data
      }
      leaveForeign()
    }
    return startHTML(token, attributes)
  }

  /// Whether a start tag in a foreign element opens an HTML element (section 13.2.6).
  private func isReadAsHTML(_ token: TagToken) -> Bool {
    guard stack.top.isIntegrationPoint else { return false }
    if stack.top.namespace == .math, stack.top.tag != .annotationXML {
      return token.tag != .mglyph && token.tag != .malignmark
    }
    return true
  }

  private func breaksOut(_ tag: Tag, _ attributes: TagAttributes) -> Bool {
    if tag == .font {
      return attributes.has(.color) || attributes.has(.face) || attributes.has(.size)
    }
    return tag.traits.contains(.breaksOut)
  }

  mutating func leaveForeign() {
    while stack.top.namespace != .html, !stack.top.isIntegrationPoint { popTop() }
  }

  private mutating func startHTML(
    _ token: TagToken, _ attributes: TagAttributes
  ) -> ContentModel {
    let tag = token.tag
    let traits = tag.traits
    guard prepare(for: token, traits, attributes) else { return .data }
    if !closed.isEmpty, !traits.contains(.special) { reopenFormatting() }
    if traits.contains(.void) || tag == .image {
      insertVoid(token, attributes, traits)
      return .data
    }
    if tag == .svg || tag == .math {
      insertForeign(token, attributes, namespace: tag == .svg ? .svg : .math)
      return .data
    }
    insert(token, attributes, traits)
    return rawModel(of: tag, attributes)
  }

  /// Closes what the start tag implies to be closed; false when the tag is to be ignored.
  private mutating func prepare(
    for token: TagToken, _ traits: TagTraits, _ attributes: TagAttributes
  ) -> Bool {
    let tag = token.tag
    if traits.contains(.closesParagraph) { closeParagraph() }
    switch tag {
    case .html:
      readLanguage(attributes)
      return stack.count == 0
    case .head, .frameset: return false
    case .body:
      return stack.innermost(.body) < 0 && stack.innermost(.template) < 0
    case .h1, .h2, .h3, .h4, .h5, .h6:
      if stack.topTag.isHeading { popTop() }
    case .li:
      let base = Int(stack.top.itemBase)
      if base >= 0 {
        if stack[base].tag == .li, stack[base].namespace == .html { popThrough(base) }
      }
      closeParagraph()
    case .dd, .dt:
      let base = Int(stack.top.itemBase)
      if base >= 0 {
        let open = stack[base].tag
        if open == .dd || open == .dt, stack[base].namespace == .html { popThrough(base) }
      }
      closeParagraph()
    case .button:
      if let index = stack.inScope(.button) { popThrough(index) }
    case .a, .nobr:
      if let index = stack.inScope(tag) { closeFormatting(at: index) }
      closed.removeAll { $0.tag == tag }
    case .option:
      if stack.topTag == .option { popTop() }
    case .optgroup:
      if stack.topTag == .option { popTop() }
      if stack.topTag == .optgroup { popTop() }
    case .select:
      if let index = stack.inScope(.select) {
        popThrough(index)
        return false
      }
    case .input, .keygen, .textarea:
      if let index = stack.inScope(.select) { popThrough(index) }
    case .rb, .rt, .rtc, .rp:
      while [.rb, .rt, .rp].contains(stack.topTag) { popTop() }
    case .form:
      guard openForm < 0 || stack.innermost(.template) >= 0 else { return false }
      switch stack.topTag {
      case .table, .tbody, .thead, .tfoot, .tr:
        // Between the cells of a table a form holds no content, yet the fields after it are its.
        startForm(attributes)
        return false
      default: break
      }
    case .caption, .col, .colgroup, .tbody, .tfoot, .thead, .tr, .td, .th:
      return prepareTablePart(tag)
    default: break
    }
    return true
  }

  /// Closes what a part of a table closes; false when there is no table.
  private mutating func prepareTablePart(_ tag: Tag) -> Bool {
    let table = Int(stack.top.tableBase)
    guard table >= 0, stack[table].tag != .html else {
      // Without a table the tag means nothing, but what was a row was meant to be one.
      visible.separate(tag == .tr ? .line : .space)
      return false
    }
    var keep = table
    switch tag {
    case .tr:
      for part in [Tag.tbody, .thead, .tfoot] {
        if let index = stack.inTableScope(part) { keep = max(keep, index) }
      }
    case .td, .th:
      for part in [Tag.tbody, .thead, .tfoot, .tr] {
        if let index = stack.inTableScope(part) { keep = max(keep, index) }
      }
      if keep == table || stack[keep].tag != .tr { separate(.line, style: stack[keep].style) }
    case .col:
      if let index = stack.inTableScope(.colgroup) { keep = index }
    default: break
    }
    while stack.count > keep + 1 { popTop() }
    return true
  }

  mutating func closeParagraph() {
    if let index = stack.inButtonScope(.p) { popThrough(index) }
  }

  /// How the tokenizer reads on after an element, and where its raw text goes.
  private mutating func rawModel(of tag: Tag, _ attributes: TagAttributes) -> ContentModel {
    switch tag {
    case .title:
      if stack.innermost(.template) >= 0 {
        raw = .discarded
      } else {
        raw = hasTitle ? .unseen : .title
      }
      return .rcdata
    case .textarea: return .rcdata
    case .style, .noscript:
      raw = .discarded
      return .rawtext
    case .iframe, .noembed, .noframes:
      raw = .unseen
      return .rawtext
    case .xmp: return .rawtext
    case .script:
      raw = isJSONLD(attributes) ? .script : .discarded
      scriptBytes.removeAll(keepingCapacity: true)
      return .scriptData
    case .plaintext: return .plaintext
    default: return .data
    }
  }

  private func isJSONLD(_ attributes: TagAttributes) -> Bool {
    guard let whole = attributes.range(.type) else { return false }
    let range = attributes.source.trimmed(whole)
    if attributes.isPlain(range) {
      return Self.isJSONLD(UnsafeBufferPointer(rebasing: attributes.source[range]))
    }
    return SourceText.attribute(range, in: attributes.source, maximum: attributes.maximumBytes)
      .withUnsafeBufferPointer(Self.isJSONLD)
  }

  private static func isJSONLD(_ type: UnsafeBufferPointer<UInt8>) -> Bool {
    let name: StaticString = "application/ld+json"
    let length = name.utf8CodeUnitCount
    guard type.matches(name, at: 0) else { return false }
    return type.count == length || type[length] == 0x3B || type[length].isHTMLSpace
  }
}
