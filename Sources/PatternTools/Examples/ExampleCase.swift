public import Matching

/// One example of a pack with what it is an example of.
public struct ExampleCase: Sendable {
  /// The indicator it belongs to.
  public let indicator: Indicator
  /// The language it stands under.
  public let language: String
  /// Whether the indicator has to find something in it, or must not.
  public let shouldMatch: Bool
  /// The text and its place.
  public let example: Example

  /// The examples of a library, or of some of its indicators, in the order of the packs.
  public static func all(in library: PatternLibrary, of ids: Set<String>? = nil) -> [ExampleCase] {
    library.packs.flatMap(\.indicators).filter { ids?.contains($0.id) ?? true }
      .flatMap { indicator in
        indicator.examples.sorted { $0.key < $1.key }.flatMap { language, examples in
          // Without patterns, as for a computed indicator, there is nothing that could be found.
          (indicator.patterns.isEmpty ? [] : examples.match).map {
            ExampleCase(
              indicator: indicator, language: language, shouldMatch: true, example: $0)
          }
            + examples.miss.map {
              ExampleCase(
                indicator: indicator, language: language, shouldMatch: false, example: $0)
            }
        }
      }
  }

  /// Runs the example; explains what went wrong, if anything did.
  public func run(_ matcher: Matcher) -> ExampleOutcome {
    let text = Array(example.text.utf8)
    let result = matcher.match(text)
    let own = result.hits.filter { $0.indicator == indicator.id }
    let found = Set(own.map(\.pattern))
    guard own.isEmpty == shouldMatch else {
      return ExampleOutcome(isAsExpected: true, found: found, notes: [])
    }
    let notes =
      shouldMatch
      ? missing(text, result)
      : own.map { ExampleNote(.unwanted, pattern: $0.pattern, range: $0.range) }
    return ExampleOutcome(isAsExpected: false, found: found, notes: notes)
  }

  private func missing(_ text: [UInt8], _ result: MatchResult) -> [ExampleNote] {
    var notes = result.cancelled.filter { $0.indicator == indicator.id }.map { hit in
      ExampleNote(.cancelled, pattern: hit.pattern, range: hit.range)
    }
    if !notes.isEmpty { notes += exceptions(in: text) }
    if notes.isEmpty, let near = NearMiss.nearest(of: indicator.patterns, in: text) {
      notes.append(
        ExampleNote(
          .near, pattern: near.pattern, expression: near.part, range: near.range,
          before: near.before, after: near.after))
    }
    let names = Set(indicator.patterns.map(\.name))
    notes += result.limited.filter(names.contains).map { ExampleNote(.limited, pattern: $0) }
    notes += result.hits.filter { $0.indicator != indicator.id }.map { hit in
      ExampleNote(.other, pattern: hit.pattern, range: hit.range)
    }
    return notes
  }

  private func exceptions(in text: [UInt8]) -> [ExampleNote] {
    CancellingException.all(of: indicator, in: text).map {
      ExampleNote(.exception, expression: $0.exception.source, range: $0.range)
    }
  }
}

/// What an example came to.
public struct ExampleOutcome: Sendable {
  /// Whether it is found, or left alone, as its pack says.
  public let isAsExpected: Bool
  /// Names of the indicator's patterns that find something in it.
  public let found: Set<String>
  /// What went wrong, the likeliest cause first; empty when nothing did.
  public let notes: [ExampleNote]
}

/// One thing to know about an example that is not as its pack says.
public struct ExampleNote: Sendable, Hashable {
  /// What kinds there are; the raw value is the name in JSON.
  public enum Kind: String, Sendable, Hashable {
    /// A pattern of the indicator finds something and `unless` cancels it.
    case cancelled
    /// An expression under `unless` that matches.
    case exception
    /// No pattern finds anything; this part of one comes nearest.
    case near
    /// A pattern reached a limit.
    case limited
    /// Another indicator finds something.
    case other
    /// A pattern finds something where it should not.
    case unwanted
  }

  /// What kind it is.
  public let kind: Kind
  /// The pattern's name, where it is about one.
  public let pattern: String?
  /// The expression, or the part of one, that matches.
  public let expression: String?
  /// UTF-8 bytes of the example that it is about.
  public let range: Range<Int>?
  /// For `near`: what the pattern wants before that part, and does not find.
  public let before: String?
  /// For `near`: what it wants after it.
  public let after: String?

  init(
    _ kind: Kind, pattern: String? = nil, expression: String? = nil, range: Range<Int>? = nil,
    before: String? = nil, after: String? = nil
  ) {
    self.kind = kind
    self.pattern = pattern
    self.expression = expression
    self.range = range
    self.before = before
    self.after = after
  }
}
