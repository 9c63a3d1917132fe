/// The pool of names, ids and classes of an outline.
struct OutlineNames {
  var names: [UInt8]

  private func range(from start: Int) -> Range<UInt32> {
    UInt32(truncatingIfNeeded: start)..<UInt32(truncatingIfNeeded: names.count)
  }

  mutating func add(name: Range<Int>, in source: UnsafeBufferPointer<UInt8>) -> Range<UInt32> {
    let start = names.count
    names.append(contentsOf: SourceText.name(name.prefix(256), in: source))
    return range(from: start)
  }

  mutating func add(id attributes: TagAttributes) -> Range<UInt32> {
    let start = names.count
    if let value = attributes.range(.id) {
      SourceText.append(attribute: value, in: attributes.source, maximum: 1_024, to: &names)
    }
    return range(from: start)
  }

  /// Adds class names with one space between them.
  mutating func add(classes attributes: TagAttributes) -> Range<UInt32> {
    let start = names.count
    if let value = attributes.range(.class) {
      SourceText.append(
        attribute: value, in: attributes.source, maximum: attributes.maximumBytes, to: &names)
      var end = start
      for index in start..<names.count {
        let byte = names[index]
        if byte.isHTMLSpace {
          if end > start, names[end - 1] != 0x20 {
            names[end] = 0x20
            end += 1
          }
        } else {
          names[end] = byte
          end += 1
        }
      }
      if end > start, names[end - 1] == 0x20 { end -= 1 }
      names.removeLast(names.count - end)
    }
    return range(from: start)
  }

  /// Hash of a tag and the set of its classes, where a row of digits counts as one.
  func shape(of tag: Tag, name: Range<UInt32>, classes: Range<UInt32>) -> UInt32 {
    var shape = (UInt32(tag.rawValue) &+ 1) &* 0x9E37_79B1
    for index in name { shape = (shape ^ UInt32(names[Int(index)])) &* 0x0100_0193 }
    var word: UInt32 = 0x811C_9DC5
    var wasDigit = false
    for index in classes {
      let byte = names[Int(index)]
      if byte == 0x20 {
        shape = shape &+ word &* 0x85EB_CA6B
        word = 0x811C_9DC5
        wasDigit = false
      } else if !byte.isASCIIDigit {
        word = (word ^ UInt32(byte)) &* 0x0100_0193
        wasDigit = false
      } else if !wasDigit {
        word = (word ^ 0x30) &* 0x0100_0193
        wasDigit = true
      }
    }
    return classes.isEmpty ? shape : shape &+ word &* 0x85EB_CA6B
  }
}

extension Range<Int> {
  fileprivate func prefix(_ length: Int) -> Range<Int> {
    lowerBound..<Swift.min(upperBound, lowerBound + length)
  }
}

extension Region {
  /// The landmark that an element is by its name.
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
