import Foundation
import Notices
import Testing
import Vocabulary
import WebAddress

/// Answers of registries, invented ones and the hostile ones.
@Suite struct RDAPAnswerTests {
  private func answer(_ json: String) -> RDAPAnswer? { RDAPAnswer(Array(json.utf8)) }

  @Test func abuseIsFoundInsideEntitiesOfEntities() throws {
    let found = try #require(
      answer(
        """
        {"objectClassName":"ip network","handle":"NET-1","name":"HOSTNET","port43":"whois.host.example",
         "entities":[{"roles":["registrant"],"vcardArray":["vcard",[["fn",{},"text","Host Ltd"]]],
           "entities":[{"handle":"AB1","roles":["Abuse"],
             "vcardArray":["vcard",[["email",{},"text","abuse@host.example"]]]}]}]}
        """))
    #expect(found.kind == .network && found.name == "HOSTNET")
    #expect(found.port43 == "whois.host.example")
    #expect(found.entities.map(\.path) == ["entities[0]", "entities[0].entities[0]"])
    #expect(found.entities[1].has("abuse") && found.entities[1].depth == 1)
    #expect(found.entities[1].around == [["registrant"]])
    #expect(found.entities[1].mails == ["abuse@host.example"])
    #expect(found.entities[0].name == "Host Ltd")
  }

  @Test func brokenPropertiesOfACardCostOnlyThemselves() throws {
    let found = try #require(
      answer(
        """
        {"objectClassName":"entity","roles":"abuse","vcardArray":[[["version",{},"text","4.0"],
          ["email"],"email",["email",{},"text",["a@host.example","b@host.example"]],
          ["EMAIL",null,"text","c@host.example"],["contact-uri",{},"uri","https://host.example/form"],
          [7,{},"text","x"],["org",{},"text",["Host","Unit"]]]]}
        """))
    let entity = try #require(found.entities.first)
    #expect(entity.mails == ["a@host.example", "b@host.example", "c@host.example"])
    #expect(entity.pages == ["https://host.example/form"])
    #expect(entity.roles == ["abuse"] && entity.name == "Host")
  }

  @Test func redactedAddressesAreMarked() throws {
    let found = try #require(
      answer(
        """
        {"objectClassName":"domain","redacted":[{"name":{"type":"Tech Email"},"method":"partialValue",
          "postPath":"$.entities[?(@.roles[0]=='technical')].vcardArray[1][?(@[0]=='email')][3]"}],
         "entities":[{"roles":["technical"],"vcardArray":["vcard",[["email",{},"text","t@x.example"]]]},
          {"roles":["abuse"],"vcardArray":["vcard",[["email",{},"text","a@x.example"]]]}]}
        """))
    #expect(found.redactions == ["Tech Email"])
    #expect(found.entities.map(\.isRedacted) == [true, false])
  }

  @Test func limitsHold() throws {
    #expect(answer(String(repeating: "[", count: 100_000)) == nil)
    #expect(answer("{\"a\":" + String(repeating: "[", count: 45)) == nil)
    #expect(RDAPAnswer([UInt8](repeating: 0x20, count: 2 << 20)) == nil)
    var nested = "{\"roles\":[\"abuse\"]}"
    for _ in 0..<12 { nested = "{\"roles\":[\"noc\"],\"entities\":[\(nested)]}" }
    let deep = try #require(answer(nested))
    #expect(deep.entities.count == 8 && deep.isCut)
    let many = Array(repeating: "{\"roles\":[\"noc\"]}", count: 500).joined(separator: ",")
    let wide = try #require(answer("{\"entities\":[\(many)]}"))
    #expect(wide.entities.count == 200 && wide.isCut)
    #expect(answer("[]") == nil && answer("") == nil && answer("<html>") == nil)
    #expect(answer("{\"entities\":{\"a\":1},\"links\":3,\"redacted\":\"x\"}") != nil)
  }

  @Test func anErrorIsAnAnswer() throws {
    let found = try #require(answer("{\"errorCode\":404,\"title\":\"Not Found\"}"))
    #expect(found.error == "404 Not Found" && found.entities.isEmpty)
  }

  @Test func bootstrapFilesNameTheServer() throws {
    let domains = try #require(
      RDAPBootstrap(
        Array(
          """
          {"publication":"2026-01-01T00:00:00Z","services":[[["example"],["http://a.example/"]],
           [["co.example"],["http://b.example/","https://b.example/"]],[["test"],["ftp://x/"]],7,[]]}
          """.utf8)))
    #expect(domains.count == 2)
    #expect(domains.server(domain: "site.EXAMPLE") == "http://a.example/")
    #expect(domains.server(domain: "site.co.example") == "https://b.example/")
    #expect(domains.server(domain: "notexample") == nil)
    #expect(domains.server(domain: "site.test") == nil)
    let systems = try #require(
      RDAPBootstrap(
        Array(
          "{\"services\":[[[\"1-9\",\"20\"],[\"https://r.example\"]],[[\"x-y\"],[\"https://q.example\"]]]}"
            .utf8)))
    #expect(systems.server(system: 9) == "https://r.example")
    #expect(systems.server(system: 20) == "https://r.example")
    #expect(systems.server(system: 10) == nil)
    let networks = try #require(
      RDAPBootstrap(
        Array(
          """
          {"services":[[["192.0.0.0/8"],["https://wide.example/"]],
           [["192.0.2.0/24"],["https://narrow.example/"]],[["2001:db8::/32"],["https://six.example/"]]]}
          """.utf8)))
    func server(_ text: String) -> String? {
      IPAddress(text).flatMap { networks.server(address: $0) }
    }
    #expect(server("192.0.2.7") == "https://narrow.example/")
    #expect(server("192.1.2.7") == "https://wide.example/")
    #expect(server("2001:db8::1") == "https://six.example/")
    #expect(server("10.0.0.1") == nil)
    #expect(RDAPBootstrap(Array("{}".utf8)) == nil)
  }
}

