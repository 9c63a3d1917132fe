/// Words whose letters stand apart, as in `p a s s p o r t` or `c.a.s.h`.
enum SpacedLetters {
  /// Letters that such a word has at least: fewer are initials.
  static let shortest = 4
  /// Letters that are looked at; longer words are no words.
  static let longest = 64

  /// A letter, what it folds to, and where it stands.
  typealias Letter = (scalar: UInt32, start: Int, length: Int)

  /// The letters of a word that begins at `index` and whose letters are divided by one and the same
  /// space, full stop, hyphen, underscore, asterisk or middle dot; nil when there is none.
  ///
  /// What stands before has to be no letter or digit; so has what follows the last letter.
  static func word(
    in text: UnsafeBufferPointer<UInt8>, at index: Int, _ table: FoldedLetters
  ) -> [Letter]? {
    guard let first = letter(in: text, at: index, table) else { return nil }
    let after = index + first.length
    guard let separator = separator(in: text, at: after) else { return nil }
    // Most words are told apart here: the letter after the separator has another beside it.
    var letters = [first]
    var end = after
    while letters.count < longest, Self.separator(in: text, at: end) == separator,
      let next = letter(in: text, at: end + separator.length, table)
    {
      let following = next.start + next.length
      if isWordCharacter(in: text, at: following, table) {
        // The last one belongs to a word of its own; nothing may be torn from it.
        break
      }
      letters.append(next)
      end = following
    }
    return letters.count >= shortest ? letters : nil
  }

  private static func letter(
    in text: UnsafeBufferPointer<UInt8>, at index: Int, _ table: FoldedLetters
  ) -> Letter? {
    guard index < text.count, let (scalar, length) = Scalars.decode(text, at: index),
      let image = table.image(scalar), table.isLetter(image)
    else { return nil }
    return (image, index, length)
  }

  private struct Separator: Equatable {
    let byte: UInt8
    let length: Int
  }

  private static func separator(
    in text: UnsafeBufferPointer<UInt8>, at index: Int
  ) -> Separator? {
    guard index < text.count else { return nil }
    switch text[index] {
    case 0x20, UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "*"):
      return Separator(byte: text[index], length: 1)
    case 0xC2 where index + 1 < text.count && text[index + 1] == 0xB7:
      return Separator(byte: 0xB7, length: 2)
    default: return nil
    }
  }

  private static func isWordCharacter(
    in text: UnsafeBufferPointer<UInt8>, at index: Int, _ table: FoldedLetters
  ) -> Bool {
    guard index < text.count, let (scalar, _) = Scalars.decode(text, at: index),
      let image = table.image(scalar)
    else { return false }
    return table.isLetter(image) || (0x30...0x39).contains(image)
  }
}

/// Digits and signs that stand for letters, as in `p4ssport` and `c@sh`.
enum LeetLetters {
  /// The letter that a digit or sign stands for; nil for others.
  ///
  /// Only for one that stands between two letters of a word: prices, times and telephone numbers keep
  /// their digits.
  static func letter(_ scalar: UInt32) -> UInt32? {
    switch scalar {
    case UInt32(UInt8(ascii: "0")): UInt32(UInt8(ascii: "o"))
    case UInt32(UInt8(ascii: "1")), UInt32(UInt8(ascii: "!")):
      UInt32(UInt8(ascii: "i"))
    case UInt32(UInt8(ascii: "3")): UInt32(UInt8(ascii: "e"))
    case UInt32(UInt8(ascii: "4")), UInt32(UInt8(ascii: "@")): UInt32(UInt8(ascii: "a"))
    case UInt32(UInt8(ascii: "5")), UInt32(UInt8(ascii: "$")): UInt32(UInt8(ascii: "s"))
    case UInt32(UInt8(ascii: "7")): UInt32(UInt8(ascii: "t"))
    default: nil
    }
  }
}
