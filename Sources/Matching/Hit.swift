/// A place in a text where a pattern matched.
public struct Hit: Sendable, Hashable {
  /// The indicator's id, such as `L11`.
  public let indicator: String
  /// The pattern's name, such as `L11/en/kept`.
  public let pattern: String
  /// The version of the pattern's pack.
  public let packVersion: Int
  /// The language the pattern was written for.
  public let language: String
  /// UTF-8 bytes in the text; never empty.
  public let range: Range<Int>

  public init(
    indicator: String, pattern: String, packVersion: Int, language: String, range: Range<Int>
  ) {
    self.indicator = indicator
    self.pattern = pattern
    self.packVersion = packVersion
    self.language = language
    self.range = range
  }
}

extension Hit: Comparable {
  /// Orders by start, then end, then pattern.
  public static func < (left: Hit, right: Hit) -> Bool {
    (left.range.lowerBound, left.range.upperBound, left.pattern)
      < (right.range.lowerBound, right.range.upperBound, right.pattern)
  }
}

/// What matching a text gave.
public struct MatchResult: Sendable, Hashable {
  /// The hits that stand, sorted.
  public var hits: [Hit] = []
  /// The hits that an exception cancelled, sorted.
  public var cancelled: [Hit] = []
  /// Names of the patterns that reached a limit and may have missed something, sorted.
  public var limited: [String] = []
  /// Whether the text was longer than the limit, so that its end was not searched.
  public var truncated = false
  /// What it took.
  public var work = MatchWork()

  public init() {}
}

/// What matching a text took; the same for the same text and patterns on every run.
public struct MatchWork: Sendable, Hashable {
  /// Bytes of text searched.
  public var bytes = 0
  /// Patterns that the literal filter could not rule out, those without literals included.
  public var candidates = 0
  /// Searches the regular expression engine was asked for.
  public var searches = 0
  /// Matches it found, before exceptions.
  public var confirmations = 0

  public init() {}
}
