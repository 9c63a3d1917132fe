import Testing

@testable import WebAddress

@Suite("IP addresses")
struct IPAddressTests {
  /// Request forgery hides addresses in the older spellings of inet_aton.
  @Test(arguments: [
    "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f000001/",
    "http://0x7F.1/", "http://017700000001/", "http://0177.0.0.01/", "http://127.0.0.1./",
    "http://１２７.0.0.1/", "http://%31%32%37.0.0.1/", "http://127。0。0。1/", "http://0x7f.0X0.0.0x1/",
  ])
  func obfuscatedLoopbackIsFound(text: String) throws {
    let address = try #require(Address(text)?.host?.address)
    #expect(address == IPAddress("127.0.0.1"))
    #expect(!address.isPubliclyRoutable)
    #expect(Address(text)?.href == "http://127.0.0.1/")
  }

  @Test(arguments: [
    "127.1", "0x7f.0.0.1", "0177.0.0.1", "01.2.3.4", "1.2.3.256", "1.2.3", "1.2.3.4.5", "1.2.3.4 ",
    "", "[::1]", "::1%eth0", ":", ":::", "1::2::3", "12345::", "1:2:3:4:5:6:7", "::1.2.3",
    "1.2.3.4::", "::ffff:1.2.3.4.5", "1:2:3:4:5:6:7:1.2.3.4", "١.٢.٣.٤", "::1:",
  ])
  func strictReadingRefuses(text: String) {
    #expect(IPAddress(text) == nil)
  }

  @Test(arguments: [
    ("::", "::"), ("0:0:0:0:0:0:0:1", "::1"), ("1::", "1::"), ("2001:DB8::0:1", "2001:db8::1"),
    ("1:0:0:2:0:0:0:3", "1:0:0:2::3"), ("1:0:0:2:0:0:3:4", "1::2:0:0:3:4"),
    ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"), ("1:0:3:4:5:6:7:8", "1:0:3:4:5:6:7:8"),
    ("::ffff:1.2.3.4", "::ffff:102:304"), ("255.255.255.255", "255.255.255.255"),
    ("0.0.0.0", "0.0.0.0"),
    ("::1:2:3:4:5:6:7", "0:1:2:3:4:5:6:7"), ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
  ])
  func writesShortForms(text: String, expected: String) {
    #expect(IPAddress(text)?.description == expected)
  }

  @Test(arguments: [
    ("0.0.0.0", AddressPurpose.unspecified), ("0.1.2.3", .thisNetwork), ("10.0.0.0", .privateUse),
    ("10.255.255.255", .privateUse), ("172.16.0.0", .privateUse), ("172.31.255.255", .privateUse),
    ("192.168.0.1", .privateUse), ("127.255.255.254", .loopback), ("169.254.0.1", .linkLocal),
    ("169.254.169.254", .cloudMetadata), ("100.100.100.200", .cloudMetadata),
    ("168.63.129.16", .cloudMetadata), ("100.64.0.0", .carrierGradeNAT),
    ("100.127.255.255", .carrierGradeNAT), ("192.0.0.8", .protocolAssignment),
    ("192.0.2.1", .documentation), ("198.51.100.1", .documentation),
    ("203.0.113.1", .documentation),
    ("198.18.0.0", .benchmarking), ("198.19.255.255", .benchmarking), ("192.88.99.1", .reserved),
    ("224.0.0.1", .multicast), ("239.255.255.255", .multicast), ("240.0.0.1", .reserved),
    ("255.255.255.255", .broadcast), ("::", .unspecified), ("::1", .loopback),
    ("::ffff:127.0.0.1", .loopback), ("::ffff:10.1.1.1", .privateUse), ("::127.0.0.1", .loopback),
    ("::8.8.8.8", .reserved), ("64:ff9b::10.0.0.1", .privateUse),
    ("64:ff9b:1::1", .localTranslation),
    ("64:ff9b::1:0:0", .reserved), ("2002:7f00:1::", .loopback),
    ("2002:a9fe:a9fe::1", .cloudMetadata),
    ("2001:0:7f00:1::", .loopback), ("2001:0:808:808:0:0:80ff:fffe", .loopback),
    ("fc00::1", .uniqueLocal), ("fdff::1", .uniqueLocal), ("fd00:ec2::254", .cloudMetadata),
    ("fe80::1", .linkLocal), ("febf::1", .linkLocal), ("fec0::1", .siteLocal),
    ("fe00::1", .reserved),
    ("ff02::1", .multicast), ("100::1", .discard), ("2001:db8::1", .documentation),
    ("3fff:fff::1", .documentation), ("2001:2::1", .benchmarking),
    ("2001:20::1", .protocolAssignment),
    ("2001:1ff::1", .protocolAssignment), ("5f00::1", .reserved), ("4000::1", .reserved),
    ("::ffff:169.254.169.254", .cloudMetadata),
  ])
  func specialPurposesAreKnown(text: String, expected: AddressPurpose) throws {
    let address = try #require(IPAddress(text))
    #expect(address.specialPurpose == expected)
    #expect(address.reason == expected.rawValue)
    #expect(!address.isPubliclyRoutable)
  }

  @Test(arguments: [
    "1.0.0.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0",
    "126.255.255.255", "128.0.0.0", "169.253.255.255", "172.15.255.255", "172.32.0.0",
    "192.0.1.0", "192.0.3.0", "192.167.255.255", "198.17.255.255", "198.20.0.0", "223.255.255.255",
    "2000::1", "2001:200::1", "2001:4860:4860::8888", "2a00:1450::1", "3ffe::1", "::ffff:8.8.8.8",
    "64:ff9b::8.8.8.8", "2002:808:808::1", "2001:0:808:808:0:0:f7f7:f7f7",
  ])
  func publicAddressesPass(text: String) throws {
    let address = try #require(IPAddress(text))
    #expect(address.isPubliclyRoutable, "\(address.reason ?? "")")
    #expect(address.reason == nil)
  }

  @Test func ordersByNumber() throws {
    let texts = ["1.2.3.4", "10.0.0.0", "255.0.0.0", "::1", "1::", "1::1", "ffff::"]
    let addresses = try texts.map { try #require(IPAddress($0)) }
    #expect(addresses.shuffled().sorted() == addresses)
  }

  @Test(arguments: [
    ("127.0.0.0/8", "127.1.2.3", true), ("127.0.0.0/8", "128.0.0.0", false),
    ("0.0.0.0/0", "9.9.9.9", true),
    ("0.0.0.0/0", "::1", false), ("::1", "::1", true), ("::1/128", "::2", false),
    ("::/0", "ff::", true),
    ("fe80::/10", "febf::1", true), ("fe80::/10", "fec0::1", false),
    ("2001:db8::/64", "2001:db8::9", true),
    ("2001:db8::/64", "2001:db8:0:1::", false), ("2001:db8::/65", "2001:db8::8000:0:0:0", false),
    ("192.0.2.7", "192.0.2.7", true), ("192.0.2.7", "192.0.2.8", false),
  ])
  func rangesContain(range: String, address: String, expected: Bool) throws {
    let range = try #require(AddressRange(range))
    #expect(range.contains(try #require(IPAddress(address))) == expected)
  }

  @Test(arguments: [
    "", "/", "/8", "127.0.0.0/", "127.0.0.0/33", "127.0.0.1/8", "::/129", "::1/64", "127.0.0.0/-1",
    "127.0.0.0/8/8", "127.0.0.0/+8", "127.0.0.0/ 8", "site.example/8", "127/8", "127.0.0.0/0008",
  ])
  func rangesRefuse(text: String) {
    #expect(AddressRange(text) == nil)
  }
}
