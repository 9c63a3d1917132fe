import Synchronization

/// Lets so much costly work run at a time, and refuses more.
final class HeavyWork: Sendable {
  private let most: Int
  private let running = Mutex(0)

  init(most: Int) { self.most = most }

  /// Runs `body`; throws `WebProblem.tooMany` when as much runs already.
  func run<Value>(_ body: () throws -> Value) throws -> Value {
    let isFree = running.withLock { count in
      guard count < most else { return false }
      count += 1
      return true
    }
    guard isFree else { throw WebProblem.tooMany }
    defer { running.withLock { $0 -= 1 } }
    return try body()
  }
}
