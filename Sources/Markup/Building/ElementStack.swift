/// The stack of open elements (HTML standard, section 13.2.4.2), where every search takes constant
/// time: each element knows the one of its name below it and the bounds around it.
struct ElementStack {
  private(set) var elements: ContiguousArray<OpenElement> = []
  private var last = [Int32](repeating: -1, count: 256)
  private var lastByHash = [Int32](repeating: -1, count: 256)

  init() { elements.reserveCapacity(64) }

  var count: Int { elements.count }
  var top: OpenElement? { elements.last }

  /// The top element's tag; nil for foreign ones.
  @inline(__always)
  var topTag: Tag? {
    guard let top = elements.last, top.namespace == .html else { return nil }
    return top.tag
  }

  subscript(index: Int) -> OpenElement {
    get { elements[index] }
    _modify { yield &elements[index] }
  }

  private static func usesHash(_ element: OpenElement) -> Bool {
    element.tag == .other || element.namespace != .html
  }

  mutating func push(_ element: OpenElement) {
    var element = element
    let index = Int32(truncatingIfNeeded: elements.count)
    if let top = elements.last {
      element.scopeBase = top.scopeBase
      element.buttonBase = top.buttonBase
      element.listBase = top.listBase
      element.tableBase = top.tableBase
      element.specialBase = top.specialBase
      element.itemBase = top.itemBase
      element.htmlBase = top.htmlBase
    }
    if element.namespace == .html {
      let tag = element.tag
      let traits = tag.traits
      element.htmlBase = index
      if traits.contains(.scope) || traits.contains(.marker) {
        element.scopeBase = index
        element.buttonBase = index
        element.listBase = index
      }
      if tag == .button { element.buttonBase = index }
      if tag == .ul || tag == .ol { element.listBase = index }
      if tag == .table || tag == .template || tag == .html { element.tableBase = index }
      if traits.contains(.special) {
        element.specialBase = index
        if tag != .address, tag != .div, tag != .p { element.itemBase = index }
      }
    } else if element.isIntegrationPoint {
      element.scopeBase = index
      element.buttonBase = index
      element.listBase = index
      element.specialBase = index
      element.itemBase = index
    }
    if Self.usesHash(element) {
      let bucket = Int(element.hash & 255)
      element.previous = lastByHash[bucket]
      lastByHash[bucket] = index
    } else {
      element.previous = last[Int(element.tag.rawValue)]
      last[Int(element.tag.rawValue)] = index
    }
    elements.append(element)
  }

  mutating func pop() -> OpenElement? {
    guard let element = elements.popLast() else { return nil }
    if element.isDead { return element }
    if Self.usesHash(element) {
      lastByHash[Int(element.hash & 255)] = element.previous
    } else {
      last[Int(element.tag.rawValue)] = element.previous
    }
    return element
  }

  /// Takes an element out of the middle: it keeps its place and loses its meaning.
  mutating func kill(_ index: Int) {
    let element = elements[index]
    guard !element.isDead, !Self.usesHash(element),
      last[Int(element.tag.rawValue)] == Int32(truncatingIfNeeded: index)
    else { return }
    last[Int(element.tag.rawValue)] = element.previous
    elements[index].isDead = true
    elements[index].own = StyleDeclarations()
  }

  /// Computes the style of all elements from one up again.
  mutating func restyle(from index: Int) {
    for place in index..<elements.count {
      let outer = place > 0 ? elements[place - 1].style : StyleState()
      elements[place].style = outer.applying(elements[place].own)
    }
  }

  /// The innermost open element of a name.
  @inline(__always)
  func innermost(_ tag: Tag) -> Int { Int(last[Int(tag.rawValue)]) }

  /// The innermost open element of a name in the ordinary scope; nil when there is none.
  @inline(__always)
  func inScope(_ tag: Tag) -> Int? {
    let index = last[Int(tag.rawValue)]
    guard index >= 0, let top = elements.last, index >= top.scopeBase else { return nil }
    return Int(index)
  }

  func inButtonScope(_ tag: Tag) -> Int? {
    let index = last[Int(tag.rawValue)]
    guard index >= 0, let top = elements.last, index >= top.buttonBase else { return nil }
    return Int(index)
  }

  func inListScope(_ tag: Tag) -> Int? {
    let index = last[Int(tag.rawValue)]
    guard index >= 0, let top = elements.last, index >= top.listBase else { return nil }
    return Int(index)
  }

  func inTableScope(_ tag: Tag) -> Int? {
    let index = last[Int(tag.rawValue)]
    guard index >= 0, let top = elements.last, index >= top.tableBase else { return nil }
    return Int(index)
  }

  /// The element an end tag of any other name closes: the innermost of the name unless a special
  /// one lies above it.
  func closable(_ tag: Tag, hash: UInt32) -> Int? {
    guard let top = elements.last else { return nil }
    let index: Int32
    if tag == .other {
      index = find(hash: hash)
      guard index < 0 || elements[Int(index)].namespace == .html else { return nil }
    } else {
      index = last[Int(tag.rawValue)]
    }
    return index >= 0 && index >= top.specialBase ? Int(index) : nil
  }

  /// The foreign element that an end tag closes: above the innermost HTML element.
  func closableForeign(hash: UInt32) -> Int? {
    guard let top = elements.last else { return nil }
    let index = find(hash: hash)
    return index >= 0 && index > top.htmlBase ? Int(index) : nil
  }

  private func find(hash: UInt32) -> Int32 {
    var index = lastByHash[Int(hash & 255)]
    // Names that share a bucket are few unless made to; then the depth bounds the walk.
    while index >= 0, elements[Int(index)].hash != hash {
      index = elements[Int(index)].previous
    }
    return index
  }
}
