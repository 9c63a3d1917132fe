extension DocumentBuilder {
  /// Opens an HTML element.
  mutating func insert(_ token: TagToken, _ attributes: TagAttributes, _ traits: TagTraits) {
    let tag = token.tag
    var element = OpenElement(tag: tag, hash: 0, namespace: .html)
    if tag == .other { element.hash = Self.hash(token.name, in: attributes.source) }
    element.own = declarations(of: tag, traits, attributes)
    // A table does not inherit the white space of a surrounding `pre`, but it does its style.
    open(&element, token, attributes, traits)
    if traits.contains(.marker) {
      element.outerMarker = Int32(truncatingIfNeeded: marker)
      marker = closed.count
    }
    openParts(&element, attributes)
    push(element)
  }

  /// Opens an element of SVG or MathML.
  mutating func insertForeign(
    _ token: TagToken, _ attributes: TagAttributes, namespace: OpenElement.Namespace
  ) {
    if token.tag == .a { startLink(.anchor, attributes) }
    if token.isSelfClosing {
      if token.tag == .a { finishLink() }
      return
    }
    var element = OpenElement(
      tag: token.tag, hash: Self.foreignHash(token.name, in: attributes.source),
      namespace: namespace)
    switch (namespace, token.tag) {
    case (.svg, .foreignobject), (.svg, .desc), (.svg, .title),
      (.math, .mi), (.math, .mo), (.math, .mn), (.math, .ms), (.math, .mtext):
      element.isIntegrationPoint = true
    case (.math, .annotationXML):
      element.isIntegrationPoint =
        attributes.equals(.encoding, "text/html")
        || attributes.equals(.encoding, "application/xhtml+xml")
    default: break
    }
    element.own = declarations(of: .other, [], attributes)
    element.own.isUnseenElement = token.tag == .title || token.tag == .desc
    element.own.isInert = token.tag == .script || token.tag == .style
    if token.tag == .a, openLink >= 0 { element.link = Int32(truncatingIfNeeded: openLink) }
    open(&element, token, attributes, [])
    push(element)
  }

  /// Takes an element that has no content.
  mutating func insertVoid(
    _ token: TagToken, _ attributes: TagAttributes, _ traits: TagTraits
  ) {
    let tag = token.tag
    if tag == .br || traits.contains(.block) { separate(.line, style: style) }
    switch tag {
    case .img, .image: readImage(attributes)
    case .input: readInput(attributes)
    case .area: readArea(attributes)
    case .link: readLink(attributes)
    case .meta: readMeta(attributes)
    case .base:
      if document.base == nil { document.base = attributes.trimmed(.href) }
    case .frame: readFrame(attributes)
    default: break
    }
    _ = readItem(of: tag, attributes, isVoid: true)
  }

  /// What comes with an element on the stack whatever its kind.
  private mutating func open(
    _ element: inout OpenElement, _ token: TagToken, _ attributes: TagAttributes,
    _ traits: TagTraits
  ) {
    element.style = element.own.isEffective ? style.applying(element.own) : style
    element.outlineParent = stack.top.outlineParent
    element.item = stack.top.item
    element.rdfaItem = stack.top.rdfaItem
    element.vocabulary = stack.top.vocabulary
    element.region = region(of: token.tag, attributes)
    if traits.contains(.block) {
      separate(.line, style: element.style)
    } else if token.tag == .td || token.tag == .th {
      separate(.space, style: element.style)
    }
    element.linkBytesBefore = UInt32(truncatingIfNeeded: linkBytes)
    if element.style.reason == nil, !element.style.isInert,
      traits.contains(.block) || traits.contains(.tablePart) || token.tag == .a
        || attributes.has(.id) || attributes.has(.class)
    {
      addToOutline(&element, token, attributes, traits)
    }
  }

  /// Links, forms, fields and items that an HTML element opens.
  private mutating func openParts(_ element: inout OpenElement, _ attributes: TagAttributes) {
    switch element.tag {
    case .a:
      if attributes.has(.href) || attributes.has(.dataHref) {
        startLink(.anchor, attributes, style: element.style)
        element.link = Int32(truncatingIfNeeded: openLink)
      }
    case .iframe: readFrame(attributes)
    case .form:
      startForm(attributes)
      element.form = Int32(truncatingIfNeeded: openForm)
    case .button: addField(type: attributes.trimmed(.type)?.lowercased() ?? "submit", attributes)
    case .select: addField(type: "select", attributes)
    case .textarea: addField(type: "textarea", attributes)
    default: break
    }
    guard ItemCollection.concerns(attributes) else { return }
    let opening = readItem(of: element.tag, attributes, isVoid: false)
    element.item = opening.item
    element.rdfaItem = opening.rdfaItem
    element.vocabulary = opening.vocabulary
    element.captures = opening.captures
  }

  @inline(__always)
  private mutating func push(_ element: borrowing OpenElement) {
    // As browsers have it, what is too deep becomes a sibling; it keeps what it inherits.
    if stack.isFull {
      isTruncated = true
      popTop()
    }
    stack.push(element)
    style = element.style
  }

  private mutating func addToOutline(
    _ element: inout OpenElement, _ token: TagToken, _ attributes: TagAttributes,
    _ traits: TagTraits
  ) {
    guard elements.count < limits.maximumElements else {
      isTruncated = true
      return
    }
    let index = Int32(truncatingIfNeeded: elements.count)
    let parent = element.outlineParent
    let place = visible.bytes.count
    let name = element.tag == .other ? names.add(name: token.name, in: attributes.source) : .empty
    var shape = names.shape(of: element.tag, name: name)
    let identifier = names.add(id: attributes)
    let classes = names.add(classes: attributes, shape: &shape)
    elements.append(
      Element(
        tag: element.tag, region: element.region, isBlock: traits.contains(.block),
        depth: parent >= 0 ? elements[Int(parent)].depth + 1 : 0, parent: parent,
        end: index + 1, place: place, shape: shape, identifier: identifier, classes: classes,
        name: name))
    element.outline = index
    element.outlineParent = index
  }

  @inline(__always)
  private func region(of tag: Tag, _ attributes: TagAttributes) -> Region {
    let inherited = stack.top.region
    let own = attributes.has(.role) ? Region(role: attributes) ?? Region(tag) : Region(tag)
    guard let own else { return inherited }
    switch (own, inherited) {
    case (.main, _), (.navigation, _): return own
    case (_, .navigation), (_, .aside), (_, .footer): return inherited
    case (.header, .main), (.header, .article), (.footer, .main), (.footer, .article):
      return inherited
    case (.header, _), (.footer, _):
      // The header of a section belongs to the section.
      return stack.inScope(.section) == nil ? own : inherited
    case (.form, .main), (.form, .article), (.form, .header): return inherited
    default: return own
    }
  }

  /// What an element's name and attributes say about its text.
  @inline(__always)
  private func declarations(
    of tag: Tag, _ traits: TagTraits, _ attributes: TagAttributes
  ) -> StyleDeclarations {
    var own = StyleDeclarations()
    let keys =
      AttributeKey.bgcolor.bit | AttributeKey.hidden.bit | AttributeKey.style.bit
      | AttributeKey.color.bit | AttributeKey.href.bit
    let isStyled = !traits.intersection([.unseen, .inert, .preformatted]).isEmpty
    guard isStyled || tag == .dialog || attributes.hasAny(of: keys) else { return own }
    if traits.contains(.unseen) { own.isUnseenElement = true }
    if traits.contains(.inert) { own.isInert = true }
    if traits.contains(.preformatted) { own.isPreformatted = true }
    if tag == .dialog, !attributes.has(.open) { own.isUnseenElement = true }
    // Pages hide all of themselves until a script has run; nobody would write such an advert.
    if tag == .html || tag == .body {
      if let colour = attributes.bytes(.bgcolor) {
        own.background = CSSColour.parse(attribute: colour)
      }
      if attributes.has(.style) {
        var read = StyleDeclarations()
        InlineStyle.read(.style, of: attributes, into: &read)
        own.colour = read.colour
        own.background = read.background ?? own.background
      }
      return own
    }
    if tag == .a, attributes.has(.href) { own.colour = .unknown }
    if tag == .font, let colour = attributes.bytes(.color) {
      own.colour = CSSColour.parse(attribute: colour)
    }
    if attributes.has(.bgcolor), let colour = attributes.bytes(.bgcolor) {
      own.background = CSSColour.parse(attribute: colour)
    }
    if attributes.has(.hidden) { own.hasHiddenAttribute = true }
    if attributes.has(.style) { InlineStyle.read(.style, of: attributes, into: &own) }
    return own
  }

  static func hash(_ name: Range<Int>, in source: UnsafeBufferPointer<UInt8>) -> UInt32 {
    var hash: UInt32 = 0x811C_9DC5
    for index in name {
      hash = (hash ^ UInt32(source[index].asciiLowered)) &* 0x0100_0193
    }
    return hash
  }

  static func foreignHash(_ name: Range<Int>, in source: UnsafeBufferPointer<UInt8>) -> UInt32 {
    hash(name, in: source) ^ 0x5BD1_E995
  }
}
