public import Matching
public import Vocabulary

/// A printable card of indicators for people in the front line: one HTML file, nothing loaded.
///
/// Of indicators of minors and of packs for sexual services only the title is shown.
public struct IndicatorCard: Sendable {
  private let library: PatternLibrary
  private let digest: String
  private let form: Form
  private let language: String
  private let date: String
  private let words: CardWords

  /// `digest` and `date` are printed as given, so that a card can be told from a later one.
  public init(
    library: PatternLibrary, digest: String, form: Form, language: String, date: String
  ) {
    self.library = library
    self.digest = digest
    self.form = form
    self.language = language
    self.date = date
    words = CardWords.of(language)
  }

  /// Languages that some indicator has a title in, sorted.
  public static func languages(of library: PatternLibrary) -> [String] {
    Set(library.packs.flatMap(\.indicators).flatMap(\.title.keys)).sorted()
  }

  /// The indicators on the card, with whether only the title may be shown.
  private var entries: [(indicator: Indicator, isTitleOnly: Bool)] {
    library.packs.filter { $0.applies(to: form) }.flatMap { pack in
      pack.indicators.map { ($0, pack.forms.contains(.sex) || $0.lane == .minors) }
    }
  }

  /// The card.
  public var html: String {
    let title = HTMLText.escape(words.titles[form] ?? form.rawValue)
    return """
      <!DOCTYPE html>
      <html lang="\(HTMLText.escape(words.language))">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <title>\(title)</title>
      <style>
      \(CardStyle.sheet)
      </style>
      </head>
      <body>
      <header>
      <h1>\(title)</h1>
      <p>\(words.reading.map(HTMLText.escape).joined(separator: " "))</p>
      </header>
      <main>
      \(sections)
      </main>
      <footer>
      <p>\(HTMLText.escape("Adwatch, \(date), \(words.packs) sha256:\(digest)"))</p>
      <p>\(words.reading.map(HTMLText.escape).joined(separator: " "))</p>
      </footer>
      </body>
      </html>

      """
  }

  private var sections: String {
    let counting = entries.filter { isCounting($0.indicator) }
    var sections = Barrier.allCases.compactMap { barrier -> String? in
      let own = counting.filter { $0.indicator.barriers.first == barrier }
        .sorted { rank($0.indicator) < rank($1.indicator) }
      let others = counting.filter { $0.indicator.barriers.dropFirst().contains(barrier) }
      guard !own.isEmpty || !others.isEmpty else { return nil }
      var lines = own.map { article($0.indicator, isTitleOnly: $0.isTitleOnly) }
      if !others.isEmpty {
        let titles = others.map { titleMarkup($0.indicator) }.joined(separator: "; ")
        lines.append("<p class=\"also\">\(HTMLText.escape(words.also)): \(titles)</p>")
      }
      return section(words.barriers[barrier] ?? barrier.rawValue, lines)
    }
    let useless = entries.filter { !isCounting($0.indicator) }
    if !useless.isEmpty {
      sections.append(
        section(
          words.useless, useless.map { article($0.indicator, isTitleOnly: $0.isTitleOnly) }))
    }
    return sections.joined(separator: "\n")
  }

  private func section(_ title: String, _ lines: [String]) -> String {
    "<section>\n<h2>\(HTMLText.escape(title))</h2>\n\(lines.joined(separator: "\n"))\n</section>"
  }

  private func isCounting(_ indicator: Indicator) -> Bool {
    indicator.strength != .none && indicator.strength != .negative && !indicator.barriers.isEmpty
  }

  private func rank(_ indicator: Indicator) -> Int {
    Strength.allCases.firstIndex(of: indicator.strength) ?? 0
  }

  private func article(_ indicator: Indicator, isTitleOnly: Bool) -> String {
    var lines = ["<h3>\(titleMarkup(indicator))</h3>"]
    if indicator.lane == .minors {
      lines.append("<p class=\"minors\">\(HTMLText.escape(words.minors))</p>")
    }
    if !isTitleOnly {
      lines.append("<p class=\"worth\">\(worth(indicator))</p>")
      if let phrase = phrase(indicator) { lines.append(phrase) }
      if let note = indicator.note {
        // Notes are written for analysts, in English.
        lines.append("<p class=\"note\" lang=\"en\">\(HTMLText.escape(note))</p>")
      }
    }
    return "<article>\n\(lines.joined(separator: "\n"))\n</article>"
  }

  /// The title in the card's language; else in English, or any, and marked so.
  private func titleMarkup(_ indicator: Indicator) -> String {
    let (code, title) =
      [language, "en"].lazy.compactMap { code in indicator.title[code].map { (code, $0) } }.first
      ?? indicator.title.min { $0.key < $1.key } ?? ("en", indicator.id)
    let text = HTMLText.escape(title)
    guard code != words.language else { return text }
    let marked = "<span lang=\"\(HTMLText.escape(code))\" dir=\"auto\">\(text)</span>"
    guard code != language else { return marked }
    return marked + " <small>(\(HTMLText.escape("\(code), \(words.untranslated)")))</small>"
  }

  private func worth(_ indicator: Indicator) -> String {
    let dots = [Strength.strong: "●●●", .medium: "●●○", .weak: "●○○"][indicator.strength]
    let strength = words.strengths[indicator.strength].map { "\(dots ?? "") \($0), " } ?? ""
    let evidence = words.evidence[indicator.evidence] ?? indicator.evidence.rawValue
    return HTMLText.escape(strength + evidence)
  }

  /// An invented phrase of the packs' examples.
  private func phrase(_ indicator: Indicator) -> String? {
    guard !indicator.patterns.isEmpty else {
      return "<p class=\"phrase\">\(HTMLText.escape(words.computed))</p>"
    }
    for code in [language, "en"] {
      guard let example = indicator.examples[code]?.match.first else { continue }
      return "<p class=\"phrase\">\(HTMLText.escape(words.example)) "
        + "<q lang=\"\(HTMLText.escape(code))\">\(HTMLText.escape(example.text))</q></p>"
    }
    return nil
  }
}
