public import Dispatch

/// An actor's executor that is one serial Dispatch queue.
///
/// Dispatch handlers that run on the queue then are inside the actor, without a hop and provably:
/// `assumeIsolated` asks `checkIsolated`.
public final class QueueExecutor: SerialExecutor {
  public let queue: DispatchQueue

  public init(label: String) { queue = DispatchQueue(label: label) }

  public func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }

  public func checkIsolated() { dispatchPrecondition(condition: .onQueue(queue)) }
}
