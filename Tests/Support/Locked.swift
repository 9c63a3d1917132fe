import Foundation

/// A value behind a lock.
///
/// Not `Mutex`, whose futex the thread sanitizer does not know: it reports races under it.
public final class Locked<Value>: @unchecked Sendable {
  // `value` is touched with `lock` held only.
  private var value: Value
  private let lock = NSLock()

  public init(_ value: sending Value) { self.value = value }

  /// Runs a closure with the lock held.
  public func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
    lock.lock()
    defer { lock.unlock() }
    return try body(&value)
  }
}
