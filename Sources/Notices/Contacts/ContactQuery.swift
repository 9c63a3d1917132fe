public import CaseStore
public import Fetching

/// One thing to look up.
public struct ContactQuery: Sendable, Hashable {
  /// How it is asked.
  public enum Way: Sendable, Hashable {
    /// A file of RFC 9224: an address of the web or a path.
    case bootstrap(String)
    /// The address of an RDAP answer.
    case rdap(String)
    case whois(WhoisAnswer.Referral, line: String)
    case dns(DNSQuestion, server: String)
    /// The address of a `security.txt`.
    case securityText(String)
  }

  public var way: Way
  /// What it is about.
  public var target: String

  public init(_ way: Way, target: String) {
    self.way = way
    self.target = target
  }

  public var kind: StoredLookup.Kind {
    switch way {
    case .bootstrap: .bootstrap
    case .rdap: .rdap
    case .whois: .whois
    case .dns: .dns
    case .securityText: .securityText
    }
  }

  /// Who is asked.
  public var server: String {
    switch way {
    case .bootstrap(let place), .rdap(let place), .securityText(let place):
      Self.origin(of: place)
    case .whois(let server, _): "\(server.host):\(server.port)"
    case .dns(_, let server): server
    }
  }

  /// What goes out.
  public var text: String {
    switch way {
    case .bootstrap(let place), .rdap(let place), .securityText(let place): place
    case .whois(_, let line): line
    case .dns(let question, _): question.description
    }
  }

  /// What makes two look-ups the same question.
  public var key: String { StoredLookup.key(kind, server: server, query: text) }

  private static func origin(of place: String) -> String {
    let parts = place.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
    return place.hasPrefix("http") && parts.count >= 3
      ? parts.prefix(3).joined(separator: "/") : place
  }
}

/// Whoever carries look-ups out.
public protocol ContactAsker: Sendable {
  /// Asks; never throws, as not being answered is a result.
  func ask(_ query: ContactQuery) async -> StoredLookup
}
