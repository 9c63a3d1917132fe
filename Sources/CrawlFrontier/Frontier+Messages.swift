public import Vocabulary
public import WebAddress

extension Frontier {
  /// What the shell has to do, in the order given.
  public enum Action: Sendable, Hashable {
    /// Write this state down, before anything that follows in the list.
    case save(GroupState)
    /// Make this request and answer with `Event.finished`.
    case fetch(Ticket)
    /// Read due addresses of a group from the store, by priority and then by due time, and answer
    /// with `Event.loaded`. Addresses of the sources named are left out.
    case load(group: String, limit: Int, without: [String])
    /// Record that an address is not to be fetched now, and give it its next due time or none.
    case refuse(QueuedAddress, Refusal)
    /// Make all addresses of this origin in the group that are due before this time due at it:
    /// robots.txt cannot be had. Addresses of the origin begin with `origin` and a slash.
    case postpone(group: String, origin: String, until: Timestamp)
    /// Look up the addresses of this address's host, as the source reaches it, and answer with
    /// `Event.resolved`.
    case resolve(group: String, Address, source: String)
    /// Nothing to do until this time or the next event, whichever is first; nil means the next event.
    case wait(until: Timestamp?, Wait)
    /// Nothing to do and nothing expected until something is added.
    case idle
  }

  /// What a wait is for.
  public enum Wait: String, Sendable, Hashable {
    /// Requests or loads are out and only their answers matter.
    case answers
    /// Addresses are due and have to wait for politeness or robots.txt.
    case politeness
    /// Nothing is due now; the time is when something will be. A single pass ends here.
    case schedule
  }

  /// Why a queued address is not fetched.
  public enum Refusal: Sendable, Hashable {
    /// The source's rules do not accept it any more.
    case scope(ScopeReason)
    /// robots.txt forbids it by this rule.
    case robots(RobotsRule)
  }

  /// What happened.
  public enum Event: Sendable {
    /// The answer to `Action.load`.
    case loaded(Batch)
    /// A request really went out, later than its ticket was issued.
    case started(Ticket)
    /// A request ended. Everything about it has been committed to the store.
    case finished(Ticket, FetchFacts)
    /// What is now known about the robots.txt of an origin; comes before `finished` of its ticket.
    case robots(group: String, origin: String, RobotsState)
    /// The store holds new addresses of a group, the earliest of them due at this time.
    case discovered(group: String, due: Timestamp)
    /// The answer to `Action.resolve`: addresses in uniform spelling; none when a proxy resolves, or
    /// nobody could.
    case resolved(group: String, peers: [String])
    /// Begin nothing new; let what is out come in.
    case stop
  }

  /// Due addresses of a group, as the store has them.
  public struct Batch: Sendable {
    public var group: String
    /// At most as many as were asked for, by priority and then by due time.
    public var addresses: [QueuedAddress]
    /// What the store knows about robots.txt of their origins; may be empty.
    public var robots: [String: RobotsState]
    /// There are more due addresses than were asked for.
    public var more: Bool
    /// When the earliest address not yet due will be; nil when there is none.
    public var nextDue: Timestamp?

    public init(
      group: String, addresses: [QueuedAddress], robots: [String: RobotsState] = [:],
      more: Bool = false, nextDue: Timestamp? = nil
    ) {
      self.group = group
      self.addresses = addresses
      self.robots = robots
      self.more = more
      self.nextDue = nextDue
    }
  }
}

/// How much a frontier does and holds at once.
public struct FrontierLimits: Sendable, Hashable {
  /// Requests at the same time, over all groups.
  public var concurrency: Int
  /// Addresses of one group that are held in memory.
  public var window: Int
  /// Origins of one group whose robots.txt is held in memory.
  public var origins: Int
  /// Addresses that are held in memory over all groups; each group's window shrinks to its share,
  /// though not below four.
  public var held: Int

  public init(concurrency: Int = 32, window: Int = 64, origins: Int = 64, held: Int = 20_000) {
    self.concurrency = max(1, concurrency)
    self.window = max(1, window)
    self.origins = max(1, origins)
    self.held = max(1, held)
  }
}
