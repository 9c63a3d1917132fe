import Dispatch
import Synchronization

/// Runs analyses on a concurrent Dispatch queue: so many at a time, and so many bytes at the most.
final class AnalysisLane: Sendable {
  private struct State {
    var waiting: [@Sendable () -> Void] = []
    var running = 0
    var bytes = 0
  }

  private let queue = DispatchQueue(label: "adwatch.analysis", attributes: .concurrent)
  private let width: Int
  private let maximumBytes: Int
  private let state = Mutex(State())

  init(width: Int, maximumBytes: Int) {
    self.width = max(1, width)
    self.maximumBytes = maximumBytes
  }

  /// True while no further page should be fetched.
  var isFull: Bool { state.withLock { $0.bytes >= maximumBytes } }

  /// Queues an analysis of a page of so many bytes; they count until `release` is called.
  func submit(bytes: Int, _ work: @escaping @Sendable () -> Void) {
    let starts = state.withLock { state in
      state.bytes += bytes
      state.waiting.append(work)
      guard state.running < width else { return false }
      state.running += 1
      return true
    }
    if starts { queue.async { self.work() } }
  }

  /// Gives the bytes of an analysed page back, once its result is committed.
  func release(bytes: Int) { state.withLock { $0.bytes -= bytes } }

  private func work() {
    while true {
      let next: (@Sendable () -> Void)? = state.withLock { state in
        guard !state.waiting.isEmpty else {
          state.running -= 1
          return nil
        }
        return state.waiting.removeFirst()
      }
      guard let next else { return }
      next()
    }
  }
}
