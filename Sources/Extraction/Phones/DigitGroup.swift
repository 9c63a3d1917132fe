/// Digits that stand together, however they are written.
struct DigitGroup: Sendable {
  /// How the digits are written.
  struct Writing: OptionSet, Sendable {
    let rawValue: UInt8
    static let words = Writing(rawValue: 1)
    /// Letters drawn like digits.
    static let letters = Writing(rawValue: 2)
    /// Letters of another script drawn like digits.
    static let confusables = Writing(rawValue: 4)
    /// Digits that are not ASCII, keycaps, circled numbers.
    static let digits = Writing(rawValue: 8)
    /// Nothing but letters that could be digits; means digits only among others.
    static let weak = Writing(rawValue: 16)
  }

  /// What lies between a group and the one before it.
  struct Gap: OptionSet, Sendable {
    let rawValue: UInt8
    /// Only spaces.
    static let space = Gap(rawValue: 1)
    /// A hyphen, full stop, slash or bracket.
    static let punctuation = Gap(rawValue: 2)
    /// A comma or a semicolon.
    static let comma = Gap(rawValue: 4)
    static let colon = Gap(rawValue: 8)
    static let newline = Gap(rawValue: 16)
    /// Emoji and other signs no plan writes.
    static let symbol = Gap(rawValue: 32)
    static let invisible = Gap(rawValue: 64)
    static let slash = Gap(rawValue: 128)
  }

  var start: Int
  var end: Int
  /// ASCII digits.
  var digits: [UInt8]
  var writing: Writing = []
  var gap: Gap = []
  /// Whether a plus sign stands directly before the first digit.
  var plus = false
  var plusStart = 0
  var languages: UInt32 = 0
  /// Set when currency, a unit or a letter clings to the group so that it is no part of a number.
  var measured = false
}
