import Configuration
import Matching
import Testing
import Vocabulary

@Suite struct PatternLibraryTests {
  @Test func readsAPack() throws {
    let library = try PatternLibrary(files: [("a.yaml", Packs.yaml)]) { "\($0.count)" }
    let pack = try #require(library.packs.first)
    #expect(pack.name == "labour-documents" && pack.version == 3)
    #expect(pack.forms == [.labour, .recruitment])
    let indicator = try #require(library.indicator("L11"))
    #expect(indicator.barriers == [.entry, .residence])
    #expect(indicator.strength == .strong && indicator.evidence == .expert)
    #expect(
      indicator.patterns.map(\.name) == ["L11/en/kept", "L11/en/handed-in", "L11/nl/ingeleverd"])
    #expect(indicator.patterns.map(\.view) == [.plain, .folded, .plain])
    #expect(indicator.exceptions.count == 1)
    #expect(indicator.note == "A copy for the payroll is normal.")
    #expect(indicator.examples["en"]?.match.count == 2)
    #expect(
      library.indicator("S07")?.condition?.description
        == "(cities_of_selector >= 3) or (countries_of_selector >= 2)")
    #expect(library.pack(ofIndicator: "S07")?.name == "labour-documents")
    #expect(library.indicator("L99") == nil)
    #expect(!library.digest.isEmpty)
  }

  @Test func digestIsOfContentsAndNotOfOrder() throws {
    let other = Packs.yaml.replacing("L11", with: "L12").replacing("S07", with: "S08")
      .replacing("labour-documents", with: "other")
    let digest: ([UInt8]) -> String = { String(decoding: $0, as: UTF8.self) }
    let one = try PatternLibrary(files: [("a", Packs.yaml), ("b", other)], digest: digest)
    let two = try PatternLibrary(files: [("b", other), ("a", Packs.yaml)], digest: digest)
    let three = try PatternLibrary(files: [("a", Packs.yaml + "\n"), ("b", other)], digest: digest)
    #expect(one.digest == two.digest)
    #expect(one.digest != three.digest)
  }

  /// Each edit of the good pack, and the problem it has to give: place and words.
  static let mistakes: [(from: String, to: String, place: String, words: String)] = [
    ("adwatch.pack/1", "adwatch.pack/2", "p0.yaml:1:9", "adwatch.pack/1"),
    ("version: 3", "version: three", "p0.yaml:3:10", "whole number"),
    ("forms: [labour, recruitment]", "forms: []", "p0.yaml:4:8", "at least one form"),
    ("forms: [labour, recruitment]", "forms: [labor]", "p0.yaml:4:9", "did you mean 'labour'"),
    ("strength: strong", "strenght: strong", "p0.yaml:9:5", "did you mean 'strength'"),
    ("strength: strong", "strength: heavy", "p0.yaml:9:15", "strong, medium, weak, none, negative"),
    ("alone: counts", "alone: sometimes", "p0.yaml:11:12", "counts, never"),
    ("alone: counts", "lane: urgent", "p0.yaml:11:11", "minors"),
    ("barriers: [entry, residence]", "barriers: []", "p0.yaml:8:15", "needs a barrier"),
    ("barriers: [entry, residence]", "barriers: [entry, entry]", "p0.yaml:8:23", "twice"),
    ("pack: labour-documents", "pack: labour documents", "p0.yaml:2:7", "letters, digits"),
    ("- id: L11", "- id: L/11", "p0.yaml:6:9", "letters, digits"),
    ("(?:s|ing)?", "(?:s|ing?", "p0.yaml:16:79", "missing closing parenthesis"),
    ("'paspoort.{0,40}inlever'", "'(?:paspoort)*'", "p0.yaml:18:34", "empty string"),
    ("'paspoort.{0,40}inlever'", "'(*COMMIT)x'", "p0.yaml:18:34", "not available"),
    ("'paspoort.{0,40}inlever'", "'x\\Gy'", "p0.yaml:18:35", "not available"),
    ("id: handed-in", "id: kept", "p0.yaml:17:16", "there twice"),
    ("view: folded", "view: foldet", "p0.yaml:17:73", "did you mean 'folded'"),
    ("surrender", "surrendér", "p0.yaml:17:31", "folded view"),
    ("nl: [{id", "NL: [{id", "p0.yaml:18:7", "language code"),
    (
      "when: cities_of_selector >= 3", "when: citys_of_selector >= 3", "p0.yaml:31:11",
      "did you mean 'cities_of_selector'"
    ),
    (
      "or countries_of_selector >= 2", "or (countries_of_selector >= 2", "p0.yaml:31:65",
      "expected ')'"
    ),
    ("match: [Je paspoort moet je inleveren], ", "", "p0.yaml:21:7", "'nl' is missing"),
  ]

  @Test(arguments: mistakes)
  func mistakesAreNamedWithTheirPlace(
    _ mistake: (from: String, to: String, place: String, words: String)
  ) {
    #expect(Packs.yaml.contains(mistake.from))
    let problems = Packs.problems(Packs.yaml.replacing(mistake.from, with: mistake.to))
    #expect(
      problems.contains { $0.hasPrefix(mistake.place + ":") && $0.contains(mistake.words) },
      "\(problems)")
  }

  @Test func allProblemsAreReportedAtOnce() {
    let text = Packs.yaml.replacing("strength: strong", with: "strength: heavy")
      .replacing("evidence: expert\n        alone", with: "evidence: gut\n        alone")
      .replacing("'paspoort.{0,40}inlever'", with: "'('")
    #expect(Packs.problems(text).count >= 2)
    #expect(Packs.problems(text, "format: [").count >= 3)
  }

  @Test func idsAreUniqueAcrossPacks() {
    let other = Packs.yaml.replacing("labour-documents", with: "other")
    let problems = Packs.problems(Packs.yaml, other)
    #expect(problems.contains { $0.hasPrefix("p1.yaml:6:9") && $0.contains("p0.yaml:6:9") })
    #expect(problems.contains { $0.contains("'S07'") })
    let renamed = other.replacing("L11", with: "L12").replacing("S07", with: "S08")
    #expect(Packs.problems(Packs.yaml, renamed).isEmpty)
    #expect(
      Packs.problems(Packs.yaml, renamed.replacing("pack: other", with: "pack: labour-documents"))
        .contains { $0.contains("is also in p0.yaml") })
  }

  @Test func examplesAreRun() throws {
    let matcher = try Matcher(PatternLibrary(files: [("a.yaml", Packs.yaml)]))
    let check = ExampleCheck(matcher)
    #expect(check.failures.isEmpty && check.count == 5 && check.unproven.isEmpty)
    let wrong = Packs.yaml.replacing("We keep your passport safe", with: "We keep your promise")
      .replacing("Neem je paspoort mee", with: "Paspoort inleveren")
    let failures = ExampleCheck(try Matcher(PatternLibrary(files: [("a.yaml", wrong)])))
    #expect(failures.failures.count == 2)
    #expect(failures.failures.allSatisfy { $0.line > 0 && $0.column > 0 })
    #expect(failures.unproven == ["L11/en/kept"])
  }
}
