import Matching

/// What links measured of an advert, in words for a person.
struct LinkageCount {
  /// As `6 names on one contact`.
  let sentence: String

  /// Nil where the count says nothing: of what there is once, or for what is no count of links.
  init?(_ measure: Measure, _ count: Int) {
    guard count > 1 || (count == 1 && measure == .circuits) else { return nil }
    switch measure {
    case .citiesOfSelector: sentence = "\(count) cities on one contact in 30 days"
    case .countriesOfSelector: sentence = "\(count) countries on one contact in 30 days"
    case .namesOfSelector: sentence = "\(count) names on one contact"
    case .agesOfSelector: sentence = "\(count) ages on one contact"
    case .profilesOfSelector: sentence = "\(count) profiles on one contact"
    case .advertsOfAddress: sentence = "\(count) adverts at one address"
    case .contactsOfAccount: sentence = "\(count) contacts on one account"
    case .circuits:
      sentence = "the same round made again \(count) \(count == 1 ? "time" : "times")"
    case .templateAdverts: sentence = "\(count) adverts in nearly the same words"
    case .employersOfText: sentence = "\(count) employers in nearly the same words"
    case .countriesOfText: sentence = "\(count) countries in nearly the same words"
    case .namesOfImage: sentence = "\(count) names under one image"
    default: return nil
    }
  }
}
