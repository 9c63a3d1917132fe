import Analysis
import Assessment
import CaseStore
import Crawling
import Foundation
import Logging
import TestSupport
import Testing
import Vocabulary

/// Keeps the log lines of notices and errors.
private struct KeptLog: LogHandler {
  let lines: Locked<[String]>
  var logLevel: Logger.Level = .notice
  var metadata: Logger.Metadata = [:]

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let why = event.metadata?["why"].map { " \($0)" } ?? ""
    lines.withLock { $0.append("\(event.level): \(event.message)\(why)") }
  }
}

@Suite(.timeLimit(.minutes(15))) struct PatternWatchTests {
  private let copy: PatternCopy
  private let lines = Locked<[String]>([])

  init() throws { copy = try PatternCopy() }

  private func watch(
    interval: Duration = .zero,
    clock: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) throws -> PatternWatch {
    let lines = lines
    return try PatternWatch(
      path: copy.path, software: "test/1", interval: interval,
      logger: Logger(label: "test") { _ in KeptLog(lines: lines) }, clock: clock)
  }

  private var log: [String] { lines.withLock { $0 } }

  @Test func aChangeIsInForceFromTheNextPageOn() throws {
    let watch = try watch()
    let before = watch.current.version
    #expect(watch.current.version == before)
    try copy.replace("strength: strong", "strength: none")
    let after = watch.current.version
    #expect(after != before)
    #expect(watch.version == after)
    #expect(watch.current.current.version == after)
    #expect(log.count == 1)
    #expect(watch.compilations == 2)
  }

  @Test func whatWasGivenOutBeforeAChangeStaysAsItWas() throws {
    let watch = try watch()
    let analyser = watch.current
    let before = analyser.version
    let page = PageInput(id: "1", body: .text(Array(CrawlSite.flaggedText.utf8)))
    try copy.replace("strength: strong", "strength: none")
    #expect(watch.current.version != before)
    #expect(analyser.version == before)
    #expect(analyser.analyse(page).adverts.first?.assessment.flagged == true)
    #expect(watch.analyse(page).adverts.first?.assessment.flagged == false)
  }

  @Test func aBrokenEditKeepsWhatWasAndSaysWhereOnce() throws {
    let watch = try watch()
    let before = watch.current.version
    let whole = try copy.text()
    try copy.write(whole + "\nsurplus: 1\n")
    let line = whole.split(separator: "\n", omittingEmptySubsequences: false).count + 1
    for _ in 0..<5 { #expect(watch.current.version == before) }
    #expect(log.count == 1)
    #expect(log.first?.hasPrefix("error: ") == true)
    #expect(log.first?.contains("documents.yaml:\(line):1: unknown key 'surplus'") == true)
    // Another broken edit is another complaint; a repair is taken over.
    try copy.write(whole + "\nsurplus: 22\n")
    for _ in 0..<5 { #expect(watch.current.version == before) }
    #expect(log.count == 2)
    try copy.write(whole)
    #expect(watch.current.version == before)
    #expect(log.last == "notice: the patterns are as before again")
    #expect(watch.compilations == 1)
  }

  @Test func anExpressionThatDoesNotCompileIsABrokenEditToo() throws {
    let watch = try watch()
    let before = watch.current.version
    try copy.replace("re: '", "re: '(")
    #expect(watch.current.version == before)
    #expect(log.first?.contains("regular expression") == true)
  }

  @Test func anEditThatIsUndoneIsNotCompiledAgain() throws {
    let watch = try watch()
    let before = watch.current.version
    let whole = try copy.text()
    for round in 1...3 {
      try copy.write(whole + "\n# a remark\n")
      #expect(watch.current.version != before)
      try copy.write(whole)
      #expect(watch.current.version == before)
      #expect(watch.compilations == 2, "round \(round)")
    }
  }

  @Test func aFileThatIsOnlyTouchedChangesNothing() throws {
    let watch = try watch()
    let before = watch.current.version
    try copy.write(try copy.text())
    #expect(watch.current.version == before)
    #expect(watch.compilations == 1)
    #expect(log.isEmpty)
  }

  @Test func theFolderIsLookedAtOnceAnInterval() throws {
    let now = Locked(ContinuousClock.now)
    let watch = try watch(interval: .seconds(2)) { now.withLock { $0 } }
    let before = watch.current.version
    try copy.replace("strength: strong", "strength: none")
    now.withLock { $0 += .milliseconds(1999) }
    #expect(watch.current.version == before)
    now.withLock { $0 += .milliseconds(1) }
    #expect(watch.current.version != before)
  }

  @Test func aFolderThatGoesAwayIsABrokenEdit() throws {
    let watch = try watch()
    let before = watch.current.version
    try FileManager.default.removeItem(at: copy.folder)
    #expect(watch.current.version == before)
    #expect(log.first?.hasPrefix("error: ") == true)
  }

  @Test func aRunningCrawlTakesTheChangeAndItsLogTellsWhichPacksJudgedWhat() async throws {
    let site = try CrawlSite([
      "/": CrawlSite.page("Jobs", links: ["/job/1"]),
      "/job/1": CrawlSite.page("Picker", CrawlSite.flaggedText, links: ["/job/2"]),
      "/job/2": CrawlSite.page("Packer", CrawlSite.flaggedText, links: ["/job/3"]),
      "/job/3": CrawlSite.page("Sorter", CrawlSite.flaggedText),
    ])
    // Asked once by the beginning and once by each page: the packs change before the third page.
    let asked = Locked(0)
    let copy = copy
    let watch = try watch {
      let count = asked.withLock { count in
        count += 1
        return count
      }
      if count == 4 { try? copy.replace("strength: strong", "strength: none") }
      return .now
    }
    let before = watch.version
    // Linked adverts would be assessed anew by the packs in force then, those before them too.
    try await site.crawl(analyser: watch) { $0.links = false }
    let after = watch.version
    #expect(after.patterns != before.patterns)
    #expect(try site.flagged() == ["1"])
    let store = try site.store()
    let versions = try store.analysisVersions()
    #expect(versions.map(\.patterns) == [before, before, after, after].map(\.patterns))
    #expect(versions.allSatisfy { $0.readsLike(versions[0]) })
    var events: [String] = []
    try store.forEachCustodyEvent { stored in
      guard stored.event.action == "patterns.change" else { return }
      #expect(stored.event.subject == "run:1")
      events.append(stored.payload?.body ?? "")
    }
    #expect(events == ["{\"from\":\"\(before.text)\",\"to\":\"\(after.text)\"}"])
    #expect(try site.verify() == [])
  }
}

extension CaseStore {
  /// The versions that pages were analysed with, in the order of their captures.
  fileprivate func analysisVersions() throws -> [AnalysisVersion] {
    try payloadCaptures(after: 0, limit: 100).compactMap {
      try analysisVersion(of: $0.id).flatMap(AnalysisVersion.init)
    }
  }
}
