/// How far a body may be decompressed.
public struct DecodingLimits: Sendable, Hashable {
  /// The most bytes that any one coding may give.
  public var maximumBytes: Int
  /// The most bytes given for each byte of the body as it came, over all its codings.
  ///
  /// Looked at only beyond the first MiB, because a tiny body of one repeated byte is no attack.
  public var maximumRatio: Int
  /// The most codings on top of each other.
  public var maximumCodings: Int

  public init(maximumBytes: Int = 32 << 20, maximumRatio: Int = 1000, maximumCodings: Int = 3) {
    self.maximumBytes = maximumBytes
    self.maximumRatio = maximumRatio
    self.maximumCodings = maximumCodings
  }

  /// What the ratio allows for a body of this many bytes.
  func maximumByRatio(of count: Int) -> (bytes: Int, ratio: Int) {
    let (allowed, overflow) = count.multipliedReportingOverflow(by: max(maximumRatio, 0))
    return (overflow ? .max : max(allowed, 1 << 20), maximumRatio)
  }
}

/// Why a body could not be decompressed wholly.
public enum DecodingFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// It gives more bytes than this limit.
  case tooBig(Int)
  /// It gives more than this many bytes for each of its own.
  case ratio(Int)
  /// It is not what its coding says it is, or ends too soon.
  case corrupt(String)
  /// There are too many codings, or there is one that is not read.
  case unsupported(String)

  public var description: String {
    switch self {
    case .tooBig(let limit): "gives more than \(limit) bytes"
    case .ratio(let limit): "gives more than \(limit) bytes a byte"
    case .corrupt(let why): "corrupt: \(why)"
    case .unsupported(let what): "unsupported: \(what)"
    }
  }
}
