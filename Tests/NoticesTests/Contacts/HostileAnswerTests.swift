import CaseStore
import Fetching
import Notices
import TestSupport
import Testing
import Vocabulary
import WebAddress

/// Answers that were written to mislead or to break whoever reads them.
@Suite struct HostileAnswerTests {
  @Test func anAnswerAboutSomethingElseIsNotTaken() async throws {
    let world = try ContactWorld()
    world.asker.set(
      ContactWorld.network,
      #"{"objectClassName":"ip network","startAddress":"198.51.100.0","#
        + #""endAddress":"198.51.100.255","entities":["#
        + ContactWorld.entity("abuse", "other@host.example") + "]}")
    world.asker.set(
      ContactWorld.domain,
      #"{"objectClassName":"domain","ldhName":"other.example","entities":["#
        + ContactWorld.entity("abuse", "other@registrar.example") + "]}")
    world.asker.set(
      ContactWorld.system,
      #"{"objectClassName":"domain","entities":["#
        + ContactWorld.entity("abuse", "other@transit.example") + "]}")
    let result = try await world.search()
    #expect(!result.candidates.contains { $0.text.hasPrefix("other@") })
    #expect(result.notes.count { $0.contains("is not about") } == 3)
  }

  @Test func whatCannotBeReadIsKeptAndNoted() async throws {
    let world = try ContactWorld()
    let deep = #"{"entities":"# + String(repeating: "[", count: 100_000)
    world.asker.set(ContactWorld.network, deep)
    world.asker.set(ContactWorld.domain, "<html>not JSON</html>")
    world.asker.set("https://data.iana.org/rdap/asn.json", #"{"services":{"a":1}}"#)
    let result = try await world.search()
    #expect(result.notes.contains { $0.contains("about 203.0.113.9 cannot be read") })
    #expect(result.notes.contains { $0.contains("about site.example cannot be read") })
    #expect(result.notes.contains { $0.contains("asn.json is no file of RFC 9224") })
    let kept = try #require(result.steps.first { $0.lookup.query == ContactWorld.network })
    #expect(kept.lookup.answer.count == deep.utf8.count)
    #expect(result.candidates.allSatisfy { $0.rung == .site })
  }

  @Test func addressesThatAreCommandsAreRefusedAndShown() async throws {
    let world = try ContactWorld()
    let mails = [
      #"a@host.example>\r\nRCPT TO:<evil@x.example"#, "REDACTED FOR PRIVACY", #"a b@host.example"#,
      "<a@host.example>", "abuse@example.invalid",
      String(repeating: "a", count: 300) + "@b.example",
      "noreply@host.example", "hostmaster@ripe.net",
    ]
    let entities = mails.map { ContactWorld.entity("abuse", $0) }.joined(separator: ",")
    world.asker.set(
      ContactWorld.network,
      #"{"objectClassName":"ip network","entities":[\#(entities)]}"#)
    let host = try #require(try await world.ladder()[.host])
    #expect(host.chosen == nil)
    #expect(
      Set(host.candidates.compactMap(\.refusal)) == [
        .controlCharacter, .placeholder, .space, .angleBracket, .reservedDomain, .tooLong,
        .registry,
      ])
    #expect(host.candidates.allSatisfy { $0.way == nil && $0.text.utf8.count <= 300 })
    // What is kept of them is not a recipient.
    let rows = try await world.ladder().rows(host: "jobs.site.example", at: world.asker.now)
    try world.store.keepContacts(
      rows, host: "jobs.site.example", by: ContactWorld.actor, at: world.asker.now)
    let kept = try world.store.contacts(host: "jobs.site.example", rung: ContactRung.host.rawValue)
    #expect(kept.count == host.candidates.count && kept.allSatisfy { $0.recipient == nil })
  }

  @Test func redactedAddressesAreRefused() async throws {
    let world = try ContactWorld()
    world.asker.set(
      ContactWorld.domain,
      #"{"objectClassName":"domain","ldhName":"site.example","redacted":[{"name":{"type":"#
        + #""Registrar Abuse Email"},"method":"partialValue","postPath":"$.entities[0]"}],"#
        + #""entities":["# + ContactWorld.entity("abuse", "xxxx@registrar.example") + "]}")
    let registrar = try #require(try await world.ladder()[.registrar])
    #expect(registrar.candidates.map(\.refusal) == [.redacted])
  }

  @Test func referralsOfWhoisEnd() async throws {
    let world = try ContactWorld()
    world.asker.remove(ContactWorld.network)
    let line = "203.0.113.9"
    world.asker.set("\(line) @ whois.root.example:43", "refer: whois.a.example\n")
    world.asker.set("\(line) @ whois.a.example:43", "refer: whois.b.example\n")
    world.asker.set("\(line) @ whois.b.example:43", "refer: whois.a.example\n")
    let loop = try await world.search()
    #expect(loop.notes.contains { $0.contains("referred back to whois.a.example") })
    #expect(world.asker.taken().filter { $0.hasPrefix(line) }.count == 3)
    let chain = try ContactWorld()
    chain.asker.remove(ContactWorld.network)
    chain.asker.set("\(line) @ whois.root.example:43", "refer: whois.c1.example\n")
    for step in 1...20 {
      chain.asker.set(
        "\(line) @ whois.c\(step).example:43", "refer: whois.c\(step + 1).example\n")
    }
    let long = try await chain.search()
    #expect(long.notes.contains { $0.contains("referred on too often") })
    #expect(chain.asker.taken().filter { $0.hasPrefix(line) }.count == 4)
  }

  @Test func aSiteThatSaysItIsAtAPrivateAddressIsNotAskedAbout() async throws {
    let world = try ContactWorld()
    world.asker.set("A jobs.site.example", records: [.address([10, 0, 0, 1])])
    let result = try await world.search()
    #expect(result.addresses.isEmpty)
    #expect(result.notes.contains { $0.contains("10.0.0.1 is not public") })
    #expect(!world.asker.taken().contains { $0.contains("ip/10.0.0.1") })
  }

  @Test func guessesAtADomainWithoutMailAreRefused() async throws {
    let world = try ContactWorld()
    world.asker.set("MX site.example", records: [.mail(0, "")])
    world.asker.remove("https://jobs.site.example/.well-known/security.txt")
    let site = try #require(try await world.ladder()[.site])
    #expect(
      site.candidates.filter { $0.source == .rolename }.allSatisfy { $0.refusal == .takesNoMail })
    #expect(site.chosen?.source == .authority)
  }

  @Test func aFileThatIsOverIsRefused() async throws {
    let world = try ContactWorld()
    world.asker.set(
      "https://jobs.site.example/.well-known/security.txt",
      "Contact: mailto:security@site.example\nExpires: 2025-12-31T00:00:00Z\n")
    let site = try #require(try await world.ladder()[.site])
    #expect(site.candidates.first { $0.source == .securityText }?.refusal == .expired)
  }

  @Test func aLinkWithoutEndIsNotFollowed() async throws {
    let world = try ContactWorld()
    let link = "https://rdap.registrar.example/" + String(repeating: "a", count: 3000)
    world.asker.set(
      ContactWorld.domain,
      #"{"objectClassName":"domain","ldhName":"site.example","links":[{"rel":"related","#
        + #""type":"application/rdap+json","href":"\#(link)"}]}"#)
    let result = try await world.search()
    #expect(!result.steps.contains { $0.lookup.query.utf8.count > 300 })
  }

  @Test func lookUpsAreBounded() async throws {
    let world = try ContactWorld()
    world.settings.mostLookups = 3
    let result = try await world.search()
    #expect(world.asker.taken().count == 3 && result.steps.count == 3)
    #expect(result.notes.contains { $0.contains("Not asked, after 3 look-ups") })
  }

  @Test func manyEntitiesAreCut() async throws {
    let world = try ContactWorld()
    let entities = (0..<500).map { ContactWorld.entity("abuse", "abuse\($0)@host.example") }
      .joined(separator: ",")
    world.asker.set(
      ContactWorld.network, #"{"objectClassName":"ip network","entities":[\#(entities)]}"#)
    let result = try await world.search()
    let host = try #require(try result.ladder(store: world.store, own: [])[.host])
    #expect(host.candidates.count == ContactLadder.mostCandidates)
    #expect(result.notes.contains { $0.contains("more entities than are read") })
  }

  @Test func ourOwnAndSuppressedMailboxesAreRefused() async throws {
    let world = try ContactWorld()
    let own = try #require(try await world.ladder(own: ["ABUSE@host.example"])[.host])
    #expect(own.candidates.map(\.refusal) == [.own])
    #expect(own.chosen == nil)
  }
}
