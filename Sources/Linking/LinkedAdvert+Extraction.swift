public import Extraction
public import Vocabulary

extension LinkedAdvert {
  /// An advert as extraction found it, seen at these times.
  ///
  /// Its place is the stated one, else the first place in its own words. Of names, ages and words
  /// only what is the advert's own counts; selectors elsewhere on the page are taken along and doubted.
  public init(
    id: Int64, source: String, advert: Advert, seen: [Timestamp], account: String? = nil,
    country: String? = nil, images: [ImagePrint] = []
  ) {
    let facts = advert.facts.filter(\.inContent)
    let placed = facts.first { $0.kind == .place }
    var place = advert.fields.place
    if place == nil, case .text(let text)? = placed?.value { place = text }
    let normal = place.map { NormalText.of($0) }.flatMap { $0.isEmpty ? nil : $0 }
    var ages: [Int] = []
    for fact in facts where fact.kind == .age {
      if let number = fact.number, number >= 0, number < 150 { ages.append(Int(number)) }
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
      id: id, source: source, key: advert.key ?? "", account: account, form: advert.form,
      language: advert.language, employer: advert.fields.employer, country: country,
      sightings: seen.map { Sighting(when: $0, place: normal, country: country) },
      names: advert.traits.names, ages: ages, selectors: selectors, images: images, text: text)
  }
}
