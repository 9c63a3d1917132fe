import Foundation
import Matching
import Measurement
import TestSupport
import Testing

/// Holds the shipped packs to `Patterns/floors.yaml`.
@Suite(.timeLimit(.minutes(15))) struct FloorTests {
  private static let dataSets = URL(
    fileURLWithPath: ProcessInfo.processInfo.environment["ADWATCH_DATA_SETS"] ?? "../shared/data",
    relativeTo: Program.repository
  ).path

  private static func has(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: "\(dataSets)/\(path)")
  }

  private func floor(_ key: String) throws -> String {
    let file = Program.repository.appendingPathComponent("Patterns/floors.yaml")
    let line = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      .first { $0.hasPrefix("\(key): ") }
    return try String(#require(line, "floors.yaml has no '\(key)'").dropFirst(key.count + 2))
  }

  @Test func everyLanguageHasItsExamples() throws {
    let packs = Program.repository.appendingPathComponent("Patterns").path
    let library = try PatternLibrary(files: PackFiles.read(directory: packs))
    let match = try #require(Int(floor("match_examples")))
    let miss = try #require(Int(floor("miss_examples")))
    let languages = try floor("languages").filter { !"[] ".contains($0) }.split(separator: ",")
    #expect(languages.count == 10)
    for indicator in library.packs.flatMap(\.indicators) where !indicator.patterns.isEmpty {
      for language in languages.map(String.init) {
        let name = "\(indicator.id) in \(language)"
        let examples = indicator.examples[language]
        #expect(indicator.patterns.contains { $0.language == language }, "\(name): no patterns")
        #expect(examples?.match.count ?? 0 >= match, "\(name): too few under match")
        #expect(examples?.miss.count ?? 0 >= miss, "\(name): too few under miss")
      }
    }
  }

  /// Invented: three indicators of two barriers in each language, and nothing else.
  private static let passingMoneyOn: KeyValuePairs = [
    "en": """
    The interview will be held by text chat. Type for two hours every day: €300 per day. Payments \
    come to you, keep 10% and send the rest to our partner.
    """,
    "nl": """
    Het sollicitatiegesprek gaat via de chat. Eén à twee uur per dag werken en € 300 per dag \
    verdienen. Je ontvangt betalingen, houdt 10% en maakt de rest over.
    """,
    "de": """
    Das Vorstellungsgespräch läuft per Chat. Nur zwei Stunden am Tag arbeiten und 300 Euro pro Tag \
    verdienen. Sie behalten 10 Prozent und überweisen den Rest.
    """,
    "fr": """
    L'entretien se fait par tchat. Deux heures par jour suffisent pour gagner 300 euros par jour. \
    Gardez 10 % de chaque virement et envoyez le reste à notre partenaire.
    """,
    "es": """
    La entrevista se hace por chat. Trabaja dos horas al día y gana 300 euros al día. Te quedas con \
    el 10% y envías el resto a nuestro socio.
    """,
    "ro": """
    Interviul se dă pe chat. Două ore pe zi și câștigi 300 euro pe zi. Păstrezi 10% și trimiți restul \
    partenerului nostru.
    """,
    "pl": """
    Rozmowa kwalifikacyjna odbywa się przez czat. Dwie godziny dziennie i zarabiasz 300 euro \
    dziennie. Zatrzymujesz 10% i przelewasz resztę naszemu partnerowi.
    """,
    "bg": """
    Интервюто се провежда в чат. Работите два часа на ден и печелите 300 евро на ден. Задържате 10% \
    и превеждате останалото на партньора ни.
    """,
    "hu": """
    Az állásinterjú chaten zajlik. Napi két óra munkával napi 300 euró a kereset. Tíz százalékot \
    megtartasz, a többit továbbutalod.
    """,
    "ru": """
    Собеседование проходит в чате. Два часа в день, и вы получаете 300 евро в день. Оставляете себе \
    10% и переводите остальное партнёру.
    """,
  ]

  @Test func statedCombinationIsFlaggedInEveryLanguage() throws {
    let lines = try Self.passingMoneyOn.map { language, text in
      let line = ["id": language, "text": text, "form": "labour"]
      return String(decoding: try JSONSerialization.data(withJSONObject: line), as: UTF8.self)
    }
    let records = try Program.run("scan", "-", input: lines.joined(separator: "\n")).objects
    #expect(records.count == 10)
    for record in records {
      let hits = (record["hits"] as? [[String: Any]] ?? []).compactMap {
        $0["indicator"] as? String
      }
      #expect(Set(hits) == ["L01", "L20", "L21"], "\(record["id"] ?? "")")
    }
    #expect(Self.flagged(records) == Set(Self.passingMoneyOn.map(\.key)))
  }

  @Test(.enabled(if: has("emscad/emscad-dev.csv"), "data sets are absent"))
  func ordinaryAdvertsAreSeldomFlagged() throws {
    let folder = try Program.Folder()
    let file = folder.path + "/adverts.jsonl"
    let columns = "title,company_profile,description,requirements,benefits"
    let status = try ChildProcess(
      Program.repository.appendingPathComponent("ops/adverts-from-csv").path,
      [
        "\(Self.dataSets)/emscad/emscad-dev.csv", "--id", "row_id", "--text", columns, "--keep",
        "fraudulent", "--form", "labour",
      ], output: file
    ).wait()
    try #require(status == 0)
    var fraudulent: Set<String> = []
    var others: Set<String> = []
    for line in try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n") {
      let row = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      guard let id = row?["id"] as? String else { continue }
      if row?["fraudulent"] as? String == "0" { others.insert(id) } else { fraudulent.insert(id) }
    }
    let records = try Program.run("scan", "--no-text", file).objects
    try #require(others.count > 200 && records.count == others.count + fraudulent.count)
    let flagged = Self.flagged(records)
    let share = try #require(Double(floor("flagged_adverts_of_negatives")))
    let wrong = flagged.intersection(others)
    #expect(Double(wrong.count) <= share * Double(others.count), "\(wrong.sorted())")
    let stated = Self.stated(records)
    try expectMeasured("flagged_fraudulent", flagged, of: fraudulent)
    try expectMeasured("flagged_others", flagged, of: others)
    try expectMeasured("stated_fraudulent", stated, of: fraudulent)
    try expectMeasured("stated_others", stated, of: others)
  }

  @Test(.enabled(if: has("pages/trafilatura"), "data sets are absent"))
  func generalPagesAreSeldomFlagged() throws {
    let records = try Program.run("scan", "--no-text", "\(Self.dataSets)/pages").objects
    // A page with a listing has several records; expected.html repeats the page that it lies beside.
    let pages = Set(records.compactMap { $0["id"] as? String })
      .filter { !$0.hasSuffix("/expected.html") }
    try #require(pages.count > 1000)
    let flagged = Self.flagged(records).intersection(pages)
    let share = try #require(Double(floor("flagged_general_pages")))
    #expect(Double(flagged.count) <= share * Double(pages.count), "\(flagged.sorted())")
    try expectMeasured("flagged_general_pages", flagged, of: pages)
  }

  /// Holds `measured_KEY` of floors.yaml to what is found now.
  private func expectMeasured(_ key: String, _ found: Set<String>, of all: Set<String>) throws {
    let proportion = Proportion(found.intersection(all).count, of: all.count)
    let interval = try #require(proportion.interval)
    let ends = String(format: "%.4f, %.4f", interval.lower, interval.upper)
    let line = "{count: \(proportion.count), of: \(proportion.total), interval: [\(ends)]}"
    #expect(try floor("measured_\(key)") == line)
  }

  private static func flagged(_ records: [[String: Any]]) -> Set<String> {
    Set(
      records.filter { record in
        let assessment = record["assessment"] as? [String: Any]
        return assessment?["flagged"] as? Bool == true || assessment?["lane"] is String
      }.compactMap { $0["id"] as? String })
  }

  /// Those with an indicator in their words, and not only computed.
  private static func stated(_ records: [[String: Any]]) -> Set<String> {
    Set(
      records.filter { record in
        (record["hits"] as? [[String: Any]] ?? []).contains { $0["start"] is Int }
      }.compactMap { $0["id"] as? String })
  }
}
