import Dispatch
import WebAddress

/// Resolved names, and the look-ups under way; confined to the fetcher's queue.
///
/// Names are resolved here and not by curl, which tells only the addresses it tries: evidence wants
/// the whole answer. curl then gets the answer and looks nothing up itself.
struct NameCache {
  typealias Answer = Result<[IPAddress], NameFailure>

  /// Addresses kept of one answer.
  static let maximumAddresses = 64
  /// Names remembered, and look-ups at once.
  static let maximumNames = 4096
  static let maximumLookups = 32

  private struct Known {
    var addresses: [IPAddress]
    var until: Double
  }

  private let lifetime: Double
  private var known: [String: Known] = [:]
  private var askers: [String: [Int]] = [:]
  private var backlog: [String] = []
  /// Serial queues take a thread each, however many of them block.
  private var idleThreads: [DispatchQueue]

  init(lifetime: Double) {
    self.lifetime = lifetime
    idleThreads = (0..<Self.maximumLookups).map { DispatchQueue(label: "adwatch.resolver.\($0)") }
  }

  /// A remembered answer.
  func addresses(of name: String, now: Double) -> [IPAddress]? {
    guard let known = known[name], known.until > now else { return nil }
    return known.addresses
  }

  /// Notes who waits for a name; true if nobody had asked for it, so that it must be looked up.
  mutating func ask(_ name: String, for id: Int) -> Bool {
    askers[name, default: []].append(id)
    guard askers[name]?.count == 1 else { return false }
    backlog.append(name)
    return true
  }

  /// The next name to look up, and the thread to do it on; nil when all threads are busy.
  mutating func nextLookup() -> (name: String, thread: DispatchQueue)? {
    guard !backlog.isEmpty, let thread = idleThreads.popLast() else { return nil }
    return (backlog.removeFirst(), thread)
  }

  /// Takes an answer, and tells who waited for it.
  mutating func answered(
    _ name: String, _ answer: Answer, thread: DispatchQueue, now: Double
  ) -> [Int] {
    idleThreads.append(thread)
    if case .success(let addresses) = answer {
      if known.count >= Self.maximumNames { known.removeAll() }
      known[name] = Known(addresses: addresses, until: now + lifetime)
    }
    return askers.removeValue(forKey: name) ?? []
  }
}
