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
    var properties: [(name: String, value: Value)] = []
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
  private(set) var captures: [Capture] = []
  private var buffer: [UInt8] = []
  private var propertyCount = 0
  var vocabularies: [String] = []
  var maximumBuffer = 4 << 20

  var isCapturing: Bool { !captures.isEmpty }

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
    guard nodes.indices.contains(item) else { return }
    for name in names where propertyCount < limits.maximumItems {
      propertyCount += 1
      nodes[item].properties.append((name, value))
    }
  }

  mutating func beginCapture(_ capture: Capture) {
    var capture = capture
    capture.start = buffer.count
    captures.append(capture)
  }

  mutating func capture(_ text: some Collection<UInt8>) {
    guard buffer.count + text.count <= maximumBuffer else { return }
    for byte in text { buffer.append(byte.isHTMLSpace || byte == 0 ? 0x20 : byte) }
  }

  mutating func captureSeparator(_ separator: TextAssembly.Separator) {
    if buffer.count < maximumBuffer { buffer.append(separator == .line ? 0x0A : 0x20) }
  }

  /// Ends the innermost capture; answers it with its text, or without when that is beyond the
  /// budget.
  mutating func endCapture(budget: inout Int) -> (capture: Capture, text: String?)? {
    guard let capture = captures.popLast() else { return nil }
    defer { if captures.isEmpty { buffer.removeAll(keepingCapacity: true) } }
    let slice = buffer[min(capture.start, buffer.count)...]
    guard slice.count <= budget else { return (capture, nil) }
    budget -= slice.count
    return (capture, Self.collapsed(slice))
  }

  /// Text with each stretch of white space as one line break or one space, none at the ends.
  static func collapsed(_ bytes: ArraySlice<UInt8>) -> String {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    var pending: UInt8 = 0
    for byte in bytes {
      if byte == 0x0A {
        pending = 0x0A
      } else if byte.isHTMLSpace {
        if pending == 0 { pending = 0x20 }
      } else {
        if pending != 0, !output.isEmpty { output.append(pending) }
        pending = 0
        output.append(byte)
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// The top-level items.
  func finished() -> [MicrodataItem] {
    nodes.filter(\.isTop).map(assembled)
  }

  /// An item with those in it; the depth of items is bounded, so the recursion is.
  private func assembled(_ node: Node) -> MicrodataItem {
    MicrodataItem(
      syntax: node.syntax, types: node.types, id: node.id,
      properties: node.properties.map { property in
        switch property.value {
        case .text(let text): .init(name: property.name, value: .text(text))
        case .item(let index): .init(name: property.name, value: .item(assembled(nodes[index])))
        }
      })
  }
}