/// Answers of WHOIS and files `security.txt`.
@Suite struct TextAnswerTests {
  @Test func registriesWriteAbuseInSeveralWays() {
    let text = """
      % Abuse contact for '192.0.2.0 - 192.0.2.255' is 'abuse@host.example'
      netname:        HOSTNET
      OrgAbuseEmail:  arin@host.example
      abuse-mailbox:  ripe@host.example
      Registrar Abuse Contact Email: registrar@host.example
      OrgTechEmail:   tech@host.example
      # comment: x@y.example
      e-mail:         person@host.example
      Registrar WHOIS Server: whois.registrar.example
      """
    let answer = WhoisAnswer(Array(text.replacing("\n", with: "\r\n").utf8))
    #expect(
      answer.mentions.filter(\.isAbuse).map(\.text) == [
        "abuse@host.example", "arin@host.example", "ripe@host.example", "registrar@host.example",
      ])
    #expect(answer.mentions.filter { !$0.isAbuse }.map(\.text) == ["tech@host.example"])
    #expect(answer.mentions[1].line == 3)
    #expect(answer.name == "HOSTNET")
    #expect(answer.referral == WhoisAnswer.Referral(host: "whois.registrar.example", port: 43))
  }

  @Test func referralsAreServersAndNothingElse() {
    func referral(_ line: String) -> WhoisAnswer.Referral? {
      WhoisAnswer(Array(line.utf8)).referral
    }
    #expect(
      referral("ReferralServer: whois://whois.host.example:4343/")
        == WhoisAnswer.Referral(host: "whois.host.example", port: 4343))
    #expect(referral("refer: whois.nic.example") != nil)
    for line in [
      "refer: rwhois://r.example:4321", "refer: https://web.example/", "refer: a b.example",
      "refer: ../../etc", "refer: whois.example:99999", "refer: whois.example:0", "refer: nodots",
      "refer: [::1]", "refer: user@whois.example", "refer: whois.example:1:2",
    ] {
      #expect(referral(line) == nil, "\(line)")
    }
  }

  @Test func anyBytesAreAnAnswer() {
    var random = SeededGenerator(seed: 3912)
    for _ in 0..<300 {
      let bytes = (0..<400).map { _ in UInt8.random(in: 0...255, using: &random) }
      _ = WhoisAnswer(bytes)
      _ = SecurityText(bytes)
      _ = RDAPAnswer(bytes)
      _ = RDAPBootstrap(bytes)
    }
    let latin: [UInt8] = Array("Registrar: Soci".utf8) + [0xE9] + Array("t".utf8) + [0xE9]
    #expect(WhoisAnswer(latin).name == "Société")
    let long = WhoisAnswer([UInt8](repeating: 0x41, count: 10 << 20))
    #expect(long.mentions.isEmpty && long.isEmpty)
    let many = String(repeating: "abuse-mailbox: a@host.example\n", count: 20_000)
    #expect(WhoisAnswer(Array(many.utf8)).mentions.count == WhoisAnswer.mostAddresses)
  }

  @Test func securityTextSaysWhoAndUntilWhen() throws {
    let text = """
      -----BEGIN PGP SIGNED MESSAGE-----
      Hash: SHA512

      # how to reach us
      Contact: mailto:security@site.example
      CONTACT: https://site.example/report
      Expires: 2026-12-01T00:00:00Z
      - Canonical: https://site.example/.well-known/security.txt
      -----BEGIN PGP SIGNATURE-----
      Contact: mailto:hidden@site.example
      -----END PGP SIGNATURE-----
      """
    let file = try #require(SecurityText(Array(text.utf8)))
    #expect(file.contacts == ["mailto:security@site.example", "https://site.example/report"])
    #expect(file.isSigned && file.problems.isEmpty)
    #expect(file.canonical == ["https://site.example/.well-known/security.txt"])
    let end = try #require(Timestamp(rfc3339: "2026-12-01T00:00:00Z"))
    #expect(file.isValid(at: Timestamp(milliseconds: end.milliseconds - 1)))
    #expect(!file.isValid(at: end))
    let twice = try #require(
      SecurityText(Array("Expires: 2026-12-01T00:00:00Z\nExpires: 2027-12-01T00:00:00Z\n".utf8)))
    #expect(twice.expires == nil && twice.problems.count == 2)
    #expect(SecurityText([0xFF, 0xFE]) == nil)
    #expect(SecurityText([UInt8](repeating: 0x41, count: 33 << 10)) == nil)
  }
}

