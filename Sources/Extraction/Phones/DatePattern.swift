/// Recognises dates and times of day among groups of digits.
enum DatePattern {
  /// How many groups from `index` make a date or a time of day, nil when they do not.
  static func length(at index: Int, of chain: [DigitGroup], in text: [UInt8]) -> Int? {
    guard plain(chain[index]), !chain[index].plus else { return nil }
    if let count = date(at: index, of: chain, in: text) { return count }
    return time(at: index, of: chain, in: text)
  }

  /// Whether the groups are nothing but dates and times.
  static func covers(_ groups: ArraySlice<DigitGroup>, in text: [UInt8]) -> Bool {
    let chain = Array(groups)
    var index = 0
    while index < chain.count {
      guard let count = length(at: index, of: chain, in: text) else { return false }
      index += count
    }
    return true
  }

  private static func plain(_ group: DigitGroup) -> Bool {
    group.writing.isEmpty && group.digits.count <= 4
  }

  private static func value(_ group: DigitGroup) -> Int {
    group.digits.reduce(0) { $0 * 10 + Int($1 &- 0x30) }
  }

  /// The single byte between two groups, nil when there is more or less.
  private static func separator(
    _ chain: [DigitGroup], _ index: Int, _ text: [UInt8]
  ) -> UInt8? {
    guard index > 0, index < chain.count, chain[index].start - chain[index - 1].end == 1 else {
      return nil
    }
    return text[chain[index - 1].end]
  }

  private static func date(at index: Int, of chain: [DigitGroup], in text: [UInt8]) -> Int? {
    guard index + 2 < chain.count, plain(chain[index + 1]), plain(chain[index + 2]),
      let mark = separator(chain, index + 1, text), mark == separator(chain, index + 2, text),
      mark == UInt8(ascii: "-") || mark == UInt8(ascii: ".") || mark == UInt8(ascii: "/"),
      // "06.12.34.56.78" goes on in the same way; so does whatever came before.
      separator(chain, index + 3, text) != mark, separator(chain, index, text) != mark
    else { return nil }
    let (a, b, c) = (value(chain[index]), value(chain[index + 1]), value(chain[index + 2]))
    let sizes = [chain[index], chain[index + 1], chain[index + 2]].map(\.digits.count)
    guard sizes[1] <= 2 else { return nil }
    if sizes[0] == 4, sizes[2] <= 2 {
      return (1900...2100).contains(a) && (1...12).contains(b) && (1...31).contains(c) ? 3 : nil
    }
    guard sizes[0] <= 2, sizes[2] == 4 || sizes[2] == 2 else { return nil }
    let year = sizes[2] == 4 ? (1900...2100).contains(c) : true
    let days = (1...31).contains(a) && (1...12).contains(b)
    let american = (1...12).contains(a) && (1...31).contains(b)
    return year && (days || american) ? 3 : nil
  }

  private static func time(at index: Int, of chain: [DigitGroup], in text: [UInt8]) -> Int? {
    guard index + 1 < chain.count, plain(chain[index + 1]), chain[index].digits.count <= 2,
      chain[index + 1].digits.count == 2, value(chain[index]) <= 24, value(chain[index + 1]) < 60,
      let mark = separator(chain, index + 1, text)
    else { return nil }
    if mark == UInt8(ascii: ":") {
      // "06:12:34:56:78" is no time.
      if separator(chain, index + 2, text) == mark {
        return separator(chain, index + 3, text) == mark ? nil : 3
      }
      return separator(chain, index, text) == mark ? nil : 2
    }
    // "09.00 - 17.30": a time with a full stop only counts beside another.
    guard mark == UInt8(ascii: "."), index + 3 < chain.count,
      separator(chain, index + 3, text) == mark, separator(chain, index + 2, text) != mark,
      separator(chain, index + 4, text) != mark, chain[index + 3].digits.count == 2,
      chain[index + 2].digits.count <= 2, value(chain[index + 2]) <= 24,
      value(chain[index + 3]) < 60, value(chain[index + 1]) % 5 == 0,
      value(chain[index + 3]) % 5 == 0
    else { return nil }
    return 4
  }
}
