import Bytes
import CaseStore
import Testing
import Vocabulary

/// Look-ups as evidence, and who was found; the guards are tried in plain SQL.
@Suite struct ContactStoreTests {
  private func lookup(
    _ query: String = "site.example", answer: String = "abuse-mailbox: abuse@host.example",
    outcome: String = "fetched", at: Timestamp
  ) -> StoredLookup {
    StoredLookup(
      kind: .whois, target: "site.example", server: "whois.example:43", query: query, askedAt: at,
      outcome: outcome, endpoint: "192.0.2.1:43", answer: Array(answer.utf8))
  }

  private func contact(_ recipient: String?, lookup: Int64?, at: Timestamp) -> StoredContact {
    StoredContact(
      host: "jobs.example", rung: 4, place: 1, target: "192.0.2.9", recipient: recipient,
      said: recipient ?? "REDACTED", refusal: recipient == nil ? "placeholder" : nil,
      organisation: "Host", source: "rdap", confidence: "published", reason: "role abuse",
      lookup: lookup, at: at)
  }

  @Test func aLookUpIsKeptWithItsEvent() throws {
    let fixture = try NoticeFixture()
    let store = fixture.store
    let before = try fixture.count("SELECT count(*) FROM custody_event")
    var asked = lookup(at: fixture.now)
    asked.id = try store.keepLookup(asked, by: fixture.base.actor)
    #expect(try store.lookup(asked.id) == asked)
    #expect(asked.digest == SHA256.hash(asked.answer).bytes)
    #expect(try fixture.count("SELECT count(*) FROM custody_event") == before + 1)
    #expect(try store.lookup(asked.id + 1) == nil)
    let later = try store.keepLookup(lookup(at: fixture.now + 60), by: fixture.base.actor)
    _ = try store.keepLookup(lookup("other.example", at: fixture.now + 90), by: fixture.base.actor)
    #expect(try store.latestLookup(key: asked.key)?.id == later)
  }

  @Test(arguments: [
    "DELETE FROM contact_lookup", "UPDATE contact_lookup SET answer = x'00'",
    "UPDATE contact_lookup SET outcome = 'timed-out'", "UPDATE contact_lookup SET target = 'x'",
    "UPDATE contact_lookup SET answer = x'', erased_at = 1, endpoint = NULL",
    "UPDATE contact_lookup SET answer = x'', erased_at = 1, status = 200",
    "UPDATE contact_lookup SET answer = x'', erased_at = 1, digest = zeroblob(32)",
    "INSERT OR REPLACE INTO contact_lookup SELECT * FROM contact_lookup",
    "UPDATE contact_found SET recipient = 'other@host.example'",
    "INSERT OR REPLACE INTO contact_found SELECT * FROM contact_found",
    """
    INSERT INTO contact_found SELECT 99, host, rung, place, target, 'a@b.example' || char(13), said,
      refusal, organisation, source, confidence, reason, lookup, at, custody FROM contact_found
    """,
    """
    INSERT INTO contact_found SELECT 99, host, rung, place, target, '<a@b.example>', said,
      refusal, organisation, source, confidence, reason, lookup, at, custody FROM contact_found
    """,
    """
    INSERT INTO contact_found SELECT 99, host, rung, place, target, recipient, said,
      'placeholder', organisation, source, confidence, reason, lookup, at, custody FROM contact_found
    """,
    """
    INSERT INTO contact_found SELECT 99, host, rung, place, target, 'ANNA@jobs.example', said,
      refusal, organisation, source, confidence, reason, lookup, at, custody FROM contact_found
    """,
  ])
  func whatIsKeptStaysAsItWas(_ sql: String) throws {
    let fixture = try NoticeFixture()
    let id = try fixture.store.keepLookup(lookup(at: fixture.now), by: fixture.base.actor)
    try fixture.store.keepContacts(
      [contact("abuse@host.example", lookup: id, at: fixture.now)], host: "jobs.example",
      by: fixture.base.actor, at: fixture.now)
    #expect(fixture.refusal(sql) != nil)
    #expect(try fixture.store.lookup(id)?.answer == lookup(at: fixture.now).answer)
  }

  @Test func theNewestSearchIsTheOneThatCounts() throws {
    let fixture = try NoticeFixture()
    let store = fixture.store
    func keep(_ contacts: [StoredContact], at: Timestamp) throws {
      try store.keepContacts(contacts, host: "jobs.example", by: fixture.base.actor, at: at)
    }
    try keep([contact("old@host.example", lookup: nil, at: fixture.now)], at: fixture.now)
    try keep(
      [
        contact("abuse@host.example", lookup: nil, at: fixture.now + 1),
        contact(nil, lookup: nil, at: fixture.now + 1),
      ], at: fixture.now + 1)
    let found = try store.contacts(host: "jobs.example", rung: 4)
    #expect(found.map(\.recipient) == ["abuse@host.example", nil])
    #expect(found[1].refusal == "placeholder")
    #expect(try store.contacts(host: "jobs.example", rung: 5).isEmpty)
    #expect(try store.contacts(host: "other.example", rung: 4).isEmpty)
    #expect(try store.contactHistory(recipient: "OLD@host.example").map(\.host) == ["jobs.example"])
  }

  @Test func whomNobodyMayWriteToIsKnown() throws {
    let fixture = try NoticeFixture()
    #expect(try fixture.store.recipientBar("Anna@JOBS.example") == .selector)
    #expect(try fixture.store.recipientBar("abuse@host.example") == nil)
    try fixture.store.suppressRecipient(
      "abuse@host.example", why: "asked", by: fixture.base.actor, at: fixture.now)
    #expect(try fixture.store.recipientBar("ABUSE@host.example") == .suppressed)
  }

  @Test func erasingLeavesTheDigest() throws {
    let fixture = try NoticeFixture()
    let store = fixture.store
    let old = try store.keepLookup(lookup(at: fixture.now), by: fixture.base.actor)
    let new = try store.keepLookup(lookup(at: fixture.now + 100), by: fixture.base.actor)
    try store.keepContacts(
      [contact("abuse@host.example", lookup: old, at: fixture.now)], host: "jobs.example",
      by: fixture.base.actor, at: fixture.now)
    let digest = try store.lookup(old)?.digest
    let time = fixture.now + 200
    try fixture.plain(
      "INSERT INTO legal_hold (id, kind, target, why, placed_at, placed_by) VALUES (1, 'url', 'x', 'x', 0, 'x')"
    )
    #expect(try store.dueLookups(before: fixture.now + 50) == 0)
    #expect(
      try store.eraseLookups(before: fixture.now + 50, by: fixture.base.actor, at: time) == 0)
    try fixture.plain("UPDATE legal_hold SET lifted_at = 1, lifted_why = 'x', lifted_by = 'x'")
    #expect(try store.dueLookups(before: fixture.now + 50) == 1)
    #expect(
      try store.eraseLookups(before: fixture.now + 50, by: fixture.base.actor, at: time) == 1)
    let erased = try #require(try store.lookup(old))
    #expect(erased.answer.isEmpty && erased.digest == digest && erased.erasedAt == time)
    #expect(!erased.hasContent)
    #expect(try store.lookup(new)?.erasedAt == nil)
    #expect(try store.latestLookup(key: erased.key)?.id == new)
    #expect(try store.contacts(host: "jobs.example", rung: 4).isEmpty)
    #expect(
      try store.eraseLookups(before: fixture.now + 50, by: fixture.base.actor, at: time) == 0)
  }
}
