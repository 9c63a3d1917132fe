/// How much of a received message is read; what goes beyond is left out, never an error.
public struct MailLimits: Sendable, Hashable {
  /// Bytes of a message; one that is larger is not taken in.
  public var maximumBytes = 10 * 1024 * 1024
  /// Header fields of a part.
  public var maximumFields = 1000
  /// Bytes of one header field, unfolded.
  public var maximumFieldBytes = 64 * 1024
  /// Parts within parts.
  public var maximumDepth = 8
  /// Parts of a message.
  public var maximumParts = 200
  /// Bytes of text that are read for what they say.
  public var maximumTextBytes = 256 * 1024

  public init() {}
}
