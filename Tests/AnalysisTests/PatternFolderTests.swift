import Analysis
import Assessment
import Configuration
import Foundation
import Matching
import Testing

@Suite struct PatternFolderTests {
  private let shipped = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Patterns")
    .resolvingSymlinksInPath()

  @Test func theShippedPacksHaveTheCatalogue() throws {
    let library = try PatternFolder(path: shipped.path).library
    let labour = (1...24).map { "L" + ($0 < 10 ? "0\($0)" : "\($0)") }
    let recruitment = (1...7).map { "R0\($0)" }
    let sex = [
      "S01", "S02", "S03", "S04", "S05", "S06", "S07", "S08", "S09", "S10", "S11", "S12", "S13",
      "S14", "S15", "S16", "S17", "S18", "S19", "S20", "S21", "S22", "S23", "S24", "S25", "S26",
    ]
    for id in labour + recruitment + sex {
      let indicator = try #require(library.indicator(id), "\(id)")
      #expect(indicator.title["en"] != nil && indicator.title["nl"] != nil, "\(id)")
      let languages = Set(indicator.patterns.map(\.language))
      #expect(indicator.condition != nil || languages.isSuperset(of: ["en", "nl"]), "\(id)")
    }
  }

  @Test func conditionsOnWhatIsNotStatedAreMarked() throws {
    let library = try PatternFolder(path: shipped.path).library
    let absent = library.packs.flatMap(\.indicators).filter { $0.restsOn == .absence }.map(\.id)
    #expect(absent.sorted() == ["L03", "R05"])
    for indicator in library.packs.flatMap(\.indicators) {
      let rests = indicator.condition?.restsOnAbsence ?? false
      #expect(rests == (indicator.restsOn == .absence), "\(indicator.id)")
    }
  }

  @Test func shippedFiguresAreThoseOfTheDirective() throws {
    let table = try PatternFolder(path: shipped.path).countries.countries
    #expect(table.values.count { $0.legalHours != nil } == 27)
    #expect(table.values.allSatisfy { $0.legalHours.map { $0.value == 48 } ?? true })
    #expect(table.values.allSatisfy { $0.minimumWage == nil })
    #expect(table["PL"]?.currency == "PLN" && table["GB"]?.legalHours == nil)
  }

  @Test func theFactsAboutCountriesMayBeAbsentAndCountIntoTheDigest() throws {
    let copy = FileManager.default.temporaryDirectory
      .appendingPathComponent("patterns-\(UUID().uuidString)")
    try FileManager.default.copyItem(at: shipped, to: copy)
    defer { try? FileManager.default.removeItem(at: copy) }
    let before = try PatternFolder(path: copy.path).digest
    let file = copy.appendingPathComponent("countries.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    try text.replacing("value: 48", with: "value: 40")
      .write(to: file, atomically: true, encoding: .utf8)
    #expect(try PatternFolder(path: copy.path).digest != before)
    try text.replacing("currency: EUR", with: "curency: EUR")
      .write(to: file, atomically: true, encoding: .utf8)
    #expect {
      try PatternFolder(path: copy.path)
    } throws: { error in
      "\(error)".contains("countries.yaml:") && "\(error)".contains("did you mean 'currency'")
    }
    try FileManager.default.removeItem(at: file)
    let without = try PatternFolder(path: copy.path)
    #expect(without.countries.countries.isEmpty && without.digest != before)
  }

  @Test func theDigestFollowsContentsAndNotThePlace() throws {
    let copy = FileManager.default.temporaryDirectory
      .appendingPathComponent("patterns-\(UUID().uuidString)")
    try FileManager.default.copyItem(at: shipped, to: copy)
    defer { try? FileManager.default.removeItem(at: copy) }
    let before = try PatternFolder(path: shipped.path).digest
    #expect(try PatternFolder(path: copy.path).digest == before)
    let rule = copy.appendingPathComponent("assessment.yaml")
    try (String(contentsOf: rule, encoding: .utf8) + "\n# changed\n")
      .write(to: rule, atomically: true, encoding: .utf8)
    #expect(try PatternFolder(path: copy.path).digest != before)
  }

  @Test func aFolderWithoutPacksOrRuleIsNamed() throws {
    #expect {
      try PatternFolder(path: "/nonexistent")
    } throws: { error in
      "\(error)".contains("/nonexistent")
    }
    let copy = FileManager.default.temporaryDirectory
      .appendingPathComponent("patterns-\(UUID().uuidString)")
    try FileManager.default.copyItem(at: shipped, to: copy)
    defer { try? FileManager.default.removeItem(at: copy) }
    try FileManager.default.removeItem(at: copy.appendingPathComponent("assessment.yaml"))
    #expect {
      try PatternFolder(path: copy.path)
    } throws: { error in
      "\(error)".contains("assessment.yaml: cannot be read")
    }
  }
}
