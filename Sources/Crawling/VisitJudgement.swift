import Archive
import CaseStore
public import CrawlFrontier
public import Fetching

/// What an exchange means for its address: a pure function of the exchange and of earlier visits.
public struct VisitJudgement: Sendable, Hashable {
  /// What became of the payload.
  public enum Payload: Sendable, Hashable {
    /// There is none, or it is not the page's.
    case none
    /// It is new and now the newest that is held.
    case new
    /// The one that is held came again, or the server said that it is still the same.
    case same
  }

  /// How the visit went, as the schedule counts it.
  public var outcome: VisitOutcome
  /// What became of the payload.
  public var payload: Payload
  /// Whether the chain has to look at the payload.
  public var isAnalysed: Bool
  /// Whether the address stays due: the server asked for patience, not for a week without visits.
  public var staysDue: Bool

  /// Times in a row that an address may stay due after 429 or 503 before it counts as failing.
  public static let patience = 5

  /// Its payload is not kept: nothing can be read from it, and nothing later compared with it.
  mutating func withholdPayload() {
    payload = .none
    isAnalysed = false
  }

  /// Judges an exchange; `isRevisit` says that its record is a revisit of the payload held, `gate`
  /// that what came is not the page but what stands before it.
  public init(
    _ exchange: Exchange, isRevisit: Bool, gate: GateEnd? = nil, history: VisitHistory
  ) {
    payload = .none
    isAnalysed = false
    staysDue = false
    switch gate {
    case .closed:
      outcome = .blocked
      return
    case .interrupted:
      outcome = .failed
      staysDue = history.failures < Self.patience
      return
    case nil: break
    }
    switch (exchange.outcome, exchange.status ?? 0) {
    case (.notModified, _) where isRevisit, (.fetched, 200..<300) where isRevisit:
      outcome = .unchanged
      payload = .same
    case (.fetched, 200..<300), (.tooBig, 200..<300):
      outcome = .changed
      payload = .new
      isAnalysed = MediaKind.isRead(exchange.headers["content-type"])
    case (.notModified, _), (.fetched, 304):
      // A 304 without a payload that it could speak of: asked again, without condition.
      outcome = .failed
      staysDue = history.failures < Self.patience
    case (.fetched, 300..<400):
      outcome = history.visits == 0 ? .changed : .unchanged
    case (.fetched, 404), (.fetched, 410):
      outcome = .gone
      isAnalysed = true
    case (.fetched, 401), (.fetched, 402), (.fetched, 403), (.fetched, 451):
      outcome = .blocked
    case (.fetched, 429), (.fetched, 503):
      outcome = .failed
      staysDue = history.failures < Self.patience
    case (.robots, _), (.refusedAddress, _), (.outOfScope, _), (.unsupportedScheme, _):
      outcome = .refused
    default:
      outcome = .failed
    }
  }
}

/// Which media types the chain reads.
enum MediaKind {
  static func isRead(_ contentType: String?) -> Bool {
    guard let contentType else { return true }
    let essence = contentType.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
    return essence.isEmpty || essence.hasPrefix("text/") || essence.hasSuffix("xml")
      || essence == "application/octet-stream"
  }
}
