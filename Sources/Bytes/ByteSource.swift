/// Where a streaming reader gets its bytes from: a file, or memory.
public protocol ByteSource {
  /// The next bytes, at least one and at most `count` of them; none at the end.
  mutating func read(upTo count: Int) throws(ByteSourceFailure) -> [UInt8]

  /// Goes back or forth to a place counted from the beginning; false where that cannot be done.
  mutating func seek(to offset: Int64) -> Bool
}

extension ByteSource {
  public mutating func seek(to offset: Int64) -> Bool { false }
}

/// Bytes could not be read.
public struct ByteSourceFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// The system's error number; 0 if there was none.
  public let code: Int32
  /// What was tried, and on what.
  public let description: String

  public init(code: Int32, description: String) {
    self.code = code
    self.description = description
  }
}

/// Bytes that are in memory already.
public struct MemorySource: ByteSource {
  private let bytes: [UInt8]
  private var rest: ArraySlice<UInt8>

  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
    rest = bytes[...]
  }

  public mutating func read(upTo count: Int) -> [UInt8] {
    let piece = rest.prefix(count)
    rest = rest.dropFirst(piece.count)
    return Array(piece)
  }

  public mutating func seek(to offset: Int64) -> Bool {
    guard offset >= 0, offset <= bytes.count else { return false }
    rest = bytes[Int(offset)...]
    return true
  }
}
