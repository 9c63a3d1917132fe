/// What a fact is about; the raw values are those of the scan contract.
public enum FactKind: String, Sendable, Hashable, Codable, CaseIterable {
  case price, wage, age, hours, name, place, nationality, ethnicity, date, stay, height, weight
}

/// A fact's value.
public enum FactValue: Sendable, Hashable {
  /// An amount, in the unit the kind has: currency units, years, hours, centimetres, kilograms.
  case number(Double)
  /// A name, a place, an ISO 8601 date.
  case text(String)
}

/// A value in an advert's text that identifies nobody by itself.
public struct Fact: Sendable, Hashable {
  /// What it is about.
  public var kind: FactKind
  /// The value; of a range, its lower end.
  public var value: FactValue
  /// The upper end of a range.
  public var max: Double?
  /// ISO 4217 code, or `roses` for the trade's word for money; prices and wages only.
  public var currency: String?
  /// What a price buys, in minutes.
  public var minutes: Int?
  /// `hour`, `day`, `week`, `month` or `year`; wages and hours only.
  public var period: String?
  /// The text as it stands in `range`; where that is empty, the declaration the value came from.
  public var raw: String
  /// Where it stands, in bytes of the advert's text; empty when the page only declares it in
  /// metadata.
  public var range: Range<Int>
  /// Whether it lies in the advert's own words, or is declared of the advert.
  public var inContent: Bool

  public init(
    kind: FactKind, value: FactValue, max: Double? = nil, currency: String? = nil,
    minutes: Int? = nil, period: String? = nil, raw: String, range: Range<Int>,
    inContent: Bool = true
  ) {
    self.kind = kind
    self.value = value
    self.max = max
    self.currency = currency
    self.minutes = minutes
    self.period = period
    self.raw = raw
    self.range = range
    self.inContent = inContent
  }

  /// The value as a number, nil when it is text.
  public var number: Double? {
    guard case .number(let number) = value else { return nil }
    return number
  }
}
