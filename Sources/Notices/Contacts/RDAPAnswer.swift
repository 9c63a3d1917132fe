import Markup
public import WebAddress

/// What an RDAP answer (RFC 9083) says about who can be written to.
public struct RDAPAnswer: Sendable, Hashable {
  /// What it is about.
  public enum Kind: String, Sendable, Hashable {
    case domain, network = "ip network", autonomousSystem = "autnum", entity, nameserver
    /// An error or a search.
    case other
  }

  /// How much of an answer is read.
  public struct Limits: Sendable, Hashable {
    /// Bytes.
    public var maximumBytes = 1 << 20
    /// Nesting of arrays and objects.
    public var maximumDepth = 40
    /// Values in all.
    public var maximumValues = 100_000
    /// Entities in all.
    public var maximumEntities = 200
    /// Entities inside entities.
    public var maximumEntityDepth = 8

    public init() {}
  }

  /// One entity of it, wherever it stands.
  public struct Entity: Sendable, Hashable {
    /// Where it stands, as `entities[0].entities[2]`.
    public var path: String
    /// Entities around it.
    public var depth: Int
    public var handle: String?
    /// As they stand there, in small letters.
    public var roles: [String]
    /// Roles of the entities around it, outermost first.
    public var around: [[String]]
    public var name: String?
    /// Values of `email`, unchecked.
    public var mails: [String]
    /// Values of `contact-uri` and `url`, unchecked.
    public var pages: [String]
    /// Whether the answer says that its mail address is redacted.
    public var isRedacted: Bool

    /// Whether it has a role.
    public func has(_ role: String) -> Bool { roles.contains(role) }
  }

  public var kind: Kind
  /// `handle`, `ldhName` or `name`.
  public var handle: String?
  public var name: String?
  /// Ends of a network, or of a block of autonomous systems, as they stand there.
  public var range: (first: String, last: String)? {
    first.flatMap { first in last.map { (first, $0) } }
  }
  private var first: String?
  private var last: String?
  /// Autonomous systems that originate a network, where the registry says so.
  public var systems: [UInt32]
  /// The server of WHOIS that has the same.
  public var port43: String?
  /// Addresses of other answers about the same, such as the registrar's.
  public var related: [String]
  public var entities: [Entity]
  /// Names of what was redacted (RFC 9537).
  public var redactions: [String]
  /// Code and title of an error (RFC 9083 section 6).
  public var error: String?
  /// Whether entities were left out because of a limit.
  public var isCut: Bool

  /// Reads an answer; nil when it is no JSON object or exceeds a limit.
  public init?(_ bytes: [UInt8], limits: Limits = Limits()) {
    var json = JSONLimits()
    json.maximumBytes = limits.maximumBytes
    json.maximumDepth = limits.maximumDepth
    json.maximumValues = limits.maximumValues
    guard let root = JSONValue(parsing: bytes, limits: json), case .object = root else {
      return nil
    }
    kind = root["objectClassName"]?.string.flatMap(Kind.init(rawValue:)) ?? .other
    handle = root["handle"]?.string
    name = root["ldhName"]?.string ?? root["name"]?.string
    first = root["startAddress"]?.string
    last = root["endAddress"]?.string
    systems = (root["arin_originas0_originautnums"]?.items ?? []).prefix(8)
      .compactMap { $0.whole(UInt32.self) }
    port43 = root["port43"]?.string
    related = (root["links"]?.items ?? []).prefix(50).compactMap { link in
      guard link["rel"]?.string?.lowercased() == "related",
        link["type"]?.string?.lowercased() == "application/rdap+json"
      else { return nil }
      return link["href"]?.string
    }
    if let code = root["errorCode"]?.whole(Int.self) {
      error = "\(code) \(root["title"]?.string ?? "")"
    } else {
      error = nil
    }
    let hidden = (root["redacted"]?.items ?? []).prefix(100).map(Redaction.init)
    redactions = hidden.map(\.name)
    var gathering = EntityGathering(limits: limits, redactions: hidden)
    gathering.gather(root["entities"], path: "", around: [])
    // An answer about an entity is that entity.
    if kind == .entity { gathering.add(root, path: "", around: []) }
    entities = gathering.entities
    isCut = gathering.isCut
  }
}

extension RDAPAnswer {
  /// Whether it is about this domain, as far as it says.
  public func isNamed(_ domain: String) -> Bool {
    guard let name else { return true }
    let bare = name.hasSuffix(".") ? String(name.dropLast()) : name
    return bare.lowercased() == domain.lowercased()
  }

  /// Whether a network is around an address, as far as it says.
  public func covers(_ address: IPAddress) -> Bool {
    guard let range, let first = IPAddress(range.first), let last = IPAddress(range.last) else {
      return true
    }
    return first <= address && address <= last
  }
}

/// A member of `redacted` (RFC 9537 section 4.2).
struct Redaction: Sendable, Hashable {
  var name: String
  /// Paths of what was there before and is there now.
  var paths: String
  /// `removal`, `emptyValue`, `partialValue` or `replacementValue`.
  var method: String

  init(_ value: JSONValue) {
    name = value["name"]?["type"]?.string ?? value["name"]?["description"]?.string ?? "unnamed"
    paths = ["prePath", "postPath", "replacementPath"].compactMap { value[$0]?.string }
      .joined(separator: " ")
    method = value["method"]?.string ?? "removal"
  }

  /// Whether what is left of a mail address of these roles is not the address itself.
  ///
  /// Paths are JSONPath, which is not evaluated: an answer that says that it changed an address of a role
  /// is believed for every entity of that role. Replaced values were made to be used.
  func hidesMail(of roles: [String]) -> Bool {
    guard method != "replacementValue" else { return false }
    let text = (name + " " + paths).lowercased()
    guard text.contains("email") || text.contains("e-mail") else { return false }
    let named = Self.roles.filter { text.contains($0) }
    // "tech" and "admin" are how the profile of gTLDs writes two of the roles.
    return roles.contains { role in named.contains { role.hasPrefix($0) } }
  }

  private static let roles = [
    "registrant", "tech", "admin", "billing", "registrar", "abuse", "noc",
  ]
}

/// Walks entities inside entities.
private struct EntityGathering {
  let limits: RDAPAnswer.Limits
  let redactions: [Redaction]
  var entities: [RDAPAnswer.Entity] = []
  var isCut = false

  mutating func gather(_ value: JSONValue?, path: String, around: [[String]]) {
    for (index, entity) in (value?.items ?? []).enumerated() {
      guard entities.count < limits.maximumEntities, around.count < limits.maximumEntityDepth else {
        isCut = true
        return
      }
      let here = path + (path.isEmpty ? "" : ".") + "entities[\(index)]"
      let roles = add(entity, path: here, around: around)
      gather(entity["entities"], path: here, around: around + [roles])
    }
  }

  @discardableResult
  mutating func add(_ value: JSONValue, path: String, around: [[String]]) -> [String] {
    guard case .object = value else { return [] }
    var roles = (value["roles"]?.items ?? []).prefix(20).compactMap { $0.string?.lowercased() }
    // A lone word in place of the list, which is against RFC 9083 section 5.1.
    if let role = value["roles"]?.string { roles = [role.lowercased()] }
    let card = JCard(value["vcardArray"])
    entities.append(
      RDAPAnswer.Entity(
        path: path, depth: around.count, handle: value["handle"]?.string, roles: roles,
        around: around, name: card.name, mails: card.mails, pages: card.pages,
        isRedacted: redactions.contains { $0.hidesMail(of: roles) }))
    return roles
  }
}
