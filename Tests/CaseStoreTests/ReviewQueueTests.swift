import Foundation
import Testing
import Vocabulary

@testable import CaseStore

@Suite struct ReviewQueueTests {
  private func filled() throws -> (StoreFixture, [Int64: Double]) {
    let fixture = try StoreFixture()
    var priorities: [Int64: Double] = [:]
    for number in 0..<30 {
      let captures = try fixture.commit(fixture.capture(offset: Int64(number * 100)))
      var advert = fixture.advert("advert \(number)", text: "words of advert number \(number)")
      advert.priority = Double(number * 7 % 10)
      advert.barriers = number % 2 == 0 ? [.entry, .work] : [.housing]
      advert.form = number % 3 == 0 ? .sex : .labour
      try fixture.store.commit(
        [fixture.analysis(of: captures[0], adverts: [advert])], at: fixture.start)
      let id = try fixture.store.adverts(at: advert.key)[0]
      priorities[id] = advert.priority
    }
    return (fixture, priorities)
  }

  private func pages(_ filter: QueueFilter, _ store: CaseStore) throws -> [QueueGroup] {
    var all: [QueueGroup] = []
    while true {
      let page = try store.queue(
        filter, after: all.last?.cursor, most: 7, at: Timestamp(seconds: 0))
      all += page
      if page.count < 7 { return all }
    }
  }

