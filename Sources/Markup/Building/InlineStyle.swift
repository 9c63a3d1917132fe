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

  private enum Property: String, CaseIterable {
    case display, visibility, opacity, font, color, background
    case fontSize = "font-size"
    case textIndent = "text-indent"
    case backgroundColour = "background-color"
    case whiteSpace = "white-space"
  }

  /// Each property by its name, as its place among all cases from 1 on.
  private static let properties = NameTable<UInt8>(
    Property.allCases.enumerated().map { ($1.rawValue, UInt8($0 + 1)) }, missing: 0)

  /// Declarations of a value without comments; those that decide nothing are read over.
  private static func read(
    _ value: UnsafeBufferPointer<UInt8>, into style: inout StyleDeclarations
  ) {
    var start = 0
    while start < value.count {
      let end = value.first(0x3B, in: start..<value.count) ?? value.count
      let declaration = start..<end
      start = end + 1
      guard let colon = value.first(0x3A, in: declaration) else { continue }
      let place = value.trimmed(declaration.lowerBound..<colon)
      var content = StyleContent(UnsafeBufferPointer(rebasing: value[colon + 1..<end]))
      guard place.count <= 16 else {
        // One name is longer, and rare.
        if place.count == 18, value.matches("content-visibility", at: place.lowerBound),
          content.withoutMark().isWord("hidden")
        {
          style.display = false
        }
        continue
      }
      var name = PackedName()
      for index in place { name.insert(value[index].asciiLowered, at: index - place.lowerBound) }
      let found = properties.value(of: name)
      guard found > 0 else { continue }
      content = content.withoutMark()
      apply(Property.allCases[Int(found) - 1], content, &style)
    }
  }

  private static func apply(
    _ property: Property, _ content: StyleContent, _ style: inout StyleDeclarations
  ) {
    switch property {
    case .display: style.display = !content.isWord("none")
    case .visibility:
      style.isVisible = !content.isWord("hidden") && !content.isWord("collapse")
    case .opacity:
      style.isTransparent =
        content.number.map { $0.value <= ($0.unit == .percent ? 5 : 0.05) } ?? false
    case .fontSize: readFontSize(content, &style)
    case .font: readFont(content, &style)
    case .textIndent:
      if let number = content.number {
        style.isOffscreen = number.value <= (number.unit == .absolute ? -400 : -40)
      }
    case .color: style.colour = CSSColour.parse(content) ?? style.colour
    case .backgroundColour: style.background = CSSColour.parse(content) ?? style.background
    case .background:
      // A picture may make the text readable whatever the colour below it.
      if content.contains(0x28), !content.starts(with: "rgb") {
        style.background = .unknown
        return
      }
      var words = content.words
      while let word = words.next() {
        guard let colour = CSSColour.parse(word) else { continue }
        style.background = colour
        return
      }
      style.background = CSSColour.parse(content) ?? style.background
    case .whiteSpace:
      style.isPreformatted = content.starts(with: "pre") || content.isWord("break-spaces")
    }
  }

  private static func readFontSize(_ content: StyleContent, _ style: inout StyleDeclarations) {
    guard let (value, unit) = content.number else {
      style.fontSize = content.isWord("inherit") ? nil : .absolute
      return
    }
    switch unit {
    case .parent, .none, .percent:
      style.fontSize = value <= (unit == .percent ? 5 : 0.05) ? .zero : nil
    case .root, .absolute, .other:
      style.fontSize = value < (unit == .root ? 0.06 : 1) ? .zero : .absolute
    }
  }

  private static func readFont(_ content: StyleContent, _ style: inout StyleDeclarations) {
    var words = content.words
    while let word = words.next() {
      let size = word.prefix(before: 0x2F)
      // A weight such as 700 has no unit; a size of zero needs none.
      if let (value, unit) = size.number, unit != .none || value == 0 {
        return readFontSize(size, &style)
      }
    }
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
}
