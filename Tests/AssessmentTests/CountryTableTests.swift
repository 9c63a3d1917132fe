import Assessment
import Configuration
import Testing

@Suite struct CountryTableTests {
  static let sound = """
    format: adwatch.countries/1
    countries:
      NL:
        currency: EUR
        legal_hours_per_week: {value: 48, source: "a law", date: 2003-11-04}
        minimum_wage: {amount: 12, currency: EUR, period: hour, from: 2024-01-01, source: "a decree"}
      XX: {currency: XXX}
    """

  @Test func reads() throws {
    let table = try CountryTable(yaml: Self.sound, file: "c.yaml")
    let law = try #require(table.countries["NL"])
    #expect(law.legalHours == LegalHours(value: 48, source: "a law", date: "2003-11-04"))
    #expect(law.minimumWage?.hourly == 12)
    #expect(table.countries["XX"] == CountryFacts(currency: "XXX"))
  }

  @Test func amountsForLongerNeedTheWeekTheyAreFor() {
    func wage(_ period: PayPeriod, _ hours: Double?) -> Double? {
      MinimumWage(
        amount: 1560, currency: "EUR", period: period, hoursPerWeek: hours, from: "2024-01-01",
        source: "a decree"
      ).hourly
    }
    #expect(wage(.month, nil) == nil && wage(.week, nil) == nil && wage(.year, nil) == nil)
    #expect(wage(.hour, nil) == 1560 && wage(.month, 36) == 10 && wage(.week, 39) == 40)
  }

  static let mistakes: [(from: String, to: String, place: String, words: String)] = [
    ("countries/1", "countries/2", "c.yaml:1:9", "adwatch.countries/1"),
    ("  NL:", "  nl:", "c.yaml:3:3", "two capital letters"),
    ("currency: XXX", "currency: euro", "c.yaml:7:18", "three capital letters"),
    ("currency: XXX", "curency: XXX", "c.yaml:7:8", "did you mean 'currency'"),
    ("value: 48", "value: 480", "c.yaml:5:35", "number from 1"),
    (", date: 2003-11-04", "", "c.yaml:5:27", "'date' is missing"),
    ("2003-11-04", "4.11.2003", "c.yaml:5:62", "year, month and day"),
    ("2024-01-01", "2024-13-01", "c.yaml:6:67", "year, month and day"),
    ("period: hour", "period: fortnight", "c.yaml:6:55", "hour, week, month, year"),
    (", source: \"a decree\"", "", "c.yaml:6:19", "'source' is missing"),
  ]

  @Test(arguments: mistakes)
  func mistakesAreNamedWithTheirPlace(
    _ mistake: (from: String, to: String, place: String, words: String)
  ) {
    #expect(Self.sound.contains(mistake.from))
    do {
      _ = try CountryTable(
        yaml: Self.sound.replacing(mistake.from, with: mistake.to), file: "c.yaml")
      Issue.record("\(mistake.to) is accepted")
    } catch {
      let found = error.problems.map(\.description)
      #expect(
        found.contains { $0.hasPrefix(mistake.place + ":") && $0.contains(mistake.words) },
        "\(found)")
    }
  }
}
