/// Colours as CSS and the old attributes write them.
enum CSSColour {
  /// The colour of a value in lower case; nil when it is none.
  static func parse(_ content: some Collection<UInt8>) -> StyleDeclarations.Colour? {
    let bytes = Array(content)
    guard let first = bytes.first else { return nil }
    if first == 0x23 { return hexadecimal(bytes[1...]) }
    if bytes.starts(with: "rgb".utf8) { return functional(bytes) }
    let name = String(decoding: bytes.prefix(24), as: UTF8.self)
    switch name {
    case "transparent": return .transparent
    case "inherit", "initial", "unset", "currentcolor", "revert": return .unknown
    default: return named[name].map { .rgb($0) }
    }
  }

  /// The colour of a `color` or `bgcolor` attribute; the "#" may be missing.
  static func parse(attribute content: [UInt8]) -> StyleDeclarations.Colour? {
    let lowered = content.filter { !$0.isHTMLSpace }.map(\.asciiLowered)
    return parse(lowered) ?? (lowered.count == 6 ? hexadecimal(lowered[...]) : nil)
  }

  private static func hexadecimal(_ digits: ArraySlice<UInt8>) -> StyleDeclarations.Colour? {
    let values = digits.compactMap(\.hexadecimalValue).map(UInt32.init)
    guard values.count == digits.count else { return nil }
    switch values.count {
    case 3, 4:
      if values.count == 4, values[3] == 0 { return .transparent }
      return .rgb(values[0] * 0x11_0000 + values[1] * 0x1100 + values[2] * 0x11)
    case 6, 8:
      if values.count == 8, values[6] == 0, values[7] == 0 { return .transparent }
      return .rgb(values[0..<6].reduce(0) { $0 << 4 | $1 })
    default: return nil
    }
  }

  private static func functional(_ bytes: [UInt8]) -> StyleDeclarations.Colour? {
    guard let open = bytes.firstIndex(of: 0x28) else { return nil }
    let parts = bytes[(open + 1)...].split { $0 == 0x2C || $0 == 0x20 || $0 == 0x2F || $0 == 0x29 }
      .map { InlineStyle.number($0) }
    guard parts.count >= 3, let red = parts[0], let green = parts[1], let blue = parts[2] else {
      return nil
    }
    if parts.count > 3, let alpha = parts[3], alpha.value <= (alpha.unit == "%" ? 5 : 0.05) {
      return .transparent
    }
    let scaled = [red, green, blue].map { part -> UInt32 in
      let value = part.unit == "%" ? part.value * 2.55 : part.value
      return UInt32(max(0, min(255, value.rounded())))
    }
    return .rgb(scaled[0] << 16 | scaled[1] << 8 | scaled[2])
  }

  /// The names that pages use for backgrounds and texts.
  private static let named: [String: UInt32] = [
    "aqua": 0x00FFFF, "beige": 0xF5F5DC, "black": 0x000000, "blue": 0x0000FF, "brown": 0xA52A2A,
    "crimson": 0xDC143C, "cyan": 0x00FFFF, "darkblue": 0x00008B, "darkgray": 0xA9A9A9,
    "darkgreen": 0x006400, "darkgrey": 0xA9A9A9, "darkred": 0x8B0000, "dimgray": 0x696969,
    "dimgrey": 0x696969, "fuchsia": 0xFF00FF, "ghostwhite": 0xF8F8FF, "gold": 0xFFD700,
    "gray": 0x808080, "green": 0x008000, "grey": 0x808080, "indigo": 0x4B0082, "ivory": 0xFFFFF0,
    "khaki": 0xF0E68C, "lavender": 0xE6E6FA, "lightblue": 0xADD8E6, "lightgray": 0xD3D3D3,
    "lightgreen": 0x90EE90, "lightgrey": 0xD3D3D3, "lightyellow": 0xFFFFE0, "lime": 0x00FF00,
    "magenta": 0xFF00FF, "maroon": 0x800000, "navy": 0x000080, "olive": 0x808000,
    "orange": 0xFFA500, "pink": 0xFFC0CB, "purple": 0x800080, "red": 0xFF0000,
    "silver": 0xC0C0C0, "snow": 0xFFFAFA, "teal": 0x008080, "violet": 0xEE82EE, "white": 0xFFFFFF,
    "whitesmoke": 0xF5F5F5, "yellow": 0xFFFF00,
  ]
}
