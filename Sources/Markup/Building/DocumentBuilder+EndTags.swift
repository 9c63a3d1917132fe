extension DocumentBuilder {
  mutating func endTag(_ token: TagToken, in source: UnsafeBufferPointer<UInt8>) {
    finishRaw()
    if stack.top.namespace != .html, endForeign(token, in: source) { return }
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
    let changes = stack[index].isStyled
    stack.kill(index)
    if changes { stack.restyle(from: index) }
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
    guard Int(stack.top.specialBase) > index else { return popThrough(index) }
    let link = Int(stack[index].link)
    if link >= 0, link == openLink { finishLink() }
    stack[index].link = -1
    let changes = stack[index].isStyled
    stack.kill(index)
    if changes { stack.restyle(from: index) }
  }

  /// Closes an element and all in it.
  mutating func popThrough(_ index: Int) {
    guard stack.count > index + 1 else { return popTop() }
    var reopened: [ClosedFormatting] = []
    while stack.count > index + 1 {
      let tag = stack.topTag
      if tag.traits.contains(.formatting), tag != .a, !stack.top.isDead, stack.top.isStyled {
        reopened.append(ClosedFormatting(tag: tag, own: stack.topDeclarations))
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
    for formatting in closed[marker...] where !stack.isFull {
      stack.push(formatting.tag)
      stack.style(with: formatting.own)
      stack.top.linkBytesBefore = UInt32(truncatingIfNeeded: linkBytes)
    }
    closed.removeLast(closed.count - marker)
  }

  /// Closes the innermost element.
  mutating func popTop() {
    guard stack.pop() else { return }
    if stack.popped.captures { finishCapture() }
    if items.propertyCount > 0, !stack.popped.identifier.isEmpty {
      items.close(
        stack.popped.identifier, after: Int(stack.popped.propertiesBefore),
        in: Int(stack.popped.item), limits: limits)
    }
    let link = Int(stack.popped.link)
    if link >= 0, link == openLink { finishLink() }
    if stack.popped.form >= 0 { finishForm(Int(stack.popped.form)) }
    let outline = Int(stack.popped.outline)
    if outline >= 0 {
      elements[outline].range = trimmed(from: elements[outline].range.lowerBound)
      elements[outline].end = Int32(truncatingIfNeeded: elements.count)
      elements[outline].linkBytes = linkBytes - Int(stack.popped.linkBytesBefore)
    }
    guard stack.popped.namespace == .html, !stack.popped.isDead else { return }
    let tag = stack.popped.tag
    let traits = tag.traits
    if traits.contains(.block) {
      separate(.line, style: stack.popped.style)
    } else if tag == .td || tag == .th {
      separate(.space, style: stack.popped.style)
    }
    if traits.contains(.marker) {
      if closed.count > marker { closed.removeLast(closed.count - marker) }
      marker = Int(stack.popped.outerMarker)
    }
  }
}
