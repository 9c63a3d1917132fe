/// Items of structured data while they are read.
struct ItemCollection {
  enum Value {
    case text(String)
    case item(Int)
  }

  struct Node {
    var syntax: MicrodataItem.Syntax
    var types: [String]
    var id: String?
    var isTop: Bool
    var depth: Int
    /// Ids of elements elsewhere whose properties are its, too.
    var references: [String] = []
  }

  /// A property where it was met.
  struct Property {
    /// The item it is one of; -1 for one outside of all items.
    var item: Int
    var name: String
    var value: Value
  }

  /// An element with an id in which there are properties.
  struct Place {
    var identifier: Stretch
    /// Which ones, and the item around them.
    var properties: Range<Int>
    var item: Int
  }

  /// An element whose text is the value of properties.
  struct Capture {
    var start: Int
    var item: Int
    var names: [String]
    var rdfaItem: Int
    var rdfaNames: [String]
  }

  private(set) var nodes: [Node] = []
  private(set) var properties: [Property] = []
  private(set) var places: [Place] = []
  private(set) var captures: [Capture] = []
  private var buffer: [UInt8] = []
  var vocabularies: [String] = []
  var maximumBuffer = 4 << 20

  var isCapturing: Bool { !captures.isEmpty }
  var propertyCount: Int { properties.count }

  /// Whether any attribute of a tag is one of structured data.
  @inline(__always)
  static func concerns(_ attributes: TagAttributes) -> Bool {
    attributes.hasAny(
      of: AttributeKey.itemprop.bit | AttributeKey.itemscope.bit | AttributeKey.typeof.bit
        | AttributeKey.property.bit | AttributeKey.vocab.bit)
  }

  /// Adds an item; nil beyond a limit.
  mutating func open(
    _ node: Node, limits: MarkupLimits
  ) -> Int? {
    guard nodes.count < limits.maximumItems, node.depth < limits.maximumItemDepth else {
      return nil
    }
    nodes.append(node)
    return nodes.count - 1
  }

  func depth(of item: Int) -> Int { nodes.indices.contains(item) ? nodes[item].depth : -1 }

  mutating func add(_ names: [String], _ value: Value, to item: Int, limits: MarkupLimits) {
    for name in names where properties.count < limits.maximumItems {
      properties.append(Property(item: item, name: name, value: value))
    }
  }

  /// Notes where an element with an id ends that began after so many properties; `item` is the one
  /// around its content.
  mutating func close(
    _ identifier: Stretch, after before: Int, in item: Int, limits: MarkupLimits
  ) {
    guard before < properties.count, places.count < limits.maximumItems else { return }
    var place = Place(identifier: identifier, properties: before..<properties.count, item: item)
    // An item that is a property itself comes as one, not as its properties.
    if case .item(item) = properties[before].value {
      let end = properties[before...].firstIndex {
        if case .item(item) = $0.value { false } else { true }
      }
      place.properties = before..<(end ?? properties.count)
      place.item = properties[before].item
    }
    places.append(place)
  }

  mutating func beginCapture(_ capture: Capture) {
    var capture = capture
    capture.start = buffer.count
    captures.append(capture)
  }

  /// Takes text as it is written: line ends in it are white space, those of separators are NULs.
  mutating func capture(_ text: UnsafeBufferPointer<UInt8>) {
    guard buffer.count + text.count <= maximumBuffer else { return }
    if text.first(0, in: 0..<text.count) == nil {
      buffer.append(contentsOf: text)
    } else {
      for byte in text { buffer.append(byte == 0 ? 0x20 : byte) }
    }
  }

  mutating func captureSeparator(_ separator: TextAssembly.Separator) {
    if buffer.count < maximumBuffer { buffer.append(separator == .line ? 0 : 0x20) }
  }

  /// Ends the innermost capture; answers it with its text, or without when that is beyond the
  /// budget.
  mutating func endCapture(budget: inout Int) -> (capture: Capture, text: String?)? {
    guard let capture = captures.popLast() else { return nil }
    defer { if captures.isEmpty { buffer.removeAll(keepingCapacity: true) } }
    let slice = buffer[min(capture.start, buffer.count)...]
    guard slice.count <= budget else { return (capture, nil) }
    budget -= slice.count
    return (capture, slice.withUnsafeBufferPointer { Self.collapsed($0, line: 0) })
  }

  /// Text with each stretch of white space as one line break or one space, none at the ends.
  static func collapsed(_ bytes: ArraySlice<UInt8>) -> String {
    bytes.withUnsafeBufferPointer { collapsed($0, line: 0x0A) }
  }

  /// The same where lines are separated by a byte of choice.
  private static func collapsed(_ bytes: UnsafeBufferPointer<UInt8>, line: UInt8) -> String {
    var start = 0
    var end = bytes.count
    func isSpace(_ index: Int) -> Bool { bytes[index] == line || bytes[index].isHTMLSpace }
    while start < end, isSpace(start) { start += 1 }
    while end > start, isSpace(end - 1) { end -= 1 }
    return String(unsafeUninitializedCapacity: end - start) { output in
      var count = 0
      var pending: UInt8 = 0
      for index in start..<end {
        let byte = bytes[index]
        if byte > 0x20 {
          if pending != 0 {
            output[count] = pending
            count += 1
            pending = 0
          }
          output[count] = byte
          count += 1
        } else if byte == line {
          pending = 0x0A
        } else if byte.isHTMLSpace {
          if pending == 0 { pending = 0x20 }
        } else {
          if pending != 0 {
            output[count] = pending
            count += 1
            pending = 0
          }
          output[count] = byte
          count += 1
        }
      }
      return count
    }
  }
}
