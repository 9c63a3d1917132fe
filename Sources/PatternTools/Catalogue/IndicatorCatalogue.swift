public import Matching
import Vocabulary

/// The indicators of all packs as a page of Markdown for analysts.
///
/// The same packs give the same bytes: neither date nor digest is on it.
public struct IndicatorCatalogue: Sendable {
  private let library: PatternLibrary

  public init(_ library: PatternLibrary) {
    self.library = library
  }

  /// The page.
  public var markdown: String {
    ([Self.head] + library.packs.sorted { $0.name < $1.name }.map(section))
      .joined(separator: "\n\n") + "\n"
  }

  private static let head = """
    # Indicators

    Written by `adwatch patterns catalogue` from the packs in `Patterns/`; do not edit it. An
    indicator is a reason to look, and never proof of anything about anyone. How indicators combine
    to a flag is in [analyst.md](analyst.md#barriers).

    | evidence | meaning |
    |---|---|
    \(EvidenceGrade.allCases.map { "| \($0.rawValue) | \($0.meaning) |" }.joined(separator: "\n"))

    *Strength* is the weight that experts' lists give an indicator: `strong`, `medium` or `weak`.
    `none` and `negative` are shown and never count. *Evidence* is what was found when somebody looked
    whether it predicts anything.
    """

  private func section(_ pack: PatternPack) -> String {
    let forms = pack.forms.map(\.rawValue).joined(separator: ", ")
    let head = "## \(Self.plain(pack.name))\n\nFor adverts of the form: \(forms)."
    return ([head] + pack.indicators.map(entry)).joined(separator: "\n\n")
  }

  private func entry(_ indicator: Indicator) -> String {
    let title = indicator.title["en"] ?? indicator.title.min { $0.key < $1.key }?.value ?? ""
    var rows = [
      ("barriers", indicator.barriers.map(\.rawValue).joined(separator: ", ")),
      ("strength", indicator.strength.rawValue),
      ("evidence", "\(indicator.evidence.rawValue): \(indicator.evidence.meaning)"),
      ("counts alone", Self.company(indicator)),
    ]
    if indicator.lane == .minors {
      rows.append(("lane", "minors: urgent at once, whatever its strength"))
    }
    if let condition = indicator.condition { rows.append(("computed", "`\(condition)`")) }
    let languages = Set(indicator.patterns.map(\.language)).sorted()
    if !languages.isEmpty {
      rows.append(("looked for in", languages.map(Self.plain).joined(separator: ", ")))
    }
    rows.append(("sources", indicator.sources.map(Self.plain).joined(separator: "; ")))
    let table = rows.map { "| \($0) | \($1) |" }.joined(separator: "\n")
    let entry = "### \(indicator.id) \(Self.plain(title))\n\n| | |\n|---|---|\n\(table)"
    return indicator.note.map { "\(entry)\n\nTo bear in mind: \(Self.plain($0))" } ?? entry
  }

  private static func company(_ indicator: Indicator) -> String {
    switch indicator.strength {
    case .none, .negative: "never counts"
    case .strong, .medium, .weak:
      indicator.alone == .counts ? "yes" : "no, only beside one that does"
    }
  }

  /// A line of text without what Markdown or HTML would read as markup.
  private static func plain(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", "|", "*", "_", "`", "[", "]", "<", ">", "#": result += "\\\(scalar)"
      case "&": result += "&amp;"
      default:
        let isText = scalar.properties.generalCategory != .control
        result.unicodeScalars.append(isText ? scalar : " ")
      }
    }
    while result.hasSuffix(" ") { result.removeLast() }
    return result
  }
}
