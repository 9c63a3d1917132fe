/// Numbers as people of any country write them.
enum NumberText {
  struct Parsed: Equatable {
    var value: Double
    /// Digits before the fraction.
    var digits: Int
    var fraction: Bool
  }

  /// Reads digits with full stops, commas and apostrophes.
  ///
  /// Of two different signs the last is the decimal one; a single sign before exactly three digits
  /// groups thousands. Nil for what is no number, such as `1.2.3` or more than twelve digits.
  static func parse(_ bytes: ArraySlice<UInt8>) -> Parsed? {
    var marks: [(byte: UInt8, index: Int)] = []
    for (offset, byte) in bytes.enumerated() where !byte.isDigit {
      marks.append((byte, bytes.startIndex + offset))
      if marks.count > 4 { return nil }
    }
    guard bytes.count <= 20, bytes.first?.isDigit == true else { return nil }
    var decimal: Int?
    if let last = marks.last {
      let after = bytes.endIndex - last.index - 1
      let before = last.index - bytes.startIndex
      let kinds = Set(marks.map(\.byte))
      if kinds.count > 2 { return nil }
      if kinds.count == 2 {
        guard marks.count(where: { $0.byte == last.byte }) == 1 else { return nil }
        decimal = last.index
      } else if marks.count == 1, after != 3 || before > 3 || bytes.first == 0x30 {
        decimal = last.index
      }
      let groups = decimal == nil ? marks : Array(marks.dropLast())
      for (position, mark) in groups.enumerated() {
        let next =
          position + 1 < marks.count ? marks[position + 1].index : bytes.endIndex
        guard next - mark.index == 4 else { return nil }
      }
    }
    var value = 0.0
    var digits = 0
    var scale = 0.1
    for index in bytes.indices where bytes[index].isDigit {
      let digit = Double(bytes[index] &- 0x30)
      if let decimal, index > decimal {
        value += digit * scale
        scale /= 10
      } else {
        value = value * 10 + digit
        digits += 1
      }
    }
    guard digits <= 12 else { return nil }
    // Cents, not binary dust.
    return Parsed(
      value: (value * 10_000).rounded() / 10_000, digits: digits, fraction: decimal != nil)
  }
}
