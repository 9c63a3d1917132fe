import Dispatch
import Synchronization

/// Something that reads everything to be counted, so that it is counted apart from any page.
final class Counted<Value: Sendable>: Sendable {
  private struct State {
    var value: Value?
    var next: UInt64 = 0
    var isCounting = false
  }

  private let lifetime: UInt64
  private let queue: DispatchQueue
  private let count: @Sendable () throws -> Value
  private let state = Mutex(State())
  private let done = DispatchSemaphore(value: 0)

  /// `lifetime` is for how many seconds a count is good.
  init(_ label: String, lifetime: UInt64, _ count: @escaping @Sendable () throws -> Value) {
    self.lifetime = lifetime
    self.count = count
    queue = DispatchQueue(label: "adwatch.review.\(label)")
  }

  /// The last count; a new one is begun when it is old.
  ///
  /// Where there is none yet it waits so long for the first, and nil says that it goes on.
  func value(waiting seconds: Double) -> Value? {
    let now = DispatchTime.now().uptimeNanoseconds / 1_000_000_000
    let (value, isDue) = state.withLock { state in
      let isDue = !state.isCounting && now >= state.next
      if isDue { state.isCounting = true }
      return (state.value, isDue)
    }
    if isDue { queue.async { self.run(now) } }
    if let value { return value }
    if done.wait(timeout: .now() + seconds) == .success { done.signal() }
    return state.withLock { $0.value }
  }

  /// Forgets the last count, so that the next question begins a new one.
  func forget() { state.withLock { $0.next = 0 } }

  private func run(_ now: UInt64) {
    let found = try? count()
    state.withLock { state in
      if let found { state.value = found }
      state.next = now + lifetime
      state.isCounting = false
    }
    done.signal()
  }
}
