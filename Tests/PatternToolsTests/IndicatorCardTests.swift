import Matching
import PatternTools
import Testing
import Vocabulary

@Suite struct IndicatorCardTests {
  private func card(
    _ library: PatternLibrary, form: Form = .labour, language: String = "en"
  ) -> String {
    IndicatorCard(
      library: library, digest: "abc123", form: form, language: language, date: "2026-11-23"
    ).html
  }

  private let room = Packs.indicator(
    title: ["en": "Room with the job", "nl": "Kamer bij het werk"], note: "Common in hotels.",
    ["spare room"], match: ["A spare room for you"], miss: ["No room"])

  @Test func whatACardSays() {
    let html = card(Packs.library([room]))
    for part in [
      "<h2>Housing</h2>", "Room with the job", "●●○ medium, experts’ list, never tested",
      "such as <q lang=\"en\">A spare room for you</q>", "Common in hotels.", "2026-11-23",
      "sha256:abc123", "One indicator means nothing", "People decide", "size: A4", "columns: 2",
    ] {
      #expect(html.contains(part), "\(part)")
    }
    #expect(!html.contains("No room"))
  }

  @Test func nothingIsLoaded() {
    let html = card(Packs.library([room]))
    for part in ["<script", "<link", "<img", "url(", "@import", "http:", "https:"] {
      #expect(!html.contains(part), "\(part)")
    }
  }

  @Test func everythingFromAPackIsEscaped() {
    let evil = #"<b onclick="x('y')">&"#
    let indicator = Packs.indicator(
      title: ["en": evil], note: evil + "\u{202E}\u{0}", ["spare room"], match: [evil])
    let html = card(Packs.library([indicator]))
    #expect(!html.contains("<b ") && !html.contains("\u{202E}") && !html.contains("\u{0}"))
    let escaped = "&lt;b onclick=&quot;x(&#39;y&#39;)&quot;&gt;&amp;"
    #expect(html.split(separator: escaped).count == 4)
  }

  @Test func whatIsNotTranslatedIsEnglishAndSaysSo() {
    let bed = Packs.indicator(id: "X2", title: ["en": "Bed"], ["spare bed"], match: ["a spare bed"])
    let html = card(Packs.library([room, bed]), language: "nl")
    #expect(html.contains("<html lang=\"nl\">") && html.contains("<h3>Kamer bij het werk</h3>"))
    #expect(
      html.contains("<span lang=\"en\" dir=\"auto\">Bed</span> <small>(en, niet vertaald)</small>"))
    #expect(html.contains("zoals <q lang=\"en\">a spare bed</q>"))
    #expect(html.contains("<h2>Huisvesting</h2>"))
  }

  @Test func ofSexAndMinorsOnlyTheTitleIsShown() {
    let minors = Packs.indicator(
      id: "X2", title: ["en": "Delicate"], lane: .minors, note: "secret note", ["secret phrase"],
      match: ["secret phrase"])
    let labour = card(Packs.library([room, minors]))
    #expect(labour.contains("Delicate") && labour.contains("May be about a minor"))
    #expect(!labour.contains("secret"))
    let sex = card(Packs.library([room], forms: [.recruitment, .sex]), form: .recruitment)
    #expect(sex.contains("Room with the job"))
    #expect(!sex.contains("spare room") && !sex.contains("Common in hotels"))
  }

  @Test func otherFormsAreLeftOut() {
    #expect(!card(Packs.library([room]), form: .sex).contains("Room with the job"))
  }

  @Test func everyBarrierOfAnIndicatorNamesIt() {
    let indicator = Packs.indicator(
      title: ["en": "Rent"], barriers: [.housing, .finance], ["rent"], match: ["rent"])
    let html = card(Packs.library([indicator]))
    #expect(html.contains("<h2>Finance</h2>\n<p class=\"also\">also: Rent</p>"))
  }

  @Test func whatMeansLittleStandsApart() {
    let indicator = Packs.indicator(
      title: ["en": "Folklore"], strength: .negative, ["rent"], match: ["rent"])
    #expect(card(Packs.library([indicator])).contains("<h2>Tested or known to mean little</h2>"))
  }
}
