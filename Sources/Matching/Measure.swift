/// A name that a computed indicator's `when:` may use: the closed list.
///
/// Every measure is a number. A count is a number from 0, a yes-or-no 1 or 0, and a field of the
/// advert 1 when it is stated and *missing* otherwise.
public enum Measure: String, Sendable, Hashable, CaseIterable {
  // MARK: Between adverts. Not evaluated when an advert is assessed by itself.

  /// Cities in which a selector of the advert is seen within the window, at most over its selectors.
  case citiesOfSelector = "cities_of_selector"
  /// Countries, likewise.
  case countriesOfSelector = "countries_of_selector"
  /// Different names beside a selector of the advert.
  case namesOfSelector = "names_of_selector"
  /// Different stated ages beside a selector of the advert.
  case agesOfSelector = "ages_of_selector"
  /// Profiles or accounts that share a selector of the advert.
  case profilesOfSelector = "profiles_of_selector"
  /// Adverts at the address of this advert.
  case advertsOfAddress = "adverts_of_address"
  /// Telephone numbers and other contacts on the account that placed the advert.
  case contactsOfAccount = "contacts_of_account"
  /// Complete rounds of the same places in the same order.
  case circuits
  /// Adverts, this one included, with nearly the same text.
  case templateAdverts = "template_adverts"
  /// Employers with nearly the same text.
  case employersOfText = "employers_of_text"
  /// Countries with nearly the same text.
  case countriesOfText = "countries_of_text"
  /// Adverts with other selectors that look written by the same hand.
  case sameAuthor = "same_author"
  /// Different names beside an image of the advert, by its hash.
  case namesOfImage = "names_of_image"
  /// Robust z-score of the price among adverts of the same city and service; negative is cheap.
  case priceDeviation = "price_deviation"
  /// Robust z-score of the wage among adverts of the same country and work; positive is high.
  case wageDeviation = "wage_deviation"

  // MARK: Not read from adverts yet

  /// Yes when the advert asks for no experience. Not evaluated by this version.
  case noExperience = "no_experience"

  // MARK: Against the law of the advert's country. Not evaluated without a figure for it

  /// Yes when the best stated wage is below the statutory minimum.
  case wageBelowMinimum = "wage_below_minimum"
  /// Yes when the stated hours in a week are more than the law allows on average.
  case hoursOverLegal = "hours_over_legal"

  // MARK: Selectors of the advert

  /// Telephone numbers.
  case selectorsPhone = "selectors_phone"
  /// E-mail addresses.
  case selectorsEmail = "selectors_email"
  /// Handles on messengers and social media.
  case selectorsHandle = "selectors_handle"
  /// Web addresses.
  case selectorsURL = "selectors_url"
  /// Selectors that were hidden, of any kind.
  case obscuredSelectors = "obscured_selectors"
  /// Yes when a telephone number was hidden; missing when there is none at all.
  case obscuredPhone = "obscured_phone"
  /// Yes when every e-mail address is with a free mail service; missing when there is none.
  case freeMailContact = "free_mail_contact"
  /// Yes when handles are the only way to make contact; missing when there is none at all.
  case messengerOnlyContact = "messenger_only_contact"

  // MARK: Traits of the text

  /// Different names of persons on offer.
  case names
  /// Persons on offer; missing when that is not clear.
  case persons
  /// Words in the first person singular.
  case firstPerson = "first_person"
  /// Words in the first person plural.
  case firstPersonPlural = "first_person_plural"
  /// Words in the third person.
  case thirdPerson = "third_person"
  /// Bytes of the advert's own text.
  case textBytes = "text_bytes"

  // MARK: Facts

  /// Lowest stated age in years.
  case age
  /// Lowest stated price for an hour, in the advert's currency.
  case pricePerHour = "price_per_hour"
  /// Highest stated working hours in a week.
  case hoursPerWeek = "hours_per_week"
  /// Lowest stated wage for an hour, in the advert's currency, before tax as stated.
  case wageHourly = "wage_hourly"
  /// Lowest stated wage for a month.
  case wageMonthly = "wage_monthly"
  /// Stated nationalities.
  case nationalities
  /// Stated ethnicities.
  case ethnicities

  // MARK: Fields: 1 when stated, missing otherwise

  case title, employer, place, posted, wage, hours, employment

  // MARK: Their absence, as a yes-or-no

  /// Yes when no employer is named.
  case employerMissing = "employer_missing"
  /// Yes when no place is named.
  case placeMissing = "place_missing"
  /// Yes when no wage is named.
  case wageMissing = "wage_missing"

  /// Whether the measure looks beyond the advert.
  public var isLinkage: Bool {
    switch self {
    case .citiesOfSelector, .countriesOfSelector, .namesOfSelector, .agesOfSelector,
      .profilesOfSelector, .advertsOfAddress, .contactsOfAccount, .circuits, .templateAdverts,
      .employersOfText,
      .countriesOfText, .sameAuthor, .namesOfImage, .priceDeviation, .wageDeviation:
      true
    default:
      false
    }
  }

  /// Whether an advert by itself can tell it, as far as this version reads adverts.
  public var isReadFromAdvert: Bool { !isLinkage && self != .noExperience }
}

/// What is known of a measure for one advert.
public enum MeasuredValue: Sendable, Hashable {
  /// It was measured.
  case value(Double)
  /// It was looked for and the advert does not state it.
  case missing
  /// Nobody looked, as with linkage when an advert is assessed by itself.
  case notEvaluated
}
