import Archive
import Bytes
import CaseStore
import Crawling
import Foundation
import Logging
import TestSupport
import Testing
import Vocabulary

/// Alters, empties and drops what is evidence; `verify` has to fail each time.
///
/// The columns come from the schema; one that is neither altered nor excused with a reason fails the
/// test, so that a new one cannot be forgotten.
@Suite(.timeLimit(.minutes(15))) struct MutationTests {
  /// Columns that are no evidence, each with the reason.
  private static let excused: [String: String] = [
    "actor.kind": "how a name is shown; who it was is in the event",
    "actor.created_at": "when a name was first used follows from its first event",
    "capture.analysis": "working state: whether the page was read",
    "capture.attempts": "working state: how often reading was tried",
    "warc_member.id": "only the order counts, and each capture's event fixes that",
  ]
  private static let keys: Set = [
    "actor.id", "capture.id", "custody_event.seq", "custody_payload.seq", "purge.event", "run.id",
    "source.name",
    "warc_file.id", "warc_file.path",
  ]
  private static let tables = [
    "actor", "capture", "custody_event", "custody_payload", "legal_hold", "purge", "run", "source",
    "warc_file", "warc_member",
  ]

  private func crawled() async throws -> CrawlSite {
    let site = try CrawlSite([
      "/": CrawlSite.page("Jobs", links: ["/job/1", "/job/2"]),
      "/job/1": CrawlSite.page("Picker", CrawlSite.flaggedText),
      "/job/2": CrawlSite.page("Baker", "You bake bread."),
    ])
    try await site.crawl()
    try await site.crawl {
      $0.revisit = true
      $0.actor = Actor(name: "another", kind: .person)
    }
    try #require(try site.verify() == [])
    return site
  }

  /// The same with captures that were purged and holds that were placed and ended.
  private func purged() async throws -> CrawlSite {
    let site = try await crawled()
    let officer = Actor(name: "officer", kind: .person)
    do {
      let folder = try DataFolder(path: site.data, access: .write)
      let held = try folder.store.hold(
        .url(site.server.url("/job/1")), why: "an order", reference: "26/1", by: officer,
        at: Timestamp.now)
      let other = try folder.store.hold(
        .capture(6), why: "another order", reference: nil, by: officer, at: Timestamp.now)
      try folder.store.liftHold(held, why: "over", by: officer, at: Timestamp.now)
      #expect(other > held)
      let later = Timestamp(milliseconds: Timestamp.now.milliseconds + 2 * 86_400_000)
      let result = try Purge(
        folder, rule: RetentionRule(general: 86_400, now: later), by: officer, software: "test/1",
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
      ).run()
      try #require(result.totals.captures > 0 && result.totals.reduced > 0)
    }
    try #require(try site.verify() == [])
    return site
  }

  private struct Column {
    var table: String
    var name: String
    var type: String
    var isNullable: Bool
    var full: String { "\(table).\(name)" }
  }

  private func columns(_ engine: SQLiteEngine) throws -> [Column] {
    var columns: [Column] = []
    for table in Self.tables {
      try engine.read { session in
        try session.forEach("PRAGMA table_info(\(table))", []) { row in
          columns.append(
            Column(
              table: table, name: row.text(1) ?? "", type: row.text(2) ?? "",
              isNullable: row.integer(3) == 0 && row.integer(5) == 0))
          return true
        }
      }
    }
    return columns
  }

  /// Runs statements on a copy of the database and answers what `verify` finds then; nil when the
  /// schema itself refused them.
  private func findings(_ site: CrawlSite, _ statements: [String]) throws -> [String]? {
    let data = site.data
    let copy = site.folder.path + "/copy"
    try? FileManager.default.removeItem(atPath: copy)
    try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: copy + "/warc", withDestinationPath: data + "/warc")
    for name in ["adwatch.sqlite", "adwatch.sqlite-wal"]
    where FileManager.default.fileExists(atPath: "\(data)/\(name)") {
      try FileManager.default.copyItem(atPath: "\(data)/\(name)", toPath: "\(copy)/\(name)")
    }
    let engine = try SQLiteEngine(path: copy + "/adwatch.sqlite")
    do {
      try engine.write { session in
        try session.execute("PRAGMA defer_foreign_keys = ON", [])
        try session.execute("DROP TRIGGER custody_event_is_append_only", [])
        try session.execute("DROP TRIGGER custody_event_stays", [])
        for statement in statements { try session.execute(statement, []) }
      }
    } catch is CaseStoreError {
      return nil
    }
    return try Verification(DataFolder(path: copy, access: .read)).run().findings
      .map(\.description)
  }

  @Test(arguments: [false, true])
  func everyColumnOfTheEvidenceCounts(isPurged: Bool) async throws {
    let site = try await isPurged ? purged() : crawled()
    let columns = try columns(SQLiteEngine(path: site.data + "/adwatch.sqlite"))
    #expect(columns.count > 50)
    for name in Self.excused.keys {
      #expect(columns.contains { $0.full == name }, "\(name) is excused and not there")
    }
    var altered = 0
    var untouched: [String] = []
    for column in columns where Self.excused[column.full] == nil {
      let value =
        switch column.type {
        case "INTEGER": "COALESCE(\(column.name), 0) + 1000003"
        case "BLOB": "randomblob(32)"
        default: "COALESCE(\(column.name), '') || 'x'"
        }
      let other =
        "(SELECT o.\(column.name) FROM \(column.table) o WHERE o.\(column.name) IS NOT \(column.table).\(column.name) LIMIT 1)"
      var values = [value, other]
      if column.isNullable { values.append("NULL") }
      var isAltered = false
      for value in values {
        // The last row that has such a value: a NULL that becomes NULL is no change.
        let filter = value == "NULL" ? " WHERE \(column.name) IS NOT NULL" : ""
        let row = "(SELECT MAX(rowid) FROM \(column.table)\(filter))"
        let sql = "UPDATE \(column.table) SET \(column.name) = \(value) WHERE rowid = \(row)"
        let isThere = try hasRow(
          site, column.table, row, value == other ? "\(column.name) IS NOT \(other)" : "1")
        guard isThere, let found = try findings(site, [sql]) else { continue }
        isAltered = true
        altered += 1
        #expect(!found.isEmpty, "\(column.full) = \(value)")
      }
      if !isAltered, try hasRow(site, column.table, "(SELECT MAX(rowid) FROM \(column.table))", "1")
      {
        untouched.append(column.full)
      }
    }
    #expect(altered > 50)
    // What the schema lets nobody alter by itself: keys that other rows point to.
    let keys = isPurged ? Self.keys : Self.keys.union(["warc_member.purge"])
    #expect(Set(untouched).isSubset(of: keys), "\(untouched)")
    if isPurged { #expect(altered > 100) }
  }

  private func hasRow(_ site: CrawlSite, _ table: String, _ row: String, _ filter: String) throws
    -> Bool
  {
    try SQLiteEngine(path: site.data + "/adwatch.sqlite").read { session in
      var found = false
      try session.forEach("SELECT 1 FROM \(table) WHERE rowid = \(row) AND \(filter)", []) { _ in
        found = true
        return false
      }
      return found
    }
  }

  @Test(arguments: [false, true])
  func everyDroppedRowIsFound(isPurged: Bool) async throws {
    let site = try await isPurged ? purged() : crawled()
    for table in Self.tables
    where try table != "actor" && hasRow(site, table, "(SELECT MAX(rowid) FROM \(table))", "1") {
      for order in ["MIN", "MAX"] {
        let row = "(SELECT \(order)(rowid) FROM \(table))"
        let statements = ["DELETE FROM \(table) WHERE rowid = \(row)"]
        if let found = try findings(site, statements) {
          // An entry at the very end leaves no trace in the chain; what it recorded does.
          #expect(!found.isEmpty, "\(order) of \(table)")
        }
      }
    }
    // The last event with its payload: the run's end is left without an entry.
    let cut = try findings(
      site,
      [
        "DELETE FROM custody_payload WHERE seq = (SELECT MAX(seq) FROM custody_event)",
        "DELETE FROM custody_event WHERE seq = (SELECT MAX(seq) FROM custody_event)",
      ])
    #expect(cut?.isEmpty == false)
  }

  @Test func reorderedEventsAreFound() async throws {
    let site = try await crawled()
    let found = try findings(
      site,
      [
        "DELETE FROM custody_payload WHERE seq IN (5, 6)",
        "UPDATE capture SET custody = NULL WHERE custody IN (5, 6)",
        "UPDATE custody_event SET seq = -5 WHERE seq = 5",
        "UPDATE custody_event SET seq = 5 WHERE seq = 6",
        "UPDATE custody_event SET seq = 6 WHERE seq = -5",
      ])
    #expect(found?.contains { $0.contains("event 5 was changed") } == true)
    #expect(found?.contains { $0.contains("does not follow") } == true)
  }

  @Test func aPlantedFileAndBytesBehindTheLastRecordAreFound() async throws {
    let site = try await crawled()
    let listed = try ArchiveFiles.list(in: site.data)
    let first = try #require(listed.first?.name)
    let file = URL(fileURLWithPath: site.data + "/" + first)
    let bytes = try Data(contentsOf: file)
    let planted = file.deletingLastPathComponent().appendingPathComponent("site-1.warc.gz")
    try bytes.write(to: planted)
    #expect(try site.verify().contains { $0.contains("is not one that this program wrote") })
    try FileManager.default.removeItem(at: planted)
    try (bytes + Data([0])).write(to: file)
    #expect(try site.verify().contains { $0.contains("1 bytes follow the last record") })
    try bytes.write(to: file)
    #expect(try site.verify() == [])
  }

  /// The fields that a record has to have, each dropped and altered in a file whose digests in the
  /// database were made anew: `ArchiveCheck` or the custody log has to notice.
  @Test func everyFieldOfEveryRecordCounts() async throws {
    let site = try await crawled()
    let store = try site.store()
    var members: [CaseStore.MemberEntry] = []
    try store.forEachMember { members.append($0) }
    var seen: Set<String> = []
    var count = 0
    for entry in members {
      let member = entry.member
      guard seen.insert(member.type).inserted else { continue }
      let path = site.data + "/" + member.file
      let file = try Data(contentsOf: URL(fileURLWithPath: path))
      let range = Int(member.offset)..<Int(member.offset + member.length)
      let plain = try GzipMember.decompress([UInt8](file[range]), maximumBytes: 1 << 20)
      let text = String(decoding: plain, as: UTF8.self)
      let end = try #require(text.range(of: "\r\n\r\n"))
      let fields = text[..<end.lowerBound].components(separatedBy: "\r\n").dropFirst()
      // The fields of the block count too, where the block is made of fields.
      let isFields = ["warcinfo", "metadata"].contains(member.type)
      let block = text[end.upperBound...].components(separatedBy: "\r\n").filter { !$0.isEmpty }
      for line in Array(fields) + (isFields ? block : []) {
        for changed in ["", line + "x\r\n"] {
          let altered = text.replacingOccurrences(of: line + "\r\n", with: changed)
          guard altered != text else { continue }
          let packed = GzipMember.compressed(Array(altered.utf8), level: 6)
          try (file[..<range.lowerBound] + Data(packed) + file[range.upperBound...])
            .write(to: URL(fileURLWithPath: path))
          let delta = packed.count - range.count
          let found = try findings(
            site,
            [
              "UPDATE warc_member SET digest = X'\(SHA256.hash(packed).hex)', length = \(packed.count) WHERE record_id = '\(member.recordID)'",
              "UPDATE warc_member SET offset = offset + 10000000 WHERE offset > \(member.offset) AND file = (SELECT id FROM warc_file WHERE path = '\(member.file)')",
              "UPDATE warc_member SET offset = offset - 10000000 + \(delta) WHERE offset >= 10000000",
              "UPDATE warc_file SET committed_end = committed_end + \(delta) WHERE path = '\(member.file)'",
            ])
          #expect(found?.isEmpty == false, "\(member.type): \(line) -> \(changed)")
          count += 1
        }
      }
      try file.write(to: URL(fileURLWithPath: path))
    }
    #expect(seen == ["warcinfo", "request", "response", "metadata", "revisit"])
    #expect(count > 100)
    #expect(try site.verify() == [])
  }
}
