public import Vocabulary

/// What a look at an address found: a pure function of the exchange and of what its page shows.
public struct Recheck: Sendable, Hashable {
  /// What was found.
  public enum Finding: String, Sendable, Hashable, CaseIterable {
    /// The advert is there as it was.
    case online
    /// There is something, and it is not what was there; or it could not be read.
    case changed
    /// The same advert stands at another address.
    case moved
    /// The server answered, and the advert is not there.
    case absent
    /// The server answers, but not us.
    case blocked
    /// No answer that says anything about the advert.
    case unreachable
  }

  /// Where an address leads now.
  public enum Redirect: Sendable, Hashable {
    /// To the advert under another address.
    case sameAdvert
    /// To a list, or to the site's front page.
    case listing
    /// Elsewhere.
    case elsewhere
  }

  /// What is known of a look.
  public struct Look: Sendable, Hashable {
    /// How the exchange ended, as the capture has it.
    public var outcome: String
    /// HTTP status; nil without an answer.
    public var status: Int?
    /// What the page is; nil when nothing read it.
    public var page: PageKind?
    /// Whether the page shows the advert.
    public var showsAdvert = false
    /// Whether it shows it with the text that the notice rests on.
    public var hasSameText = false
    /// Whether other addresses of the site that hold nothing give the very same bytes.
    public var isKnownEmpty = false
    /// Where the answer leads.
    public var redirect: Redirect?

    public init(outcome: String, status: Int?, page: PageKind? = nil) {
      self.outcome = outcome
      self.status = status
      self.page = page
    }
  }

  /// What was found.
  public var finding: Finding
  /// Why, in words without anything of the page in them.
  public var reason: String

  /// Judges a look.
  ///
  /// Only 404, 410, a page that says that the advert is over, and a redirect to a list are absences; 401, 403, 429, 451, walls and every 5xx never are.
  public init(_ look: Look) {
    (finding, reason) = Self.judge(look)
  }

  private static func judge(_ look: Look) -> (Finding, String) {
    guard ["fetched", "not-modified", "too-big"].contains(look.outcome) else {
      let isOurs = ["robots", "out-of-scope", "refused-address", "unsupported-scheme"]
      return isOurs.contains(look.outcome)
        ? (.blocked, "not asked: \(look.outcome)") : (.unreachable, look.outcome)
    }
    if look.page == .blocked { return (.blocked, "a wall stands before the page") }
    switch look.status ?? 0 {
    case 404, 410: return (.absent, "the server says that there is no such page")
    case 401, 402, 403, 407, 429, 451: return (.blocked, "the server refuses us")
    case 304: return present(look)
    case 300..<400:
      return switch look.redirect {
      case .sameAdvert: (.moved, "the advert is at another address")
      case .listing: (.absent, "the address leads to a list now")
      case .elsewhere: (.changed, "the address leads elsewhere")
      case nil: (.unreachable, "a redirect that leads nowhere")
      }
    case 200..<300: return present(look)
    default: return (.unreachable, "an answer that says nothing about the advert")
    }
  }

  private static func present(_ look: Look) -> (Finding, String) {
    if look.showsAdvert {
      return look.hasSameText
        ? (.online, "the advert is there") : (.changed, "the advert is there with another text")
    }
    switch look.page {
    case .gone: return (.absent, "the page says that the advert is over")
    case _ where look.isKnownEmpty:
      return (.absent, "the page is the one that the site gives for what it does not have")
    case nil: return (.changed, "the page could not be read")
    default: return (.changed, "the page shows something else")
    }
  }
}

/// What all looks at an address amount to.
public enum RecheckVerdict: String, Sendable, Hashable, CaseIterable {
  case online, changed, moved, reappeared, unreachable
  case goneSuspected = "gone-suspected"
  case goneConfirmed = "gone-confirmed"
  case blocked = "blocked-to-us"
  /// Nobody looked yet.
  case unknown

  /// Definitive absences in a row that confirm a removal.
  public static let absences = 3
  /// Milliseconds that they are spread over at least.
  public static let spread: Int64 = 86_400_000

  /// A look as it counts.
  public struct Counted: Sendable, Hashable {
    public var at: Timestamp
    public var finding: Recheck.Finding
    /// Whether another page of the site was up at the time.
    public var isControlled: Bool

    public init(at: Timestamp, finding: Recheck.Finding, isControlled: Bool) {
      self.at = at
      self.finding = finding
      self.isControlled = isControlled
    }
  }

  /// The verdict on looks, oldest first.
  ///
  /// Looks that were refused or failed, and absences while the site was not seen to be up, neither count
  /// nor reset anything.
  public init(_ looks: [Counted]) {
    self = looks.last == nil ? .unknown : .unreachable
    var absences: [Timestamp] = []
    var wasGone = false
    for look in looks {
      switch look.finding {
      case .absent where look.isControlled:
        absences.append(look.at)
        let isSpread = look.at.milliseconds - absences[0].milliseconds >= Self.spread
        self = absences.count >= Self.absences && isSpread ? .goneConfirmed : .goneSuspected
        wasGone = wasGone || self == .goneConfirmed
      case .online, .changed, .moved:
        absences = []
        self = wasGone ? .reappeared : RecheckVerdict(rawValue: look.finding.rawValue) ?? .changed
      case .blocked: if absences.isEmpty { self = .blocked }
      case .absent, .unreachable: if absences.isEmpty { self = .unreachable }
      }
    }
  }
}

/// When an address is looked at again: after 2 and 12 hours, daily for two weeks, weekly to 90 days.
public struct RecheckSchedule: Sendable, Hashable {
  /// Hours after which nobody looks any more.
  public static let hours: Int64 = 90 * 24

  /// The next look after `now`, at an address whose notice was sent; nil when the watch is over.
  ///
  /// While a removal is only suspected the next look is within half a day, so that three of them take
  /// little more than the day that they have to be spread over.
  public static func next(sent: Timestamp, verdict: RecheckVerdict, now: Timestamp) -> Timestamp? {
    let hour: Int64 = 3_600_000
    let age = (now.milliseconds - sent.milliseconds) / hour
    guard age < hours else { return nil }
    let gap: Int64 =
      switch age {
      case _ where verdict == .goneSuspected: 13
      case ..<2: 2 - max(0, age)
      case 2..<12: 10
      case ..<(14 * 24): 24
      default: 7 * 24
      }
    return Timestamp(milliseconds: now.milliseconds + gap * hour)
  }

  /// Where a notice moves when its targets stand so; nil when it stays.
  public static func state(
    of state: NoticeState, _ verdicts: [RecheckVerdict]
  ) -> NoticeState? {
    guard !verdicts.isEmpty else { return nil }
    if state == .removedConfirmed { return verdicts.contains(.reappeared) ? .reappeared : nil }
    let waiting: Set<NoticeState> = [.sent, .acknowledged, .actionClaimed, .overdue]
    if verdicts.allSatisfy({ $0 == .goneConfirmed }) {
      return waiting.union([.disputed, .escalated]).contains(state) ? .removedConfirmed : nil
    }
    let isMoved = verdicts.allSatisfy { $0 == .goneConfirmed || $0 == .moved }
    return isMoved && waiting.contains(state) ? .moved : nil
  }
}
