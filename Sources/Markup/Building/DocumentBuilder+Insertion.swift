extension DocumentBuilder {
  /// Opens an HTML element.
  mutating func insert(_ token: TagToken, _ attributes: TagAttributes, _ traits: TagTraits) {
    let tag = token.tag
    let isStyled = declare(tag, traits, attributes)
    push(tag, hash: tag == .other ? Self.hash(token.name, in: attributes.source) : 0)
    // A table does not inherit the white space of a surrounding `pre`, but it does its style.
    open(token, attributes, traits, isStyled: isStyled)
    if traits.contains(.marker) {
      stack.top.outerMarker = Int32(truncatingIfNeeded: marker)
      marker = closed.count
    }
    openParts(tag, attributes)
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
    var isIntegrationPoint = false
    switch (namespace, token.tag) {
    case (.svg, .foreignobject), (.svg, .desc), (.svg, .title),
      (.math, .mi), (.math, .mo), (.math, .mn), (.math, .ms), (.math, .mtext):
      isIntegrationPoint = true
    case (.math, .annotationXML):
      isIntegrationPoint =
        attributes.equals(.encoding, "text/html")
        || attributes.equals(.encoding, "application/xhtml+xml")
    default: break
    }
    var isStyled = declare(.other, [], attributes)
    if [.title, .desc, .script, .style].contains(token.tag) {
      if !isStyled { declared = StyleDeclarations() }
      isStyled = true
      if token.tag == .title || token.tag == .desc {
        declared.isUnseenElement = true
      } else {
        declared.isInert = true
      }
    }
    push(
      token.tag, hash: Self.foreignHash(token.name, in: attributes.source), namespace: namespace,
      isIntegrationPoint: isIntegrationPoint)
    if token.tag == .a, openLink >= 0 { stack.top.link = Int32(truncatingIfNeeded: openLink) }
    open(token, attributes, [], isStyled: isStyled)
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
    let before = items.propertyCount
    let opening = readItem(of: tag, attributes, isVoid: true)
    if items.propertyCount > before, let identifier = attributes.range(.id) {
      items.close(Stretch(identifier), after: before, in: Int(opening.item), limits: limits)
    }
  }

  /// Puts an element on the stack.
  ///
  /// As browsers have it, what is too deep becomes a sibling; what hides it still does.
  @inline(__always)
  private mutating func push(
    _ tag: Tag, hash: UInt32, namespace: OpenElement.Namespace = .html,
    isIntegrationPoint: Bool = false
  ) {
    if stack.isFull {
      isTruncated = true
      let style = style
      popTop()
      stack.push(tag, hash: hash, namespace: namespace, isIntegrationPoint: isIntegrationPoint)
      stack.top.style = style
    } else {
      stack.push(tag, hash: hash, namespace: namespace, isIntegrationPoint: isIntegrationPoint)
    }
  }

  /// What comes with the element on top of the stack whatever its kind.
  @inline(__always)
  private mutating func open(
    _ token: TagToken, _ attributes: TagAttributes, _ traits: TagTraits, isStyled: Bool
  ) {
    if isStyled { stack.style(with: declared) }
    if traits.contains(.landmark) || attributes.has(.role) {
      stack.top.region = region(of: token.tag, attributes)
    }
    if traits.contains(.block) {
      separate(.line, style: style)
    } else if token.tag == .td || token.tag == .th {
      separate(.space, style: style)
    }
    stack.top.linkBytesBefore = UInt32(truncatingIfNeeded: linkBytes)
    if stack.top.style.reason == nil, !stack.top.style.isInert,
      !traits.intersection([.block, .tablePart]).isEmpty || token.tag == .a
        || attributes.hasAny(of: AttributeKey.id.bit | AttributeKey.class.bit)
    {
      addToOutline(token, attributes, traits)
    }
  }

  /// Links, forms, fields and items that an HTML element opens.
  @inline(__always)
  private mutating func openParts(_ tag: Tag, _ attributes: TagAttributes) {
    switch tag {
    case .a:
      if attributes.has(.href) || attributes.has(.dataHref) {
        startLink(.anchor, attributes)
        stack.top.link = Int32(truncatingIfNeeded: openLink)
      }
    case .iframe: readFrame(attributes)
    case .form:
      startForm(attributes)
      stack.top.form = Int32(truncatingIfNeeded: openForm)
    case .button: addField(type: attributes.trimmed(.type)?.lowercased() ?? "submit", attributes)
    case .select: addField(type: "select", attributes)
    case .textarea: addField(type: "textarea", attributes)
    default: break
    }
    if let identifier = attributes.range(.id) {
      stack.top.identifier = Stretch(identifier)
      stack.top.propertiesBefore = UInt32(truncatingIfNeeded: items.propertyCount)
    }
    guard ItemCollection.concerns(attributes) else { return }
    let opening = readItem(of: tag, attributes, isVoid: false)
    stack.top.item = opening.item
    stack.top.rdfaItem = opening.rdfaItem
    stack.top.vocabulary = opening.vocabulary
    stack.top.captures = opening.captures
  }

  private mutating func addToOutline(
    _ token: TagToken, _ attributes: TagAttributes, _ traits: TagTraits
  ) {
    guard elements.count < limits.maximumElements else {
      isTruncated = true
      return
    }
    let index = Int32(truncatingIfNeeded: elements.count)
    let parent = stack.top.outlineParent
    let place = visible.bytes.count
    let tag = stack.top.tag
    var shape = OutlineShape(tag, tag == .other ? token.name : 0..<0, in: attributes.source)
    let identifier = attributes.range(.id) ?? 0..<0
    let classes = attributes.range(.class) ?? 0..<0
    if !classes.isEmpty { shape.add(shapes.sum(of: classes, in: attributes.source)) }
    elements.append(
      Element(
        tag: tag, region: stack.top.region, isBlock: traits.contains(.block),
        depth: parent >= 0 ? elements[Int(parent)].depth + 1 : 0, parent: parent,
        end: index + 1, place: place, shape: shape.value, identifier: Stretch(identifier),
        classes: Stretch(classes), name: Stretch(tag == .other ? token.name : 0..<0)))
    stack.top.outline = index
    stack.top.outlineParent = index
  }

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

  /// Reads what an element's name and attributes say about its text; false when that is nothing,
  /// and then what is declared means nothing.
  @inline(__always)
  private mutating func declare(
    _ tag: Tag, _ traits: TagTraits, _ attributes: TagAttributes
  ) -> Bool {
    let keys =
      AttributeKey.bgcolor.bit | AttributeKey.hidden.bit | AttributeKey.style.bit
      | AttributeKey.color.bit | AttributeKey.href.bit | AttributeKey.ariaHidden.bit
    let isStyled = !traits.intersection([.unseen, .inert, .preformatted]).isEmpty
    guard isStyled || tag == .dialog || attributes.hasAny(of: keys) else { return false }
    declared = StyleDeclarations()
    Self.read(tag, traits, attributes, into: &declared)
    return declared.isEffective
  }

  private static func read(
    _ tag: Tag, _ traits: TagTraits, _ attributes: TagAttributes,
    into own: inout StyleDeclarations
  ) {
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
      return
    }
    if tag == .a, attributes.has(.href) { own.colour = .unknown }
    if tag == .font, let colour = attributes.bytes(.color) {
      own.colour = CSSColour.parse(attribute: colour)
    }
    if attributes.has(.bgcolor), let colour = attributes.bytes(.bgcolor) {
      own.background = CSSColour.parse(attribute: colour)
    }
    if attributes.has(.hidden) { own.hasHiddenAttribute = true }
    if attributes.has(.ariaHidden), attributes.isTrimmed(.ariaHidden, "true") {
      own.isAriaHidden = true
    }
    if attributes.has(.style) { InlineStyle.read(.style, of: attributes, into: &own) }
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
