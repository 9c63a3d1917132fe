/// Reads of a `style` attribute what decides whether text is seen.
///
/// A small part of CSS: declarations with their last one winning, comments, `!important` read
/// over, no escapes, no custom properties, no style sheets.
struct InlineStyle {
  /// Adds what the attribute's value says.
  static func read(
    _ key: AttributeKey, of attributes: TagAttributes, into style: inout StyleDeclarations
  ) {
    guard let range = attributes.range(key) else { return }
    let source = attributes.source
    if range.count <= attributes.maximumBytes, attributes.isPlain(range),
      source.first(0x2A, in: range) == nil
    {
      read(UnsafeBufferPointer(rebasing: source[range]), into: &style)
    } else {
      let value = SourceText.attribute(range, in: source, maximum: attributes.maximumBytes)
      withoutComments(value).withUnsafeBufferPointer { read($0, into: &style) }
    }
  }

  /// Declarations of a value without comments; those that decide nothing are read over.
  private static func read(
    _ value: UnsafeBufferPointer<UInt8>, into style: inout StyleDeclarations
  ) {
    var start = 0
    while start < value.count {
      let end = value.first(0x3B, in: start..<value.count) ?? value.count
      defer { start = end + 1 }
      guard let colon = value.first(0x3A, in: start..<end) else { continue }
      var name = PackedName()
      var first = start
      var last = colon
      while first < last, value[first].isHTMLSpace { first += 1 }
      while last > first, value[last - 1].isHTMLSpace { last -= 1 }
      guard last > first, last - first <= 16 else {
        // One name is longer, and rare.
        if value.matches("content-visibility", at: first), last - first == 18 {
          let content = trimmed(value[(colon + 1)..<end].map(\.asciiLowered)[...])
          if isWord(content, "hidden") { style.display = false }
        }
        continue
      }
      for index in first..<last { name.insert(value[index].asciiLowered, at: index - first) }
      let found = properties.value(of: name)
      guard found > 0 else { continue }
      var content = trimmed(value[(colon + 1)..<end].map(\.asciiLowered)[...])
      if let mark = content.lastIndex(of: 0x21) { content = trimmed(content[..<mark]) }
      apply(Property.allCases[Int(found) - 1], content, &style)
    }
  }

  private enum Property: String, CaseIterable {
    case display, visibility, opacity, font, color, background
    case fontSize = "font-size"
    case textIndent = "text-indent"
    case backgroundColour = "background-color"
    case whiteSpace = "white-space"
  }

  /// Each property by its name, as its place among all cases from 1 on.
  private static let properties = NameTable(
    Property.allCases.enumerated().map { ($1.rawValue, UInt8($0 + 1)) })

  private static func apply(
    _ property: Property, _ content: ArraySlice<UInt8>, _ style: inout StyleDeclarations
  ) {
    switch property {
    case .display: style.display = !isWord(content, "none")
    case .visibility: style.isVisible = !isWord(content, "hidden") && !isWord(content, "collapse")
    case .opacity:
      style.isTransparent = number(content).map { $0.value <= ($0.unit == "%" ? 5 : 0.05) } ?? false
    case .fontSize: readFontSize(content, &style)
    case .font: readFont(content, &style)
    case .textIndent:
      if let (value, unit) = number(content) {
        style.isOffscreen = value <= (unit == "px" || unit == "pt" ? -400 : -40)
      }
    case .color: style.colour = CSSColour.parse(content) ?? style.colour
    case .backgroundColour: style.background = CSSColour.parse(content) ?? style.background
    case .background:
      // A picture may make the text readable whatever the colour below it.
      let words = content.split(separator: 0x20)
      let hasImage = content.contains(0x28) && !content.starts(with: "rgb".utf8)
      style.background =
        hasImage
        ? .unknown
        : words.lazy.compactMap { CSSColour.parse($0) }.first
          ?? CSSColour.parse(content) ?? style.background
    case .whiteSpace:
      style.isPreformatted = content.starts(with: "pre".utf8) || isWord(content, "break-spaces")
    }
  }

  private static func readFontSize(
    _ content: ArraySlice<UInt8>, _ style: inout StyleDeclarations
  ) {
    guard let (value, unit) = number(content) else {
      style.fontSize = isWord(content, "inherit") ? nil : .absolute
      return
    }
    switch unit {
    case "em", "ex", "ch", "%", "":
      style.fontSize = value <= (unit == "%" ? 5 : 0.05) ? .zero : nil
    default:
      style.fontSize = value < (unit == "rem" ? 0.06 : 1) ? .zero : .absolute
    }
  }

  private static func readFont(_ content: ArraySlice<UInt8>, _ style: inout StyleDeclarations) {
    for word in content.split(separator: 0x20) {
      let size = word.prefix { $0 != 0x2F }
      // A weight such as 700 has no unit; a size of zero needs none.
      if let (value, unit) = number(size), !unit.isEmpty || value == 0 {
        return readFontSize(size, &style)
      }
    }
  }

  private static func isWord(_ content: ArraySlice<UInt8>, _ word: StaticString) -> Bool {
    word.withUTF8Buffer { content.elementsEqual($0) }
  }

  /// A number with its unit; nil when the value does not begin with one.
  static func number(_ content: ArraySlice<UInt8>) -> (value: Double, unit: String)? {
    let digits = content.prefix { $0.isASCIIDigit || $0 == 0x2E || $0 == 0x2D || $0 == 0x2B }
    guard !digits.isEmpty, digits.count < 32 else { return nil }
    var text = String(decoding: digits, as: UTF8.self)
    if text.hasPrefix("+") { text.removeFirst() }
    if text.hasPrefix(".") { text = "0" + text }
    if text.hasPrefix("-.") { text = "-0" + text.dropFirst() }
    if text.hasSuffix(".") { text += "0" }
    guard let value = Double(text) else { return nil }
    let unit = content.dropFirst(digits.count).prefix { $0.isASCIILetter || $0 == 0x25 }
    return (value, String(decoding: unit, as: UTF8.self))
  }

  private static func withoutComments(_ value: [UInt8]) -> [UInt8] {
    guard value.contains(0x2A) else { return value }
    var output: [UInt8] = []
    var index = 0
    while index < value.count {
      if value[index] == 0x2F, index + 1 < value.count, value[index + 1] == 0x2A {
        index += 2
        while index < value.count,
          !(value[index] == 0x2A && index + 1 < value.count && value[index + 1] == 0x2F)
        {
          index += 1
        }
        index += 2
      } else {
        output.append(value[index])
        index += 1
      }
    }
    return output
  }

  private static func trimmed(_ slice: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var slice = slice
    while let first = slice.first, first.isHTMLSpace { slice.removeFirst() }
    while let last = slice.last, last.isHTMLSpace { slice.removeLast() }
    return slice
  }
}
