import Markup
import Vocabulary
import WebAddress

/// Reads one page, step by step.
struct PageReader {
  private let document: Document
  private let hints: PageHints
  private let limits: ExtractionLimits
  private let outline: Outline
  private let postings: [JobPosting]
  private let content: [Range<Int>]
  /// With the site's remarks: labels and links stand there too.
  private let wide: [Range<Int>]
  private let isPlain: Bool

  init(_ document: Document, _ hints: PageHints, _ limits: ExtractionLimits) {
    self.document = document
    self.hints = hints
    self.limits = limits
    outline = Outline(document)
    postings = JobPosting.all(in: document)
    isPlain = document.elements.isEmpty && document.links.isEmpty && document.title == nil
    let found = ContentFinder.find(
      in: document, outline: outline,
      description: postings.count == 1 ? postings.first?.description : nil,
      host: hints.url?.hostname, template: hints.template)
    content = found.own
    wide = found.wide
  }

  func read() -> PageExtraction {
    let domain = hints.url?.hostname
    let language = LanguageDetector.detect(
      document.text, in: content, declared: document.language,
      domain: domain.flatMap { $0.split(separator: ".").last.map(String.init) })
    let reader = FieldReader(document: document, outline: outline, content: wide)
    var page = PageExtraction(
      kind: .other, language: language, title: postings.count == 1 ? postings[0].title : nil,
      text: document.text)
    page.title = page.title ?? reader.title
    let classifier = PageClassifier(
      document: document, content: content, hints: hints, postings: postings.count,
      types: JobPosting.types(in: document))
    if let notice = classifier.notice() {
      page.kind = notice
      return page
    }
    let stated = classifier.stated()
    if let stated, stated == .blocked || stated == .gone {
      page.kind = stated
      return page
    }
    let listing =
      stated == .advert || isPlain
      ? nil
      : ListingFinder.find(
        in: document, outline: outline, content: wide, limit: limits.adverts)
    if stated == .listing || stated == nil && !classifier.isArticle && isListing(listing) {
      page.kind = .listing
      page.adverts = blocks(listing, language)
      page.pagination = Pagination.find(in: document, page: hints.url)
      return page
    }
    guard !document.text.isEmpty || stated == .advert else { return page }
    let advert = advert(reader, language)
    // A page that is no advert by its looks is read like one all the same: whether its words warrant
    // a look is for the assessment to say.
    page.adverts = [advert]
    if stated == .advert || stated == nil && (isPlain || classifier.isAdvert(advert)) {
      page.kind = .advert
    }
    return page
  }

  /// Without rules a listing must fill most of the page.
  private func isListing(_ listing: ListingFinder.Listing?) -> Bool {
    guard let listing else { return false }
    return listing.share >= 0.5 && listing.blocks.count >= 4
      || listing.share >= 0.8 && listing.blocks.count >= 3
  }

  private func regions(_ language: String?) -> PhoneRegions {
    PhoneRegions(country: hints.country, domain: hints.url?.hostname, language: language)
  }