/// Where the real answers are, which are no part of the repository.
enum RealAnswerFiles {
  static let root = URL(
    fileURLWithPath: ProcessInfo.processInfo.environment["ADWATCH_DATA_SETS"] ?? "../shared/data"
  ).appendingPathComponent("conformance/rdap")
  static let areThere = FileManager.default.fileExists(atPath: root.path)
}

/// Answers of real registries.
@Suite(.enabled(if: RealAnswerFiles.areThere, "ADWATCH_DATA_SETS has no conformance/rdap"))
struct RealAnswerTests {
  private func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: RealAnswerFiles.root.appendingPathComponent(path)))
  }

  private func mails(_ file: String, role: String) throws -> [String] {
    let answer = try #require(RDAPAnswer(bytes("icann-rdap/" + file)), "\(file)")
    return answer.entities.filter { $0.has(role) }.flatMap(\.mails)
  }

  @Test func abuseContactsAreThoseThatAreThere() throws {
    let common = "icann-rdap-common/src/response/test_files/"
    let client = "icann-rdap-client/src/test_files/"
    #expect(try mails(common + "autnum_16509.json", role: "abuse") == ["abuse@amazonaws.com"])
    #expect(
      try mails(common + "network_192_198_0_0.json", role: "abuse")
        == Array(repeating: "daniel.petsinger@radiolinkinternet.com", count: 2))
    #expect(try mails(client + "home.moscow.json", role: "abuse") == ["abuse@reg.ru"])
    #expect(
      try mails(client + "microsoft.click.json", role: "abuse") == [
        "abusecomplaints@markmonitor.com"
      ])
    #expect(try mails(client + "lemonde.fr.json", role: "abuse").isEmpty)
    #expect(
      try mails(client + "lemonde.fr.json", role: "registrar") == ["registrar@nameshield.net"])
    #expect(try mails(common + "domain_afnic_fr.json", role: "abuse").isEmpty)
    let error = try #require(RDAPAnswer(bytes("icann-rdap/" + common + "error_ripe_net.json")))
    #expect(error.error?.hasPrefix("501") == true)
    let redacted = try #require(
      RDAPAnswer(bytes("icann-rdap/" + common + "lookup_with_redaction.json")))
    #expect(!redacted.redactions.isEmpty)
  }

  /// Every file that is there is read or refused; the numbers are those of the set.
  @Test func everyAnswerIsReadOrRefused() throws {
    let files = try #require(FileManager.default.enumerator(atPath: RealAnswerFiles.root.path))
      .compactMap { $0 as? String }.filter { $0.hasSuffix(".json") }.sorted()
    var read = 0
    var entities = 0
    var abuse = Set<String>()
    var refused: [ContactRefusal: Int] = [:]
    for file in files {
      guard let answer = RDAPAnswer(try bytes(file)) else { continue }
      read += 1
      entities += answer.entities.count
      for entity in answer.entities {
        for mail in entity.mails {
          do throws(ContactRefusal) {
            let way = try ContactRules().read(mail)
            if entity.has("abuse") { abuse.insert(way.recipient) }
          } catch { refused[error, default: 0] += 1 }
        }
      }
    }
    // Counted with Python's json as well.
    #expect(files.count == 147)
    #expect(read == 129)
    #expect(entities == 141)
    #expect(
      abuse == [
        "abuse@amazonaws.com", "abuse@fabulous.com", "abuse@reg.ru",
        "abusecomplaints@markmonitor.com", "anti-spam@chinatelecom.cn",
        "daniel.petsinger@radiolinkinternet.com",
      ])
    #expect(refused == [.reservedDomain: 66, .registry: 1])
  }

  @Test func bootstrapFilesAreRead() throws {
    let good = "openrdap/test/testdata/bootstrap/"
    let domains = try #require(RDAPBootstrap(bytes(good + "dns.json")))
    let systems = try #require(RDAPBootstrap(bytes(good + "asn.json")))
    let four = try #require(RDAPBootstrap(bytes(good + "ipv4.json")))
    let six = try #require(RDAPBootstrap(bytes(good + "ipv6.json")))
    let counts: [Int] = [domains.count, systems.count, four.count, six.count]
    #expect(counts == [3, 5, 5, 5])
    #expect(domains.server(domain: "example.cz") == "https://rdap.nic.cz")
    let africa = "https://rdap.afrinic.net/rdap/"
    #expect(four.server(address: try #require(IPAddress("41.0.0.1"))) == africa)
    #expect(six.server(address: try #require(IPAddress("2001:4200::1"))) == africa)
    #expect(systems.server(system: 37_000) == africa)
    let bad = "openrdap/test/testdata/bootstrap_malformed/"
    let left = try ["dns_bad_services", "dns_bad_url", "dns_empty", "dns_syntax_error"].map {
      RDAPBootstrap(try bytes(bad + $0 + ".json"))?.count
    }
    #expect(left == [3, 4, nil, nil])
  }
}
