import Analysis
import Assessment
import CaseStore
import Configuration
import Dispatch
import Extraction
import Markup
import Matching
import Vocabulary

/// A changed pattern run over the newest stored texts: what it finds more and less, and which adverts it
/// would newly flag and drop.
///
/// The changed pattern and the one in force run by themselves over each text; only where they differ is
/// the advert assessed with all patterns, the changed one among them. Nothing is stored.
struct PatternTrial {
  /// How much is looked at.
  struct Limits {
    /// Stored texts, the latest adverts first.
    var texts = 20_000
    /// Seconds, after which it says how far it came.
    var seconds = 8.0
    /// Bytes of the changed expression.
    var expression = 2_000
    /// Changes that are listed.
    var listed = 100
  }

  /// An advert for which something changes.
  struct Change {
    var advert: Int64
    var title: String?
    var source: String
    /// What was found, in the advert's words.
    var quote: String
  }

  /// Texts looked at.
  private(set) var texts = 0
  /// Whether a limit ended it before all texts.
  private(set) var isCut = false
  /// Texts in which it finds something, before and now.
  private(set) var before = 0
  private(set) var now = 0
  /// Texts in which only the changed one, or only the one in force, finds something.
  private(set) var gained: [Change] = []
  private(set) var lost: [Change] = []
  private(set) var newlyFlagged: [Change] = []
  private(set) var dropped: [Change] = []

  /// Runs it; throws `ConfigurationProblems` when the expression is wrong.
  init(
    _ pattern: Pattern, of indicator: Indicator, changedTo expression: String,
    in folder: PatternFolder, store: CaseStore, countries: [String: String],
    limits: Limits = Limits()
  ) throws {
    let changed = Pattern(
      name: pattern.name, language: pattern.language, source: expression, view: pattern.view,
      place: pattern.place)
    let old = try Self.matcher(pattern, indicator, folder)
    let new = try Self.matcher(changed, indicator, folder)
    let analyser = try PageAnalyser(
      patterns: folder.with(Self.replacing(pattern, with: changed, in: folder)),
      software: "trial")
    let end = DispatchTime.now() + limits.seconds
    var last: Int64?
    reading: while true {
      let batch = try store.latestTexts(before: last, most: 200)
      guard let lowest = batch.last?.advert else { return }
      for found in batch {
        guard texts < limits.texts, DispatchTime.now() < end else {
          isCut = true
          break reading
        }
        texts += 1
        try compare(
          found.advert, found.source, found.text, old, new, analyser, countries, limits)
      }
      last = lowest
    }
  }

  private mutating func compare(
    _ advert: Int64, _ source: String, _ stored: CaseStore.StoredText, _ old: Matcher,
    _ new: Matcher, _ analyser: PageAnalyser, _ countries: [String: String], _ limits: Limits
  ) throws {
    let bytes = Array(stored.text.utf8)
    let content = ShownRecord.content(ofRecord: stored.record)
    func own(_ hits: [Hit]) -> [Hit] {
      content.isEmpty
        ? hits : hits.filter { hit in content.contains { $0.overlaps(hit.range) } }
    }
    let was = own(old.match(bytes, form: stored.form).hits)
    let is_ = own(new.match(bytes, form: stored.form).hits)
    before += was.isEmpty ? 0 : 1
    now += is_.isEmpty ? 0 : 1
    guard was.map(\.range) != is_.map(\.range) else { return }
    let place = (is_.first { hit in !was.contains { $0.range == hit.range } } ?? was.first)?.range
    let change = Change(
      advert: advert, title: stored.title, source: source,
      quote: place.map { Self.quote(bytes, $0) } ?? "")
    if was.isEmpty, gained.count < limits.listed { gained.append(change) }
    if is_.isEmpty, lost.count < limits.listed { lost.append(change) }
    guard let record = JSONValue(parsing: Array(stored.record.utf8)),
      let read = Advert(
        record: record, text: bytes, title: stored.title, form: stored.form,
        language: stored.language)
    else { return }
    let assessed = analyser.assess(
      read, country: countries[source],
      linkage: [Measure: MeasuredValue](linkage: stored.linkage)
    ).advert.assessment
    if assessed.flagged, !stored.flagged, newlyFlagged.count < limits.listed {
      newlyFlagged.append(change)
    }
    if !assessed.flagged, stored.flagged, dropped.count < limits.listed { dropped.append(change) }
  }

  private static func quote(_ bytes: [UInt8], _ range: Range<Int>) -> String {
    String(decoding: bytes[range.clamped(to: 0..<bytes.count)].prefix(160), as: UTF8.self)
  }

  /// One pattern by itself, with what its indicator makes an exception of.
  private static func matcher(
    _ pattern: Pattern, _ indicator: Indicator, _ folder: PatternFolder
  ) throws -> Matcher {
    let alone = indicator.with([pattern])
    let pack = folder.library.pack(ofIndicator: indicator.id)
    return try Matcher(
      PatternLibrary(
        packs: [
          PatternPack(
            name: "trial", version: 1, forms: pack?.forms ?? Form.allCases, indicators: [alone],
            file: "trial")
        ], digest: ""))
  }

  private static func replacing(
    _ pattern: Pattern, with changed: Pattern, in folder: PatternFolder
  ) -> [PatternPack] {
    folder.library.packs.map { pack in
      PatternPack(
        name: pack.name, version: pack.version, forms: pack.forms,
        indicators: pack.indicators.map { indicator in
          indicator.patterns.contains(pattern)
            ? indicator.with(indicator.patterns.map { $0 == pattern ? changed : $0 }) : indicator
        }, file: pack.file)
    }
  }
}

extension Indicator {
  /// The same with other patterns.
  fileprivate func with(_ patterns: [Pattern]) -> Indicator {
    Indicator(
      id: id, title: title, barriers: barriers, strength: strength, evidence: evidence,
      alone: alone, lane: lane, sources: sources, note: note, patterns: patterns,
      exceptions: exceptions, examples: examples, condition: condition, restsOn: restsOn,
      place: place)
  }
}
