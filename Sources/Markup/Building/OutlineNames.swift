/// The pool of names, ids and classes of an outline.
struct OutlineNames: ~Copyable {
  private(set) var names = GrowingBuffer<UInt8>(capacity: 4_096)

  @inline(__always)
  private func stretch(from start: Int) -> Stretch { Stretch(start..<names.count) }

  mutating func add(name: Range<Int>, in source: UnsafeBufferPointer<UInt8>) -> Stretch {
    let start = names.count
    let bounds = name.lowerBound..<min(name.upperBound, name.lowerBound + 256)
    SourceText.name(bounds, in: source).withUnsafeBufferPointer { names.append(contentsOf: $0) }
    return stretch(from: start)
  }

  @inline(__always)
  mutating func add(id attributes: borrowing TagAttributes) -> Stretch {
    guard let value = attributes.range(.id) else { return .empty }
    let start = names.count
    if value.count <= 1_024, attributes.isPlain(value) {
      names.append(contentsOf: UnsafeBufferPointer(rebasing: attributes.source[value]))
    } else {
      SourceText.attribute(value, in: attributes.source, maximum: 1_024)
        .withUnsafeBufferPointer { names.append(contentsOf: $0) }
    }
    return stretch(from: start)
  }

  /// Adds class names with one space between them, and their shape to that of the tag.
  ///
  /// The shape is a hash of a tag and the set of its classes, where a row of digits counts as one.
  @inline(__always)
  mutating func add(
    classes attributes: borrowing TagAttributes, shape: inout UInt32
  ) -> Stretch {
    guard let value = attributes.range(.class) else { return .empty }
    let start = names.count
    if value.count <= attributes.maximumBytes, attributes.isPlain(value) {
      add(classes: UnsafeBufferPointer(rebasing: attributes.source[value]), &shape)
    } else {
      SourceText.attribute(value, in: attributes.source, maximum: attributes.maximumBytes)
        .withUnsafeBufferPointer { add(classes: $0, &shape) }
    }
    return stretch(from: start)
  }

  private mutating func add(classes value: UnsafeBufferPointer<UInt8>, _ shape: inout UInt32) {
    var index = 0
    var isFirst = true
    while true {
      while index < value.count, value[index].isHTMLSpace { index += 1 }
      guard index < value.count else { return }
      if !isFirst { names.append(0x20) }
      isFirst = false
      let start = index
      var word: UInt32 = 0x811C_9DC5
      var wasDigit = false
      while index < value.count {
        let byte = value[index]
        if byte <= 0x20, byte.isHTMLSpace { break }
        index += 1
        if !byte.isASCIIDigit {
          word = (word ^ UInt32(byte)) &* 0x0100_0193
          wasDigit = false
        } else if !wasDigit {
          word = (word ^ 0x30) &* 0x0100_0193
          wasDigit = true
        }
      }
      names.append(contentsOf: UnsafeBufferPointer(rebasing: value[start..<index]))
      shape = shape &+ word &* 0x85EB_CA6B
    }
  }

  /// The shape of an element without classes.
  @inline(__always)
  func shape(of tag: Tag, name: Stretch) -> UInt32 {
    var shape = (UInt32(tag.rawValue) &+ 1) &* 0x9E37_79B1
    for index in name.range { shape = (shape ^ UInt32(names[index])) &* 0x0100_0193 }
    return shape
  }
}

extension Region {
  /// The landmark that an element is by its name.
  @inline(__always)
  init?(_ tag: Tag) {
    switch tag {
    case .main: self = .main
    case .article: self = .article
    case .nav: self = .navigation
    case .header: self = .header
    case .footer: self = .footer
    case .aside: self = .aside
    case .form, .search: self = .form
    default: return nil
    }
  }

  /// The landmark that an element is by its `role`.
  init?(role attributes: TagAttributes) {
    switch attributes.words(.role).first {
    case "main": self = .main
    case "article": self = .article
    case "navigation", "menubar", "menu": self = .navigation
    case "banner": self = .header
    case "contentinfo": self = .footer
    case "complementary": self = .aside
    case "form", "search": self = .form
    default: return nil
    }
  }
}
