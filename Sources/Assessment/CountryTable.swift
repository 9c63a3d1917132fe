/// What the law of countries says, as far as somebody wrote it down with its source.
///
/// What is not in it is unknown: a comparison that needs it is not evaluated, and never comes to no.
public struct CountryTable: Sendable, Hashable {
  /// By ISO 3166 alpha-2 code.
  public let countries: [String: CountryFacts]

  public init(_ countries: [String: CountryFacts] = [:]) {
    self.countries = countries
  }
}

/// What is known of one country.
public struct CountryFacts: Sendable, Hashable {
  /// ISO 4217 code.
  public let currency: String
  /// How long a week's work may be at most.
  public let legalHours: LegalHours?
  /// What work has to be paid at least.
  public let minimumWage: MinimumWage?

  public init(currency: String, legalHours: LegalHours? = nil, minimumWage: MinimumWage? = nil) {
    self.currency = currency
    self.legalHours = legalHours
    self.minimumWage = minimumWage
  }
}

/// The longest lawful week.
public struct LegalHours: Sendable, Hashable {
  /// Hours a week, overtime included.
  public let value: Double
  /// The law.
  public let source: String
  /// The date of the law, ISO 8601.
  public let date: String

  public init(value: Double, source: String, date: String) {
    self.value = value
    self.source = source
    self.date = date
  }
}

/// A statutory minimum wage before tax.
public struct MinimumWage: Sendable, Hashable {
  /// For one `period`.
  public let amount: Double
  /// ISO 4217 code.
  public let currency: String
  /// What the amount is for.
  public let period: PayPeriod
  /// The full working week that an amount for longer than an hour is for.
  public let hoursPerWeek: Double?
  /// The first day it is in force, ISO 8601.
  public let from: String
  /// The law or decision.
  public let source: String

  public init(
    amount: Double, currency: String, period: PayPeriod, hoursPerWeek: Double? = nil,
    from: String, source: String
  ) {
    self.amount = amount
    self.currency = currency
    self.period = period
    self.hoursPerWeek = hoursPerWeek
    self.from = from
    self.source = source
  }

  /// The amount for an hour; nil when it is for longer and the week is not known.
  public var hourly: Double? {
    period.hours(weekly: hoursPerWeek).map { amount / $0 }
  }
}

/// What a wage is paid for.
public enum PayPeriod: String, Sendable, Hashable, CaseIterable {
  case hour, week, month, year

  /// The hours of work in it: twelve months and 52 weeks are a year; nil without a week to go by.
  public func hours(weekly: Double?) -> Double? {
    switch self {
    case .hour: 1
    case .week: weekly
    case .month: weekly.map { $0 * 52 / 12 }
    case .year: weekly.map { $0 * 52 }
    }
  }
}
