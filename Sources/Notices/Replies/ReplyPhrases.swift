import CNotices
public import Configuration
import Foundation

/// Words by which answers to notices are told, in every language; read from data that is linked in.
public struct ReplyPhrases: Sendable {
  /// What words may mean.
  enum Meaning: String, CaseIterable {
    /// Something was removed.
    case removed
    /// Nothing will be done.
    case refused
    /// Data are preserved.
    case kept
    /// The notice arrived.
    case received
    /// Somebody is away.
    case away
    /// A program wrote it; of subjects.
    case automatic
    /// A ticket's number follows.
    case ticket
  }

  private let words: [Meaning: [String]]

  /// Reads the data.
  ///
  /// Throws what is wrong with it; a test holds that nothing is.
  public init() throws(ConfigurationProblems) {
    var length = 0
    let bytes = cnotices_replies(&length)
    let text = String(decoding: UnsafeBufferPointer(start: bytes, count: length), as: UTF8.self)
    var reader = ConfigurationReader()
    let keys = Meaning.allCases.map(\.rawValue)
    let root = reader.mapping(
      try ConfigurationNode(yaml: text, file: "replies.yaml", limits: ConfigurationLimits()),
      keys: keys, required: keys)
    var words: [Meaning: [String]] = [:]
    for meaning in Meaning.allCases {
      words[meaning] = root?[meaning.rawValue].flatMap { reader.strings($0) } ?? []
    }
    self.words = words
    try reader.finish()
  }

  /// Whether a text has words of this meaning, at the beginning of a word.
  func speaksOf(_ meaning: Meaning, in text: String) -> Bool {
    let folded = " " + Self.folded(text)
    // "Has not been removed" holds no word of removal: the words are whole phrases.
    return words[meaning, default: []].contains { folded.contains(" " + $0) }
  }

  /// The number after the first word for a ticket, as in `[Ticket #4711-A]`.
  func ticket(in text: String) -> String? {
    let folded = Array(Self.folded(text).utf8)
    for word in words[.ticket, default: []] {
      var at = 0
      let name = Array(word.utf8)
      while let found = Self.position(of: name, in: folded, from: at) {
        at = found + name.count
        var number = folded[at...].prefix(80).drop { Self.isBetween($0) }
        for filler in ["id", "number", "nr", "no", "is"] where number.starts(with: filler.utf8) {
          let rest = number.dropFirst(filler.utf8.count)
          if let next = rest.first, Self.isBetween(next) || next == 0x2E {
            number = rest.drop { Self.isBetween($0) || $0 == 0x2E }
          }
        }
        let value = number.prefix { Self.isOfNumber($0) }
        guard value.count >= 3, value.contains(where: { (0x30...0x39).contains($0) }) else {
          continue
        }
        return String(decoding: value, as: UTF8.self).uppercased()
      }
    }
    return nil
  }

  private static func position(of word: [UInt8], in text: [UInt8], from: Int) -> Int? {
    guard text.count >= word.count, from <= text.count - word.count else { return nil }
    return (from...(text.count - word.count)).first { at in
      text[at] == word[0] && text[at..<(at + word.count)].elementsEqual(word)
        && (at == 0 || !isOfNumber(text[at - 1]))
    }
  }

  private static func isBetween(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x23 || byte == 0x3A || byte == 0x5B || byte == 0x28
  }

  private static func isOfNumber(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x2D || byte == 0x5F
  }

  /// Lower case, with one space for every run of white space and of punctuation around words.
  private static func folded(_ text: String) -> String {
    text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
