import CaseStore
import Fetching
import Foundation
import Notices
import TestSupport
import Testing
import Vocabulary
import WebAddress

/// Answers by what goes out, and what was asked so far.
final class ScriptedAsker: ContactAsker {
  /// Answers of HTTP and WHOIS by query, those of WHOIS by `query @ server`.
  private let answers: Locked<[String: (outcome: String, status: Int?, bytes: [UInt8])]>
  private let asked = Locked<[String]>([])
  private let time: Locked<Timestamp>

  init(at start: Timestamp) {
    answers = Locked([:])
    time = Locked(start)
  }

  var now: Timestamp { time.withLock { $0 } }
  func pass(_ seconds: Double) { time.withLock { $0 = $0 + seconds } }

  /// What was asked since the last call, in order.
  func taken() -> [String] {
    asked.withLock { asked in
      defer { asked = [] }
      return asked
    }
  }

  func set(_ query: String, _ text: String, status: Int? = nil, outcome: String = "fetched") {
    answers.withLock {
      $0[query] = (outcome, status ?? (query.hasPrefix("http") ? 200 : nil), Array(text.utf8))
    }
  }

  func set(_ query: String, records: [NameServer.Record]) {
    let parts = query.split(separator: " ")
    let types: [Substring: UInt8] = ["A": 1, "AAAA": 28, "SOA": 6, "MX": 15, "TXT": 16]
    let message =
      [1, 2, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0] + NameServer.encode(String(parts[1]))
      + [0, types[parts[0]] ?? 0, 0, 1]
    let question = NameServer.Question(
      message: message, name: String(parts[1]), type: UInt16(types[parts[0]] ?? 0), isOverTCP: false
    )
    answers.withLock { $0[query] = ("answered", nil, NameServer.reply(question, records)) }
  }

  func remove(_ query: String) { answers.withLock { $0[query] = nil } }

  func ask(_ query: ContactQuery) async -> StoredLookup {
    let isWhois = query.kind == .whois
    let key = isWhois ? "\(query.text) @ \(query.server)" : query.text
    asked.withLock { $0.append(key) }
    let answer = answers.withLock { $0[key] }
    let missing = query.kind == .dns ? "no-such-name" : "connection-failed"
    return StoredLookup(
      kind: query.kind, target: query.target, server: query.server, query: query.text,
      askedAt: now, outcome: answer?.outcome ?? missing, status: answer?.status,
      answer: answer?.bytes ?? [])
  }
}

/// A site with a host, a network and a registrar, all invented, and a store that keeps look-ups.
final class ContactWorld {
  let folder: URL
  let store: CaseStore
  let asker: ScriptedAsker
  var settings = ContactSettings()
  var directory = ContactDirectory()
  var manner = ContactSearch.Manner()
  static let actor = Actor(name: "tester", kind: .person)
  static let url = "https://jobs.site.example/advert/1"

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("adwatch-contacts-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    store = try CaseStore(path: folder.path + "/adwatch.sqlite")
    asker = ScriptedAsker(at: Timestamp(seconds: 1_767_225_600))
    settings.rules = ContactRules(allowsReserved: true)
    settings.whois = WhoisAnswer.Referral(host: "whois.root.example", port: 43)
    settings.allow = ["203.0.113.0/24", "2001:db8::/32"].compactMap { AddressRange($0) }
    settings.origin = "origin.example"
    let iana = "https://data.iana.org/rdap/"
    asker.set(
      iana + "dns.json", #"{"services":[[["example"],["https://rdap.names.example/"]]]}"#)
    asker.set(
      iana + "ipv4.json", #"{"services":[[["203.0.113.0/24"],["https://rdap.region.example"]]]}"#)
    asker.set(
      iana + "asn.json", #"{"services":[[["64500-64511"],["https://rdap.region.example/"]]]}"#)
    asker.set("A jobs.site.example", records: [.address([203, 0, 113, 9])])
    asker.set(
      "SOA site.example",
      records: [.authority("ns.dns.example", NameServer.encode("hostmaster.dns.example"))])
    asker.set("MX site.example", records: [.mail(10, "mx.site.example")])
    asker.set(
      "TXT 9.113.0.203.origin.example",
      records: [.text("64500 | 203.0.113.0/24 | NL | region | 2026-01-01")])
    asker.set(Self.network, Self.network(mail: "abuse@host.example"))
    asker.set(
      Self.system,
      #"{"objectClassName":"autnum","handle":"AS64500","name":"TRANSIT","entities":["#
        + Self.entity("abuse", "abuse@transit.example") + "]}")
    asker.set(
      Self.domain,
      #"{"objectClassName":"domain","ldhName":"site.example","entities":["#
        + #"{"roles":["registrar"],"vcardArray":["vcard",[["fn",{},"text","Registrar Ltd"]]],"#
        + #""entities":["# + Self.entity("abuse", "abuse@registrar.example") + "]},"
        + Self.entity("registrant", "anna@site.example") + "]}")
    asker.set(
      "https://jobs.site.example/.well-known/security.txt",
      "Contact: mailto:security@site.example\nExpires: 2027-01-01T00:00:00Z\n")
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  static let network = "https://rdap.region.example/ip/203.0.113.9"
  static let system = "https://rdap.region.example/autnum/64500"
  static let domain = "https://rdap.names.example/domain/site.example"

  static func entity(_ role: String, _ mail: String) -> String {
    #"{"roles":["\#(role)"],"vcardArray":["vcard",[["email",{},"text","\#(mail)"]]]}"#
  }

  static func network(mail: String, role: String = "abuse") -> String {
    #"{"objectClassName":"ip network","name":"HOSTNET","startAddress":"203.0.113.0","#
      + #""endAddress":"203.0.113.255","entities":[{"roles":["registrant"],"vcardArray":"#
      + #"["vcard",[["fn",{},"text","Host Ltd"]]],"entities":["# + entity(role, mail) + "]}]}"
  }

  func search(_ url: String = ContactWorld.url) async throws -> ContactSearch.Result {
    let address = try #require(Address(url))
    var search = try ContactSearch(
      address, settings: settings, directory: directory, store: store, asker: asker,
      actor: Self.actor, manner: manner, now: asker.now)
    return try await search.run()
  }

  func ladder(_ url: String = ContactWorld.url, own: [String] = []) async throws -> ContactLadder {
    try await search(url).ladder(store: store, own: own)
  }

  func chosen(_ ladder: ContactLadder) -> [String] {
    ladder.rungs.map { "\($0.rung.name) \($0.chosen?.way?.recipient ?? "nobody")" }
  }

  func write(_ yaml: String) throws {
    directory = try ContactDirectory(
      yaml: "format: adwatch.contacts/1\ncontacts:\n" + yaml, file: "contacts.yaml",
      rules: settings.rules)
  }
}
