public import Configuration

extension CountryTable {
  /// The format this program reads.
  public static let format = "adwatch.countries/1"

  /// Reads the table's YAML text; throws every problem with its place.
  public init(yaml text: String, file: String) throws(ConfigurationProblems) {
    try self.init(node: ConfigurationNode(yaml: text, file: file))
  }

  /// Reads the table; throws every problem with its place.
  ///
  /// A figure without its source and date is a problem, because nobody could check it.
  public init(node: ConfigurationNode) throws(ConfigurationProblems) {
    var reader = ConfigurationReader()
    let keys = ["format", "countries"]
    let fields = reader.mapping(node, keys: keys, required: keys) ?? [:]
    if let stated = fields["format"], reader.string(stated).map({ $0 != Self.format }) ?? false {
      reader.report("this program reads the format '\(Self.format)'", at: stated)
    }
    var countries: [String: CountryFacts] = [:]
    for (code, node, place) in fields["countries"].flatMap({ reader.entries($0) }) ?? [] {
      if !Self.isCapitals(code, 2) {
        reader.report("a country is two capital letters (ISO 3166): NL", at: place)
      }
      countries[code] = Self.country(node, &reader)
    }
    try reader.finish()
    self.init(countries)
  }

  private static func country(
    _ node: ConfigurationNode, _ reader: inout ConfigurationReader
  ) -> CountryFacts? {
    guard
      let fields = reader.mapping(
        node, keys: ["currency", "legal_hours_per_week", "minimum_wage"], required: ["currency"])
    else { return nil }
    let currency = fields["currency"].flatMap { self.currency($0, &reader) }
    let hours = fields["legal_hours_per_week"].map { legalHours($0, &reader) }
    let wage = fields["minimum_wage"].map { minimumWage($0, &reader) }
    guard let currency else { return nil }
    return CountryFacts(currency: currency, legalHours: hours ?? nil, minimumWage: wage ?? nil)
  }

  private static func legalHours(
    _ node: ConfigurationNode, _ reader: inout ConfigurationReader
  ) -> LegalHours? {
    let keys = ["value", "source", "date"]
    guard let fields = reader.mapping(node, keys: keys, required: keys) else { return nil }
    let value = fields["value"].flatMap { reader.number($0, in: 1...168) }
    let source = fields["source"].flatMap { reader.string($0) }
    let date = fields["date"].flatMap { self.date($0, &reader) }
    guard let value, let source, let date else { return nil }
    return LegalHours(value: value, source: source, date: date)
  }

  private static func minimumWage(
    _ node: ConfigurationNode, _ reader: inout ConfigurationReader
  ) -> MinimumWage? {
    guard
      let fields = reader.mapping(
        node, keys: ["amount", "currency", "period", "hours_per_week", "from", "source"],
        required: ["amount", "currency", "period", "from", "source"])
    else { return nil }
    let amount = fields["amount"].flatMap { reader.number($0, in: 0.01...1_000_000_000) }
    let currency = fields["currency"].flatMap { self.currency($0, &reader) }
    let period = fields["period"].flatMap { reader.choice($0, PayPeriod.self) }
    let hours = fields["hours_per_week"].map { reader.number($0, in: 1...168) }
    let from = fields["from"].flatMap { date($0, &reader) }
    let source = fields["source"].flatMap { reader.string($0) }
    guard let amount, let currency, let period, let from, let source else { return nil }
    return MinimumWage(
      amount: amount, currency: currency, period: period, hoursPerWeek: hours ?? nil, from: from,
      source: source)
  }

  private static func currency(
    _ node: ConfigurationNode, _ reader: inout ConfigurationReader
  ) -> String? {
    guard let code = reader.string(node) else { return nil }
    guard isCapitals(code, 3) else {
      reader.report("a currency is three capital letters (ISO 4217): EUR", at: node)
      return nil
    }
    return code
  }

  private static func date(
    _ node: ConfigurationNode, _ reader: inout ConfigurationReader
  ) -> String? {
    guard let text = reader.string(node) else { return nil }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2],
      parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      let month = Int(parts[1]), (1...12).contains(month),
      let day = Int(parts[2]), (1...31).contains(day)
    else {
      reader.report("a date is year, month and day: 2025-01-31", at: node)
      return nil
    }
    return text
  }

  private static func isCapitals(_ text: String, _ count: Int) -> Bool {
    text.utf8.count == count && text.utf8.allSatisfy { (0x41...0x5A).contains($0) }
  }
}
