/// The notice that a message is about, proved by its token.
public struct NoticeToken: Sendable, Hashable {
  /// Number of the notice.
  public var notice: Int64
  /// Its round.
  public var round: Int

  public init(notice: Int64, round: Int) {
    self.notice = notice
    self.round = round
  }
}

extension MailSender {
  /// The first token of ours in a field, whatever stands around it.
  ///
  /// What was not made with our key is none: nobody moves a notice who was not written to.
  public func token(in field: String) -> NoticeToken? {
    let bytes = Array(field.utf8.prefix(16 * 1024))
    for at in bytes.indices where bytes[at] == 0x6E || bytes[at] == 0x4E {
      if at > 0, Self.isWord(bytes[at - 1]) { continue }
      let word = bytes[at...].prefix(64).prefix { Self.isWord($0) || $0 == 0x2E }
      let parts = String(decoding: word, as: UTF8.self).lowercased().dropFirst()
        .split(separator: ".", omittingEmptySubsequences: false)
      guard parts.count >= 3, let notice = Int64(parts[0]), let round = Int(parts[1]),
        notice > 0, round > 0
      else { continue }
      let made = token(notice: notice, round: round)
      let given = "n\(parts[0]).\(parts[1]).\(parts[2])"
      if Self.isEqual(Array(made.utf8), Array(given.utf8)) {
        return NoticeToken(notice: notice, round: round)
      }
    }
    return nil
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  /// In a time that does not tell where they differ.
  private static func isEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    guard a.count == b.count else { return false }
    return zip(a, b).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
