import Extraction
import Matching

extension AdvertFacts {
  /// Compares an advert's hours and wage with the law of its country.
  ///
  /// What cannot be compared is not evaluated, with the reason; what the advert does not state is
  /// missing. A wage is below the minimum only when it cannot be meant otherwise: at the upper end of
  /// the best wage stated, before tax, in the minimum's currency, and with the hours it is for.
  mutating func compare(_ advert: Advert, withLawOf country: String?, in table: CountryTable) {
    compareHours(country, table)
    compareWage(advert, country, table)
  }

  private mutating func leaveOpen(_ measure: Measure, _ reason: String) {
    measures[measure] = .notEvaluated
    reasons[measure] = reason
  }

  private mutating func compareHours(_ country: String?, _ table: CountryTable) {
    guard case .value(let hours) = value(of: .hoursPerWeek) else {
      measures[.hoursOverLegal] = .missing
      return
    }
    guard let country else { return leaveOpen(.hoursOverLegal, Self.countryUnknown) }
    guard let legal = table.countries[country]?.legalHours else {
      return leaveOpen(.hoursOverLegal, "countries.yaml has no legal hours for \(country)")
    }
    measures[.hoursOverLegal] = .value(hours > legal.value ? 1 : 0)
  }

  private mutating func compareWage(_ advert: Advert, _ country: String?, _ table: CountryTable) {
    let wages = advert.facts.filter { $0.kind == .wage && $0.inContent }
    guard !wages.isEmpty else {
      measures[.wageBelowMinimum] = .missing
      return
    }
    guard let country else { return leaveOpen(.wageBelowMinimum, Self.countryUnknown) }
    guard let minimum = table.countries[country]?.minimumWage else {
      return leaveOpen(.wageBelowMinimum, "countries.yaml has no minimum wage for \(country)")
    }
    guard let hourly = minimum.hourly else {
      return leaveOpen(
        .wageBelowMinimum,
        "the minimum wage for \(country) is by the \(minimum.period.rawValue) and has no "
          + "hours_per_week")
    }
    if let posted = advert.fields.posted, posted < minimum.from {
      return leaveOpen(
        .wageBelowMinimum, "the advert is older than the minimum wage for \(country)")
    }
    let hours = advert.facts.filter { $0.kind == .hours && $0.inContent && $0.period == "week" }
    // The fewest hours make the highest wage for an hour.
    let weekly = hours.compactMap(\.number).min()
    var best: Double?
    for wage in wages {
      guard wage.currency == minimum.currency else {
        return leaveOpen(.wageBelowMinimum, "a wage is not stated in \(minimum.currency)")
      }
      guard !NetPay.isStated(of: wage, in: advert.text) else {
        return leaveOpen(.wageBelowMinimum, "a wage is stated after tax")
      }
      guard let period = wage.period.flatMap(PayPeriod.init), let amount = wage.max ?? wage.number,
        let length = period.hours(weekly: weekly), length > 0
      else {
        return leaveOpen(.wageBelowMinimum, "it is not stated how many hours a wage is for")
      }
      best = max(best ?? 0, amount / length)
    }
    // A cent less is a matter of rounding.
    measures[.wageBelowMinimum] = .value((best ?? hourly) < hourly - 0.01 ? 1 : 0)
  }

  private static let countryUnknown = "the advert's country is not known"
}

/// Whether a wage is what is left after tax: no minimum wage is set in that.
private enum NetPay {
  private static let words = [
    "net", "нет", "чист", "на рук", "na rek", "na ręk", "in mana", "în mân", "líquid", "liquid",
    "kézhez", "kezhez", "after tax", "na ruk",
  ]
  /// Bytes to either side of the wage.
  private static let reach = 32

  /// Whether a word for it stands in or near the wage, as part of another word too.
  static func isStated(of wage: Fact, in text: [UInt8]) -> Bool {
    let span = max(0, wage.range.lowerBound - reach)..<(wage.range.upperBound + reach)
    let near = String(decoding: text[span.clamped(to: 0..<text.count)], as: UTF8.self)
    let own = (wage.raw + " " + near).lowercased()
    return words.contains { contains(Array(own.utf8), Array($0.utf8)) }
  }

  private static func contains(_ bytes: [UInt8], _ word: [UInt8]) -> Bool {
    guard bytes.count >= word.count else { return false }
    return (0...(bytes.count - word.count)).contains { start in
      bytes[start..<(start + word.count)].elementsEqual(word)
    }
  }
}
