import Bytes
import CaseStore
import Crawling
import Custody
import Fetching
import Foundation
import Logging
import TestSupport
import Testing
import Vocabulary
import WebAddress

/// Heads that were signed, time-stamped and kept elsewhere, against a log that is altered afterwards.
@Suite(.enabled(if: TestAuthority.isAvailable, "no openssl here"), .timeLimit(.minutes(15)))
struct SealingTests {
  private final class Sealed {
    let site: CrawlSite
    let authority: TimeStampAuthority
    let key: SigningKey
    let kept: String
    var head = ""
    var keyFile: String { site.folder.path + "/key.pem" }

    init() async throws {
      site = try CrawlSite([
        "/": CrawlSite.page("Jobs", links: ["/job/1"]),
        "/job/1": CrawlSite.page("Picker", CrawlSite.flaggedText),
      ])
      authority = try TimeStampAuthority()
      key = try SigningKey.make(at: site.folder.path + "/key.pem")
      kept = site.folder.path + "/kept"
      try await site.crawl()
      let sealed = try await seal()
      #expect(sealed.problem == nil)
      #expect(sealed.stampedAt != nil)
      head = "\(kept)/\(sealed.head.name)"
    }

    deinit { authority.stop() }

    func seal(url: String? = nil, at time: Timestamp = Timestamp.now) async throws
      -> Sealing.Sealed
    {
      let fetcher = Fetcher(logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
      let address = try #require(Address(url ?? authority.url))
      let sealing = Sealing(
        try DataFolder(path: site.data, access: .write),
        authorities: [.init(address: address, certificates: authority.certificates)])
      let sealed = try await sealing.seal(
        with: key, copyTo: kept, by: Actor(name: "tester", kind: .person), at: time,
        fetcher: fetcher)
      await fetcher.shutdown()
      return sealed
    }

    func kept(token: Bool) throws -> KeptHead {
      try KeptHead(
        path: head + ".json", keys: [key.publicKey], authorities: authority.certificates,
        token: token ? head + ".tsr" : nil)
    }

    func verify(token: Bool = true) throws -> [String] {
      let head = try kept(token: token)
      return try Verification(DataFolder(path: site.data, access: .read)).run(
        kept: [head], keys: [key.publicKey], authorities: authority.certificates
      ).findings.map(\.description)
    }

    func change(_ statements: String...) throws {
      let engine = try SQLiteEngine(path: site.data + "/adwatch.sqlite")
      try engine.write { session in
        try session.execute("PRAGMA defer_foreign_keys = ON", [])
        for statement in statements { try session.execute(statement, []) }
      }
    }
  }

  @Test func anUntouchedLogAgreesWithItsHeadAndToken() async throws {
    let sealed = try await Sealed()
    #expect(try sealed.verify() == [])
    try await sealed.site.crawl { $0.revisit = true }
    #expect(try sealed.verify() == [])
  }

  @Test func aCutTailIsFound() async throws {
    let sealed = try await Sealed()
    try sealed.change(
      "DROP TRIGGER custody_event_stays", "DELETE FROM custody_payload WHERE seq >= 5",
      "UPDATE capture SET custody = NULL WHERE custody >= 5",
      "DELETE FROM custody_event WHERE seq >= 5")
    #expect(try sealed.verify().contains { $0.contains("its end was cut off") })
  }

  @Test func aBackDatedEntryIsFound() async throws {
    let sealed = try await Sealed()
    let folder = try DataFolder(path: sealed.site.data, access: .write)
    try folder.store.record(
      action: "note", subject: "source:site", payload: [:],
      by: Actor(name: "tester", kind: .person), at: Timestamp.now + -3600)
    #expect(try sealed.verify().contains { $0.contains("is back-dated") })
  }

  /// Who can write the database can write a whole new chain; only what is elsewhere shows it.
  @Test func aChainMadeAnewIsFound() async throws {
    let sealed = try await Sealed()
    let store = try sealed.site.store()
    var previous = CustodyEvent.origin
    var statements = ["DROP TRIGGER custody_event_is_append_only"]
    try store.forEachCustodyEvent { stored in
      var event = stored.event
      if event.sequence == 2 { event.action = "source.changed" }
      event.previous = previous
      previous = event.digest
      statements.append(
        "UPDATE custody_event SET action = '\(event.action)', previous = X'\(Hex.encode(event.previous))', "
          + "digest = X'\(Hex.encode(event.digest))' WHERE seq = \(event.sequence)")
    }
    let engine = try SQLiteEngine(path: sealed.site.data + "/adwatch.sqlite")
    try engine.write { session in for sql in statements { try session.execute(sql, []) } }
    let findings = try sealed.verify()
    #expect(findings.contains { $0.contains("is not the one whose head was kept elsewhere") })
    #expect(!findings.contains { $0.contains("does not follow") })
  }

  @Test func aHeadOrTokenThatWasAlteredIsRefused() async throws {
    let sealed = try await Sealed()
    let untouched = try sealed.kept(token: true).stampedAt
    for ending in ["json", "sig", "tsr"] {
      let file = URL(fileURLWithPath: "\(sealed.head).\(ending)")
      let original = try Data(contentsOf: file)
      for place in stride(from: 0, to: original.count, by: max(1, original.count / 20)) {
        var bytes = original
        bytes[place] ^= 1
        try bytes.write(to: file)
        do {
          // A token carries certificates that its signature does not cover; its time it does.
          let found = try sealed.kept(token: true)
          #expect(ending == "tsr" && found.stampedAt == untouched, "\(ending) byte \(place)")
        } catch is CustodyFailure {}
      }
      try original.write(to: file)
    }
    #expect(try sealed.verify() == [])
  }

  @Test func aTokenOfAnotherAuthorityIsRefused() async throws {
    let sealed = try await Sealed()
    let other = try TestAuthority()
    defer { other.remove() }
    #expect(throws: CustodyFailure.self) {
      try KeptHead(
        path: sealed.head + ".json", keys: [sealed.key.publicKey],
        authorities: other.certificateFile, token: sealed.head + ".tsr")
    }
  }

  @Test func anAuthorityThatDoesNotAnswerIsTold() async throws {
    let sealed = try await Sealed()
    let port = try Loopback.freePort()
    let again = try await sealed.seal(url: "http://127.0.0.1:\(port)/tsa")
    #expect(again.problem != nil)
    #expect(again.stampedAt == nil)
    #expect(try sealed.verify() == [])
  }

  @Test func opensslAgreesWithSignatureAndToken() async throws {
    let sealed = try await Sealed()
    let stem = sealed.head
    #expect(
      try ChildProcess(
        "/usr/bin/openssl",
        [
          "pkeyutl", "-verify", "-pubin", "-inkey", sealed.kept + "/key.pem", "-rawin", "-in",
          stem + ".json", "-sigfile", stem + ".sig",
        ]
      ).wait() == 0)
    #expect(
      try ChildProcess(
        "/usr/bin/openssl",
        [
          "ts", "-verify", "-data", stem + ".json", "-in", stem + ".tsr", "-CAfile",
          sealed.authority.certificates,
        ]
      ).wait() == 0)
  }
}
