import CaseStore
import CrawlFrontier
import Fetching

/// One request of a visit and what it was for.
struct Hop: Sendable {
  /// What a request was for; the raw value is the purpose of its capture in the store.
  enum Role: String, Sendable, Hashable {
    /// The page itself.
    case page
    /// A robots.txt, or a redirect on the way to it.
    case robots
    /// A step through a gate: the gate, what was sent, where it led.
    case step
    /// Something that a rendered page asked for.
    case part
    /// The service that tells from where a site sees us.
    case exit
  }

  var exchange: Exchange
  var role: Role
  /// For the metadata record, besides what every request says.
  var notes: [(name: String, value: String)] = []
  /// What the hop says about robots.txt, when it is the answer to that.
  var robots: StoredRobots?

  init(_ exchange: Exchange, _ role: Role, notes: [(name: String, value: String)] = []) {
    self.exchange = exchange
    self.role = role
    self.notes = notes
  }
}

/// What a visit brought.
struct VisitResult: Sendable {
  /// In the order in which they were made; the last is what the ticket was for.
  var hops: [Hop]
  /// Why the visit ended before the page; nil when it did not.
  var gate: GateEnd?
  /// What a browser made of the page; nil when none was asked.
  var rendering: Rendering?
  /// The request that was made last, when that is not the one that stands for the page.
  var latest: Exchange?
  /// Whether it was us who ended the visit before it came to anything.
  var isGivenUp = false
  /// How far the source lets us in now; nil when nothing was learned.
  var session: GateSession?

  init(_ hops: [Hop], gate: GateEnd? = nil, session: GateSession? = nil) {
    self.hops = hops
    self.gate = gate
    self.session = session
  }
}

/// Why a visit did not come to its page.
public enum GateEnd: Sendable, Hashable {
  /// The gate stays closed.
  case closed(String)
  /// A step had no usable answer; that says nothing of the page.
  case interrupted(String)

  /// For people.
  public var explanation: String {
    switch self {
    case .closed(let why): "closed gate: \(why)"
    case .interrupted(let why): "at the gate: \(why)"
    }
  }
}

/// How far a source has let us in, in this run.
struct GateSession: Sendable, Hashable {
  /// Whether the steps of the session's beginning are done.
  var isOpen = false
  /// Cookies that steps have set.
  var cookies: [Source.Cookie] = []

  /// Sets a cookie, in place of one with the same name.
  mutating func set(_ cookie: Source.Cookie) {
    cookies.removeAll { $0.name == cookie.name }
    cookies.append(cookie)
  }
}

extension Source {
  /// Whether a visit to one of its pages may take more than one request.
  var needsVisits: Bool { !steps.isEmpty || render != .none }
}
