/// A run of letters and digits taken apart into digits, if it can be.
///
/// `five1two`, `O6l2`, `０６` and `zeroseven` are digits throughout; `25jaar` is not.
struct DigitToken {
  /// Longer runs are no part of a number anybody would dial.
  static let longest = 96

  private struct Element {
    var byte: UInt8
    var offset: Int
    var lookalike: UInt8?
    var writing: DigitGroup.Writing
    var isDigit: Bool
    var places: Int = 1
    var value: Int = 0
    /// Whether it passes for a digit even where no digit stands beside it: O, o, l, I.
    var alone = false
  }

  /// The digits and words of the token in order; nil when some of it is neither.
  ///
  /// A token that is one word of the table gives one part whose `word` says which.
  static func parts(of text: [UInt8], _ range: Range<Int>) -> [Part]? {
    guard range.count <= longest else { return nil }
    var elements: [Element] = []
    elements.reserveCapacity(range.count)
    var digits = 0
    var latin = 0
    var cyrillic = 0
    var index = range.lowerBound
    while index < range.upperBound {
      let found = scalar(in: text, at: index)
      append(found.value, at: index, to: &elements, digits: &digits)
      if found.value < 0x80, UInt8(found.value).isLetter { latin += 1 }
      if found.value >= 0x400, found.value < 0x530 { cyrillic += 1 }
      index += found.length
    }
    if latin > 0, cyrillic > 0 { fold(mixed: &elements, text) }
    return parse(elements, digits: digits, end: range.upperBound)
  }

  struct Part {
    var start: Int
    var end: Int
    var digits: [UInt8]
    var word: NumberWord?
    var writing: DigitGroup.Writing
  }

  private static func append(
    _ value: UInt32, at offset: Int, to elements: inout [Element], digits: inout Int
  ) {
    if value < 0x80 {
      let byte = UInt8(value)
      if byte.isDigit { digits += 1 }
      elements.append(
        Element(
          byte: byte.lowered, offset: offset, lookalike: LookalikeDigits.digit(ascii: byte),
          writing: byte.isDigit ? [] : .letters, isDigit: byte.isDigit, value: Int(byte) - 0x30,
          alone: byte | 0x20 == UInt8(ascii: "o") || byte == UInt8(ascii: "l")
            || byte == UInt8(ascii: "I")))
      return
    }
    let role = role(ofScalar: value)
    if case .digit(let number, let places) = role {
      digits += places
      elements.append(
        Element(
          byte: 0, offset: offset, lookalike: nil, writing: .digits, isDigit: true,
          places: places, value: number))
      return
    }
    if role == .invisible { return }
    var key: [UInt8] = []
    Folding.append(value, to: &key)
    let lookalike = LookalikeDigits.digit(scalar: value)
    for (position, byte) in key.enumerated() {
      elements.append(
        Element(
          byte: byte, offset: offset, lookalike: position == 0 ? lookalike : nil,
          writing: Folding.isStyled(value) || lookalike != nil ? .confusables : [],
          isDigit: false, alone: lookalike == 0x30))
    }
    // A lookalike of two bytes stands for one digit: the tail is skipped with its head.
    if lookalike != nil, key.count > 1 {
      for position in elements.count - key.count + 1..<elements.count {
        elements[position].places = 0
      }
    }
  }

