/// Name and password for a proxy; never written out with the policy it is part of.
public struct ProxyLogin: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible
{
  public var user: String
  public var password: String

  public init(user: String, password: String) {
    self.user = user
    self.password = password
  }

  /// Reads `user:password`; nil when there is no colon, no name, or a byte that is not printable.
  public init?(_ text: String) {
    let parts = text.utf8.split(
      separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
    // RFC 1929: one byte of length each.
    guard parts.count == 2, (1...255).contains(parts[0].count), parts[1].count <= 255,
      text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
    else { return nil }
    user = String(decoding: parts[0], as: UTF8.self)
    password = String(decoding: parts[1], as: UTF8.self)
  }

  public var description: String { "a proxy login" }
  public var debugDescription: String { description }
}

extension RequestHeadCollector {
  /// The head as it may be kept: what identifies us to the proxy is no part of what the site was asked.
  var keptHead: [UInt8] {
    let name = Array("proxy-authorization:".utf8)
    var kept: [UInt8] = []
    var line: [UInt8] = []
    for byte in head {
      line.append(byte)
      guard byte == 10 else { continue }
      let start = line.prefix(name.count).map { (65...90).contains($0) ? $0 | 0x20 : $0 }
      if start != name { kept += line }
      line.removeAll(keepingCapacity: true)
    }
    return kept + line
  }
}
