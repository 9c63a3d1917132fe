public import Configuration
public import Vocabulary

/// All patterns of a library compiled to one engine, shared by any number of threads.
///
/// A text's hits are exactly the spans that each pattern, alone over the whole text, gives: leftmost
/// first, not overlapping, never empty. To find them quickly, literals that a match has to contain are
/// looked for in one pass over a folded copy, and PCRE2 is asked only about starting places near
/// those; it always sees the whole text, so that look-around is not deceived.
public final class Matcher: Sendable {
  /// How matches are found; the result is the same.
  public enum Mode: String, Sendable, CaseIterable {
    /// Literals first, PCRE2 near them.
    case filtered
    /// Every pattern over the whole text: slow, simple, and what `filtered` is tested against.
    case exhaustive
  }

  /// The library it was made from.
  public let library: PatternLibrary
  /// The limits it works within.
  public let limits: MatchLimits

  let patterns: [MatcherPattern]
  let classes: ByteClasses
  private let exceptions: [[CompiledRegex]]
  private let engines: [ViewEngine]
  private let pool: RegexScratchPool

  /// Compiles every pattern; throws all that PCRE2 refuses, at their places.
  public init(
    _ library: PatternLibrary, limits: MatchLimits = MatchLimits()
  ) throws(ConfigurationProblems) {
    var builder = MatcherBuilder()
    for pack in library.packs { builder.add(pack) }
    guard builder.problems.isEmpty else { throw ConfigurationProblems(builder.problems) }
    self.library = library
    self.limits = limits
    patterns = builder.patterns
    exceptions = builder.exceptions
    classes = builder.classes
    engines = PatternView.allCases.compactMap {
      ViewEngine($0, patterns: builder.patterns, builder.classes)
    }
    pool = RegexScratchPool(limits)
  }

  /// Finds the hits in a text, which should be UTF-8; bytes that are not match nothing.
  ///
  /// Patterns of packs that do not apply to the form are left out; an unknown form (nil) gets all.
  public func match(
    _ text: [UInt8], form: Form? = nil, mode: Mode = .filtered
  ) -> MatchResult {
    text.withUnsafeBufferPointer { match($0, form: form, mode: mode) }
  }

  /// Finds the hits as `match` does and adds what each pattern cost to the profile, which has to be of
  /// this matcher; `id` names the text in it.
  public func match(
    _ text: [UInt8], form: Form? = nil, profiling profile: inout PatternProfile, id: String
  ) -> MatchResult {
    let meter = MatchMeter()
    let began = MatchMeter.nanoseconds()
    let result = text.withUnsafeBufferPointer {
      match($0, form: form, mode: .filtered, meter: meter)
    }
    profile.add(result, meter, nanoseconds: MatchMeter.nanoseconds() - began, id: id)
    return result
  }

  private func match(
    _ whole: UnsafeBufferPointer<UInt8>, form: Form?, mode: Mode, meter: MatchMeter? = nil
  ) -> MatchResult {
    var result = MatchResult()
    var count = min(whole.count, limits.maximumTextBytes)
    if count < whole.count {
      result.truncated = true
      // Not within a scalar.
      while count > 0, whole[count] & 0xC0 == 0x80 { count -= 1 }
    }
    result.work.bytes = count
    guard count > 0 else { return result }
    let text = UnsafeBufferPointer(rebasing: whole[0..<count])
    pool.with { scratch in
      guard let scratch else {
        result.limited = patterns.map(\.name).sorted()
        return
      }
      var run = MatchRun(
        text: text, scratch: scratch, limits: limits, patterns: patterns, meter: meter)
      for engine in engines { engine.match(&run, form: form, mode: mode) }
      run.cancel(exceptions)
      result.hits = run.hits.map { patterns[$0.pattern].hit($0.range) }.sorted()
      result.cancelled = run.cancelled.map { patterns[$0.pattern].hit($0.range) }.sorted()
      result.limited = run.limited.map { patterns[$0].name }.sorted()
      result.work.candidates = run.candidates
      result.work.searches = run.searches
      result.work.confirmations = run.hits.count + run.cancelled.count
    }
    return result
  }
}

/// A pattern with what a hit of it says.
struct MatcherPattern: Sendable {
  let name: String
  let indicator: String
  /// Numbers the indicators of all packs.
  let indicatorIndex: Int
  let packVersion: Int
  let language: String
  let view: PatternView
  let forms: [Form]
  let regex: CompiledRegex
  let required: RequiredSequences?

  func applies(to form: Form?) -> Bool { form.map(forms.contains) ?? true }

  func hit(_ range: Range<Int>) -> Hit {
    Hit(
      indicator: indicator, pattern: name, packVersion: packVersion, language: language,
      range: range)
  }
}

private struct MatcherBuilder {
  var patterns: [MatcherPattern] = []
  var exceptions: [[CompiledRegex]] = []
  var problems: [ConfigurationProblem] = []
  var classes = ByteClasses()

  mutating func add(_ pack: PatternPack) {
    for indicator in pack.indicators {
      let index = exceptions.count
      exceptions.append(indicator.exceptions.compactMap { compile($0.source, $0.place) })
      for pattern in indicator.patterns {
        guard let regex = compile(pattern.source, pattern.place) else { continue }
        patterns.append(
          MatcherPattern(
            name: pattern.name, indicator: indicator.id, indicatorIndex: index,
            packVersion: pack.version, language: pattern.language, view: pattern.view,
            forms: pack.forms, regex: regex,
            required: RequiredSequences.find(in: pattern.source, &classes)))
      }
    }
  }

  private mutating func compile(_ source: String, _ place: PackPlace) -> CompiledRegex? {
    do {
      return try CompiledRegex(source)
    } catch {
      problems.append(
        ConfigurationProblem(
          file: place.file, line: place.line, column: place.column,
          message: "regular expression: \(error.message), at byte \(error.offset) of it"))
      return nil
    }
  }
}
