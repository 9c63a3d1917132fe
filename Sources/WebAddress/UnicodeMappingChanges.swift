/// What UTS 46 maps otherwise since Unicode 15.1 and 16 than ICU 72, which has Unicode 15.0.
///
/// Letters that had been disallowed because their lower case came late into Unicode are mapped to it,
/// some invisible characters are ignored instead of disallowed, `ẞ` becomes `ß`, and the
/// decompositions of five ideographs are corrected. With a newer ICU this changes nothing.
enum UnicodeMappingChanges {
  static func applied(to domain: [UInt8]) -> [UInt8] {
    let text = String(decoding: domain, as: UTF8.self)
    guard text.unicodeScalars.contains(where: { change(to: $0) != .none }) else { return domain }
    var output = ""
    for scalar in text.unicodeScalars {
      switch change(to: scalar) {
      case .none: output.unicodeScalars.append(scalar)
      case .ignored: continue
      case .mapped(let number):
        output.unicodeScalars.append(Unicode.Scalar(number) ?? "\u{FFFD}")
      }
    }
    return Array(output.utf8)
  }

  private enum Change: Equatable {
    case none, ignored
    case mapped(UInt32)
  }

  private static func change(to scalar: Unicode.Scalar) -> Change {
    switch scalar.value {
    case 0x1E9E: .mapped(0xDF)
    case 0x04C0: .mapped(0x04CF)
    case 0x10A0...0x10C5: .mapped(scalar.value - 0x10A0 + 0x2D00)
    case 0x2132: .mapped(0x214E)
    case 0x2183: .mapped(0x2184)
    case 0x2F868: .mapped(0x36FC)
    case 0x2F874: .mapped(0x5F53)
    case 0x2F91F: .mapped(0x243AB)
    case 0x2F95F: .mapped(0x7AEE)
    case 0x2F9BF: .mapped(0x45D7)
    case 0x115F...0x1160, 0x17B4...0x17B5, 0x180E, 0x2061...0x2063, 0x206A...0x206F, 0x3164, 0xFFA0,
      0x1D173...0x1D17A:
      .ignored
    default: .none
    }
  }
}
