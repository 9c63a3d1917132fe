public import WebAddress

/// What a robots.txt file says, as RFC 9309 reads it.
///
/// Errors in the file are never errors here: what cannot be read is skipped, as the standard wants.
/// Beyond the standard: `Crawl-delay` is read, a colon that was forgotten is supplied, and common
/// misspellings of `Disallow` are taken for what was meant, since each of these errs to the polite
/// side.
public struct RobotsRules: Sendable {
  /// Bytes of a file that are read; the standard asks for at least this much (section 2.5).
  public static let maximumBytes = 500 * 1024

  /// Everything the file states for one set of user agents.
  struct Group: Sendable {
    /// Product tokens in lower case; `*` for everyone.
    var agents: [[UInt8]]
    var rules: [RobotsPattern]
  }

  var groups: [Group]
  /// Delays by product token, in the order of the file.
  var delays: [(agent: [UInt8], seconds: Double)]
  /// The values of `Sitemap:` lines as written, which belong to no group.
  public internal(set) var sitemaps: [String]
  /// The file was longer than `maximumBytes` and what follows was not read.
  public internal(set) var truncated: Bool

  /// Rules that allow everything: what a missing file means (section 2.3.1.3).
  public static let allowingAll = RobotsRules(parsing: [])

  /// The rule that decides about an address for a user agent.
  ///
  /// `agent` is our product token, such as `Adwatch`; of an identification string `Adwatch/1.0` the
  /// part before the slash counts. The longest matching pattern wins, and `Allow` wins a tie (section
  /// 2.2.2). `/robots.txt` itself is always allowed. Time is linear in the size of the file times the
  /// length of the address, whatever the patterns are.
  public func verdict(for address: Address, agent: String) -> RobotsVerdict {
    let path = Self.comparable(address)
    if path.elementsEqual("/robots.txt".utf8) { return .allowed(nil) }
    var best: RobotsPattern?
    for group in groups(for: agent) {
      for rule in group.rules where rule.isBetter(than: best) && rule.matches(path) {
        best = rule
      }
    }
    guard let best else { return .allowed(nil) }
    return best.allows ? .allowed(best.rule) : .disallowed(best.rule)
  }

  /// Seconds that the file asks a user agent to leave between requests; nil when it says nothing.
  ///
  /// The longest of several values. Fractions are kept; what is longer than ten years counts as ten.
  public func crawlDelay(agent: String) -> Double? {
    let token = Self.token(ofAgent: agent)
    let own = delays.filter { $0.agent == token }.map(\.seconds).max()
    if own != nil || groups.contains(where: { $0.agents.contains(token) }) { return own }
    return delays.filter { $0.agent == Self.everyone }.map(\.seconds).max()
  }

  /// The groups that name the agent, merged in effect; else those for everyone; else none.
  private func groups(for agent: String) -> [Group] {
    let token = Self.token(ofAgent: agent)
    let own = groups.filter { $0.agents.contains(token) }
    return own.isEmpty ? groups.filter { $0.agents.contains(Self.everyone) } : own
  }

  static let everyone: [UInt8] = [UInt8(ascii: "*")]

  static func token(ofAgent agent: String) -> [UInt8] {
    agent.utf8.prefix { $0 != UInt8(ascii: "/") }.map(lowercased)
  }

  static func lowercased(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }

  /// Path and query in the spelling that rules are compared with.
  static func comparable(_ address: Address) -> [UInt8] {
    let search = address.search
    // An empty query is none to a URL's parts, but its question mark is sent and can be matched.
    let isEmptyQuery = search.isEmpty && address.withoutFragment.href.utf8.last == UInt8(ascii: "?")
    let path = ComparableForm.bytes(
      (address.pathname + (isEmptyQuery ? "?" : search)).utf8, encodingSpecials: true)
    return path.first == UInt8(ascii: "/") ? path : [UInt8(ascii: "/")] + path
  }
}

/// One `Allow` or `Disallow` line, as a person can find it in the file.
public struct RobotsRule: Sendable, Hashable {
  /// Line in the file, from 1.
  public var line: Int
  /// The rule in uniform spelling: `Disallow: /private`, at most 200 bytes of pattern.
  public var text: String
  /// The rule is an `Allow`.
  public var allows: Bool

  public init(line: Int, text: String, allows: Bool) {
    self.line = line
    self.text = text
    self.allows = allows
  }
}

/// Whether robots.txt lets us fetch an address, and because of which line.
public enum RobotsVerdict: Sendable, Hashable {
  /// Fetching is allowed, by a rule or because no rule matched.
  case allowed(RobotsRule?)
  /// Fetching is not allowed.
  case disallowed(RobotsRule)

  /// True when the address may be fetched.
  public var isAllowed: Bool {
    if case .allowed = self { return true }
    return false
  }
}
