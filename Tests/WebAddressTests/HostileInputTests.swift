import Glibc
import Testing

@testable import WebAddress

/// Work grows with the length of the input and not with its square.
///
/// Quadratic work on inputs like these takes minutes in a debug build; linear work takes
/// milliseconds, so that one generous limit tells them apart on any machine. The thread's own time is
/// what counts: other work on the machine does not.
@Suite("Hostile addresses")
struct HostileInputTests {
  static let length = 65_000
  static let inputs: [(name: String, text: String)] = [
    ("label", "http://" + String(repeating: "a", count: length) + ".example/"),
    ("dots", "http://" + String(repeating: ".", count: length) + "/"),
    ("labels", "http://" + String(repeating: "a.", count: length / 2) + "example/"),
    ("climbing", "http://a.test/" + String(repeating: "../", count: length / 3)),
    ("deep", "http://a.test/" + String(repeating: "a/", count: length / 2)),
    ("in and out", "http://a.test/" + String(repeating: "a/../", count: length / 5)),
    ("slashes", "http:" + String(repeating: "/", count: length)),
    ("path slashes", "x:/" + String(repeating: "/", count: length)),
    ("at signs", "http://" + String(repeating: "@", count: length / 4) + "a.test/"),
    ("colons", "http://a.test" + String(repeating: ":", count: length)),
    ("brackets", "http://" + String(repeating: "[", count: length)),
    ("port", "http://a.test:" + String(repeating: "0", count: length) + "81/"),
    ("number", "http://0x" + String(repeating: "0", count: length) + "7f.1/"),
    ("numbers", "http://" + String(repeating: "1.", count: length / 2)),
    ("percent", "http://a.test/%" + String(repeating: "25", count: length / 2)),
    ("query", "http://a.test/?" + String(repeating: "&", count: length)),
    ("parameters", "http://a.test/?" + String(repeating: "a&", count: length / 2)),
    ("sessions", "http://a.test/?" + String(repeating: "sid=0&", count: length / 6)),
    ("cfid", "http://a.test/?" + String(repeating: "cfid=1&", count: length / 7)),
    ("aspx", "http://a.test/" + String(repeating: ".aspx/", count: length / 6)),
    ("parentheses", "http://a.test/" + String(repeating: "(/", count: length / 2) + ".aspx"),
    (
      "long parentheses",
      "http://a.test/(" + String(repeating: "s(", count: length / 2) + ")/x.aspx"
    ),
    ("path parameters", "http://a.test/a" + String(repeating: ";jsessionid=1", count: length / 13)),
    ("spaces", String(repeating: " ", count: length) + "http://a.test/"),
    ("tabs", "ht" + String(repeating: "\t", count: length) + "tp://a.test/"),
    ("opaque spaces", "x:" + String(repeating: " ", count: length - 10) + "?"),
    ("scheme", String(repeating: "a", count: length)),
    ("unicode label", "http://" + String(repeating: "ü", count: length / 2)),
    ("escaped label", "http://" + String(repeating: "%C3%BC", count: length / 6)),
    ("encoded label", "http://ü.xn--" + String(repeating: "a", count: 2_000)),
  ]

  @Test(arguments: inputs.map(\.name))
  func takesLinearTime(name: String) throws {
    let text = try #require(Self.inputs.first { $0.name == name }?.text)
    let base = try #require(Address("http://a.test/b/c?d"))
    let took = threadSeconds {
      for parsed in [Address(text), base.resolving(text)] {
        guard let parsed else { continue }
        #expect(Address(parsed.href) == parsed)
        #expect(parsed.canonical.canonical == parsed.canonical)
        #expect(!parsed.surtKey.isEmpty)
        _ = (parsed.registrableDomain, parsed.politenessGroup, parsed.host?.displayName)
      }
    }
    #expect(took < 5, "\(took) s")
  }

  private func threadSeconds(_ work: () -> Void) -> Double {
    func now() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    let start = now()
    work()
    return now() - start
  }

  @Test func lengthIsBounded() throws {
    let long = "http://a.test/" + String(repeating: "a", count: Address.maximumLength)
    #expect(throws: AddressError.tooLong(limit: 65_536)) { try Address(parsing: long) }
    // The serialisation of a text within the limit may be three times as long.
    let growing = "http://a.test/" + String(repeating: "ü", count: 20_000)
    #expect(throws: AddressError.tooLong(limit: 65_536)) { try Address(parsing: growing) }
    #expect(throws: AddressError.tooLong(limit: 10)) {
      try Address(parsing: "http://a.test/", maximumLength: 10)
    }
    #expect(throws: AddressError.hostTooLong(limit: 2_048)) {
      try Address(parsing: "http://" + String(repeating: "ü", count: 2_000))
    }
    let base = try #require(
      Address("http://a.test/" + String(repeating: "a/", count: 32_000)))
    #expect(base.resolving(String(repeating: "b", count: 10_000)) == nil)
  }
}