  private func advert(_ reader: FieldReader, _ language: String?) -> Advert {
    let posting = postings.count == 1 ? postings.first : nil
    let fields = reader.fields(posting)
    let tokens = FactTokens.read(document.text, 0..<bounded(document.text))
    let form =
      hints.form ?? FormGuess.guess(tokens, content: content, hasVacancy: posting != nil)
    let regions = regions(language)
    var selectors = SelectorFinder.find(
      in: document.text, regions: regions,
      entities: RangeSet.normalised(document.marks.map(\.range)), limits: selectorLimits)
    selectors += LinkTargets(document: document, regions: regions, page: hints.url)
      .selectors(known: selectors, content: content)
    selectors.sort {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    for index in selectors.indices {
      selectors[index].inContent = RangeSet.holds(selectors[index].range, content)
    }
    var facts = facts(document.text, tokens, form, selectors, content)
    facts += declared(fields, posting, facts)
    return Advert(
      key: key(posting), form: form, language: language, title: fields.title ?? reader.title,
      text: document.text, content: content, fields: fields, selectors: selectors, facts: facts,
      traits: TraitReader.read(
        tokens, text: document.text, content: content, language: language, form: form,
        facts: facts),
      account: AccountFinder(document: document, page: hints.url).find())
  }

  private var selectorLimits: SelectorFinder.Limits {
    SelectorFinder.Limits(selectors: limits.selectors, phoneTrials: limits.phoneTrials)
  }

  private func bounded(_ text: [UInt8]) -> Int {
    var end = min(text.count, limits.factBytes)
    while end > 0, end < text.count, text[end] & 0xC0 == 0x80 { end -= 1 }
    return end
  }

  private func facts(
    _ text: [UInt8], _ tokens: [FactToken], _ form: Form?, _ selectors: [Selector],
    _ content: [Range<Int>]
  ) -> [Fact] {
    let masks = RangeSet.normalised(
      selectors.filter { $0.kind != .handle && !$0.range.isEmpty && $0.raw.utf8.count < 200 }
        .map(\.range))
    var facts = FactFinder.find(
      in: text, tokens: tokens, form: form, masks: masks, countries: regions(nil).codes,
      limit: limits.facts)
    for index in facts.indices {
      facts[index].inContent = RangeSet.holds(facts[index].range, content)
    }
    return facts
  }

  /// Facts the page states in marked or labelled places and nowhere in its running text.
  private func declared(
    _ fields: AdvertFields, _ posting: JobPosting?, _ facts: [Fact]
  ) -> [Fact] {
    var declared: [Fact] = []
    if let wage = posting?.wage, !facts.contains(where: { $0.kind == .wage && $0.inContent }) {
      declared.append(
        Fact(
          kind: .wage, value: .number(wage.value), max: wage.max, currency: wage.currency,
          period: wage.period, raw: fields.wage ?? "", range: 0..<0))
    }
    if let place = fields.place {
      declared.append(placeFact(place))
    }
    return declared
  }

  private func placeFact(_ place: String) -> Fact {
    let bytes = Array(place.utf8)
    let range = content.lazy.compactMap { PageReader.find(bytes, in: document.text, $0) }.first
    let value = Gazetteer.shared.value(ofField: place, countries: regions(nil).codes)
    return Fact(kind: .place, value: .text(value ?? place), raw: place, range: range ?? 0..<0)
  }

  private static func find(_ needle: [UInt8], in text: [UInt8], _ range: Range<Int>) -> Range<Int>?
  {
    guard let first = needle.first, range.count >= needle.count else { return nil }
    var index = range.lowerBound
    while index + needle.count <= range.upperBound {
      if text[index] == first, text[index..<index + needle.count].elementsEqual(needle) {
        return index..<index + needle.count
      }
      index += 1
    }
    return nil
  }

  /// The site's own identifier, else the canonical address.
  private func key(_ posting: JobPosting?) -> String? {
    if let key = hints.key ?? posting?.identifier { return key }
    let stated = document.canonical.flatMap { Address($0, base: base) }
    // A canonical link to the front page is a template's mistake.
    if let stated, stated.isHTTP, stated.pathname != "/" || hints.url?.pathname == "/" {
      return stated.canonical.href
    }
    return hints.url?.canonical.href
  }

  private var base: Address? {
    document.base.flatMap { Address($0, base: hints.url) } ?? hints.url
  }

  private func blocks(_ listing: ListingFinder.Listing?, _ language: String?) -> [Advert] {
    guard let listing else { return [] }
    let regions = regions(language)
    return listing.blocks.map { block in
      let text = Array(document.text[block.range])
      let whole = [0..<text.count]
      let link = ListingFinder.firstLink(in: block.range, document)
      let title = heading(of: block) ?? link.flatMap { $0.text.isEmpty ? nil : $0.text }
      let tokens = FactTokens.read(text, 0..<bounded(text))
      let form = hints.form ?? FormGuess.guess(tokens, content: whole, hasVacancy: false)
      let own = LanguageDetector.detect(text, in: whole) ?? language
      let selectors = SelectorFinder.find(in: text, regions: regions, limits: selectorLimits)
      let facts = facts(text, tokens, form, selectors, whole)
      return Advert(
        key: link.flatMap { Address($0.href, base: base) }?.canonical.href, form: form,
        language: own, title: title, text: text, content: whole,
        fields: FieldReader.fields(title: title, text: text), selectors: selectors, facts: facts,
        traits: TraitReader.read(
          tokens, text: text, content: whole, language: own, form: form, facts: facts))
    }
  }

  private func heading(of block: ListingFinder.Block) -> String? {
    let elements = document.elements
    let end = min(elements.count, Int(elements[block.element].end))
    guard block.element + 1 < end else { return nil }
    for element in elements[block.element + 1..<end] {
      switch element.tag {
      case .h1, .h2, .h3, .h4, .h5, .h6:
        if let text = FieldText.trimmed(document.text, element.range) { return text }
      default: continue
      }
    }
    return nil
  }
}
