import CaseStore
import Foundation
import TestSupport
import Testing

/// `adwatch contacts` against registries of this machine.
@Suite(.timeLimit(.minutes(3))) struct ContactsCommandTests {
  /// RDAP with its bootstrap files, WHOIS and names for `site.example` at 127.0.0.9; stopped with it.
  private final class Registries {
    let web: ScriptedServer
    let whois: LineServer
    let names: NameServer
    let folder: Program.Folder
    var data: String { folder.path + "/data" }
    var asked: Int { web.seen.requests.count + whois.seen.count + names.seen.count }

    init(settings: String = "") throws {
      folder = try Program.Folder()
      web = try ScriptedServer(hosts: ["127.0.0.6"]) { request, connection in
        let base = "http://\(request.header("host") ?? "")/"
        guard let answer = Self.answer(request.target, base) else {
          connection.respond("404 Not Found", text: #"{"errorCode":404,"title":"Not Found"}"#)
          return
        }
        connection.respond(text: answer)
      }
      whois = try LineServer(host: "127.0.0.7") { line, connection in
        connection.send(
          line.hasPrefix("AS64500")
            ? "OrgName: Transit Ltd\r\nOrgAbuseEmail: abuse@transit.example\r\n" : "no match\r\n")
      }
      names = try NameServer(
        host: "127.0.0.8",
        zone: [
          "A site.example": [.address([127, 0, 0, 9])],
          "SOA site.example": [
            .authority("ns.dns.example", NameServer.encode(["host.master", "dns", "example"]))
          ],
          "MX site.example": [.mail(0, "")],
          "TXT 9.0.0.127.origin.example": [.text("64500 | 127.0.0.0/8 | NL | x | 2026-01-01")],
        ])
      // An address that the guard refuses: the crawl makes the directory and fetches nothing.
      _ = try folder.write(
        "seeds/site.yaml",
        """
        format: adwatch.source/1
        source: site
        start: ["http://127.0.0.1:9/"]
        scope: {hosts: ["127.0.0.1:9"]}
        purpose: test
        legal_basis: none needed
        """)
      _ = try Program.run(
        "crawl", "--once", "--data", data, "--seeds", folder.path + "/seeds")
      _ = try folder.write(
        "data/adwatch.yaml",
        """
        operator: {name: Unit, contact: unit@police.example}
        contacts:
          bootstrap: \(web.url("/"))
          whois: 127.0.0.7:\(whois.port)
          resolver: ["\(names.endpoint)"]
          origin: origin.example
          origin6: none
          allow: [127.0.0.0/8]
          reserved_domains: true
        \(settings)
        """)
    }

    deinit {
      web.stop()
      whois.stop()
      names.stop()
    }

    private static func answer(_ target: String, _ base: String) -> String? {
      func entity(_ role: String, _ mail: String) -> String {
        #"{"roles":["\#(role)"],"vcardArray":["vcard",[["fn",{},"text","Name of \#(role)"],"#
          + #"["email",{},"text","\#(mail)"]]]}"#
      }
      switch target {
      case "/dns.json": return #"{"services":[[["example"],["\#(base)"]]]}"#
      case "/ipv4.json": return #"{"services":[[["127.0.0.0/8"],["\#(base)"]]]}"#
      case "/asn.json": return #"{"services":[[["64500-64511"],["\#(base)"]]]}"#
      case "/ip/127.0.0.9":
        return #"{"objectClassName":"ip network","startAddress":"127.0.0.0","endAddress":"#
          + #""127.0.0.255","entities":[{"roles":["registrant"],"entities":["#
          + entity("abuse", "abuse@host.example") + "," + entity("abuse", #"a@b.example\r\nRCPT"#)
          + "]}]}"
      case "/domain/site.example":
        return #"{"objectClassName":"domain","ldhName":"site.example","entities":["#
          + entity("abuse", "REDACTED FOR PRIVACY") + ","
          + entity("registrant", "anna@site.example") + "]}"
      default: return nil
      }
    }

    func run(_ arguments: String...) throws -> Program.Result {
      try Program.run(["contacts"] + arguments + ["--data", data])
    }
  }

  @Test func everyRungIsResolvedAndEveryLookUpKept() throws {
    let registries = try Registries()
    let found = try registries.run("--json", "https://site.example/advert/1")
    #expect(found.status == 0, "\(found)")
    let object = try #require(found.objects.first)
    #expect(object["schema"] as? String == "adwatch.contacts/1")
    let rungs = try #require(object["rungs"] as? [[String: Any]])
    let chosen = rungs.map { "\($0["name"] ?? "") \($0["to"] as? String ?? "nobody")" }
    #expect(
      chosen == [
        "site host.master@dns.example", "host abuse@host.example",
        "network abuse@transit.example", "registrar nobody",
      ])
    let candidates = rungs.flatMap { $0["candidates"] as? [[String: Any]] ?? [] }
    let refused = Set(candidates.compactMap { $0["refused"] as? String })
    #expect(refused == ["takes-no-mail", "control-character", "placeholder", "registrant"])
    let lookups = try #require(object["lookups"] as? [[String: Any]])
    #expect(Set(lookups.compactMap { $0["kind"] as? String }).count == 5)
    let network = try #require(
      lookups.first { ($0["query"] as? String)?.hasSuffix("/ip/127.0.0.9") == true })
    #expect(network["outcome"] as? String == "fetched" && network["status"] as? Int == 200)
    // What is kept is what was sent, by another program's digest.
    let number = try #require(network["id"] as? Int)
    let raw = try Program.run("contacts", "show", "\(number)", "--raw", "--data", registries.data)
    let file = try registries.folder.write("answer", raw.output)
    let sum = registries.folder.path + "/sum"
    try #require(try ChildProcess("/usr/bin/sha256sum", [file], output: sum).wait() == 0)
    let digest = try String(contentsOfFile: sum, encoding: .utf8).prefix(64)
    #expect(network["digest"] as? String == "sha256:\(digest)")
    #expect(
      registries.web.seen.requests.allSatisfy {
        $0.header("user-agent")?.hasSuffix("(+Unit, unit@police.example)") == true
      })
    func verify() throws -> Program.Result {
      try Program.run("verify", "--data", registries.data)
    }
    #expect(try verify().status == 0)
    // Past the triggers another answer is put there, with the digest that fits it.
    let database = try SQLiteEngine(path: registries.data + "/adwatch.sqlite")
    func change(_ sql: String) throws {
      try database.write { session in
        try session.execute("DROP TRIGGER IF EXISTS contact_lookup_is_kept", [])
        try session.execute("DROP TRIGGER IF EXISTS contact_lookup_stays", [])
        try session.execute(sql, [])
      }
    }
    try change(
      """
      UPDATE contact_lookup SET answer = CAST(replace(CAST(answer AS TEXT), 'abuse@host', 'other@host') AS BLOB)
      WHERE id = \(number)
      """)
    let changed = try verify()
    #expect(changed.status == 1 && changed.output.contains("look-up \(number) is not what"))
    try change("DELETE FROM contact_found")
    try change("DELETE FROM contact_lookup WHERE id = \(number)")
    let missing = try verify()
    #expect(missing.status == 1 && missing.output.contains("(contact.lookup) is missing"))
  }

  @Test func whatIsFreshIsNotAskedAgainAndOfflineNothingIs() throws {
    let registries = try Registries()
    let nothing = try registries.run("--offline", "https://site.example/")
    #expect(nothing.status == 1 && registries.asked == 0, "\(nothing)")
    #expect(nothing.output.contains("Not asked, being offline"))
    let first = try registries.run("https://site.example/")
    #expect(first.status == 0 && first.output.contains("write to: abuse@host.example"))
    #expect(first.output.contains("refused: a@b.example"))
    #expect(first.output.contains("a guess from dns-soa"))
    #expect(first.output.contains("nobody may be written to"))
    let asked = registries.asked
    #expect(asked > 8)
    let second = try registries.run("https://site.example/")
    #expect(second.status == 0 && second.output.contains(", stored "))
    #expect(registries.asked == asked)
    let offline = try registries.run("--offline", "https://site.example/")
    #expect(offline.status == 0 && offline.output.contains("write to: abuse@host.example"))
    #expect(registries.asked == asked)
    let again = try registries.run("--refresh", "https://site.example/")
    #expect(again.status == 0 && registries.asked > asked)
    #expect(try registries.run("--offline", "--refresh", "https://site.example/").status == 2)
  }

  @Test func answersGoWithRetentionAndTheirDigestsStay() throws {
    let registries = try Registries(settings: "retention: {general: 1s}")
    #expect(try registries.run("https://site.example/").status == 0)
    func purge(_ arguments: String...) throws -> Program.Result {
      try Program.run(["purge", "--data", registries.data] + arguments)
    }
    let planned = try purge("--dry-run", "--as-of", "2100-01-01T00:00:00Z")
    #expect(
      planned.output.contains("answers of look-ups of contacts would be erased"), "\(planned)")
    usleep(1_100_000)
    let purged = try purge("--json")
    #expect(purged.status == 0, "\(purged)")
    #expect((purged.objects.first?["lookups"] as? Int ?? 0) > 8)
    let shown = try registries.run("show", "1")
    #expect(shown.output.contains("answer erased: ") && shown.output.contains("digest: sha256:"))
    #expect(try registries.run("--offline", "https://site.example/").status == 1)
    let verified = try Program.run("verify", "--data", registries.data)
    #expect(verified.status == 0, "\(verified)")
  }

  @Test func settingsCanForbidAsking() throws {
    let registries = try Registries(settings: "  offline: true")
    #expect(try registries.run("https://site.example/").status == 1)
    #expect(try registries.run("--refresh", "https://site.example/").status == 4)
    #expect(registries.asked == 0)
  }

  @Test func whatHasNoLadderIsRefused() throws {
    let registries = try Registries()
    #expect(try registries.run("http://abc.onion/").status == 4)
    #expect(try registries.run("http://localhost/").status == 4)
    #expect(try registries.run("not an address").status == 2)
    #expect(try registries.run("show", "99").status == 2)
  }

  @Test func theDirectoryIsCheckedAndUsed() throws {
    let registries = try Registries()
    let good = try registries.folder.write(
      "contacts.yaml",
      """
      format: adwatch.contacts/1
      contacts:
        - {name: Desk, kind: host, write_to: desk@host.example, networks: [127.0.0.0/24],
           source: letter of the desk, checked: "2020-01-01"}
      """)
    let old = try registries.run("check", good)
    #expect(old.status == 1 && old.output.contains("contacts.yaml:3: 'Desk'"), "\(old)")
    let bad = try registries.folder.write(
      "bad.yaml",
      """
      format: adwatch.contacts/1
      contacts:
        - {name: A, kind: host, write_to: "a b@host.example", networks: [127.0.0.0/24],
           source: x, checked: "2026-01-01"}
        - {name: B, kind: host, write_to: b@host.example, source: x, checked: "2026-01-01"}
        - {name: C, kind: moon, source: x}
      """)
    let wrong = try registries.run("check", bad)
    #expect(wrong.status == 2, "\(wrong)")
    for words in ["bad.yaml:3", "bad.yaml:5", "bad.yaml:6"] {
      #expect(wrong.errors.contains(words), "\(words) in \(wrong.errors)")
    }
    #expect(try registries.run("check").status == 2)
  }

  @Test func aDraftWithoutARecipientTakesWhomTheSearchFound() throws {
    let registries = try Registries()
    try #require(
      try Program.run(
        "account", "add", "author", "--role", "notice-officer", "--data", registries.data,
        input: "correct horse battery\n"
      ).status == 0)
    try Self.refer("https://site.example/a", in: registries.data)
    func draft(_ rung: String) throws -> Program.Result {
      try Program.run(
        "notices", "draft", "--as", "author", "--act", "preserve", "--rung", rung, "--period",
        "90 days", "--data", registries.data, "1", input: "correct horse battery\n")
    }
    let unknown = try draft("host")
    #expect(unknown.status == 2 && unknown.errors.contains("adwatch contacts"), "\(unknown)")
    #expect(try registries.run("https://site.example/a").status == 0)
    let guessed = try draft("site")
    #expect(guessed.status == 2 && guessed.errors.contains("is a guess"), "\(guessed)")
    let refused = try draft("registrar")
    #expect(refused.status == 2 && refused.errors.contains("nobody is known"), "\(refused)")
    #expect(try draft("moon").status == 2)
    let drafted = try draft("host")
    #expect(drafted.status == 0 && drafted.output.contains("notice 1"), "\(drafted)")
    let shown = try Program.run("notices", "show", "1", "--data", registries.data)
    #expect(shown.output.contains("abuse@host.example"), "\(shown)")
    #expect(try draft("4").errors.contains("the same intent is there already"))
  }

  /// What a crawl and an analyst leave behind, as rows: the guards read nothing else.
  private static func refer(_ url: String, in data: String) throws {
    try SQLiteEngine(path: data + "/adwatch.sqlite").write { sql in
      for statement in [
        """
        INSERT INTO capture (id, run, source, url, purpose, began_at, ended_at, outcome, status,
          payload_digest, payload_length, analysis)
        SELECT 1001, min(id), 'site', '\(url)', 'page', 0, 0, 'fetched', 200, zeroblob(32), 10, 'done'
        FROM run
        """,
        "INSERT INTO warc_file (id, path, committed_end) VALUES (1001, 'a', 100)",
        """
        INSERT INTO warc_member (id, file, offset, length, digest, record_id, type, capture)
        VALUES (1001, 1001, 0, 10, zeroblob(32), 'r', 'response', 1001)
        """,
        """
        INSERT INTO advert (id, source, key, url, first_seen, last_seen, state)
        VALUES (1, 'site', 'a', '\(url)', 0, 0, 'seen')
        """,
        """
        INSERT INTO advert_version (id, advert, capture, part, text, text_digest, record, flagged,
          lane, priority, barriers, rule, version, seen_at, assessed_at)
        VALUES (1, 1, 1001, 0, 'We keep your passport.', x'00', '{}', 1, 'review', 1, '', 'r', 'v', 0, 0)
        """,
        "INSERT INTO advert_sighting (advert, capture, version, seen_at) VALUES (1, 1001, 1, 0)",
        """
        INSERT INTO review_verdict (id, at, account, advert, version, choice, indicators,
          asks_second, custody)
        SELECT 1, 0, min(id), 1, 1, 'referral', 'L11', 0, 1 FROM account
        """,
      ] {
        try sql.execute(statement, [])
      }
    }
  }
}
