import Testing

@testable import WebAddress

@Suite("Properties of addresses")
struct AddressPropertyTests {
  @Test func mutatedAddressesKeepTheLaws() throws {
    var mutator = Mutator(seed: 7)
    let base = try #require(Address("https://www.site.example/a/b?c#d"))
    let fileBase = try #require(Address("file:///C:/a/b"))
    var parsed = 0
    for round in 0..<20_000 {
      let text = mutator.next()
      guard
        let address = Address(text, base: round % 3 == 0 ? nil : round % 3 == 1 ? base : fileBase)
      else { continue }
      parsed += 1
      checkLaws(address, from: text)
    }
    #expect(parsed > 10_000)
  }

  private func checkLaws(_ address: Address, from text: String) {
    // Recording an expectation costs more than parsing, so only broken laws are recorded.
    func law(_ holds: Bool, line: Int = #line) {
      guard !holds else { return }
      Issue.record("the law on line \(line): \(text.debugDescription)")
    }
    law(address.href.utf8.allSatisfy { (0x20..<0x7F).contains($0) })
    let again = Address(address.href)
    law(again == address)
    law(again.map(describe) == describe(address))
    law(reassembled(address) == address.href)
    // Resolving an absolute address gives it, whatever the base.
    law(Address("http://other.test/x/y")?.resolving(address.href) == address)

    let canonical = address.canonical
    law(canonical.canonical == canonical)
    law(Address(canonical.href) == canonical)
    law(canonical.hash.isEmpty)
    law(canonical.politenessGroup == address.politenessGroup)
    law(canonical.registrableDomain == address.registrableDomain)
    law(Address(address.withoutFragment.href) == address.withoutFragment)
    if case .ipv4(let literal)? = address.host {
      law(IPAddress(literal.description) == literal)
    }
    if case .ipv6(let literal)? = address.host {
      law(IPAddress(literal.description) == literal)
    }
    law(!address.surtKey.isEmpty)
  }

  private func describe(_ address: Address) -> [String] {
    [
      address.scheme, address.username, address.password, address.hostname,
      "\(address.host as Any)",
      "\(address.port as Any)", address.pathname, address.search, address.hash, address.origin,
    ]
  }

  /// The URL serialiser (URL standard §4.5) from the components.
  private func reassembled(_ address: Address) -> String {
    var text = address.scheme + ":"
    if address.host != nil {
      text += "//"
      if !address.username.isEmpty || !address.password.isEmpty {
        text += address.username
        if !address.password.isEmpty { text += ":" + address.password }
        text += "@"
      }
      text += address.hostname
      if let port = address.port { text += ":\(port)" }
    } else if !address.hasOpaquePath, address.pathname.hasPrefix("//") {
      text += "/."
    }
    text += address.pathname
    // Empty queries and fragments show in the serialisation only.
    text += address.layout.query >= 0 && address.search.isEmpty ? "?" : address.search
    text += address.layout.fragment >= 0 && address.hash.isEmpty ? "#" : address.hash
    return text
  }

  @Test func randomBytesNeverCrash() {
    var mutator = Mutator(seed: 99)
    for _ in 0..<5_000 {
      let bytes = (0..<mutator.below(60)).map { _ in UInt8(mutator.below(256)) }
      let text = String(decoding: bytes, as: UTF8.self)
      for prefix in ["", "http://", "http://[", "file:", "x://"] {
        if let address = Address(prefix + text) { #expect(Address(address.href) == address) }
      }
      _ = IPAddress(text)
      _ = AddressRange(text)
      _ = PublicSuffixList.system.registrableDomain(of: text)
    }
  }

  @Test func randomIPAddressesRoundTrip() {
    var mutator = Mutator(seed: 5)
    for _ in 0..<5_000 {
      let four = IPAddress(v4: UInt32(truncatingIfNeeded: mutator.random()))
      // Many zero pieces, so that compression is at work.
      let mask = { (_: UInt64) -> UInt64 in mutator.random() & mutator.random() & mutator.random() }
      let six = IPAddress(
        v6High: mask(0) & 0xFFFF_0000_FFFF_0000, low: mask(0) & 0x0000_FFFF_FFFF_0000)
      for address in [four, six] {
        #expect(IPAddress(address.description) == address)
        #expect(IPAddress(bytes: address.bytes) == address)
        let host = address.family == .v4 ? "\(address)" : "[\(address)]"
        #expect(Address("http://\(host)/")?.host?.address == address)
        let range = AddressRange(first: address, prefix: address.family.bits)
        #expect(range?.contains(address) == true)
        #expect(range.flatMap { AddressRange($0.description) } == range)
      }
    }
  }
}
