public import Extraction
public import Vocabulary

extension LinkedAdvert {
  /// An advert as extraction found it, seen at these times.
  ///
  /// Its place is the stated one, else the first city in its own words, as the gazetteer names it
  /// where it knows it; `account` goes before the one its page names, and the place's country before
  /// the source's. Of names, ages and words only what is the advert's own counts; selectors elsewhere
  /// on the page are taken along and doubted.
  public init(
    id: Int64, source: String, advert: Advert, seen: [Timestamp], account: String? = nil,
    country: String? = nil, images: [ImagePrint] = []
  ) {
    let facts = advert.facts.filter(\.inContent)
    let place = Self.place(advert.fields.place, facts, country: country)
    let placeCountry = place.flatMap(Self.country(ofPlace:)) ?? country
    var ages: [Int] = []
    for fact in facts where fact.kind == .age {
      if let number = fact.number, number >= 0, number < 150, !ages.contains(Int(number)) {
        ages.append(Int(number))
      }
    }
    var selectors: [LinkedSelector] = []
    for found in advert.selectors {
      selectors.append(
        LinkedSelector(
          kind: found.kind, value: found.value, valid: found.valid,
          confidence: found.confidence, inContent: found.inContent))
    }
    var text: [UInt8] = []
    for range in advert.content where range.upperBound <= advert.text.count {
      if !text.isEmpty { text.append(0x0A) }
      text += advert.text[range]
    }
    self.init(
      id: id, source: source, key: advert.key ?? "", account: account ?? advert.account,
      form: advert.form,
      language: advert.language, employer: advert.fields.employer, country: country,
      sightings: seen.map { Sighting(when: $0, place: place, country: placeCountry) },
      names: advert.traits.names, ages: ages, selectors: selectors, images: images, text: text)
  }

  private static func place(_ field: String?, _ facts: [Fact], country: String?) -> String? {
    if let field {
      let known = Gazetteer.shared.value(ofField: field, countries: country.map { [$0] } ?? [])
      if let known, Self.country(ofPlace: known) != nil { return known }
      let normal = NormalText.of(field)
      return normal.isEmpty ? nil : normal
    }
    for fact in facts where fact.kind == .place {
      if case .text(let value) = fact.value, Self.country(ofPlace: value) != nil { return value }
    }
    return nil
  }

  /// The country of a city in the gazetteer's form, `NL/Amsterdam`; nil for anything else.
  private static func country(ofPlace value: String) -> String? {
    let bytes = value.utf8
    guard bytes.count > 3, bytes.dropFirst(2).first == UInt8(ascii: "/"),
      bytes.prefix(2).allSatisfy({ (0x41...0x5A).contains($0) })
    else { return nil }
    return String(value.prefix(2))
  }
}
