import CaseStore
import Foundation
import Synchronization
import Testing

@testable import Review

/// No page reads a table from end to end where an index can serve.
@Suite struct QueryPlanTests {
  /// What grows with what was crawled.
  private static let corpus = [
    "advert", "advert_version", "advert_sighting", "hit", "selector", "advert_selector",
    "capture", "warc_member", "address", "page_analysis", "review_item", "review_group",
    "review_facet", "custody_event", "custody_payload", "link_advert", "link_edge", "link_node",
    "link_key", "review_access",
  ]

  @Test func pagesReadAlongIndexes() throws {
    let log = PlanLog()
    let fixture = try ReviewFixture(engine: { path in
      PlanningEngine(engine: try SQLiteEngine(path: path), log: log)
    })
    let ids = try fixture.store(
      ReviewFixture.advert("a", text: "Kept words"), ReviewFixture.advert("b", text: "Kept too"))
    let browser = try fixture.browser(as: "analyst")
    let auditor = try fixture.browser(as: "auditor")
    log.start()
    for path in [
      "/queue", "/queue?state=done&order=oldest", "/queue?place=GB%2FLeeds&form=labour",
      "/urgent", "/groups/\(ids[0])", "/adverts/\(ids[0])", "/adverts/\(ids[0])/report",
      "/adverts/\(ids[0])/extract/police", "/search?q=words", "/queue.csv",
      "/selectors?kind=phone&value=%2B442079460001", "/search.csv?q=kept",
    ] {
      #expect(browser.get(path).status == 200, "\(path)")
    }
    for path in ["/audit", "/audit?account=analyst", "/audit?advert=\(ids[0])"] {
      #expect(auditor.get(path).status == 200, "\(path)")
    }
    let capture = try fixture.store.detail(ofAdvert: ids[0])?.sightings.first?.capture ?? 0
    #expect(browser.get("/captures/\(capture)/page").status == 200)
    browser.get("/adverts/\(ids[0])")
    browser.post("/adverts/\(ids[0])/verdict", ["verdict": "nothing", "why": "x"])
    browser.post("/next", [:])
    let scans = log.plans.filter { plan in
      Self.corpus.contains { table in
        plan == "SCAN \(table)" || plan.hasPrefix("SCAN \(table) ")
      } && !plan.contains("USING")
    }
    #expect(log.plans.count > 50)
    #expect(scans.isEmpty)
  }
}

/// How the statements of pages were planned.
final class PlanLog: Sendable {
  private let state = Mutex<(isOn: Bool, plans: Set<String>)>((false, []))
  var plans: Set<String> { state.withLock { $0.plans } }
  func start() { state.withLock { $0.isOn = true } }
  var isOn: Bool { state.withLock { $0.isOn } }
  func add(_ plan: String) { state.withLock { _ = $0.plans.insert(plan) } }
}

/// An engine that asks how each statement is planned before it runs it.
private struct PlanningEngine: SQLEngine {
  let engine: SQLiteEngine
  let log: PlanLog

  func write<T>(_ body: (any SQLSession) throws -> T) throws -> T {
    try engine.write { try body(PlanningSession(session: $0, log: log)) }
  }
  func read<T>(_ body: (any SQLSession) throws -> T) throws -> T {
    try engine.read { try body(PlanningSession(session: $0, log: log)) }
  }
  var migrations: [Migration] { engine.migrations }
  func compact() throws { try engine.compact() }
  func copy(to path: String) throws { try engine.copy(to: path) }
}

private struct PlanningSession: SQLSession {
  let session: any SQLSession
  let log: PlanLog

  func execute(_ sql: String, _ arguments: [SQLValue]) throws {
    try plan(sql, arguments)
    try session.execute(sql, arguments)
  }

  func forEach(
    _ sql: String, _ arguments: [SQLValue], _ body: (SQLRow) throws -> Bool
  ) throws {
    try plan(sql, arguments)
    try session.forEach(sql, arguments, body)
  }

  private func plan(_ sql: String, _ arguments: [SQLValue]) throws {
    // The last entry is read from the end of the table itself.
    guard log.isOn, !sql.contains("ORDER BY seq DESC LIMIT 1") else { return }
    // A plan names tables by their aliases; with the statement's own words they are told apart.
    var names: [String: String] = [:]
    let words = sql.split(whereSeparator: { " \n,()".contains($0) }).map(String.init)
    for (place, word) in words.enumerated()
    where ["FROM", "JOIN"].contains(word) && place + 2 < words.count {
      names[words[place + 2]] = words[place + 1]
    }
    try session.forEach("EXPLAIN QUERY PLAN " + sql, arguments) { row in
      var step = row.text(3) ?? ""
      let parts = step.split(separator: " ")
      if parts.count > 1, parts[0] == "SCAN", let table = names[String(parts[1])] {
        step = "SCAN \(table) " + parts.dropFirst(2).joined(separator: " ")
      }
      log.add(step)
      return true
    }
  }
}
