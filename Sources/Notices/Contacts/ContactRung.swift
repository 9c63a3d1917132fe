/// A step of the ladder of those who can act; the numbers are those of notices.
public enum ContactRung: Int, Sendable, Hashable, CaseIterable, Comparable {
  case site = 1
  case platform
  case forwarder
  case host
  case network
  case registrar
  case registry
  case partner

  /// The word for it; `cdn` for a network in front of the site.
  public var name: String {
    switch self {
    case .site: "site"
    case .platform: "platform"
    case .forwarder: "cdn"
    case .host: "host"
    case .network: "network"
    case .registrar: "registrar"
    case .registry: "registry"
    case .partner: "partner"
    }
  }

  /// Reads a word or a number.
  public init?(_ text: String) {
    let known = Self.allCases.first { $0.name == text || String($0.rawValue) == text }
    guard let known else { return nil }
    self = known
  }

  public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// Where a contact was found; in the order in which they are believed.
public enum ContactSource: String, Sendable, Hashable, CaseIterable, Comparable {
  case directory
  case rdap
  case whois
  case securityText = "security.txt"
  case authority = "dns-soa"
  case rolename = "rfc2142"

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.count }
  public static func < (a: Self, b: Self) -> Bool { a.rank < b.rank }
}

/// How sure it is that whoever reads it can act.
public enum ContactConfidence: String, Sendable, Hashable, CaseIterable, Comparable {
  /// People looked it up and wrote it down.
  case confirmed
  /// Published as the contact for abuse.
  case published
  /// Published for something else.
  case related
  /// Nobody published it; it follows from a name.
  case guess

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.count }
  public static func < (a: Self, b: Self) -> Bool { a.rank < b.rank }
}

/// Somebody who might be written to, taken or refused.
public struct ContactCandidate: Sendable, Hashable {
  public var rung: ContactRung
  /// What it is about: a host name, a domain, an address or `AS64500`.
  public var target: String
  /// As it stood in the answer, cut to `longestText` bytes.
  public var text: String
  /// Nil when it is refused as no way to write to anybody.
  public var way: ContactWay?
  public var refusal: ContactRefusal?
  public var organisation: String
  public var source: ContactSource
  public var confidence: ContactConfidence
  /// Why it is a contact of this rung, in words, with where it stands.
  public var reason: String
  /// The look-up that it stands in; nil for the directory and for guesses.
  public var lookup: Int64?

  /// Most bytes of `text`, `organisation` and `reason` that are kept.
  public static let longestText = 300

  /// Reads text of an answer.
  public init(
    _ text: String, rung: ContactRung, target: String, organisation: String, source: ContactSource,
    confidence: ContactConfidence, reason: String, lookup: Int64?, rules: ContactRules
  ) {
    self.rung = rung
    self.target = target
    self.text = Self.cut(text)
    self.organisation = Self.cut(organisation)
    self.source = source
    self.confidence = confidence
    self.reason = Self.cut(reason)
    self.lookup = lookup
    do throws(ContactRefusal) {
      way = try rules.read(text)
    } catch {
      refusal = error
    }
  }

  static func cut(_ text: String) -> String {
    let bytes = text.utf8.prefix(longestText)
    return bytes.count == text.utf8.count ? text : String(decoding: bytes, as: UTF8.self)
  }
}
