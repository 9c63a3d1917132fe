import Analysis
import Assessment
import Extraction
import Matching
import PatternTools
import Vocabulary

/// What the patterns find in one advert and what the rule makes of it, for a terminal.
struct AdvertExplanation {
  private let record: ScanRecord
  private let library: PatternLibrary
  private let rule: AssessmentRule
  private let textBytes: [UInt8]

  init(record: ScanRecord, library: PatternLibrary, rule: AssessmentRule) {
    self.record = record
    self.library = library
    self.rule = rule
    textBytes = record.found?.advert.text ?? record.page.text
  }

  /// The text with its hits, each hit, what was cancelled, and the assessment.
  var text: String {
    if let error = record.page.error { return "\(shown(record.id)): \(shown(error))" }
    guard let found = record.found else {
      return "\(shown(record.id)): \(record.page.kind.rawValue), "
        + "\(record.page.adverts.count) adverts in it"
    }
    let hits = record.hits
    let cancelled = found.cancelled
    var numbered: [HighlightedText.Mark] = []
    for (index, hit) in hits.enumerated() {
      guard let range = hit.range else { continue }
      numbered.append(
        HighlightedText.Mark(
          range: range, number: index + 1, style: hit.exclusion == nil ? .yellow : .dim))
    }
    for (index, hit) in cancelled.enumerated() {
      numbered.append(
        HighlightedText.Mark(range: hit.range, number: hits.count + index + 1, style: .dim))
    }
    var parts = [heading(found.advert), HighlightedText(textBytes, numbered).text]
    for (index, hit) in hits.enumerated() {
      let first = hits.firstIndex { $0.indicator == hit.indicator } ?? index
      parts.append(entry(hit, number: index + 1, first: first + 1))
    }
    parts += cancelled.enumerated().map { entry(cancelled: $1, number: hits.count + $0 + 1) }
    if hits.isEmpty, cancelled.isEmpty { parts.append("No pattern finds anything in it.") }
    if !record.page.limited.isEmpty {
      parts.append(
        "Stopped at a limit, hits may be missing: \(record.page.limited.joined(separator: ", "))")
    }
    parts.append(AssessmentExplanation(found.assessment, library: library, rule: rule).text)
    return parts.joined(separator: "\n\n") + "\n"
  }

  private func heading(_ advert: Advert) -> String {
    let part = record.part.map { ", advert \($0) of a listing" } ?? ""
    let form = advert.form.map { "\($0.rawValue) advert" } ?? "advert of unknown form"
    let language = (advert.language ?? record.page.language).map { ", language \($0)" } ?? ""
    return Output.styled(shown(record.id) + part + ": " + form + language, .dim)
  }

  /// What is known of an indicator stands at its first hit only.
  private func entry(_ hit: ScanRecord.Hit, number: Int, first: Int) -> String {
    let indicator = library.indicator(hit.indicator)
    var lines = [
      "[\(number)] " + Output.styled("\(hit.indicator) \(shown(title(indicator)))", .bold)
        + (hit.exclusion.map { "  not counted: \($0)" } ?? "")
    ]
    if let range = hit.range {
      lines.append("“\(quote(range))”  \(hit.pattern)")
    } else {
      lines.append("computed: \(shown(indicator?.condition?.description ?? ""))")
      if indicator?.restsOn == .absence {
        lines.append("rests on what is not stated: alone never, and weak at most")
      }
    }
    if number != first {
      lines.append(Output.styled("as [\(first)]", .dim))
    } else if let indicator {
      lines += about(indicator)
    }
    return lines.joined(separator: "\n    ")
  }

  private func about(_ indicator: Indicator) -> [String] {
    let barriers = indicator.barriers.map(\.rawValue).joined(separator: ", ")
    var lines = [
      "barrier \(barriers.isEmpty ? "none" : barriers); \(indicator.strength.rawValue); evidence "
        + "\(indicator.evidence.rawValue): \(indicator.evidence.meaning)",
      "after \(shown(indicator.sources.joined(separator: "; ")))",
    ]
    if let note = indicator.note { lines.append(Output.styled(shown(note), .dim)) }
    return lines
  }

  private func entry(cancelled hit: Hit, number: Int) -> String {
    let indicator = library.indicator(hit.indicator)
    var lines = [
      "[\(number)] " + Output.styled("\(hit.indicator) \(shown(title(indicator)))", .bold)
        + "  not counted: 'unless' cancels it",
      "“\(quote(hit.range))”  \(hit.pattern)",
    ]
    let causes = indicator.map { CancellingException.all(of: $0, in: textBytes) } ?? []
    if let cause = causes.min(by: { distance($0.range, hit.range) < distance($1.range, hit.range) })
    {
      lines.append("“\(quote(cause.range))” matches unless: \(shown(cause.exception.source))")
    }
    return lines.joined(separator: "\n    ")
  }

  private func distance(_ one: Range<Int>, _ other: Range<Int>) -> Int {
    max(0, one.lowerBound - other.upperBound, other.lowerBound - one.upperBound)
  }

  private func title(_ indicator: Indicator?) -> String {
    indicator?.title["en"] ?? indicator?.title.min { $0.key < $1.key }?.value ?? ""
  }

  private func quote(_ range: Range<Int>) -> String {
    shown(String(decoding: textBytes[range.clamped(to: 0..<textBytes.count)], as: UTF8.self))
  }
}