  /// Replaces Cyrillic letters drawn like Latin ones in a word that mixes both.
  private static func fold(mixed elements: inout [Element], _ text: [UInt8]) {
    var folded: [Element] = []
    var index = 0
    while index < elements.count {
      let element = elements[index]
      if element.byte == 0xD0 || element.byte == 0xD1, index + 1 < elements.count {
        let letter: UInt8? =
          switch (element.byte, elements[index + 1].byte) {
          case (0xD0, 0xB0): UInt8(ascii: "a")
          case (0xD0, 0xB5): UInt8(ascii: "e")
          case (0xD0, 0xBE): UInt8(ascii: "o")
          case (0xD1, 0x80): UInt8(ascii: "p")
          case (0xD1, 0x81): UInt8(ascii: "c")
          case (0xD1, 0x83): UInt8(ascii: "y")
          case (0xD1, 0x85): UInt8(ascii: "x")
          case (0xD1, 0x96): UInt8(ascii: "i")
          case (0xD1, 0x95): UInt8(ascii: "s")
          case (0xD0, 0xBD): UInt8(ascii: "h")
          case (0xD0, 0xB2): UInt8(ascii: "v")
          default: nil
          }
        if let letter {
          var copy = element
          copy.byte = letter
          copy.writing = .confusables
          folded.append(copy)
          index += 2
          continue
        }
      }
      folded.append(element)
      index += 1
    }
    elements = folded
  }

  private static func parse(_ elements: [Element], digits: Int, end: Int) -> [Part]? {
    let key = elements.map(\.byte)
    var parts: [Part] = []
    var index = 0
    while index < elements.count {
      let element = elements[index]
      let beside =
        element.isDigit
        || element.lookalike != nil && element.places > 0 && !startsWord(elements, at: index)
          && (parts.last.map { $0.word == nil && $0.end == element.offset } ?? false
            || isNumeric(after: index, in: elements))
      if beside, let run = run(elements, from: index, end: end) {
        parts.append(run.part)
        index = run.next
        continue
      }
      if let found = NumberWords.shared.longest(in: key, at: index),
        found.word.role != .joiner || found.length == elements.count
      {
        let last = index + found.length
        let writing = elements[index..<last].reduce(into: DigitGroup.Writing.words) {
          if $1.writing.contains(.confusables) { $0.insert(.confusables) }
        }
        parts.append(
          Part(
            start: element.offset, end: last < elements.count ? elements[last].offset : end,
            digits: [], word: found.word, writing: writing))
        index = last
        continue
      }
      // "O", "l" and the like on their own: digits if their neighbours are.
      if elements.count <= 4, elements.allSatisfy({ $0.alone || $0.places == 0 }),
        let run = run(elements, from: index, end: end), run.next == elements.count, index == 0
      {
        var part = run.part
        part.writing.insert(.weak)
        return [part]
      }
      return nil
    }
    return parts.isEmpty ? nil : parts
  }

  /// Whether, past any lookalikes, a digit follows.
  private static func isNumeric(after index: Int, in elements: [Element]) -> Bool {
    var next = index + 1
    while next < elements.count {
      if elements[next].isDigit { return true }
      guard elements[next].lookalike != nil || elements[next].places == 0 else { return false }
      next += 1
    }
    return false
  }

  private static func run(
    _ elements: [Element], from start: Int, end: Int
  ) -> (part: Part, next: Int)? {
    var digits: [UInt8] = []
    var writing: DigitGroup.Writing = []
    var index = start
    while index < elements.count {
      let element = elements[index]
      if element.isDigit {
        if element.places == 2 { digits.append(UInt8(0x30 + element.value / 10)) }
        digits.append(UInt8(0x30 + element.value % 10))
        writing.formUnion(element.writing)
      } else if element.places == 0 {
        // The tail of a lookalike.
      } else if let digit = element.lookalike, index == start || !startsWord(elements, at: index) {
        digits.append(digit)
        writing.formUnion(element.writing.isEmpty ? .letters : element.writing)
      } else {
        break
      }
      index += 1
    }
    guard !digits.isEmpty else { return nil }
    let last = index < elements.count ? elements[index].offset : end
    return (
      Part(start: elements[start].offset, end: last, digits: digits, word: nil, writing: writing),
      index
    )
  }

  /// Whether a number word of two letters or more begins here: the "s" of "6six" is no five.
  private static func startsWord(_ elements: [Element], at index: Int) -> Bool {
    let key = elements[index...].prefix(14).map(\.byte)
    guard let found = NumberWords.shared.longest(in: key, at: 0) else { return false }
    return found.length > 2
  }
}
