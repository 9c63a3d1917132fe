/// Colours as CSS and the old attributes write them.
enum CSSColour {
  /// The colour of a value; nil when it is none.
  static func parse(_ content: StyleContent) -> StyleDeclarations.Colour? {
    guard content.count > 0 else { return nil }
    if content[0] == 0x23 { return hexadecimal(content, from: 1) }
    if content.starts(with: "rgb") { return functional(content) }
    guard content.count <= 16 else { return nil }
    var name = PackedName()
    for index in 0..<content.count { name.insert(content[index], at: index) }
    return named[name]
  }

  /// The colour of a `color` or `bgcolor` attribute; the "#" may be missing.
  static func parse(attribute content: [UInt8]) -> StyleDeclarations.Colour? {
    content.filter { !$0.isHTMLSpace }.withUnsafeBufferPointer { bytes in
      let content = StyleContent(bytes)
      return parse(content) ?? (content.count == 6 ? hexadecimal(content, from: 0) : nil)
    }
  }

  private static func hexadecimal(
    _ content: StyleContent, from start: Int
  ) -> StyleDeclarations.Colour? {
    let count = content.count - start
    guard [3, 4, 6, 8].contains(count) else { return nil }
    var value: UInt32 = 0
    for index in start..<content.count {
      guard let digit = content[index].hexadecimalValue.map(UInt32.init) else { return nil }
      // Of the short forms each digit counts twice.
      value = count < 6 ? value << 8 | digit * 0x11 : value << 4 | digit
    }
    guard count == 4 || count == 8 else { return .rgb(value) }
    return value & 0xFF == 0 ? .transparent : .rgb(value >> 8)
  }

  private static func functional(_ content: StyleContent) -> StyleDeclarations.Colour? {
    guard let open = content.bytes.first(0x28, in: 0..<content.count) else { return nil }
    var parts = content.arguments(from: open)
    var value: UInt32 = 0
    for _ in 0..<3 {
      guard let part = parts.next()?.number else { return nil }
      let level = part.unit == .percent ? part.value * 2.55 : part.value
      value = value << 8 | UInt32(max(0, min(255, level.rounded())))
    }
    if let alpha = parts.next()?.number, alpha.value <= (alpha.unit == .percent ? 5 : 0.05) {
      return .transparent
    }
    return .rgb(value)
  }

  /// The names that pages use for backgrounds and texts.
  private static let named: [PackedName: StyleDeclarations.Colour] = {
    var table: [PackedName: StyleDeclarations.Colour] = [PackedName("transparent"): .transparent]
    for (name, value) in values { table[PackedName(name)] = .rgb(value) }
    for name in ["inherit", "initial", "unset", "currentcolor", "revert"] {
      table[PackedName(name)] = .unknown
    }
    return table
  }()

  private static let values: [(String, UInt32)] = [
    ("aqua", 0x00FFFF), ("beige", 0xF5F5DC), ("black", 0x000000), ("blue", 0x0000FF),
    ("brown", 0xA52A2A), ("crimson", 0xDC143C), ("cyan", 0x00FFFF), ("darkblue", 0x00008B),
    ("darkgray", 0xA9A9A9), ("darkgreen", 0x006400), ("darkgrey", 0xA9A9A9),
    ("darkred", 0x8B0000), ("dimgray", 0x696969), ("dimgrey", 0x696969), ("fuchsia", 0xFF00FF),
    ("ghostwhite", 0xF8F8FF), ("gold", 0xFFD700), ("gray", 0x808080), ("green", 0x008000),
    ("grey", 0x808080), ("indigo", 0x4B0082), ("ivory", 0xFFFFF0), ("khaki", 0xF0E68C),
    ("lavender", 0xE6E6FA), ("lightblue", 0xADD8E6), ("lightgray", 0xD3D3D3),
    ("lightgreen", 0x90EE90), ("lightgrey", 0xD3D3D3), ("lightyellow", 0xFFFFE0),
    ("lime", 0x00FF00), ("magenta", 0xFF00FF), ("maroon", 0x800000), ("navy", 0x000080),
    ("olive", 0x808000), ("orange", 0xFFA500), ("pink", 0xFFC0CB), ("purple", 0x800080),
    ("red", 0xFF0000), ("silver", 0xC0C0C0), ("snow", 0xFFFAFA), ("teal", 0x008080),
    ("violet", 0xEE82EE), ("white", 0xFFFFFF), ("whitesmoke", 0xF5F5F5), ("yellow", 0xFFFF00),
  ]
}
