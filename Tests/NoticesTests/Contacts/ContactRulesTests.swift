import Notices
import Testing

/// What is taken as an address, and what is refused before anything else sees it.
@Suite struct ContactRulesTests {
  private let strict = ContactRules()
  private let lenient = ContactRules(allowsReserved: true)

  private func refusal(_ text: String, _ rules: ContactRules? = nil) -> ContactRefusal? {
    do throws(ContactRefusal) {
      _ = try (rules ?? lenient).read(text)
      return nil
    } catch { return error }
  }

  @Test func plainAddressesAndMailtoAreTaken() throws {
    #expect(try lenient.read("abuse@host.example") == .mail("abuse@host.example"))
    #expect(try lenient.read("mailto:abuse@host.example") == .mail("abuse@host.example"))
    #expect(
      try lenient.read("MAILTO:a%2Bb@host.example?subject=x%0D%0ABcc:y")
        == .mail("a+b@host.example"))
  }

  @Test func formsAreHttpsAddresses() throws {
    #expect(
      try lenient.read("https://www.host.example/report")
        == .form("https://www.host.example/report"))
    #expect(
      try lenient.read("Please use the form at HTTPS://www.host.example/a")
        == .form("https://www.host.example/a"))
    #expect(refusal("http://www.host.example/report") == .insecureForm)
    #expect(refusal("https://192.0.2.1/report") == .malformed)
    #expect(refusal("https://user:word@host.example/") == .malformed)
    #expect(refusal("https://localhost/") == .malformed)
    #expect(refusal("https://router.internal/") == .reservedDomain)
    #expect(refusal("https://a.example/ https://b.example/") == .malformed)
    #expect(refusal("https://host.example/\u{2028}") == .malformed)
    #expect(refusal("https://host.example/<x>") == .angleBracket)
    #expect(refusal("https://host.example/" + String(repeating: "a", count: 2048)) == .tooLong)
  }

  @Test func whatCouldBeACommandIsRefused() {
    #expect(refusal("a@host.example\r\nRCPT TO:<evil@x.example>") == .controlCharacter)
    #expect(refusal("a@host.example\nx") == .controlCharacter)
    #expect(refusal("mailto:a%0d%0aRCPT%20TO:x@host.example") == .controlCharacter)
    #expect(refusal("mailto:a%20b@host.example") == .space)
    #expect(refusal("a@host.example\u{0}") == .controlCharacter)
    #expect(refusal("a b@host.example") == .space)
    #expect(refusal("<a@host.example>") == .angleBracket)
    #expect(refusal("\"a\"@host.example") == .angleBracket)
    #expect(refusal("a@host.example,b@host.example") == .malformed)
    #expect(refusal("a@b@host.example") == .malformed)
    #expect(refusal("a@[192.0.2.1]") == .malformed)
    #expect(refusal("a@192.0.2.1") == .malformed)
    #expect(refusal("a@host") == .malformed)
    #expect(refusal("á@host.example") == .malformed)
    #expect(refusal("a@-host.example") == .malformed)
    #expect(refusal("") == .empty)
  }

  @Test func lengthsAreThoseOfRFC5321() {
    let domain = "@host.example"
    #expect(refusal(String(repeating: "a", count: 64) + domain) == nil)
    #expect(refusal(String(repeating: "a", count: 65) + domain) == .tooLong)
    let label = String(repeating: "b", count: 61) + "."
    let long = "a@" + label + label + label + label + "example"
    #expect(long.utf8.count == 257)
    #expect(refusal(long) == .tooLong)
    #expect(refusal("a@" + String(repeating: "b", count: 64) + ".example") == .malformed)
    #expect(refusal(String(repeating: "x", count: 5000)) == .tooLong)
  }

  @Test func placeholdersProxiesAndRegistriesAreRefused() {
    for text in [
      "REDACTED FOR PRIVACY", "Redacted For GDPR@host.example", "not disclosed", "N/A", "none",
      "Please query the RDDS service of the Registrar", "noreply@host.example",
      "removed@lacnic.net", "data protected, not disclosed",
    ] {
      #expect(refusal(text) == .placeholder, "\(text)")
    }
    #expect(refusal("abc@domainsbyproxy.com") == .proxy)
    #expect(refusal("hostmaster@ripe.net") == .registry)
    #expect(refusal("abuse@example.com", strict) == .reservedDomain)
    #expect(refusal("abuse@host.example", strict) == .reservedDomain)
    #expect(refusal("abuse@host.localhost") == .reservedDomain)
    #expect(refusal("abuse@example.com") == nil)
    #expect(refusal("abuse@myexample.com", strict) == nil)
  }

  /// Whatever is taken can be put into a command as it is.
  @Test func whatIsTakenHasNoByteThatAServerCouldTakeForMore() throws {
    var random = SeededGenerator(seed: 5321)
    let pieces = [
      "abuse", "@", ".", "host", "example", "\r\n", "\n", " ", "<", ">", "%0d%0a", "%20", "mailto:",
      "https://", "\"", "\\", ",", ";", ":", "(", ")", "[", "]", "\u{0}", "\u{7F}", "é", "\u{202E}",
      "RCPT TO:", "?", "%", "-", "+", "x", "/", "http://", "\u{FEFF}", "\u{A0}", "\t",
    ]
    var taken = 0
    for _ in 0..<40_000 {
      var text = ""
      for _ in 0..<Int.random(in: 1...9, using: &random) {
        text += pieces.randomElement(using: &random) ?? ""
      }
      if Bool.random(using: &random) { text += "@host.example" }
      guard let way = try? lenient.read(text) else { continue }
      taken += 1
      let bytes = Array(way.recipient.utf8)
      #expect(bytes.allSatisfy { (0x21...0x7E).contains($0) }, "\(text.debugDescription)")
      #expect(!bytes.contains { $0 == 0x3C || $0 == 0x3E || $0 == 0x22 })
      switch way {
      case .mail(let mail):
        #expect(bytes.count <= 254 && bytes.count { $0 == 0x40 } == 1)
        #expect((bytes.firstIndex(of: 0x40) ?? 99) <= 64)
        #expect(MailAddress.isPlain(mail))
      case .form(let form): #expect(form.hasPrefix("https://") && bytes.count <= 2048)
      }
    }
    #expect(taken > 200)
  }

  @Test func theResponsibleNameOfAZoneIsAnAddress() {
    #expect(
      RoleMailbox.address(responsible: "hostmaster.site.example") == "hostmaster@site.example")
    #expect(RoleMailbox.address(responsible: "a\\.b.site.example.") == "a.b@site.example")
    #expect(RoleMailbox.address(responsible: "a\\010b.site.example") == nil)
    #expect(RoleMailbox.address(responsible: ".") == nil)
    #expect(RoleMailbox.address(responsible: "") == nil)
    #expect(RoleMailbox.address(responsible: "alone") == nil)
    #expect(RoleMailbox.address(responsible: "a\\") == nil)
    #expect(
      RoleMailbox.guesses(domain: "site.example") == [
        "abuse@site.example", "webmaster@site.example",
      ])
  }
}
