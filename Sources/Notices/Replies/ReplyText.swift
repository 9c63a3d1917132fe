import Foundation

/// The words that a person wrote, without what is quoted from our own message.
enum ReplyText {
  /// Beginnings of lines below which only the message stands that is answered.
  private static let separators = [
    "-----original", "----- original", "-----oorspronkelijk", "-----ursprüngliche",
    "-----message d'origine", "-----message d’origine", "________________________________",
    "begin forwarded message", "-- ",
  ]
  /// Lines that introduce a quotation end in these.
  private static let introductions = ["wrote:", "schreef:", "schrieb:", "a écrit :", "a écrit:"]

  static func withoutQuotes(_ text: String) -> String {
    var kept: [Substring] = []
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let trimmed = line.drop { $0 == " " || $0 == "\t" }
      if trimmed.first == ">" { continue }
      let folded = trimmed.lowercased()
      if separators.contains(where: folded.hasPrefix) || line == "-- " || line == "--" { break }
      let end = folded.reversed().drop { $0 == " " || $0 == "\r" }.reversed()
      if introductions.contains(where: String(end).hasSuffix) { break }
      kept.append(line)
    }
    return kept.joined(separator: "\n")
  }
}

/// Encoded words of RFC 2047 in a header field.
enum EncodedWords {
  /// The text; a word in a charset that is not UTF-8, ASCII or Latin-1 stays as it is.
  static func decode(_ field: String) -> String {
    var text = ""
    var rest = Substring(field.prefix(4096))
    var wasWord = false
    while let start = rest.range(of: "=?") {
      let before = rest[..<start.lowerBound]
      let parts = rest[start.upperBound...].split(
        separator: "?", maxSplits: 3, omittingEmptySubsequences: false)
      guard parts.count == 4, parts[3].first == "=",
        let decoded = word(charset: parts[0], encoding: parts[1], parts[2])
      else {
        text += rest[..<start.upperBound]
        rest = rest[start.upperBound...]
        wasWord = false
        continue
      }
      // White space between two words is of the encoding.
      if !(wasWord && before.allSatisfy { $0 == " " }) { text += before }
      text += decoded
      rest = parts[3].dropFirst()
      wasWord = true
    }
    return text + rest
  }

  private static func word(
    charset: Substring, encoding: Substring, _ content: Substring
  ) -> String? {
    let bytes: [UInt8]
    switch encoding.lowercased() {
    case "b": bytes = TransferDecoding.base64(Array(content.utf8)[...])
    case "q":
      bytes = TransferDecoding.quotedPrintable(content.utf8.map { $0 == 0x5F ? 0x20 : $0 }[...])
    default: return nil
    }
    switch charset.prefix(while: { $0 != "*" }).lowercased() {
    case "utf-8", "us-ascii": return String(decoding: bytes, as: UTF8.self)
    case "iso-8859-1", "iso-8859-15", "windows-1252":
      return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    default: return nil
    }
  }
}
