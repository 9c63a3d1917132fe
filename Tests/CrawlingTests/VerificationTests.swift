import Bytes
import CaseStore
import Crawling
import Custody
import Foundation
import TestSupport
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(15))) struct VerificationTests {
  private func crawled() async throws -> CrawlSite {
    let site = try CrawlSite([
      "/": CrawlSite.page("Jobs", links: ["/job/1", "/job/2"]),
      "/job/1": CrawlSite.page("Picker", CrawlSite.flaggedText),
      "/job/2": CrawlSite.page("Baker", "You bake bread."),
    ])
    try await site.crawl()
    try #require(try site.verify() == [])
    return site
  }

  private func archiveFile(_ site: CrawlSite) throws -> URL {
    let files = FileManager.default.enumerator(atPath: site.data)?.compactMap { $0 as? String }
    let name = try #require(files?.first { $0.hasSuffix(".warc.gz") })
    return URL(fileURLWithPath: site.data + "/" + name)
  }

  private func change(_ site: CrawlSite, _ statements: String...) throws {
    let engine = try SQLiteEngine(path: site.data + "/adwatch.sqlite")
    try engine.write { session in
      for statement in statements { try session.execute(statement, []) }
    }
  }

  @Test func everyChangedByteOfTheArchiveIsFound() async throws {
    let site = try await crawled()
    let file = try archiveFile(site)
    let original = try Data(contentsOf: file)
    for offset in stride(from: 3, to: original.count, by: max(1, original.count / 25)) {
      var bytes = original
      bytes[offset] ^= 0x20
      try bytes.write(to: file)
      let findings = try site.verify()
      #expect(findings.contains { $0.contains("was changed") }, "byte \(offset)")
    }
    try original.write(to: file)
    #expect(try site.verify() == [])
  }

  @Test func aCutFileAndAMissingFileAreFound() async throws {
    let site = try await crawled()
    let file = try archiveFile(site)
    let original = try Data(contentsOf: file)
    try original.dropLast(1).write(to: file)
    #expect(try site.verify().contains { $0.contains("is cut off") })
    try FileManager.default.removeItem(at: file)
    #expect(try site.verify().contains { $0.contains("the file is missing") })
  }

  @Test func aDroppedRecordIsFound() async throws {
    let site = try await crawled()
    try change(
      site,
      "DELETE FROM warc_member WHERE id = (SELECT MIN(id) FROM warc_member WHERE type = 'response')"
    )
    let findings = try site.verify()
    #expect(findings.contains { $0.contains("does not begin where the one before it ends") })
    #expect(findings.contains { $0.contains("is not what custody event") })
  }

  @Test(arguments: [
    ("UPDATE custody_event SET at = at + 1 WHERE seq = 3", "event 3 was changed"),
    ("UPDATE custody_payload SET body = body || ' ' WHERE seq = 3", "the payload of event 3"),
    ("DELETE FROM custody_event WHERE seq = 4", "event 4 is missing"),
    (
      "UPDATE custody_event SET digest = previous WHERE seq = 2",
      "event 3 does not follow from the event before it"
    ),
    ("UPDATE capture SET url = url || 'x' WHERE id = 2", "capture 2 is not what custody event"),
    ("UPDATE capture SET custody = NULL WHERE id = 2", "capture 2 has no custody event"),
    ("UPDATE capture SET custody = 1 WHERE id = 2", "is not that of capture 2"),
    (
      "UPDATE capture SET outcome = 'fetched!' WHERE id = 1", "capture 1 is not what custody event"
    ),
  ])
  func everyChangeOfTheDatabaseIsNamed(statement: String, finding: String) async throws {
    let site = try await crawled()
    try change(
      site, "PRAGMA defer_foreign_keys = ON", "DROP TRIGGER custody_event_is_append_only",
      "DROP TRIGGER custody_event_stays", "UPDATE capture SET custody = custody WHERE 0")
    if statement.hasPrefix("DELETE") {
      try change(
        site, "PRAGMA defer_foreign_keys = ON", "DELETE FROM custody_payload WHERE seq = 4",
        "UPDATE capture SET custody = NULL WHERE custody = 4", statement)
    } else {
      try change(site, statement)
    }
    #expect(try site.verify().contains { $0.contains(finding) })
  }

  @Test func aHeadKeptElsewhereShowsACutTail() async throws {
    let site = try await crawled()
    let folder = try DataFolder(path: site.data, access: .read)
    let head = try #require(try folder.store.custodyHead())
    func run(_ head: CaseStore.CustodyHead) throws -> [String] {
      let file = site.folder.appendingPathComponent("head.txt")
      try Data("head \(head.sequence) sha256:\(Hex.encode(head.digest))\n".utf8).write(to: file)
      return try Verification(folder).run(kept: [KeptHead(path: file.path)]).findings
        .map(\.description)
    }
    #expect(try run(head).isEmpty)
    var later = head
    later.sequence += 1
    let cut = try run(later)
    #expect(cut.contains { $0.contains("its end was cut off") })
    var other = head
    other.digest[0] ^= 1
    let changed = try run(other)
    #expect(changed.contains { $0.contains("is not the one whose head was kept elsewhere") })
  }

  @Test func aPayloadThatIsGoneWithoutAWordIsFound() async throws {
    let site = try await crawled()
    try change(site, "DELETE FROM custody_payload WHERE seq = 3")
    #expect(try site.verify().contains { $0.contains("the payload of event 3 is missing") })
  }

  @Test func aPurgeThatNothingBearsOutIsFound() async throws {
    let site = try await crawled()
    try change(site, "DELETE FROM custody_payload WHERE seq = 3")
    let folder = try DataFolder(path: site.data, access: .write)
    try folder.store.record(
      action: "purge", subject: "event:3", payload: ["reason": "retention"],
      by: Actor(name: "test", kind: .program), at: Timestamp(seconds: 1_790_000_000))
    let report = try Verification(DataFolder(path: site.data, access: .read)).run()
    #expect(report.findings.contains { "\($0)".contains("(purge) is missing") })
  }
}
