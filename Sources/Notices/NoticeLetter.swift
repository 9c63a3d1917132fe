import Bytes
import CNotices
public import CaseStore
import Foundation
import Mustache
import Vocabulary

/// A notice as it reads: a pure function of act, language, fields and evidence.
public struct NoticeLetter: Sendable, Hashable {
  /// Subject with the reference in it.
  public var subject: String
  /// The letter, UTF-8 with line feeds.
  public var text: String
  /// The MIME entity: subject, letter, and a table of the exact addresses.
  public var entity: [UInt8]

  /// Why there is no letter.
  public enum Problem: Error, Sendable, Hashable, CustomStringConvertible {
    case noSuchAct(String)
    case noSuchLanguage(String)
    case unreadableTemplate

    public var description: String {
      switch self {
      case .noSuchAct(let name): "there is no act '\(name)'"
      case .noSuchLanguage(let name): "there are no texts in '\(name)'"
      case .unreadableTemplate: "the template of letters cannot be read"
      }
    }
  }

  /// Writes a letter.
  public init(
    act name: String, language: String, rung: Int, organisation: String, reference: String,
    fields: NoticeFields, evidence: [NoticeEvidence], acts: NoticeActs
  ) throws {
    guard let act = acts.acts[name] else { throw Problem.noSuchAct(name) }
    guard let title = act.title[language] else { throw Problem.noSuchLanguage(language) }
    var context: [String: Any] = [
      "title": title, "reference": reference, "organisation": organisation,
      "role": acts.roles[String(rung)]?[language] ?? "", "basis": act.basis[language] ?? "",
      "request": act.request[language] ?? "", "facts": fields.facts,
    ]
    for (key, texts) in acts.phrases { context[key] = texts[language] ?? "" }
    for name in [
      "notifier", "mailbox", "authority", "ground", "necessity", "scope", "period", "follow_up",
      "earlier", "redress", "effect", "reply_by",
    ] {
      // An empty text is left out with its label.
      if let value = fields.element(name), !value.isEmpty { context[name] = value }
    }
    context["targets"] = evidence.map { item in
      [
        "url": item.target.url, "key": item.key, "first": item.firstSeen.rfc3339,
        "last": item.lastSeen.rfc3339, "digest": Hex.encode(item.payloadDigest),
      ]
    }
    MustacheContentTypes.register(PlainText(), named: "PLAIN")
    var library = MustacheLibrary()
    var length = 0
    let bytes = cnotices_letter(&length)
    let template = String(
      decoding: UnsafeBufferPointer(start: bytes, count: length), as: UTF8.self)
    try library.register("{{% CONTENT_TYPE:PLAIN}}\n" + template, named: "letter")
    guard let text = library.render(context, withTemplate: "letter") else {
      throw Problem.unreadableTemplate
    }
    self.text = text
    subject = "[\(reference)] \(title)"
    entity =
      MailEntity(
        subject: subject, text: text, table: Self.table(evidence), tableName: "addresses.csv"
      ).bytes
  }

  /// The exact addresses as CSV (RFC 4180), for programs.
  private static func table(_ evidence: [NoticeEvidence]) -> String {
    var lines = ["url,identifier,first_seen,last_seen,sha256"]
    for item in evidence {
      let cells = [
        item.target.url, item.key, item.firstSeen.rfc3339, item.lastSeen.rfc3339,
        Hex.encode(item.payloadDigest),
      ]
      lines.append(
        cells.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ","))
    }
    return lines.joined(separator: "\r\n") + "\r\n"
  }

  /// What an approval is bound to: SHA-256 over recipient, a zero byte, and the entity.
  public static func digest(recipient: String, entity: [UInt8]) -> [UInt8] {
    SHA256.hash(Array(recipient.utf8) + [0] + entity).bytes
  }

  /// 32 bytes that are the same for the same intent.
  public static func intent(
    act: String, urls: [String], recipient: String, rung: Int, round: Int
  ) -> [UInt8] {
    let parts = [act, recipient.lowercased(), String(rung), String(round)] + urls.sorted()
    return SHA256.hash(Array(parts.joined(separator: "\0").utf8)).bytes
  }

  /// The reference that stands in the subject, from the intent.
  public static func reference(intent: [UInt8]) -> String {
    "AW-" + Hex.encode(Array(intent.prefix(5))).uppercased()
  }
}

/// A letter is plain text: nothing is escaped in it, and control characters have no place.
private struct PlainText: MustacheContentType {
  func escapeText(_ text: String) -> String {
    String(
      decoding: text.utf8.map { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F ? 0x20 : $0 }, as: UTF8.self)
  }
}
