import Vocabulary
import WebAddress

/// A request between its submission and its answer.
struct FetchJob {
  let id: Int
  let request: FetchRequest
  let continuation: CheckedContinuation<Exchange, Never>
  var headerLines: [String] = []
  var cookies: String?

  private let submitted = monotonicSeconds()
  private var started: Timestamp?
  private var startedSeconds = 0.0
  private var isTransferring = false

  init(id: Int, request: FetchRequest, continuation: CheckedContinuation<Exchange, Never>) {
    self.id = id
    self.request = request
    self.continuation = continuation
  }

  /// Whether it still waits for its place.
  var isWaiting: Bool { started == nil }
  /// Whether it has its place and waits for a name's addresses.
  var isResolving: Bool { started != nil && !isTransferring }

  /// The name to look up; nil for literals, and through a proxy, which must be the one to ask.
  var nameToResolve: String? {
    guard request.network.proxy == nil, case .domain(let name) = request.address.host else {
      return nil
    }
    return name
  }

  /// Marks the moment the exchange begins.
  mutating func begin() {
    started = .now
    startedSeconds = monotonicSeconds()
  }

  /// Marks the end of name resolution, and gives what the transfer needs.
  mutating func order(resolved: [IPAddress]) -> Transfer.Order {
    isTransferring = true
    return Transfer.Order(
      id: id, request: request, headerLines: headerLines, cookies: cookies, resolved: resolved,
      started: started ?? .now, startedSeconds: startedSeconds,
      resolvedSeconds: resolved.isEmpty ? nil : monotonicSeconds() - startedSeconds,
      queuedSeconds: startedSeconds - submitted)
  }

  /// The exchange of a request that never got onto the wire.
  func exchange(_ outcome: FetchOutcome, _ reason: String) -> Exchange {
    let now = Timestamp.now
    let seconds = monotonicSeconds()
    let began = started == nil ? seconds : startedSeconds
    return Exchange(
      address: request.address, method: request.method, outcome: outcome, detail: reason,
      started: started ?? now, finished: now,
      durations: Exchange.Durations(queued: began - submitted, total: seconds - began),
      viaProxy: request.network.proxy != nil)
  }

  /// Answers the caller without having been on the wire.
  func fail(_ outcome: FetchOutcome, _ reason: String) {
    continuation.resume(returning: exchange(outcome, reason))
  }
}
