import CAres
import Glibc
public import WebAddress

/// What is asked of the domain name system.
public struct DNSQuestion: Sendable, Hashable, CustomStringConvertible {
  /// Types of records (RFC 1035 section 3.2.2, RFC 3596).
  public enum Kind: Int32, Sendable, Hashable {
    case address = 1
    case authority = 6
    case mailServers = 15
    case text = 16
    case address6 = 28

    /// The name in zone files.
    public var name: String {
      switch self {
      case .address: "A"
      case .authority: "SOA"
      case .mailServers: "MX"
      case .text: "TXT"
      case .address6: "AAAA"
      }
    }
  }

  public var kind: Kind
  public var name: String

  public init(_ kind: Kind, _ name: String) {
    self.kind = kind
    self.name = name
  }

  /// `SOA site.example`.
  public var description: String { "\(kind.name) \(name)" }
}

/// An answer of the domain name system, as its bytes; read with c-ares.
public struct DNSReply: Sendable, Hashable {
  /// How asking ended.
  public enum Outcome: String, Sendable, Hashable {
    case answered
    /// The name is there and has no such record.
    case empty
    case noSuchName = "no-such-name"
    case serverFailure = "server-failure"
    case refused
    case badName = "bad-name"
    case badReply = "bad-reply"
    case unreachable
    case timedOut = "timed-out"
    case failed
  }

  public var question: DNSQuestion
  public var outcome: Outcome
  /// The message (RFC 1035 section 4); empty when none came.
  public var message: [UInt8]

  public init(_ question: DNSQuestion, _ outcome: Outcome, message: [UInt8]) {
    self.question = question
    self.outcome = outcome
    self.message = message
  }

  /// Most records of a kind that are read.
  public static let mostRecords = 32

  /// Addresses of an answer about A or AAAA, in its order.
  public var addresses: [IPAddress] { hosts.addresses }

  /// Names that the name is another name of (CNAME), in no order.
  public var aliases: [String] { hosts.names }

  /// The responsible person's name of an SOA record, escaped as in zone files.
  public var responsible: String? {
    var found: UnsafeMutablePointer<ares_soa_reply>?
    guard parse({ ares_parse_soa_reply($0, $1, &found) }), let found else { return nil }
    defer { ares_free_data(found) }
    return found.pointee.hostmaster.map { String(cString: $0) }
  }

  /// The texts of TXT records; bytes that are no UTF-8 are replaced.
  public var texts: [String] {
    var found: UnsafeMutablePointer<ares_txt_reply>?
    guard parse({ ares_parse_txt_reply($0, $1, &found) }), let found else { return [] }
    defer { ares_free_data(found) }
    var texts: [String] = []
    var next: UnsafeMutablePointer<ares_txt_reply>? = found
    while let record = next?.pointee, texts.count < Self.mostRecords {
      if let text = record.txt {
        texts.append(
          String(decoding: UnsafeBufferPointer(start: text, count: record.length), as: UTF8.self))
      }
      next = record.next
    }
    return texts
  }

  /// Whether the domain says that it takes no mail: one MX record of the root (RFC 7505).
  public var takesNoMail: Bool {
    var found: UnsafeMutablePointer<ares_mx_reply>?
    guard parse({ ares_parse_mx_reply($0, $1, &found) }), let found else { return false }
    defer { ares_free_data(found) }
    guard found.pointee.next == nil, let host = found.pointee.host else { return false }
    return host[0] == 0 || (host[0] == 0x2E && host[1] == 0)
  }

  private var hosts: (addresses: [IPAddress], names: [String]) {
    var host: UnsafeMutablePointer<hostent>?
    let read =
      question.kind == .address6
      ? parse { ares_parse_aaaa_reply($0, $1, &host, nil, nil) }
      : parse { ares_parse_a_reply($0, $1, &host, nil, nil) }
    guard read, let host else { return ([], []) }
    defer { ares_free_hostent(host) }
    let entry = host.pointee
    var addresses: [IPAddress] = []
    var next = entry.h_addr_list
    while let bytes = next?.pointee, addresses.count < Self.mostRecords {
      let raw = UnsafeRawBufferPointer(start: bytes, count: Int(entry.h_length))
      if let address = IPAddress(bytes: Array(raw)) { addresses.append(address) }
      next = next?.successor()
    }
    var names: [String] = []
    var alias = entry.h_aliases
    while let text = alias?.pointee, names.count < Self.mostRecords {
      names.append(String(cString: text))
      alias = alias?.successor()
    }
    if let name = entry.h_name { names.append(String(cString: name)) }
    return (addresses, names.filter { $0.lowercased() != question.name.lowercased() })
  }

  private func parse(_ body: (UnsafePointer<UInt8>, Int32) -> Int32) -> Bool {
    guard !message.isEmpty, message.count <= 65_535 else { return false }
    return message.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return false }
      return body(base, Int32(bytes.count)) == ARES_SUCCESS
    }
  }
}
