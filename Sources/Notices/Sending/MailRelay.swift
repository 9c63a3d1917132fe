import CCurl
import Foundation

/// The server that takes our mail, usually on this machine.
public struct MailRelay: Sendable, Hashable {
  /// How the connection is protected.
  public enum Protection: String, Sendable {
    /// Not at all; for loopback only.
    case none
    /// STARTTLS or nothing is sent.
    case startTLS = "starttls"
    /// TLS from the first byte.
    case tls
  }
  public var host: String
  public var port: UInt16
  public var protection: Protection
  /// Name and password to sign in with.
  public struct Login: Sendable, Hashable {
    var name: String
    var password: String

    public init(name: String, password: String) {
      self.name = name
      self.password = password
    }
  }
  /// How to sign in; nil for not at all.
  public var login: Login?
  /// PEM file of authorities instead of the system's.
  public var authorities: String?
  /// Seconds for a connection.
  public var connectSeconds = 30
  /// Seconds for a whole message: RFC 5321 section 4.5.3.2.6 gives the final reply ten minutes.
  public var totalSeconds = 660

  public init(host: String, port: UInt16, protection: Protection) {
    self.host = host
    self.port = port
    self.protection = protection
  }

  /// Whether it is this machine, by its address and not by a name.
  public var isLoopback: Bool { host == "::1" || host.hasPrefix("127.") && isNumeric }

  private var isNumeric: Bool {
    var address = in_addr()
    return inet_pton(AF_INET, host, &address) == 1
  }

  /// Whether its connection may carry mail at all.
  public var isAcceptable: Bool { protection != .none || isLoopback }
}

/// A mail address as it may stand in an SMTP command.
///
/// libcurl 7.88 puts what it is given on the wire as it is: a line end in an address is a command.
public enum MailAddress {
  /// Most bytes of an address (RFC 5321 section 4.5.3.1).
  public static let longest = 254

  /// Whether it is a plain dot-atom address at a host name; nothing quoted, no literals, ASCII only.
  public static func isPlain(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count <= longest, let at = bytes.firstIndex(of: 0x40) else { return false }
    let local = bytes[..<at]
    let domain = bytes[(at + 1)...]
    return (1...64).contains(local.count) && isDots(local) && isDots(domain)
      && domain.contains(0x2E)
      && local.allSatisfy { isAtom($0) || $0 == 0x2E }
      && domain.allSatisfy { isAlphanumeric($0) || $0 == 0x2E || $0 == 0x2D }
  }

  private static func isDots(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.split(separator: 0x2E, omittingEmptySubsequences: false).allSatisfy {
      !$0.isEmpty && $0.count <= 64
    }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  private static func isAtom(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
  }
}
