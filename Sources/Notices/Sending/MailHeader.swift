import Bytes
import Foundation
public import CaseStore
public import Vocabulary

/// Who sends, as it stands in every message.
public struct MailSender: Sendable, Hashable {
  /// Organisation.
  public var name: String
  /// Its role mailbox, to which replies and bounces come with a token added.
  public var mailbox: String
  /// Key of the tokens, 32 bytes; whoever has it can forge replies.
  public var key: [UInt8]

  public init(name: String, mailbox: String, key: [UInt8]) {
    self.name = name
    self.mailbox = mailbox
    self.key = key
  }

  /// The token of a notice: its number, its round, and 80 bits that only we can make.
  public func token(notice: Int64, round: Int) -> String {
    let text = "n\(notice).\(round)"
    return text + "." + Hex.encode(Array(Self.authenticate(Array(text.utf8), key: key).prefix(10)))
  }

  /// HMAC-SHA-256 (RFC 2104); a key is at most a block of 64 bytes.
  static func authenticate(_ text: [UInt8], key: [UInt8]) -> [UInt8] {
    let block = key.prefix(64) + [UInt8](repeating: 0, count: max(0, 64 - key.count))
    let inner = SHA256.hash(block.map { $0 ^ 0x36 } + text).bytes
    return SHA256.hash(block.map { $0 ^ 0x5C } + inner).bytes
  }

  /// The mailbox with a token, as in `unit+n4.1.abc@police.example` (VERP).
  public func address(token: String) -> String {
    guard let at = mailbox.firstIndex(of: "@") else { return mailbox }
    return mailbox[..<at] + "+" + token + mailbox[at...]
  }

  /// The whole message of an approved notice: header of its journey, then the approved bytes.
  ///
  /// Nil when an address cannot stand in it.
  public func message(of notice: StoredNotice, at: Timestamp) -> OutboxMessage? {
    let recipient = notice.draft.recipient
    guard MailAddress.isPlain(mailbox), MailAddress.isPlain(recipient),
      let domain = mailbox.split(separator: "@").last
    else { return nil }
    let token = token(notice: notice.id, round: notice.draft.round)
    let sender = address(token: token)
    guard MailAddress.isPlain(sender) else { return nil }
    let id = "<\(token)@\(domain)>"
    var lines = [
      "From: \(MailEntity.encodedWords(name.isEmpty ? "Notices" : name, always: true)) <\(mailbox)>",
      "To: <\(recipient)>", "Reply-To: <\(sender)>", "Date: \(Self.date(at))", "Message-ID: \(id)",
      "Auto-Submitted: auto-generated",
    ]
    if let earlier = notice.draft.follows {
      let parent = self.token(notice: earlier, round: notice.draft.round - 1)
      lines.append("References: <\(parent)@\(domain)>")
    }
    let head = Array((lines.joined(separator: "\r\n") + "\r\n").utf8)
    return OutboxMessage(
      envelopeFrom: sender, messageID: id, token: token, mime: head + notice.draft.text.rendered)
  }

  /// RFC 5322 section 3.3, in UTC.
  static func date(_ at: Timestamp) -> String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(secondsFromGMT: 0)
    formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss '+0000'"
    return formatter.string(from: Date(timeIntervalSince1970: Double(at.milliseconds) / 1000))
  }
}
