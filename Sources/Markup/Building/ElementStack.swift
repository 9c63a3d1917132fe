/// The stack of open elements (HTML standard, section 13.2.4.2), where every search takes constant
/// time: each element knows the one of its name below it and the bounds around it.
///
/// Elements stay in one block of memory that never moves, as their number is bounded; below the
/// first stands one that is none, so that there is always a top.
struct ElementStack: ~Copyable {
  /// More would be no use: each costs some time at the end of whatever is around it.
  static let greatestDepth = 1 << 16

  /// The most elements there may be.
  let maximumDepth: Int
  private(set) var count = 0
  /// The element below the first; `base[index]` is the one at an index.
  private let block: UnsafeMutablePointer<OpenElement>
  private let base: UnsafeMutablePointer<OpenElement>
  /// The innermost element, or the one that is none: `base + count - 1`.
  private var current: UnsafeMutablePointer<OpenElement>
  /// The innermost element of each tag, then of each of 256 classes of hashes.
  private let last: UnsafeMutablePointer<Int32>
  /// What the attributes of styled elements say, by index.
  private let declarations: UnsafeMutablePointer<StyleDeclarations>

  init(maximumDepth: Int) {
    self.maximumDepth = max(1, min(maximumDepth, Self.greatestDepth))
    block = .allocate(capacity: self.maximumDepth + 1)
    block.initialize(to: OpenElement(tag: .other, hash: 0, namespace: .html))
    base = block + 1
    current = block
    last = .allocate(capacity: 512)
    last.initialize(repeating: -1, count: 512)
    declarations = .allocate(capacity: self.maximumDepth)
  }

  deinit {
    block.deallocate()
    last.deallocate()
    declarations.deallocate()
  }

  @inline(__always)
  var isFull: Bool { count >= maximumDepth }

  /// The innermost element, or the one that is none.
  @inline(__always)
  var top: OpenElement {
    _read { yield current.pointee }
    _modify { yield &current.pointee }
  }

  /// The top element's tag; `other` for foreign ones.
  @inline(__always)
  var topTag: Tag { current.pointee.namespace == .html ? current.pointee.tag : .other }

