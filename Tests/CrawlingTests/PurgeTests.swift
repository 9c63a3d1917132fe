import Archive
import Bytes
import CaseStore
import Crawling
import Foundation
import Logging
import Synchronization
import TestSupport
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(5))) struct PurgeTests {
  /// Words and numbers of the pages, which nothing may hold when they are purged.
  private static let marks = ["zanderfilet", "2079460123", "Querenburg"]

  private static let day: Int64 = 86_400_000

  private static func later(_ days: Int64) -> Timestamp {
    Timestamp(milliseconds: Timestamp.now.milliseconds + days * day)
  }

  /// A site crawled with a retention of a day and then, with one of a month, again: what came unchanged
  /// is a revisit of what has to go first.
  private func crawledTwice() async throws -> CrawlSite {
    let site = try CrawlSite([
      "/": CrawlSite.page("Jobs", links: ["/job/1", "/job/2", "/job/3"]),
      "/job/1": CrawlSite.page(
        "Picker of zanderfilet",
        CrawlSite.flaggedText + " Call 020 7946 0123 in Querenburg, ask for zanderfilet."),
      "/job/2": CrawlSite.page("Baker", "You bake bread. Call 020 7946 0123."),
      "/job/3": CrawlSite.page("Cook", "You cook zanderfilet."),
    ])
    for retention in ["1d", "30d"] {
      try await CrawlSite.crawl(
        seeds: site.seeds("retention: \(retention)"), into: site.data,
        analyser: try CrawlSite.analyser.get(), { $0.revisit = true }, nil)
      site.table.set("/job/3", CrawlSite.Answer(status: "404 Not Found", body: "gone"))
    }
    try #require(try site.verify() == [])
    return site
  }

  @discardableResult
  private func purge(
    _ data: String, at time: Timestamp, general: Int64? = nil,
    step: @escaping @Sendable (String) -> Void = { _ in }
  ) throws -> Purge.Result {
    let folder = try DataFolder(path: data, access: .write)
    return try Purge(
      folder, rule: RetentionRule(general: general, now: time),
      by: Actor(name: "officer", kind: .person), software: "test/1",
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, step: step
    ).run()
  }

  /// Files of a data directory that hold a mark, as they are or inside their gzip members.
  private func holders(_ data: String) throws -> [String] {
    var found: [String] = []
    let files = FileManager.default.enumerator(atPath: data)?.compactMap { $0 as? String } ?? []
    for name in files.sorted() {
      guard let bytes = FileManager.default.contents(atPath: "\(data)/\(name)") else { continue }
      var plain = [UInt8](bytes)
      if name.hasSuffix(".warc.gz") {
        var reader = try WARCReader(path: "\(data)/\(name)", limits: WARCLimits())
        while let stored = reader.next() {
          plain += stored.record.block + [UInt8](stored.record.header.fields.description.utf8)
        }
      }
      let text = Data(plain)
      for mark in Self.marks where text.range(of: Data(mark.utf8)) != nil {
        found.append("\(name): \(mark)")
      }
    }
    return found
  }

  private func findings(_ data: String) throws -> [String] {
    try Verification(DataFolder(path: data, access: .read)).run().findings.map(\.description)
  }

  @Test func whatIsDueGoesAndWhatALaterCaptureRepeatsIsKeptForIt() async throws {
    let site = try await crawledTwice()
    let store = try site.store()
    let rule = RetentionRule(general: nil, now: Self.later(2))
    let plan = try store.purgePlan(rule)
    let part = try #require(plan.parts["site"])
    // The page that is gone, and robots.txt, are repeated by nothing.
    #expect(part.reduced == 3)
    #expect(part.captures == 2)
    #expect(try holders(site.data).count > 3)

    let result = try purge(site.data, at: rule.now)
    #expect(result.totals.captures == part.captures)
    #expect(result.totals.reduced == part.reduced)
    #expect(result.leftover == nil)
    #expect(try site.verify() == [])
    let report = try Verification(DataFolder(path: site.data, access: .read)).run()
    #expect(report.erased.map(\.captures) == [5])
    // The advert of the page that is gone went with it; the others are still shown.
    #expect(try site.flagged() == ["1"])
    let known = try ["1", "2", "3"].map { try store.advertNumber(source: "site", key: $0) != nil }
    #expect(known == [true, true, false])
    // Nothing more is due, and a crawl goes on from there, repeating what was kept.
    #expect(try store.purgePlan(rule).captures.isEmpty)
    try await CrawlSite.crawl(
      seeds: site.seeds("retention: 30d"), into: site.data,
      analyser: try CrawlSite.analyser.get(), { $0.revisit = true }, nil)
    #expect(try site.verify() == [])
    #expect(try site.flagged() == ["1"])

    // When the rest is due too, nothing is left of it anywhere.
    try purge(site.data, at: Self.later(31))
    #expect(try site.verify() == [])
    #expect(try holders(site.data) == [])
    #expect(try site.flagged() == [])
    // And a crawl begins anew.
    try await site.crawl { $0.revisit = true }
    #expect(try site.flagged() == ["1"])
    #expect(try site.verify() == [])
  }

  @Test(.enabled(if: Tools.have("warcio"), "no warcio in ADWATCH_TOOLS"))
  func foreignToolsReadWhatAPurgeLeaves() async throws {
    let site = try await crawledTwice()
    try purge(site.data, at: Self.later(2))
    let files = try ArchiveFiles.list(in: site.data).map { site.data + "/" + $0.name }
    #expect(files.count >= 2)
    for file in files {
      // warcvalid knows version 1.0 only: it is given the same records so labelled.
      let records = try ContentDecoder.decode(
        [UInt8](Data(contentsOf: URL(fileURLWithPath: file))), codings: [.gzip])
      let plain = String(decoding: records, as: UTF8.self)
        .replacingOccurrences(of: "WARC/1.1\r\n", with: "WARC/1.0\r\n")
      let copy = site.folder.appendingPathComponent("copy.warc")
      try Data(plain.utf8).write(to: copy)
      for tool in [
        ["warcio", "check", file], ["fastwarc", "check", file], ["warcvalid", copy.path],
      ] where Tools.have(tool[0]) {
        let run = try Tools.run(tool[0], Array(tool.dropFirst()))
        #expect(run.status == 0, "\(tool): \(run.output)")
      }
    }
  }

  @Test func aHoldKeepsWhatItNamesUntilItEnds() async throws {
    let site = try await crawledTwice()
    let store = try site.store()
    let officer = Actor(name: "officer", kind: .person)
    let advert = try #require(try store.advertNumber(source: "site", key: "3"))
    let hold = try store.hold(
      .advert(advert), why: "order of the court", reference: "26/1", by: officer,
      at: Timestamp.now)
    #expect(throws: CaseStoreError.self) {
      try store.hold(.advert(9999), why: "a slip", reference: nil, by: officer, at: Timestamp.now)
    }
    #expect(try site.verify() == [])
    let plan = try store.purgePlan(RetentionRule(general: nil, now: Self.later(31)))
    #expect(plan.parts["site"]?.held == 1)
    try purge(site.data, at: Self.later(31))
    #expect(try site.verify() == [])
    #expect(try store.advertNumber(source: "site", key: "3") == advert)
    #expect(try store.advertNumber(source: "site", key: "1") == nil)
    try store.liftHold(hold, why: "the case is closed", by: officer, at: Timestamp.now)
    #expect(throws: CaseStoreError.self) {
      try store.liftHold(hold, why: "again", by: officer, at: Timestamp.now)
    }
    try purge(site.data, at: Self.later(31))
    #expect(try store.advertNumber(source: "site", key: "3") == nil)
    #expect(try site.verify() == [])
    #expect(try store.holds(inForce: true).isEmpty)
    #expect(try store.holds(inForce: false).count == 1)
  }

  @Test(arguments: [LegalHold.Target.everything, .source("site")])
  func aHoldOnASourceOrEverythingStopsAllOfIt(target: LegalHold.Target) async throws {
    let site = try await crawledTwice()
    let store = try site.store()
    _ = try store.hold(
      target, why: "audit", reference: nil, by: Actor(name: "officer", kind: .person),
      at: Timestamp.now)
    let result = try purge(site.data, at: Self.later(400))
    #expect(result.totals == ErasureTotals())
    #expect(try site.flagged() == ["1"])
  }

  @Test func theGeneralRuleCountsWhereASourceSaysNothing() async throws {
    let site = try CrawlSite(["/": CrawlSite.page("Jobs", "zanderfilet")])
    try await site.crawl()
    let store = try site.store()
    let kept = try store.purgePlan(RetentionRule(general: nil, now: Self.later(4000)))
    #expect(kept.captures.isEmpty)
    #expect(kept.unlimited == 2)
    let plan = try store.purgePlan(RetentionRule(general: 86_400, now: Self.later(2)))
    #expect(plan.captures.count == 2)
    #expect(plan.unlimited == 0)
  }

  @Test func aSourceThatPromisesLessLaterIsHeldToItAndOneThatPromisesMoreIsNot() async throws {
    let site = try CrawlSite(["/": CrawlSite.page("Jobs", "zanderfilet")])
    let analyser = try CrawlSite.analyser.get()
    for (retention, due) in [("10d", 0), ("2d", 2), ("20d", 2)] {
      try await CrawlSite.crawl(
        seeds: site.seeds("retention: \(retention)"), into: site.data, analyser: analyser,
        { _ in }, nil)
      let plan = try site.store().purgePlan(RetentionRule(general: nil, now: Self.later(3)))
      #expect(plan.captures.count == (retention == "20d" ? 0 : due), "\(retention)")
    }
  }

  @Test func whatCrashesLeftGoesWhenItIsOld() async throws {
    let site = try await crawledTwice()
    let file = try #require(try ArchiveFiles.list(in: site.data).first?.name)
    let orphan = "\(site.data)/\(file).0-12.uncommitted"
    try Data("zanderfilet".utf8).write(to: URL(fileURLWithPath: orphan))
    #expect(try purge(site.data, at: Timestamp.now).orphans == 0)
    #expect(try purge(site.data, at: Self.later(31)).orphans == 1)
    #expect(try holders(site.data) == [])
  }

  @Test func aKillAtAnyInstantLeavesAStateThatGoesOn() async throws {
    let site = try await crawledTwice()
    let time = Self.later(2)
    let last = Self.later(31)
    let copy = site.folder.path + "/copy"
    func fresh() throws {
      try? FileManager.default.removeItem(atPath: copy)
      try FileManager.default.copyItem(atPath: site.data, toPath: copy)
    }
    try fresh()
    let steps = Mutex<[String]>([])
    try purge(copy, at: time) { step in steps.withLock { $0.append(step) } }
    let count = steps.withLock { $0.count }
    #expect(
      Set(steps.withLock { $0 })
        == ["erase", "move", "record", "write", "finish", "orphans", "compact", "end"])
    let milliseconds = time.milliseconds
    for number in 0..<count {
      try fresh()
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [
          data = copy as String, number = number as Int, milliseconds = milliseconds as Int64
        ] in
        try PurgeToKill.run(data: data, at: Timestamp(milliseconds: milliseconds), step: number)
      }
      let step = steps.withLock { $0[number] }
      #expect(try findings(copy) == [], "killed before \(step) \(number)")
      if step == "write" {
        // The power went while a tombstone was written: half of it is there.
        let store = try DataFolder(path: copy, access: .read).store
        let place = try #require(try store.waitingErasures().last).member
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: copy + "/" + place.file))
        try handle.seek(toOffset: UInt64(place.offset + 7))
        try handle.write(contentsOf: Data(repeating: 0x55, count: Int(place.length) / 2))
        try handle.close()
        let report = try Verification(DataFolder(path: copy, access: .read)).run()
        #expect(report.findings == [])
        #expect(report.notes.contains { $0.contains("erasures were begun") })
      }
      try purge(copy, at: time)
      #expect(try findings(copy) == [], "gone on after \(step) \(number)")
      let store = try DataFolder(path: copy, access: .read).store
      #expect(try store.purgePlan(RetentionRule(general: nil, now: time)).captures.isEmpty)
      #expect(try store.purged().map(\.captures) == [5])
      try purge(copy, at: last)
      #expect(try findings(copy) == [])
      // What a move left behind when it was killed was never evidence; it goes when it is old.
      #expect(try holders(copy) == [], "\(step) \(number)")
    }
  }
}

enum PurgeToKill {
  static func run(data: String, at time: Timestamp, step: Int) throws {
    let folder = try DataFolder(path: data, access: .write)
    let count = Mutex(0)
    _ = try Purge(
      folder, rule: RetentionRule(general: nil, now: time),
      by: Actor(name: "officer", kind: .person), software: "test/1",
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    ) { _ in
      count.withLock { count in
        if count == step { kill(getpid(), SIGKILL) }
        count += 1
      }
    }.run()
  }
}
