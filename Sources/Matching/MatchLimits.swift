/// How much work matching may do; what reaches a limit is reported, never silently dropped.
public struct MatchLimits: Sendable, Hashable {
  /// Bytes of a text that are searched; the rest is left out and reported as truncated.
  public var maximumTextBytes: Int
  /// PCRE2's match limit: backtracking steps from one starting place (pcre2api, "The match context").
  public var matchLimit: UInt32
  /// PCRE2's depth limit for nested backtracking, used where its compiler to machine code is not.
  public var depthLimit: UInt32
  /// Kibibytes of heap for one search, used where PCRE2's compiler to machine code is not.
  public var heapKibibytes: UInt32
  /// Bytes of stack for PCRE2's machine code.
  public var stackBytes: Int
  /// Hits of one pattern in one text.
  public var maximumHitsPerPattern: Int
  /// Processor time of one pattern on one text, in milliseconds.
  ///
  /// The match limit holds for one starting place, of which a long text has millions; this bounds
  /// their sum. It is looked at between searches of at most 16 KiB of starting places, so that
  /// ordinary texts and patterns never meet it.
  public var maximumMillisecondsPerPattern: Int

  public init(
    maximumTextBytes: Int = 16 << 20, matchLimit: UInt32 = 100_000, depthLimit: UInt32 = 100_000,
    heapKibibytes: UInt32 = 16 << 10, stackBytes: Int = 512 << 10,
    maximumHitsPerPattern: Int = 1000, maximumMillisecondsPerPattern: Int = 1000
  ) {
    self.maximumTextBytes = max(0, min(maximumTextBytes, Int(Int32.max) / 2))
    self.matchLimit = matchLimit
    self.depthLimit = depthLimit
    self.heapKibibytes = heapKibibytes
    self.stackBytes = max(64 << 10, stackBytes)
    self.maximumHitsPerPattern = max(1, maximumHitsPerPattern)
    self.maximumMillisecondsPerPattern = max(1, maximumMillisecondsPerPattern)
  }
}
