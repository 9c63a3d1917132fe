import CaseStore
import Foundation
import Testing
import Vocabulary

@Suite struct CustodyTests {
  @Test func everyCaptureHasAnEventThatFollowsFromTheOneBefore() throws {
    let fixture = try StoreFixture()
    _ = try fixture.commit(fixture.capture(), fixture.capture(offset: 100))
    var previous = CustodyEvent.origin
    var actions: [String] = []
    try fixture.store.forEachCustodyEvent { stored in
      #expect(stored.event.previous == previous)
      #expect(stored.event.digest == stored.storedDigest)
      #expect(stored.event.sequence == Int64(actions.count + 1))
      let payload = try #require(stored.payload)
      #expect(
        CustodyEvent.payloadDigest(salt: payload.salt, body: payload.body)
          == stored.event.payloadDigest)
      previous = stored.storedDigest
      actions.append(stored.event.action)
    }
    #expect(actions == ["run.start", "source.add", "capture", "capture"])
    #expect(try fixture.store.custodyHead()?.digest == previous)
  }

  @Test func theLogCannotBeChangedThroughTheDatabase() throws {
    let fixture = try StoreFixture()
    let engine = try SQLiteEngine(
      path: fixture.folder.appendingPathComponent("adwatch.sqlite").path)
    for sql in ["UPDATE custody_event SET at = 0", "DELETE FROM custody_event"] {
      #expect {
        try engine.write { try $0.execute(sql, []) }
      } throws: { error in
        "\(error)".contains("append-only")
      }
    }
  }

  @Test func canonicalFormIsTheDocumentedOne() {
    let event = CustodyEvent(
      sequence: 7, at: Timestamp(milliseconds: 1_767_323_045_678), actor: "a\"b\\c\n\u{1}é",
      action: "capture", subject: "capture:1", payloadDigest: [UInt8](repeating: 0xAB, count: 32),
      previous: CustodyEvent.origin)
    let expected =
      #"{"action":"capture","actor":"a\"b\\c\n\u0001é","at":"2026-01-02T03:04:05.678Z","#
      + #""payload":"sha256:"# + String(repeating: "ab", count: 32)
      + #"","previous":"sha256:"# + String(repeating: "0", count: 64)
      + #"","seq":7,"subject":"capture:1"}"#
    #expect(String(decoding: event.canonical, as: UTF8.self) == expected)
  }

  @Test func equalPayloadsHaveUnequalDigests() throws {
    let fixture = try StoreFixture()
    for _ in 0..<2 {
      try fixture.store.record(
        action: "note", subject: "none", payload: ["a": "b"], by: fixture.actor, at: fixture.start)
    }
    var digests: [[UInt8]] = []
    try fixture.store.forEachCustodyEvent { digests.append($0.event.payloadDigest) }
    #expect(Set(digests.suffix(2)).count == 2)
  }
}
