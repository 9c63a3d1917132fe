extension DocumentBuilder {
  mutating func endTag(_ token: TagToken, in source: UnsafeBufferPointer<UInt8>) {
    finishRaw()
    if let top = stack.top, top.namespace != .html, endForeign(token, in: source) { return }
    endHTML(token, in: source)
  }

  /// Closes a foreign element; false when the end tag is one of HTML.
  private mutating func endForeign(
    _ token: TagToken, in source: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    if token.tag == .p || token.tag == .br {
      leaveForeign()
      return false
    }
    let hash = Self.foreignHash(token.name, in: source)
    guard let index = stack.closableForeign(hash: hash) else { return false }
    popThrough(index)
    return true
  }

  private mutating func endHTML(_ token: TagToken, in source: UnsafeBufferPointer<UInt8>) {
    let tag = token.tag
    let traits = tag.traits
    switch tag {
    // Content after them belongs to the body all the same.
    case .html, .body, .head: return
    case .br: separate(.line, style: style)
    case .p:
      if let index = stack.inButtonScope(.p) {
        popThrough(index)
      } else {
        separate(.line, style: style)
      }
    case .h1, .h2, .h3, .h4, .h5, .h6:
      let open = [Tag.h1, .h2, .h3, .h4, .h5, .h6].compactMap { stack.inScope($0) }.max()
      if let open { popThrough(open) }
    case .li:
      if let index = stack.inListScope(.li) { popThrough(index) }
    case .dd, .dt, .select:
      if let index = stack.inScope(tag) { popThrough(index) }
    case .form: endForm()
    case .a, .nobr, .font: endFormatting(tag)
    case .table, .caption, .tbody, .thead, .tfoot, .tr, .td, .th, .colgroup, .template:
      if let index = stack.inTableScope(tag) { popThrough(index) }
    default:
      if traits.contains(.formatting) {
        endFormatting(tag)
      } else if traits.contains(.closesInScope) {
        if let index = stack.inScope(tag) { popThrough(index) }
      } else {
        let hash = tag == .other ? Self.hash(token.name, in: source) : 0
        if let index = stack.closable(tag, hash: hash) { popThrough(index) }
      }
    }
  }

  /// A form's end takes only the form off the stack.
  private mutating func endForm() {
    guard let index = stack.inScope(.form) else { return finishForm(openForm) }
    if index == stack.count - 1 {
      popTop()
      return
    }
    finishForm(Int(stack[index].form))
    stack[index].form = -1
    let changes = stack[index].own.isEffective
    stack.kill(index)
    if changes { restyle(from: index) }
    separate(.line, style: style)
  }

  /// What of the adoption agency (section 13.2.6.4.7) matters without a tree.
  private mutating func endFormatting(_ tag: Tag) {
    if let index = stack.inScope(tag) {
      closeFormatting(at: index)
    } else if closed.count > marker, let index = closed.lastIndex(where: { $0.tag == tag }),
      index >= marker
    {
      closed.remove(at: index)
    }
  }

  /// Closes a formatting element, with what is in it if that is no block.
  mutating func closeFormatting(at index: Int) {
    guard let top = stack.top, Int(top.specialBase) > index else { return popThrough(index) }
    let element = stack[index]
    if element.link >= 0, Int(element.link) == openLink { finishLink() }
    stack[index].link = -1
    stack.kill(index)
    if element.own.isEffective { restyle(from: index) }
  }

  private mutating func restyle(from index: Int) {
    stack.restyle(from: index)
    style = stack.top?.style ?? StyleState()
  }

  /// Closes an element and all in it.
  mutating func popThrough(_ index: Int) {
    var reopened: [ClosedFormatting] = []
    while stack.count > index + 1 {
      if let top = stack.top, top.namespace == .html, !top.isDead, top.own.isEffective,
        top.tag.traits.contains(.formatting), top.tag != .a
      {
        reopened.append(ClosedFormatting(tag: top.tag, own: top.own))
      }
      popTop()
    }
    popTop()
    // Three of a kind are enough in the standard; here so many in all.
    for formatting in reopened.reversed() where closed.count < 32 { closed.append(formatting) }
  }

  /// Opens formatting elements again that were closed by what they were in (section 13.2.4.3).
  mutating func reopenFormatting() {
    guard closed.count > marker else { return }
    for formatting in closed[marker...] where stack.count < limits.maximumDepth {
      var element = OpenElement(tag: formatting.tag, hash: 0, namespace: .html)
      element.own = formatting.own
      element.style = style.applying(formatting.own)
      element.outlineParent = stack.top?.outlineParent ?? -1
      element.item = stack.top?.item ?? -1
      element.rdfaItem = stack.top?.rdfaItem ?? -1
      element.vocabulary = stack.top?.vocabulary ?? -1
      element.region = stack.top?.region ?? .none
      element.linkBytesBefore = linkBytes
      stack.push(element)
      style = element.style
    }
    closed.removeLast(closed.count - marker)
  }

  /// Closes the innermost element.
  mutating func popTop() {
    guard let element = stack.pop() else { return }
    if element.captures { finishCapture(of: element) }
    if element.link >= 0, Int(element.link) == openLink { finishLink() }
    if element.form >= 0 { finishForm(Int(element.form)) }
    if element.outline >= 0 {
      let index = Int(element.outline)
      document.elements[index].range = trimmed(
        from: document.elements[index].range.lowerBound)
      document.elements[index].end = Int32(truncatingIfNeeded: document.elements.count)
      document.elements[index].linkBytes = linkBytes - element.linkBytesBefore
    }
    style = stack.top?.style ?? StyleState()
    guard element.namespace == .html, !element.isDead else { return }
    let traits = element.tag.traits
    if traits.contains(.block) {
      separate(.line, style: element.style)
    } else if element.tag == .td || element.tag == .th {
      separate(.space, style: element.style)
    }
    if traits.contains(.marker) {
      if closed.count > marker { closed.removeLast(closed.count - marker) }
      marker = Int(element.outerMarker)
    }
  }
}
