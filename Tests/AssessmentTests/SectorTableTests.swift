import Assessment
import Configuration
import Foundation
import Testing
import Vocabulary

@Suite struct SectorTableTests {
  static let shipped: SectorTable? = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let file = root.appendingPathComponent("Patterns/sectors.yaml")
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
    do {
      return try SectorTable(yaml: text, file: "sectors.yaml")
    } catch {
      Issue.record("\(error)")
      return nil
    }
  }()

  static let small = """
    format: adwatch.sectors/1
    sectors:
      - key: sexual
        name: {en: Sexual services, nl: Seksuele diensten}
        forms: [sex]
      - key: cleaning
        name: {en: Cleaning}
        soc: [37-2]
        does: {en: [cleaner*], nl: ["*poetser"]}
      - key: hotels
        name: {en: Hotels}
        soc: [37-2012]
        does: {en: [room attendant*], nl: [ober]}
        where: {en: [hotel*]}
    """

  static func table() throws -> SectorTable { try SectorTable(yaml: small, file: "s.yaml") }

  /// Titles as job boards have them, invented: language, title, the kind of work or `-`.
  static let titles: [(String, String, String)] = {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Corpus/sectors.tsv")
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
      let cells = line.split(separator: "\t").map(String.init)
      return (cells[0], cells[1], cells[2])
    }
  }()

  @Test func shippedWordsTellTitlesInTenLanguages() throws {
    let table = try #require(Self.shipped)
    #expect(Set(Self.titles.map(\.0)).count == 10)
    for (language, title, expected) in Self.titles {
      let found = table.sector(of: SectorEvidence(form: .labour, language: language, title: title))
      #expect(found ?? "-" == expected, "\(language): \(title)")
    }
  }

  @Test func everyKindHasWordsInTenLanguagesAndANameInDutch() throws {
    let table = try #require(Self.shipped)
    #expect(table.sectors.count >= 10)
    for sector in table.sectors {
      #expect(sector.name["nl"] != nil, "\(sector.key)")
      let told = Set(Self.titles.filter { $0.2 == sector.key }.map(\.0))
      #expect(told.count == 10 || !sector.forms.isEmpty, "\(sector.key): \(told.sorted())")
    }
  }

  @Test func theFormGoesFirst() throws {
    let table = try Self.table()
    #expect(table.sector(of: SectorEvidence(form: .sex, title: "Cleaner")) == "sexual")
    #expect(table.sector(of: SectorEvidence(form: .labour, title: "Cleaner")) == "cleaning")
    #expect(table.sector(of: SectorEvidence(title: "Cleaner")) == "cleaning")
  }

  @Test func structuredDataGoesBeforeTheTitle() throws {
    let table = try Self.table()
    func sector(_ occupation: String?, _ industry: String?, _ title: String?) -> String? {
      table.sector(
        of: SectorEvidence(title: title, occupation: occupation, industry: industry))
    }
    #expect(sector("37-2011.00 Janitors", nil, "Room attendant") == "cleaning")
    #expect(sector("37-2012.00", nil, nil) == "hotels", "the longest code decides")
    #expect(sector("11-1011.00 Chief executives", nil, "Cleaner") == "cleaning")
    #expect(sector("Room attendant", nil, "Cleaner") == "hotels")
    #expect(sector(nil, "Hotels and resorts", "Cleaner") == "hotels")
    #expect(sector(nil, "Staffing", "Cleaner") == "cleaning")
    #expect(sector(nil, nil, nil) == nil)
  }

  @Test func whatSomebodyDoesGoesBeforeWhereItIsDone() throws {
    let table = try Self.table()
    func sector(_ title: String, _ language: String? = "en") -> String? {
      table.sector(of: SectorEvidence(language: language, title: title))
    }
    #expect(sector("Hotel cleaner wanted") == "cleaning")
    #expect(sector("Work in a HOTEL") == "hotels")
    #expect(sector("Room-attendant") == "hotels", "words stand one after the other")
    #expect(sector("attendant of a room") == nil)
    #expect(sector("Wij zoeken een autopoetser", "nl") == "cleaning")
    #expect(sector("poetsers", "nl") == nil, "an end is an end")
    #expect(sector("Hôtelier cléaners", nil) == "cleaning")
    #expect(sector("Ober gezocht", "en") == "hotels", "other languages come last")
    #expect(sector("Good work, good pay") == nil)
  }

  static let mistakes: [(from: String, to: String, place: String, words: String)] = [
    ("sectors/1", "sectors/2", "s.yaml:1:9", "adwatch.sectors/1"),
    ("key: hotels", "key: cleaning", "s.yaml:10:5", "twice"),
    ("key: hotels", "key: Hotels", "s.yaml:10:10", "small letters"),
    ("{en: Hotels}", "{nl: Hotels}", "s.yaml:10:5", "in English"),
    ("[sex]", "[sax]", "s.yaml:5:13", "sex"),
    ("cleaner*", "c*", "s.yaml:9:17", "3 letters"),
    ("cleaner*", "cle*er", "s.yaml:9:17", "at its beginning or its end"),
    ("hotel*]", "hotel*, HOTEL*]", "s.yaml:14:26", "already, for 'hotels'"),
    ("room attendant*", "cleaner*", "s.yaml:13:17", "already, for 'cleaning'"),
    ("where:", "were:", "s.yaml:14:5", "did you mean 'where'"),
  ]

  @Test(arguments: mistakes)
  func mistakesAreNamedWithTheirPlace(
    _ mistake: (from: String, to: String, place: String, words: String)
  ) throws {
    let text = Self.small.replacing(mistake.from, with: mistake.to, maxReplacements: 1)
    #expect(text != Self.small)
    do {
      _ = try SectorTable(yaml: text, file: "s.yaml")
      Issue.record("no problem was found")
    } catch {
      #expect("\(error)".contains(mistake.place), "\(error)")
      #expect("\(error)".contains(mistake.words), "\(error)")
    }
  }
}