  @inline(__always)
  subscript(index: Int) -> OpenElement {
    _read {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "index out of range")
      yield base[index]
    }
    _modify {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "index out of range")
      yield &base[index]
    }
  }

  /// Where the innermost element of an element's kind is kept.
  @inline(__always)
  private static func slot(of element: OpenElement) -> Int {
    usesHash(element) ? 256 + Int(element.hash & 255) : Int(element.tag.rawValue)
  }

  @inline(__always)
  private static func usesHash(_ element: OpenElement) -> Bool {
    element.tag == .other || element.namespace != .html
  }

  /// Opens an element, which inherits from the top; the stack must not be full.
  @inline(__always)
  mutating func push(
    _ tag: Tag, hash: UInt32 = 0, namespace: OpenElement.Namespace = .html,
    isIntegrationPoint: Bool = false
  ) {
    precondition(count < maximumDepth, "too deep")
    let index = Int32(truncatingIfNeeded: count)
    let place = current + 1
    place.initialize(to: current.pointee)
    current = place
    place.pointee.tag = tag
    place.pointee.hash = hash
    place.pointee.namespace = namespace
    place.pointee.isIntegrationPoint = isIntegrationPoint
    place.pointee.isDead = false
    place.pointee.isStyled = false
    place.pointee.captures = false
    place.pointee.outline = -1
    place.pointee.link = -1
    place.pointee.form = -1
    place.pointee.identifier = .empty
    if namespace == .html {
      place.pointee.htmlBase = index
      let traits = tag.traits
      if traits.contains(.special) {
        place.pointee.specialBase = index
        if !traits.intersection([.scope, .marker]).isEmpty {
          place.pointee.scopeBase = index
          place.pointee.buttonBase = index
          place.pointee.listBase = index
        }
        switch tag {
        case .address, .div, .p: break
        case .button:
          place.pointee.buttonBase = index
          place.pointee.itemBase = index
        case .ul, .ol:
          place.pointee.listBase = index
          place.pointee.itemBase = index
        case .table, .template, .html:
          place.pointee.tableBase = index
          place.pointee.itemBase = index
        default: place.pointee.itemBase = index
        }
      }
    } else if isIntegrationPoint {
      place.pointee.scopeBase = index
      place.pointee.buttonBase = index
      place.pointee.listBase = index
      place.pointee.specialBase = index
      place.pointee.itemBase = index
    }
    let slot = Self.slot(of: place.pointee)
    place.pointee.previous = last[slot]
    last[slot] = index
    count += 1
  }

  /// Gives the top element, of which there must be one, a style of its own.
  mutating func style(with own: StyleDeclarations) {
    precondition(count > 0, "no element")
    (declarations + (count - 1)).initialize(to: own)
    current.pointee.isStyled = true
    current.pointee.style = current.pointee.style.applying(own)
  }

  /// What the attributes of the top element say, which must be styled.
  var topDeclarations: StyleDeclarations {
    precondition(count > 0 && current.pointee.isStyled, "no style")
    return declarations[count - 1]
  }

  /// Takes the top element off, which stays readable until the next one is pushed; false when
  /// there is none.
  @inline(__always)
  mutating func pop() -> Bool {
    guard count > 0 else { return false }
    count -= 1
    current -= 1
    if !base[count].isDead { last[Self.slot(of: base[count])] = base[count].previous }
    return true
  }

  /// The element that was popped just now.
  @inline(__always)
  var popped: OpenElement { _read { yield base[min(count, maximumDepth - 1)] } }

  /// Takes an element out of the middle: it keeps its place and loses its meaning.
  mutating func kill(_ index: Int) {
    precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "index out of range")
    guard !base[index].isDead, !Self.usesHash(base[index]),
      last[Int(base[index].tag.rawValue)] == Int32(truncatingIfNeeded: index)
    else { return }
    last[Int(base[index].tag.rawValue)] = base[index].previous
    base[index].isDead = true
    base[index].isStyled = false
  }

  /// Computes the style of all elements from one up again.
  mutating func restyle(from index: Int) {
    for place in max(0, index)..<max(index, count) {
      let outer = base[place - 1].style
      base[place].style = base[place].isStyled ? outer.applying(declarations[place]) : outer
    }
  }

  /// The innermost open element of a name; -1 for none.
  @inline(__always)
  func innermost(_ tag: Tag) -> Int { Int(last[Int(tag.rawValue)]) }

  /// The innermost open element of a name in the ordinary scope; nil when there is none.
  @inline(__always)
  func inScope(_ tag: Tag) -> Int? {
    let index = last[Int(tag.rawValue)]
    return index >= 0 && index >= current.pointee.scopeBase ? Int(index) : nil
  }

  @inline(__always)
  func inButtonScope(_ tag: Tag) -> Int? {
    let index = last[Int(tag.rawValue)]
    return index >= 0 && index >= current.pointee.buttonBase ? Int(index) : nil
  }

  @inline(__always)
  func inListScope(_ tag: Tag) -> Int? {
    let index = last[Int(tag.rawValue)]
    return index >= 0 && index >= current.pointee.listBase ? Int(index) : nil
  }

  @inline(__always)
  func inTableScope(_ tag: Tag) -> Int? {
    let index = last[Int(tag.rawValue)]
    return index >= 0 && index >= current.pointee.tableBase ? Int(index) : nil
  }

  /// The element an end tag of any other name closes: the innermost of the name unless a special
  /// one lies above it.
  @inline(__always)
  func closable(_ tag: Tag, hash: UInt32) -> Int? {
    var index = last[Int(tag.rawValue)]
    if tag == .other {
      index = find(hash: hash)
      guard index < 0 || base[Int(index)].namespace == .html else { return nil }
    }
    return index >= 0 && index >= current.pointee.specialBase ? Int(index) : nil
  }

  /// The foreign element that an end tag closes: above the innermost HTML element.
  func closableForeign(hash: UInt32) -> Int? {
    let index = find(hash: hash)
    return index >= 0 && index > current.pointee.htmlBase ? Int(index) : nil
  }

  private func find(hash: UInt32) -> Int32 {
    var index = last[256 + Int(hash & 255)]
    // Names that share a bucket are few unless made to; then the depth bounds the walk.
    while index >= 0, base[Int(index)].hash != hash { index = base[Int(index)].previous }
    return index
  }
}
