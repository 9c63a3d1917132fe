import Bytes
import CaseStore
import Foundation
import Synchronization
import TestSupport
import Testing
import Vocabulary

@testable import Notices

/// A store with one referred advert and its people, on a clock of its own.
final class Office: Sendable {
  let folder: URL
  let store: CaseStore
  let author: Account
  let officer: Account
  let clock = Mutex(Timestamp(seconds: 1_767_225_600))
  private let step = Mutex<Int64>(1000)
  static let actor = Actor(name: "tester", kind: .person)

  var path: String { folder.path }
  var now: Timestamp { clock.withLock { $0 } }
  func pass(_ seconds: Double) { clock.withLock { $0 = $0 + seconds } }

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("adwatch-office-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let start = Timestamp(seconds: 1_767_225_600)
    store = try CaseStore(path: folder.path + "/adwatch.sqlite")
    for name in ["author", "officer"] {
      try store.addAccount(
        login: name, passwordHash: "-", roles: [.noticeOfficer], by: Self.actor, at: start)
      try store.change(account: name, .secondFactor("AAAA"), by: Self.actor, at: start)
    }
    author = try #require(try store.account(login: "author"))
    officer = try #require(try store.account(login: "officer"))
    let person = author.id
    // What a crawl and an analyst leave behind, as rows: the guards read nothing else.
    try SQLiteEngine(path: folder.path + "/adwatch.sqlite").write { sql in
      for statement in [
        "INSERT INTO run (id, command, software, actor, started_at) VALUES (1, 'test', 't', 1, 0)",
        """
        INSERT INTO capture (id, run, source, url, purpose, began_at, ended_at, outcome, status,
          payload_digest, payload_length, analysis)
        VALUES (1, 1, 'jobs', 'https://jobs.example/a', 'page', 0, 0, 'fetched', 200, zeroblob(32),
          10, 'done')
        """,
        "INSERT INTO warc_file (id, path, committed_end) VALUES (1, 'a', 100)",
        """
        INSERT INTO warc_member (id, file, offset, length, digest, record_id, type, capture)
        VALUES (1, 1, 0, 10, zeroblob(32), 'r', 'response', 1)
        """,
        """
        INSERT INTO advert (id, source, key, url, first_seen, last_seen, state)
        VALUES (1, 'jobs', 'a', 'https://jobs.example/a', 0, 0, 'seen')
        """,
        """
        INSERT INTO advert_version (id, advert, capture, part, text, text_digest, record, flagged,
          lane, priority, barriers, rule, version, seen_at, assessed_at)
        VALUES (1, 1, 1, 0, 'We keep your passport.', x'00', '{}', 1, 'review', 1, '', 'r', 'v', 0, 0)
        """,
        "INSERT INTO advert_sighting (advert, capture, version, seen_at) VALUES (1, 1, 1, 0)",
        """
        INSERT INTO review_verdict (id, at, account, advert, version, choice, indicators,
          asks_second, custody) VALUES (1, 0, \(person), 1, 1, 'referral', 'L11', 0, 1)
        """,
      ] {
        try sql.execute(statement, [])
      }
    }
    var control = try store.noticeControl()
    control.isGivenClock = true
    control.isSending = true
    control.mostPerRecipient = 100
    control.mostPerDay = 1000
    control.epoch = try NoticeEpoch(data: folder.path).renew(control)
    try store.setNoticeControl(control, why: "tests", by: Self.actor, at: start)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// An approved notice.
  func approved(_ act: String = "dsa-16", to recipient: String = "abuse@host.example") throws
    -> Int64
  {
    let evidence = try store.noticeEvidence(advert: 1) { _ in "jobs.example" }
    let draft = try NoticeDraft.write(
      act: act, language: "en", channel: .mail, rung: 1, organisation: "Host",
      recipient: recipient, fields: complete(), evidence: [evidence], acts: NoticeActs())
    guard case .new(let id) = try store.draftNotice(draft, by: author, at: now) else {
      throw CaseStoreError.refused("existing")
    }
    try store.moveNotice(id, to: .review, why: "done", by: author.actor, at: now)
    try approve(id)
    return id
  }

  /// Has a notice under review approved by the officer.
  func approve(_ id: Int64) throws {
    let code = step.withLock { step in
      step += 1
      return step
    }
    try store.approveNotice(
      id,
      NoticeApproval(
        digest: try #require(try store.notice(id)).draft.text.digest, step: code,
        waiver: "Our own capture is complete."),
      by: officer, at: now)
  }

  func dispatcher(_ peer: UInt16, owner: String = "one") -> Dispatcher {
    Dispatcher(
      store: store, relay: MailRelay(host: "127.0.0.1", port: peer, protection: .none),
      owner: owner, actor: Self.actor, epoch: NoticeEpoch(data: path), now: { self.now })
  }

  static let sender = MailSender(
    name: "Unit", mailbox: "unit@police.example", key: [UInt8](repeating: 9, count: 32))

  /// One round: what is approved is queued, what is due is sent.
  func round(_ port: UInt16) async throws -> Dispatcher.Totals {
    try await Blocking.run {
      let dispatcher = self.dispatcher(port)
      _ = try dispatcher.queueApproved(from: Self.sender)
      return try dispatcher.run()
    }
  }
}
