public import Extraction
public import Matching

extension Assessor {
  /// Assesses an advert as extraction found it.
  ///
  /// `country` is the one whose law it is held against, ISO 3166 alpha-2; nil when that is unknown.
  /// `linkage` is what its links to other adverts measure; what is not given was not evaluated.
  public func assess(
    _ advert: Advert, country: String? = nil, linkage: [Measure: MeasuredValue] = [:], hits: [Hit]
  ) -> Assessment {
    var facts = AdvertFacts(advert, country: country, countries: countries)
    for (measure, value) in linkage where measure.isLinkage { facts.measures[measure] = value }
    return assess(facts, hits: hits)
  }
}

extension AdvertFacts {
  /// Measures an advert.
  ///
  /// Only what stands in the advert's own words, or is declared of it, is measured. Ages, prices and
  /// wages are the lowest that are stated, hours the highest. A price counts as hourly when it is for
  /// 60 minutes, a wage or working time only in the period it is stated in: nothing is converted but to
  /// compare with the law of the advert's country.
  public init(
    _ advert: Advert, country: String? = nil, countries: CountryTable = CountryTable()
  ) {
    self.init(form: advert.form, content: ContentRanges(advert.content))
    measureSelectors(advert.selectors.filter(\.inContent))
    measureFacts(advert.facts.filter(\.inContent))
    measureTraits(advert.traits)
    measureFields(advert)
    compare(advert, withLawOf: country, in: countries)
    set(.textBytes, advert.content.reduce(0) { $0 + $1.count })
  }

  private mutating func set(_ measure: Measure, _ value: Int) {
    measures[measure] = .value(Double(value))
  }

  private mutating func set(_ measure: Measure, _ value: Double?) {
    measures[measure] = value.map { .value($0) } ?? .missing
  }

  private mutating func set(_ measure: Measure, _ value: Bool?) {
    measures[measure] = value.map { .value($0 ? 1 : 0) } ?? .missing
  }

  private mutating func measureSelectors(_ selectors: [Selector]) {
    func count(_ kind: SelectorKind) -> Int {
      Set(selectors.filter { $0.kind == kind }.map(\.value)).count
    }
    set(.selectorsPhone, count(.phone))
    set(.selectorsEmail, count(.email))
    set(.selectorsHandle, count(.handle))
    set(.selectorsURL, count(.url))
    let hidden = selectors.filter { $0.trick != nil }
    set(.obscuredSelectors, Set(hidden.map(\.value)).count)
    let phones = selectors.filter { $0.kind == .phone }
    set(.obscuredPhone, phones.isEmpty ? nil : phones.contains { $0.trick != nil })
    let mails = selectors.filter { $0.kind == .email }
    set(.freeMailContact, mails.isEmpty ? nil : mails.allSatisfy { FreeMail.offers($0.value) })
    let handles = count(.handle)
    let other = count(.phone) + count(.email) + count(.url)
    set(.messengerOnlyContact, handles + other == 0 ? nil : handles > 0 && other == 0)
  }

  private mutating func measureFacts(_ facts: [Fact]) {
    func numbers(_ kind: FactKind, _ belongs: (Fact) -> Bool = { _ in true }) -> [Double] {
      facts.filter { $0.kind == kind && belongs($0) }.compactMap(\.number)
    }
    func texts(_ kind: FactKind) -> Int {
      Set(facts.filter { $0.kind == kind }.map(\.value)).count
    }
    set(.age, numbers(.age).min())
    set(.pricePerHour, numbers(.price) { $0.minutes == 60 }.min())
    set(.wageHourly, numbers(.wage) { $0.period == "hour" }.min())
    set(.wageMonthly, numbers(.wage) { $0.period == "month" }.min())
    let weekly = facts.filter { $0.kind == .hours && $0.period == "week" }
    set(.hoursPerWeek, weekly.compactMap { $0.max ?? $0.number }.max())
    set(.nationalities, texts(.nationality))
    set(.ethnicities, texts(.ethnicity))
  }

  private mutating func measureTraits(_ traits: Traits) {
    set(.names, traits.names.count)
    set(.persons, traits.persons.map(Double.init))
    set(.firstPerson, traits.perspective.i)
    set(.firstPersonPlural, traits.perspective.we)
    set(.thirdPerson, traits.perspective.they)
  }

  private mutating func measureFields(_ advert: Advert) {
    func states(_ kind: FactKind) -> Bool {
      advert.facts.contains { $0.kind == kind && $0.inContent }
    }
    let fields = advert.fields
    let place = fields.place != nil || states(.place)
    let wage = fields.wage != nil || states(.wage)
    let stated: [(Measure, Bool)] = [
      (.title, (fields.title ?? advert.title) != nil), (.employer, fields.employer != nil),
      (.place, place), (.posted, fields.posted != nil), (.wage, wage),
      (.hours, fields.hours != nil || states(.hours)), (.employment, fields.employment != nil),
    ]
    for (measure, isStated) in stated { measures[measure] = isStated ? .value(1) : .missing }
    set(.employerMissing, fields.employer == nil)
    set(.placeMissing, !place)
    set(.wageMissing, !wage)
  }
}

/// Mail services that anyone may use under any name, those of internet providers included.
private enum FreeMail {
  private static let services: Set<String> = [
    "gmail", "googlemail", "outlook", "hotmail", "live", "msn", "yahoo", "ymail", "rocketmail",
    "icloud", "me", "aol", "gmx", "web", "freenet", "t-online", "mail", "inbox", "bk", "list",
    "yandex", "ya", "rambler", "protonmail", "proton", "pm", "tutanota", "tuta", "zoho", "seznam",
    "centrum", "wp", "o2", "onet", "interia", "op", "abv", "ukr", "freemail", "citromail", "libero",
    "virgilio", "tiscali", "orange", "laposte", "free", "sfr", "wanadoo", "ziggo", "kpnmail",
    "xs4all", "planet", "home", "hetnet", "telenet", "skynet", "qq", "163", "126", "sina", "naver",
    "daum",
  ]

  /// Whether an address is `name@service.tld` or `name@service.co.tld`.
  static func offers(_ address: String) -> Bool {
    guard let at = address.lastIndex(of: "@") else { return false }
    let labels = address[address.index(after: at)...].split(separator: ".")
    guard let service = labels.first, services.contains(service.lowercased()) else { return false }
    return labels.count == 2 || (labels.count == 3 && labels[1].utf8.count <= 3)
  }
}
