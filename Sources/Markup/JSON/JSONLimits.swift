/// How much of a JSON text is read.
public struct JSONLimits: Sendable, Hashable {
  /// Bytes.
  public var maximumBytes = 16 << 20
  /// Nesting of arrays and objects.
  public var maximumDepth = 64
  /// Values in all.
  public var maximumValues = 1_000_000

  public init() {}
}
