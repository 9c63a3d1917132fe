import Bytes
import CaseStore
import Fetching
import Notices
import TestSupport
import Testing
import Vocabulary
import WebAddress

/// The ladder of a site, from answers as they should be.
@Suite struct ContactSearchTests {
  @Test func everyRungHasSomebody() async throws {
    let world = try ContactWorld()
    let ladder = try await world.ladder()
    #expect(
      world.chosen(ladder) == [
        "site security@site.example", "host abuse@host.example",
        "network abuse@transit.example", "registrar abuse@registrar.example",
      ])
    let host = try #require(ladder[.host]?.chosen)
    #expect(host.organisation == "Host Ltd" && host.source == .rdap)
    #expect(host.confidence == .published && host.target == "203.0.113.9")
    #expect(host.reason.contains("entities[0].entities[0]"))
    #expect(ladder[.registrar]?.chosen?.organisation == "Registrar Ltd")
    let site = try #require(ladder[.site])
    #expect(
      site.candidates.map { "\($0.source.rawValue) \($0.text)" } == [
        "security.txt mailto:security@site.example", "dns-soa hostmaster@dns.example",
        "rfc2142 abuse@site.example", "rfc2142 webmaster@site.example",
      ])
    #expect(site.candidates.dropFirst().allSatisfy { $0.confidence == .guess })
    let registrant = ladder[.registrar]?.candidates.last
    #expect(registrant?.refusal == .registrant && registrant?.text == "anna@site.example")
  }

  @Test func everyLookUpIsKept() async throws {
    let world = try ContactWorld()
    let result = try await world.search()
    #expect(result.steps.count == world.asker.taken().count)
    for step in result.steps {
      let kept = try #require(try world.store.lookup(step.lookup.id))
      #expect(kept == step.lookup && !step.isStored)
      #expect(kept.digest == SHA256.hash(kept.answer).bytes)
    }
    let missing = try #require(
      result.steps.first { $0.lookup.query == "AAAA jobs.site.example" })
    #expect(missing.lookup.outcome == "no-such-name")
    let custody = result.steps.map(\.lookup.id)
    #expect(custody == Array(1...Int64(custody.count)))
    let from = result.candidates.compactMap(\.lookup)
    #expect(Set(from).isSubset(of: Set(custody)) && !from.isEmpty)
  }

  @Test func freshAnswersAreUsedAgainAndOldOnesAskedFor() async throws {
    let world = try ContactWorld()
    let first = try await world.ladder()
    _ = world.asker.taken()
    world.asker.pass(10 * 60)
    let second = try await world.search()
    #expect(second.steps.allSatisfy { $0.isStored && !$0.isOld })
    #expect(world.asker.taken() == [])
    #expect(try second.ladder(store: world.store, own: []) == first)
    // 13 hours: addresses and names are over, domains and files are not.
    world.asker.pass(13 * 3600)
    _ = try await world.search()
    let asked = world.asker.taken()
    #expect(asked.contains(ContactWorld.network) && asked.contains("A jobs.site.example"))
    #expect(!asked.contains(ContactWorld.domain) && !asked.contains { $0.hasSuffix(".json") })
    world.asker.pass(12 * 3600)
    _ = try await world.search()
    let later = world.asker.taken()
    #expect(later.contains(ContactWorld.domain) && later.contains { $0.hasSuffix("dns.json") })
    world.manner.isRefreshing = true
    _ = try await world.search()
    #expect(world.asker.taken().count >= later.count)
  }

  @Test func aFailureIsKeptAndAskedForAgainSoon() async throws {
    let world = try ContactWorld()
    world.asker.set(ContactWorld.network, "", outcome: "timed-out")
    let result = try await world.search()
    #expect(result.steps.contains { $0.lookup.outcome == "timed-out" })
    #expect(try result.ladder(store: world.store, own: [])[.host] == nil)
    world.asker.set(ContactWorld.network, ContactWorld.network(mail: "abuse@host.example"))
    _ = world.asker.taken()
    world.asker.pass(14 * 60)
    _ = try await world.search()
    #expect(!world.asker.taken().contains(ContactWorld.network))
    world.asker.pass(2 * 60)
    #expect(try await world.ladder()[.host]?.chosen?.text == "abuse@host.example")
  }

  @Test func offlineNobodyIsAsked() async throws {
    let world = try ContactWorld()
    world.manner.isOffline = true
    try world.write(
      """
        - {name: Site, kind: site, write_to: desk@site.example, domains: [site.example],
           source: letter, checked: "2025-12-01"}
      """)
    let nothing = try await world.search()
    #expect(world.asker.taken() == [] && nothing.steps.isEmpty)
    #expect(nothing.notes.contains { $0.contains("being offline") })
    #expect(
      world.chosen(try nothing.ladder(store: world.store, own: [])) == ["site desk@site.example"])
    world.manner.isOffline = false
    let online = try await world.ladder()
    _ = world.asker.taken()
    world.manner.isOffline = true
    world.asker.pass(30 * 86_400)
    let later = try await world.search()
    #expect(world.asker.taken() == [])
    #expect(later.steps.allSatisfy { $0.isStored && $0.isOld })
    #expect(world.chosen(try later.ladder(store: world.store, own: [])) == world.chosen(online))
  }

  @Test func theDirectoryComesFirstUntilItIsOld() async throws {
    let world = try ContactWorld()
    func entry(_ day: String) -> String {
      """
        - {name: Host desk, kind: host, write_to: "https://host.example/report",
           networks: [203.0.113.0/24], source: letter, checked: "\(day)"}
      """
    }
    try world.write(entry("2025-12-01"))
    let fresh = try #require(try await world.ladder()[.host])
    #expect(fresh.chosen?.way == .form("https://host.example/report"))
    #expect(fresh.chosen?.confidence == .confirmed)
    #expect(fresh.candidates.count == 2)
    try world.write(entry("2025-01-01"))
    let old = try #require(try await world.ladder()[.host])
    #expect(old.chosen?.text == "abuse@host.example")
    #expect(old.candidates.last?.reason.contains("180 days") == true)
  }

  @Test func aNetworkInFrontIsAskedToForwardAndNobodyIsGuessed() async throws {
    let world = try ContactWorld()
    world.asker.set(
      "A jobs.site.example",
      records: [
        .alias("jobs.front.example"),
        .init(
          name: NameServer.encode("jobs.front.example"), type: 1, data: [203, 0, 113, 9]),
      ])
    try world.write("  - {name: Front, kind: cdn, aliases: [front.example], source: docs}\n")
    let result = try await world.search()
    let ladder = try result.ladder(store: world.store, own: [])
    #expect(result.behind == ["Front"])
    #expect(ladder[.host] == nil && ladder[.network] == nil)
    #expect(ladder[.forwarder]?.chosen?.text == "abuse@host.example")
    #expect(!world.asker.taken().contains(ContactWorld.system))
    #expect(result.notes.contains { $0.contains("behind Front") })
  }

  @Test func frontsThatComeWithItAreRead() throws {
    let fronts = try ContactDirectory.fronts()
    #expect(fronts.entries.count > 4 && fronts.entries.allSatisfy { $0.kind == .cdn })
    let found = fronts.forwarders(
      aliases: [], addresses: ["104.16.3.4", "2606:4700::1"].compactMap { IPAddress($0) })
    #expect(found.map(\.name) == ["Cloudflare"])
    #expect(
      fronts.forwarders(aliases: ["x.CloudFront.net"], addresses: []).map(\.name)
        == ["Amazon CloudFront"])
    #expect(fronts.forwarders(aliases: ["xcloudfront.net"], addresses: []).isEmpty)
  }

  @Test func whoisIsAskedWhereNobodyIsPublished() async throws {
    let world = try ContactWorld()
    world.asker.set(
      ContactWorld.network, ContactWorld.network(mail: "tech@host.example", role: "technical"))
    world.asker.set(
      "203.0.113.9 @ whois.root.example:43", "refer: whois.region.example\n")
    world.asker.set(
      "203.0.113.9 @ whois.region.example:43",
      "% Abuse contact for '203.0.113.0 - 203.0.113.255' is 'desk@host.example'\norg-name: Host\n")
    let ladder = try await world.ladder()
    let host = try #require(ladder[.host])
    #expect(host.candidates.map(\.text) == ["desk@host.example", "tech@host.example"])
    #expect(host.chosen?.source == .whois && host.chosen?.confidence == .published)
    // The others had somebody: no line about them went out.
    #expect(world.asker.taken().filter { $0.contains("@ whois") }.count == 2)
  }

  @Test func aRegistrarsOwnAnswerIsAskedForOnce() async throws {
    let world = try ContactWorld()
    let thick = "https://rdap.registrar.example/domain/site.example"
    func registry(_ link: String) -> String {
      #"{"objectClassName":"domain","ldhName":"SITE.example.","links":[{"rel":"related","#
        + #""type":"application/rdap+json","href":"\#(link)"}],"entities":[]}"#
    }
    world.asker.set(ContactWorld.domain, registry(thick))
    world.asker.set(
      thick,
      #"{"objectClassName":"domain","ldhName":"site.example","links":[{"rel":"related","#
        + #""type":"application/rdap+json","href":"https://third.example/d"}],"entities":["#
        + ContactWorld.entity("abuse", "abuse@registrar.example") + "]}")
    let ladder = try await world.ladder()
    #expect(ladder[.registrar]?.chosen?.text == "abuse@registrar.example")
    #expect(!world.asker.taken().contains("https://third.example/d"))
    let downgraded = try ContactWorld()
    downgraded.asker.set(
      ContactWorld.domain, registry("http://rdap.registrar.example/domain/site.example"))
    _ = try await downgraded.ladder()
    #expect(!downgraded.asker.taken().contains { $0.hasPrefix("http://") })
  }

  @Test func aHostersCustomerHasAPlatform() async throws {
    let world = try ContactWorld()
    let result = try await world.search("https://someone.blogspot.com/a")
    #expect(result.domain == "blogspot.com")
    #expect(
      result.candidates.filter { $0.rung == .platform }.map(\.text).contains("abuse@blogspot.com"))
    #expect(
      world.asker.taken().filter { $0.contains("security.txt") } == [
        "https://someone.blogspot.com/.well-known/security.txt",
        "https://blogspot.com/.well-known/security.txt",
      ])
  }

  @Test func theSiteIsNotAskedWhenItMayNotKnow() async throws {
    let world = try ContactWorld()
    world.manner.skipsSite = true
    _ = try await world.search()
    #expect(!world.asker.taken().contains { $0.contains("security.txt") })
  }

  @Test func bothFamiliesOfAnAddressInNumbersHaveARung() async throws {
    let world = try ContactWorld()
    let iana = "https://data.iana.org/rdap/"
    world.asker.set(
      iana + "ipv6.json", #"{"services":[[["2001:db8::/32"],["https://rdap.region.example/"]]]}"#)
    world.asker.set(
      "https://rdap.region.example/ip/2001:db8::7",
      #"{"objectClassName":"ip network","startAddress":"2001:db8::","endAddress":"2001:db8::ffff","#
        + #""arin_originas0_originautnums":[64500],"entities":["#
        + ContactWorld.entity("abuse", "six@host.example") + "]}")
    let ladder = try await world.ladder("http://[2001:db8::7]/a")
    #expect(world.chosen(ladder) == ["host six@host.example", "network abuse@transit.example"])
    #expect(
      !world.asker.taken().contains { $0.contains("dns.json") || $0.contains("security.txt") })
  }

  @Test func whatHasNoProviderIsNotLookedUp() throws {
    let world = try ContactWorld()
    for (url, isHidden) in [
      ("http://abcdefghij.onion/", true), ("http://localhost/", false), ("http://intranet/", false),
      ("http://router.local/", false), ("ftp://site.example/", false),
    ] {
      let address = try #require(Address(url))
      #expect(throws: ContactSearch.Problem.self) {
        _ = try ContactSearch(
          address, settings: world.settings, directory: world.directory, store: world.store,
          asker: world.asker, actor: ContactWorld.actor, manner: world.manner, now: world.asker.now)
      }
      do throws(ContactSearch.Problem) {
        _ = try ContactSearch(
          address, settings: world.settings, directory: world.directory, store: world.store,
          asker: world.asker, actor: ContactWorld.actor, manner: world.manner, now: world.asker.now)
      } catch {
        if case .hidden = error { #expect(isHidden) } else { #expect(!isHidden) }
      }
    }
  }
}
