import Bytes
import CaseStore
import Foundation
import Vocabulary

/// A store with people, one referred advert, and a second, outside way into its database.
final class NoticeFixture {
  let base: StoreFixture
  let outside: SQLiteEngine
  let author: Account
  let editor: Account
  let officer: Account
  let advert: Int64
  let capture: Int64
  let verdict: Int64
  var now: Timestamp
  private var step: Int64 = 1000

  var store: CaseStore { base.store }

  static let url = "https://jobs.example/a"

  init(lane: Lane = .review, accepts status: Int = 200) throws {
    base = try StoreFixture()
    now = base.start
    var capture = base.capture(url: Self.url)
    capture.status = status
    self.capture = try base.commit(capture)[0]
    var stored = base.advert("a", text: "We keep your passport.")
    stored.lane = lane
    stored.selectors.append(
      StoredSelector(
        kind: "email", value: "anna@jobs.example", range: 6..<9, valid: true, confidence: 1,
        trick: nil, inContent: true))
    _ = try base.store.commit(
      [base.analysis(of: self.capture, adverts: [stored])], at: base.start)
    outside = try SQLiteEngine(path: base.folder.appendingPathComponent("adwatch.sqlite").path)
    for (name, role) in [
      ("author", Role.analyst), ("editor", .noticeOfficer), ("officer", .noticeOfficer),
    ] {
      try base.store.addAccount(
        login: name, passwordHash: "-", roles: [role], by: base.actor, at: base.start)
      try base.store.change(
        account: name, .secondFactor("AAAA"), by: base.actor, at: base.start)
    }
    let known = try base.store.accounts()
    author = try Self.account("author", known)
    editor = try Self.account("editor", known)
    officer = try Self.account("officer", known)
    var advert: Int64 = 0
    try outside.read {
      try $0.forEach("SELECT id FROM advert", []) { row in
        advert = row.integer(0) ?? 0
        return true
      }
    }
    self.advert = advert
    let person = author.id
    try outside.write {
      try $0.execute(
        """
        INSERT INTO review_verdict (id, at, account, advert, version, choice, indicators,
          asks_second, custody) VALUES (1, 0, ?1, ?2, 1, 'referral', 'L11', 0, 1)
        """, [.integer(person), .integer(advert)])
    }
    verdict = 1
    var control = try store.noticeControl()
    control.isGivenClock = true
    control.isSending = true
    try store.setNoticeControl(control, why: "tests", by: base.actor, at: now)
  }

  private static func account(_ login: String, _ known: [Account]) throws -> Account {
    guard let account = known.first(where: { $0.login == login }) else {
      throw CaseStoreError.refused("there is no account '\(login)'")
    }
    return account
  }

  static let front = "https://jobs.example/"
  private var offset: Int64 = 10_000

  /// Captures an address now, and analyses the page where there is one.
  @discardableResult
  func look(
    _ url: String = NoticeFixture.url, status: Int?, outcome: String = "fetched",
    page: PageKind? = nil, showsAdvert: Bool = false, text: String = "We keep your passport.",
    detail: String? = nil, payload: UInt8 = 9
  ) throws -> Int64 {
    offset += 100
    let address = try count("SELECT id FROM address WHERE url = '\(url)'")
    var capture = base.capture(
      address: address > 0 ? address : nil, url: url, offset: offset, at: now)
    capture.status = status
    capture.outcome = outcome
    capture.detail = detail
    capture.payloadDigest = [UInt8](repeating: payload, count: 32)
    capture.analysis = page == nil ? .none : .waiting
    let id = try base.commit(capture)[0]
    guard let page else { return id }
    let adverts = showsAdvert ? [base.advert("a", text: text)] : []
    _ = try base.store.commit(
      [base.analysis(of: id, adverts: adverts, page: page, at: now, address: capture.address)],
      at: now)
    return id
  }

  func text(_ body: String = "Subject: Notice\r\n\r\nPlease remove this.\r\n") -> NoticeText {
    let bytes = Array(body.utf8)
    return NoticeText(
      language: "en", organisation: "Host", fields: "{}", problems: [], rendered: bytes,
      digest: SHA256.hash(bytes).bytes, skipReason: "")
  }

  func draft(
    _ act: String = "dsa-16", to recipient: String = "abuse@host.example", rung: Int = 1,
    round: Int = 1, follows: Int64? = nil, reason: String = "", text: NoticeText? = nil,
    url: String = NoticeFixture.url
  ) throws -> Int64 {
    let target = NoticeTarget(
      url: url, host: "jobs.example", advert: advert, verdict: verdict, capture: capture)
    let drafted = try store.draftNotice(
      NoticeDraft(
        intent: SHA256.hash(Array("\(act) \(recipient) \(rung) \(round) \(url)".utf8)).bytes,
        act: act, channel: .mail, rung: rung, round: round, follows: follows, reason: reason,
        recipient: recipient, targets: [target], text: text ?? self.text()),
      by: author, at: now)
    guard case .new(let id) = drafted else { throw CaseStoreError.refused("existing") }
    return id
  }

  func submit(_ id: Int64) throws {
    try store.moveNotice(id, to: .review, why: "done", by: author.actor, at: now)
  }

  func approve(
    _ id: Int64, by account: Account? = nil, waiver: String? = "Nobody else has to keep it."
  ) throws {
    step += 1
    let digest = try store.notice(id)?.draft.text.digest ?? []
    try store.approveNotice(
      id, NoticeApproval(digest: digest, step: step, waiver: waiver), by: account ?? officer,
      at: now)
  }

  func message(_ id: Int64, body: [UInt8]? = nil) throws -> OutboxMessage {
    let rendered = try store.notice(id)?.draft.text.rendered ?? []
    return OutboxMessage(
      envelopeFrom: "notice+\(id)@unit.example", messageID: "<\(id)@unit.example>", token: "t\(id)",
      mime: body ?? Array("Message-ID: <\(id)@unit.example>\r\n".utf8) + rendered)
  }

  func queue(_ id: Int64) throws {
    try store.queueNotice(id, try message(id), by: base.actor, at: now)
  }

  /// A notice in the outbox.
  func queued(_ act: String = "dsa-16", to recipient: String = "abuse@host.example") throws -> Int64
  {
    let id = try draft(act, to: recipient)
    try submit(id)
    try approve(id)
    try queue(id)
    return id
  }

  func lease(_ owner: String = "one") throws -> LeasedMessage? {
    try store.leaseMessage(owner: owner, seconds: 300, by: base.actor, at: now)
  }

  /// Runs plain SQL as anybody with the file could; `:event` is a fresh custody event of that notice.
  func plain(_ sql: String) throws {
    try outside.write { try $0.execute(sql, []) }
  }

  /// The refusal of plain SQL; nil when it went through.
  func refusal(_ sql: String) -> String? {
    do {
      try plain(sql)
      return nil
    } catch {
      return "\(error)"
    }
  }

  /// Records an event about a notice, so that plain SQL has what a change has to name.
  func event(_ id: Int64, by account: Account) throws -> Int64 {
    try store.record(
      action: "notice.test", subject: "notice:\(id)", payload: [:], by: account.actor, at: now)
  }

  func count(_ sql: String) throws -> Int64 {
    var found: Int64 = -1
    try outside.read {
      try $0.forEach(sql, []) { row in
        found = row.integer(0) ?? -1
        return false
      }
    }
    return found
  }
}