  @Test(arguments: QueueOrder.allCases)
  func pagesShowEachGroupOnceInOrder(order: QueueOrder) throws {
    let (fixture, priorities) = try filled()
    let shown = try pages(QueueFilter(order: order), fixture.store)
    #expect(Set(shown.map(\.lead)) == Set(priorities.keys))
    #expect(shown.count == priorities.count)
    if order == .priority {
      #expect(shown.map(\.priority) == shown.map(\.priority).sorted(by: >))
    }
    for group in shown { #expect(QueueCursor(text: group.cursor.text) == group.cursor) }
  }

  @Test func facetsNarrowItDown() throws {
    let (fixture, _) = try filled()
    func count(_ facets: QueueFacet...) throws -> Int {
      try pages(QueueFilter(facets: facets), fixture.store).count
    }
    #expect(try count(QueueFacet(.barrier, "housing")) == 15)
    #expect(try count(QueueFacet(.barrier, "housing"), QueueFacet(.form, "sex")) == 5)
    #expect(try count(QueueFacet(.indicator, "L11"), QueueFacet(.source, "jobs")) == 30)
    #expect(try count(QueueFacet(.selector, "phone:+442079460001")) == 30)
    #expect(try count(QueueFacet(.place, "nowhere")) == 0)
    #expect(try fixture.store.facetValues(.barrier, most: 9) == ["entry", "housing", "work"])
    #expect(!QueueFacet.Kind.allCases.map(\.rawValue).contains { $0 == "nationality" })
  }

  @Test func queueReadsAlongAnIndexAndSortsNothing() throws {
    let (fixture, _) = try filled()
    for order in QueueOrder.allCases {
      for facets in [[], [QueueFacet(.form, "sex"), QueueFacet(.barrier, "housing")]] {
        let plan = try fixture.store.queuePlan(QueueFilter(facets: facets, order: order))
        #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)")
        #expect(!plan.contains { $0.hasPrefix("SCAN") }, "\(plan)")
        let range = "(\(facets.isEmpty ? "" : "facet=? AND value=? AND ")shelf=? AND "
        #expect(plan.contains { $0.contains(range) }, "\(plan)")
      }
    }
  }

  @Test func anAdvertThatIsNoLongerFlaggedLeavesTheQueue() throws {
    let fixture = try StoreFixture()
    let captures = try fixture.commit(fixture.capture())
    for flagged in [true, false, true] {
      try fixture.store.commit(
        [
          fixture.analysis(
            of: captures[0], adverts: [fixture.advert("a", text: "one text", flagged: flagged)])
        ], at: fixture.start)
      #expect(try pages(QueueFilter(), fixture.store).count == (flagged ? 1 : 0))
    }
    try fixture.store.commit(
      [fixture.analysis(of: captures[0], adverts: [])], at: fixture.start)
    #expect(try pages(QueueFilter(), fixture.store).isEmpty)
    #expect(try fixture.store.facetValues(.form, most: 9).isEmpty)
    #expect(try fixture.store.search(SearchQuery("text"), before: nil, most: 9).isEmpty)
  }

  @Test func whatWasHeldBeforeTheReviewIsInItsQueue() throws {
    let (fixture, _) = try filled()
    let engine = fixture.store.engine
    try engine.write { session in
      for table in ["review_item", "review_group", "review_facet", "review_regrouped"] {
        try session.execute("DELETE FROM \(table)")
      }
      try session.execute(
        "INSERT OR IGNORE INTO review_changed (advert) SELECT advert FROM advert_version")
    }
    #expect(try pages(QueueFilter(), CaseStore(engine)).count == 30)
  }

  @Test func questionsAreNeverOperatorsOfTheEngine() throws {
    let (fixture, _) = try filled()
    func found(_ question: String) throws -> Int {
      try fixture.store.search(SearchQuery(question), before: nil, most: 100).count
    }
    #expect(try found("words") == 30)
    #expect(try found("\"advert number 7\"") == 1)
    #expect(try found("\"number 7\" OR \"number 8\"") == 2)
    #expect(try found("words -7") == 29)
    #expect(try found("wor*") == 30)
    #expect(try found("absent words") == 0)
    for hostile in [
      "\"", "\"\"\"", "*", "-", "OR", "OR OR", "NEAR(a b)", "title:words", "a AND", "(", ")", "^a",
      "'; DROP TABLE advert; --", "a\0b", "words) OR (x", "{title} : words", "-words", "é\u{301}*",
      String(repeating: "(", count: 10_000), String(repeating: "a OR ", count: 5_000),
    ] { _ = try found(hostile) }
    #expect(SearchQuery("").expression == nil && SearchQuery("-a -b").expression == nil)
  }

  @Test func erasedTextsLeaveNoWordsBehind() throws {
    let fixture = try StoreFixture()
    let captures = try fixture.commit(fixture.capture())
    let word = "quixotically"
    try fixture.store.commit(
      [fixture.analysis(of: captures[0], adverts: [fixture.advert("a", text: "so \(word) said")])],
      at: fixture.start)
    func inIndex() throws -> Bool {
      try fixture.store.engine.read { session in
        try session.rows("SELECT block FROM advert_words_data").contains { row in
          String(decoding: row.blob(0) ?? [], as: UTF8.self).contains("quixotic")
        }
      }
    }
    #expect(try inIndex())
    try fixture.store.commit([fixture.analysis(of: captures[0], adverts: [])], at: fixture.start)
    try fixture.store.compactWords()
    #expect(try !inIndex())
  }

  @Test func decisionsCannotBeChanged() throws {
    let fixture = try StoreFixture()
    let captures = try fixture.commit(fixture.capture())
    try fixture.store.commit(
      [fixture.analysis(of: captures[0], adverts: [fixture.advert("a", text: "t")])],
      at: fixture.start)
    try fixture.store.addAccount(
      login: "ann", passwordHash: "x", roles: [.analyst], by: fixture.actor, at: fixture.start)
    let account = try #require(try fixture.store.account(login: "ann"))
    try fixture.store.judge(
      VerdictRequest(adverts: [1], cluster: nil, choice: .spam, why: "w", asksSecond: false),
      by: account, since: fixture.start, at: fixture.start)
    for change in ["UPDATE review_verdict SET choice = 'nothing'", "DELETE FROM review_verdict"] {
      #expect(throws: CaseStoreError.self) {
        try fixture.store.engine.write { try $0.execute(change) }
      }
    }
    #expect(throws: CaseStoreError.self) {
      try fixture.store.addAccount(
        login: "Ann", passwordHash: "x", roles: [.analyst], by: fixture.actor, at: fixture.start)
    }
  }
}
