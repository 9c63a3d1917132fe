import Foundation

/// Runs what blocks on a thread of its own.
///
/// The concurrency pool has as many threads as the machine has cores: a test that holds one while it
/// waits for work of that pool stops every test. Dispatch has 255, which the crawls need.
public enum Blocking {
  public static func run<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(with: Result { try body() })
      }
    }
  }
}
