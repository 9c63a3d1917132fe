import Testing
import WebAddress

@testable import Fetching

@Suite struct AddressGuardTests {
  @Test(arguments: [
    "0.0.0.0", "0.255.255.255", "10.0.0.1", "10.255.255.255", "100.64.0.0", "100.127.255.255",
    "127.0.0.1", "127.255.255.255", "169.254.0.1", "169.254.169.254", "172.16.0.0",
    "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.0.0", "192.168.255.255",
    "198.18.0.0", "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.255",
    "240.0.0.1", "255.255.255.255",
    "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254",
    "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::",
    "3fff::1", "4000::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1",
  ])
  func `refuses what is not public`(_ text: String) throws {
    #expect(AddressGuard().permits(try #require(IPAddress(text))) == false)
  }

  @Test(arguments: [
    "1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
    "128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0",
    "192.0.1.0", "192.0.3.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0",
    "203.0.112.255", "203.0.114.0", "223.255.255.255",
    "2000::1", "2001:200::1", "2001:db7::1", "2003::1", "2606:4700::1", "3ffe::1",
    "::ffff:8.8.8.8", "64:ff9b::808:808",
  ])
  func `permits what is public`(_ text: String) throws {
    #expect(AddressGuard().permits(try #require(IPAddress(text))))
  }

  @Test func `an allowed range opens itself and nothing beside it`() throws {
    let gate = AddressGuard(allow: [try #require(AddressRange("127.0.0.0/8"))])
    #expect(gate.permits(try #require(IPAddress("127.0.0.9"))))
    #expect(gate.permits(try #require(IPAddress("::ffff:127.0.0.9"))))
    #expect(!gate.permits(try #require(IPAddress("10.0.0.1"))))
    #expect(!gate.permits(try #require(IPAddress("::1"))))
  }
}
