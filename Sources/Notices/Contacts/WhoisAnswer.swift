/// What an answer of WHOIS (RFC 3912) says about who can be written to, and where to ask next.
///
/// WHOIS has no form: lines `key: value` of the registries, and the remark of RIPE, are understood. Bytes
/// that are no UTF-8 are read as Latin-1.
public struct WhoisAnswer: Sendable, Hashable {
  /// Most bytes that are read.
  public static let longest = 256 << 10
  /// Most lines.
  public static let mostLines = 5_000
  /// Most bytes of a line; longer ones are left out.
  public static let longestLine = 1_000
  /// Most addresses that are kept.
  public static let mostAddresses = 16

  /// An address that the text gives, unchecked.
  public struct Mention: Sendable, Hashable {
    public var text: String
    /// The key of its line.
    public var key: String
    /// From 1.
    public var line: Int
    /// Whether it is given as the contact for abuse.
    public var isAbuse: Bool
  }

  public var mentions: [Mention] = []
  /// Name of the organisation or of the registrar.
  public var name: String?
  /// Server that has more.
  public var referral: Referral?
  /// Whether it says that there is nothing.
  public var isEmpty = true

  /// A server to ask next.
  public struct Referral: Sendable, Hashable {
    public var host: String
    public var port: UInt16

    public init(host: String, port: UInt16) {
      self.host = host
      self.port = port
    }
  }

  /// Reads an answer; never fails, as any text is one.
  public init(_ bytes: [UInt8]) {
    var number = 0
    for line in bytes.prefix(Self.longest).split(
      maxSplits: Self.mostLines, omittingEmptySubsequences: false,
      whereSeparator: { $0 == 0x0A })
    {
      number += 1
      guard number <= Self.mostLines else { break }
      guard line.count <= Self.longestLine else { continue }
      read(Self.text(Array(line)), number)
    }
  }

  private mutating func read(_ line: String, _ number: Int) {
    let trimmed = Self.trimmed(line)
    guard !trimmed.isEmpty else { return }
    if let address = Self.remark(trimmed) {
      isEmpty = false
      add(Mention(text: address, key: "abuse contact", line: number, isAbuse: true))
      return
    }
    guard !trimmed.hasPrefix("%"), !trimmed.hasPrefix("#"),
      let colon = trimmed.firstIndex(of: ":")
    else { return }
    let key = Self.trimmed(String(trimmed[..<colon])).lowercased()
    let value = Self.trimmed(String(trimmed[trimmed.index(after: colon)...]))
    guard !value.isEmpty, key.utf8.count <= 64 else { return }
    isEmpty = false
    if Self.abuseKeys.contains(key) {
      add(Mention(text: value, key: key, line: number, isAbuse: true))
    } else if Self.otherKeys.contains(key) {
      add(Mention(text: value, key: key, line: number, isAbuse: false))
    } else if Self.nameKeys.contains(key) {
      name = name ?? value
    } else if Self.referralKeys.contains(key), referral == nil {
      referral = Self.referral(value)
    }
  }

  private mutating func add(_ mention: Mention) {
    if mentions.count < Self.mostAddresses { mentions.append(mention) }
  }

  /// `% Abuse contact for '192.0.2.0 - 192.0.2.255' is 'abuse@host.example'`.
  private static func remark(_ line: String) -> String? {
    let lowered = line.lowercased()
    guard lowered.hasPrefix("% abuse contact for") else { return nil }
    let parts = line.split(separator: "'", omittingEmptySubsequences: false)
    return parts.count >= 5 ? String(parts[3]) : nil
  }

  private static func referral(_ value: String) -> Referral? {
    var rest = value.lowercased()[...]
    if rest.hasPrefix("rwhois://") { return nil }
    for scheme in ["whois://", "https://", "http://"] where rest.hasPrefix(scheme) {
      // A page about the domain is no server to ask.
      if scheme != "whois://" { return nil }
      rest = rest.dropFirst(scheme.count)
    }
    if rest.hasSuffix("/") { rest = rest.dropLast() }
    let parts = rest.split(separator: ":", omittingEmptySubsequences: false)
    guard let host = parts.first, parts.count <= 2, !host.isEmpty, host.utf8.count <= 253,
      host.utf8.allSatisfy({
        (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D || $0 == 0x2E
      }), host.utf8.contains(0x2E)
    else { return nil }
    guard parts.count == 2 else { return Referral(host: String(host), port: 43) }
    guard let port = UInt16(parts[1]), port > 0 else { return nil }
    return Referral(host: String(host), port: port)
  }

  private static func text(_ bytes: [UInt8]) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
  }

  private static func trimmed(_ text: String) -> String {
    let bytes = Array(text.utf8)
    guard let first = bytes.firstIndex(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }),
      let last = bytes.lastIndex(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D })
    else { return "" }
    return String(decoding: bytes[first...last], as: UTF8.self)
  }

  private static let abuseKeys: Set<String> = [
    "orgabuseemail", "abuse-mailbox", "registrar abuse contact email", "abuse contact email",
    "rabuseemail", "abuse-email", "abuse contact", "abuse e-mail",
  ]
  private static let otherKeys: Set<String> = [
    "orgtechemail", "orgnocemail", "rtechemail", "rnocemail", "registrar customer service email",
  ]
  private static let nameKeys: Set<String> = [
    "orgname", "org-name", "registrar", "organisation", "sponsoring registrar", "netname",
    "as-name",
  ]
  private static let referralKeys: Set<String> = [
    "refer", "whois", "referralserver", "registrar whois server", "whois server",
  ]
}
