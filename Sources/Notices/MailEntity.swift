import Bytes
import Foundation

/// A MIME entity of a text and a table (RFC 2045, RFC 2046): the same bytes for the same content.
struct MailEntity: Sendable {
  var subject: String
  var text: String
  var table: String
  var tableName: String

  /// The entity with its subject; every line at most 76 bytes but those of the subject's words.
  var bytes: [UInt8] {
    let content = Array(subject.utf8) + [0] + Array(text.utf8) + [0] + Array(table.utf8)
    let boundary = "=_" + Hex.encode(Array(SHA256.hash(content).bytes.prefix(20)))
    var lines = ["Subject: " + Self.encodedWords(subject), "MIME-Version: 1.0"]
    lines += ["Content-Type: multipart/mixed; boundary=\"\(boundary)\"", "", "--\(boundary)"]
    lines += ["Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64", ""]
    lines += Self.base64Lines(
      text.split(separator: "\n", omittingEmptySubsequences: false)
        .joined(separator: "\r\n"))
    lines += ["--\(boundary)", "Content-Type: text/csv; charset=utf-8; header=present"]
    lines += [
      "Content-Disposition: attachment; filename=\"\(tableName)\"",
      "Content-Transfer-Encoding: base64", "",
    ]
    lines += Self.base64Lines(table)
    lines += ["--\(boundary)--", ""]
    return Array(lines.joined(separator: "\r\n").utf8)
  }

  private static func base64Lines(_ text: String) -> [String] {
    let encoded = Array(Base64.encode(Array(text.utf8)).utf8)
    return stride(from: 0, to: encoded.count, by: 76).map {
      String(decoding: encoded[$0..<min($0 + 76, encoded.count)], as: UTF8.self)
    }
  }

  /// Encoded words of RFC 2047 of 45 bytes of text each, cut between characters and folded.
  static func encodedWords(_ text: String, always: Bool = false) -> String {
    if !always, text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }), text.utf8.count < 68 {
      return text
    }
    var words: [String] = []
    var part: [UInt8] = []
    func end() {
      if !part.isEmpty { words.append("=?utf-8?B?" + Base64.encode(part) + "?=") }
      part = []
    }
    for scalar in text.unicodeScalars {
      let bytes = Array(String(scalar).utf8)
      if part.count + bytes.count > 42 { end() }
      part += bytes
    }
    end()
    return words.joined(separator: "\r\n ")
  }
}

extension NoticeLetter {
  /// What an entity made here says, for people: its subject, letter and table as they will be read.
  public static func readable(_ entity: [UInt8]) -> String {
    var shown: [String] = []
    var block: [UInt8] = []
    for line in String(decoding: entity, as: UTF8.self).components(separatedBy: "\r\n") {
      if line.isEmpty || line.hasPrefix("--=_") {
        if !block.isEmpty {
          shown.append(
            String(
              decoding: Base64.decode(String(decoding: block, as: UTF8.self)) ?? [], as: UTF8.self))
        }
        block = []
      } else if !line.contains(":") && !line.hasPrefix(" ") && !line.contains(";") {
        block += line.utf8
      }
    }
    return shown.joined(separator: "\n").replacing("\r\n", with: "\n")
  }
}
