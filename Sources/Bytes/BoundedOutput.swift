/// Decompressed bytes that never take more memory than allowed, whatever the input claims.
struct BoundedOutput {
  private(set) var bytes: [UInt8] = []
  let maximumBytes: Int
  /// The most bytes a whole decoding may give for the size of what came in; nil for no such limit.
  let maximumByRatio: (bytes: Int, ratio: Int)?

  init(maximumBytes: Int, maximumByRatio: (bytes: Int, ratio: Int)? = nil) {
    self.maximumBytes = max(0, maximumBytes)
    self.maximumByRatio = maximumByRatio
  }

  private var ceiling: Int { min(maximumBytes, maximumByRatio?.bytes ?? .max) }

  private var exceeded: DecodingFailure {
    if let limit = maximumByRatio, limit.bytes < maximumBytes { return .ratio(limit.ratio) }
    return .tooBig(maximumBytes)
  }

  /// Appends what fits; the failure if not all did.
  mutating func append(_ piece: UnsafeRawBufferPointer) -> DecodingFailure? {
    let fitting = min(piece.count, ceiling - bytes.count)
    if bytes.capacity < bytes.count + fitting {
      // Doubling, but never past the limit; Array's own growth knows no limit.
      bytes.reserveCapacity(min(ceiling, max(bytes.count + fitting, bytes.capacity &* 2)))
    }
    bytes.append(contentsOf: piece.prefix(fitting))
    return fitting < piece.count ? exceeded : nil
  }

  /// How a decoding ended: how much of the input it took, and what was wrong.
  struct End {
    var consumed: Int
    var failure: DecodingFailure?
  }

  /// Runs a decoder over input until its stream ends, fails, or a limit is met.
  mutating func fill(from decoder: some StreamDecoder, input: ArraySlice<UInt8>) -> End {
    let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { scratch.deallocate() }
    return input.withUnsafeBytes { input in
      var consumed = 0
      while true {
        let step = decoder.step(
          input: UnsafeRawBufferPointer(rebasing: input[consumed...]), output: scratch)
        consumed += step.consumed
        let produced = UnsafeRawBufferPointer(rebasing: scratch[..<step.produced])
        if let failure = append(produced) { return End(consumed: consumed, failure: failure) }
        switch step.status {
        case .finished: return End(consumed: consumed, failure: nil)
        case .failed(let why): return End(consumed: consumed, failure: .corrupt(why))
        case .running:
          guard step.consumed > 0 || step.produced > 0 else {
            return End(consumed: consumed, failure: .corrupt("truncated"))
          }
        }
      }
    }
  }
}

/// A decompressor that is fed and drained in pieces, with a bounded memory of its own.
protocol StreamDecoder: AnyObject {
  func step(
    input: UnsafeRawBufferPointer, output: UnsafeMutableRawBufferPointer
  ) -> StreamStep
}

/// What one call of a stream decoder did.
struct StreamStep {
  enum Status {
    /// Wants more input or more room; with neither taken nor given, the input has ended too soon.
    case running
    /// The stream ended; what is left of the input is not part of it.
    case finished
    case failed(String)
  }
  var consumed: Int
  var produced: Int
  var status: Status
}
