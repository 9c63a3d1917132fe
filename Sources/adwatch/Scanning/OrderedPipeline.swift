import Dispatch
import Synchronization

/// Does work on several cores and gives the results out in the order of the inputs.
///
/// The caller's thread reads and writes; the workers only work. At most `window` inputs, and at most
/// `maximumBytes` of them, are in memory at a time, however long the input is.
final class OrderedPipeline<Output: Sendable>: Sendable {
  private let queue = DispatchQueue(label: "adwatch.scan", attributes: .concurrent)
  private let slots: DispatchSemaphore
  private let results = Mutex<[Int: Output]>([:])
  private let finished = DispatchSemaphore(value: 0)
  private let window: Int
  private let maximumBytes: Int

  init(width: Int, maximumBytes: Int) {
    slots = DispatchSemaphore(value: width)
    window = width * 16
    self.maximumBytes = maximumBytes
  }

  /// Runs `work` on every input that `next` gives and hands the results to `emit` in order.
  func run<Input: Sendable>(
    next: () throws -> (input: Input, bytes: Int)?, work: @escaping @Sendable (Input) -> Output,
    emit: (Output) throws -> Void
  ) throws {
    var given = 0
    var emitted = 0
    var sizes: [Int: Int] = [:]
    var bytes = 0
    var isAtEnd = false
    while !isAtEnd || emitted < given {
      while !isAtEnd, given - emitted < window, bytes < maximumBytes {
        guard let (input, size) = try next() else {
          isAtEnd = true
          break
        }
        sizes[given] = size
        bytes += size
        start(given, input, work)
        given += 1
      }
      guard emitted < given else { continue }
      let output = result(of: emitted)
      bytes -= sizes.removeValue(forKey: emitted) ?? 0
      emitted += 1
      try emit(output)
    }
  }

  private func start<Input: Sendable>(
    _ number: Int, _ input: Input, _ work: @escaping @Sendable (Input) -> Output
  ) {
    slots.wait()
    queue.async {
      let output = work(input)
      self.results.withLock { $0[number] = output }
      self.slots.signal()
      self.finished.signal()
    }
  }

  private func result(of number: Int) -> Output {
    while true {
      if let output = results.withLock({ $0.removeValue(forKey: number) }) { return output }
      finished.wait()
    }
  }
}
