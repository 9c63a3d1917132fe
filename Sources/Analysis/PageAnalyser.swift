import Assessment
public import Bytes
public import Configuration
public import Extraction
public import Markup
public import Matching
import Vocabulary
import WebAddress

/// The pure chain: bytes to text, text to advert, advert to hits, hits to assessment.
///
/// Shared by every worker; nothing in it changes. The same input and the same `version` give the
/// same result, which is what makes a replay comparable.
public struct PageAnalyser: Sendable {
  /// How much of a page is looked at.
  public struct Limits: Sendable {
    /// Decoding of the body.
    public var decoding = DecodingLimits()
    /// Reading of the markup.
    public var markup = MarkupLimits()
    /// Different links taken from one page.
    public var links = 20_000
    /// Different pictures taken from one advert.
    public var images = 12

    public init() {}
  }

  /// Raised whenever something else is read from the same page.
  ///
  /// That is text, content, fields, selectors, facts, traits or kind. What was stored by another number is read again from the archive.
  public static let reading = 3

  /// Identifies program and patterns: stored with everything the analysis says.
  public let version: AnalysisVersion
  private let matcher: Matcher
  private let assessor: Assessor
  private let limits: Limits
  /// Versions of the packs of indicators that are computed, which no hit carries.
  private let computedVersions: [String: Int]
  /// The conditions that look beyond one advert.
  private let linkageConditions: [Condition]

  /// Compiles the patterns; `software` names the program and its version.
  public init(
    patterns: PatternFolder, software: String, limits: Limits = Limits()
  ) throws(ConfigurationProblems) {
    matcher = try Matcher(patterns.library)
    assessor = Assessor(
      rule: patterns.rule, library: patterns.library, countries: patterns.countries)
    version = AnalysisVersion(software: software, patterns: patterns.digest)
    self.limits = limits
    var versions: [String: Int] = [:]
    for pack in patterns.library.packs {
      for indicator in pack.indicators where indicator.condition != nil {
        versions[indicator.id] = pack.version
      }
    }
    computedVersions = versions
    linkageConditions = patterns.library.packs.flatMap(\.indicators).compactMap(\.condition)
      .filter { $0.measures.contains(where: \.isLinkage) }
  }

  /// Analyses one page; never throws: what could not be read is said in the result.
  public func analyse(_ input: PageInput) -> PageAnalysis {
    switch input.body {
    case .html(let bytes):
      return analyse(
        Document(decodedHTML: bytes, limits: limits.markup), of: input, digesting: bytes)
    case .text(let bytes):
      return analyse(Document(plainText: bytes, limits: limits.markup), of: input, digesting: bytes)
    case .received(let bytes, let encoding, let type):
      return analyse(received: bytes, encoding: encoding, type: MediaType(type), of: input)
    }
  }

  private func analyse(
    received bytes: [UInt8], encoding: String?, type: MediaType, of input: PageInput
  ) -> PageAnalysis {
    var result = PageAnalysis(
      kind: .other, language: nil, title: nil, text: [],
      digest: SHA256.hash(bytes).labelled, adverts: [], links: [], robots: [], limited: [],
      error: nil)
    let body: [UInt8]
    do {
      body = FeedSniffing.unpacked(try decode(bytes, encoding), limits: limits.decoding)
    } catch {
      result.error = "\(error)"
      return result
    }
    switch type.reading(of: body) {
    case .html:
      let document = Document(bytes: body, declaredEncoding: type.charset, limits: limits.markup)
      return analyse(document, of: input, digesting: bytes)
    case .text:
      var hints = input.hints
      if hints.kind == nil { hints.kind = .other }
      let document = Document(plainText: body, limits: limits.markup)
      return analyse(
        document, of: PageInput(id: input.id, body: input.body, hints: hints, date: input.date),
        digesting: bytes)
    case .feed:
      let sitemap = SitemapParser.parse(body)
      result.links = addresses(
        (sitemap.urls + sitemap.sitemaps).map(\.location), base: input.hints.url)
      return result
    case .opaque:
      return result
    }
  }

  private func decode(_ bytes: [UInt8], _ encoding: String?) throws(DecodingFailure) -> [UInt8] {
    guard let encoding, !encoding.isEmpty else { return bytes }
    guard let codings = ContentCoding.list(fromHeader: encoding) else {
      throw .unsupported(encoding)
    }
    return try ContentDecoder.decode(bytes, codings: codings, limits: limits.decoding)
  }

  private func analyse(
    _ document: Document, of input: PageInput, digesting bytes: [UInt8]
  ) -> PageAnalysis {
    let page = Extractor.extract(document, hints: input.hints)
    var limited: Set<String> = []
    let adverts = page.adverts.map { advert in
      let (analysed, reached) = assess(advert, country: input.hints.country)
      limited.formUnion(reached)
      return analysed
    }
    let base = document.base.flatMap { Address($0, base: input.hints.url) } ?? input.hints.url
    var result = PageAnalysis(
      kind: page.kind, language: page.language, title: page.title, text: page.text,
      digest: SHA256.hash(bytes).labelled, adverts: adverts,
      links: input.findsLinks
        ? addresses(document.links.lazy.map(\.href), base: base, encoding: document.encoding) : [],
      next: page.pagination.next, robots: document.robotsDirectives, limited: limited.sorted(),
      isTruncated: document.truncated, template: input.hints.template?.identifier,
      sketch: input.teaches ? SiteTemplate.Sketch(document) : nil, error: nil)
    if input.findsLinks, page.kind == .advert, let advert = page.adverts.first {
      result.images = images(of: advert, in: document, base: base)
    }
    return result
  }

  /// Pictures from the advert's first word to its last, or beside them.
  ///
  /// Those of the page around it, such as a logo, are not the advert's.
  private func images(of advert: Advert, in document: Document, base: Address?) -> [Address] {
    guard let start = advert.content.first?.lowerBound, let end = advert.content.last?.upperBound
    else { return [] }
    let shown = document.images.lazy.filter {
      (start...end).contains($0.at) && ![.header, .footer, .navigation].contains($0.region)
    }.map(\.src)
    return Array(
      addresses(shown, base: base, encoding: document.encoding).prefix(limits.images))
  }

  /// Matches and assesses an advert that is read already; also names the patterns that reached a limit.
  ///
  /// `country` is the one its source is about, ISO 3166 alpha-2; `linkage` what its links to other
  /// adverts measure, none where nobody looked.
  public func assess(
    _ advert: Advert, country: String?, linkage: [Measure: MeasuredValue] = [:]
  ) -> (advert: AnalysedAdvert, limited: [String]) {
    let matches = matcher.match(advert.text, form: advert.form)
    return (
      AnalysedAdvert(
        advert: advert, hits: matches.hits,
        assessment: assessor.assess(
          advert, country: country, linkage: linkage, hits: matches.hits),
        packVersions: computedVersions,
        cancelled: matches.cancelled),
      matches.limited
    )
  }

  /// Whether assessments by these measures of links may differ, whatever else an advert says.
  ///
  /// They do when a condition comes to something else by them, or may, as other measures decide too.
  public func linkageMatters(
    from before: [Measure: MeasuredValue], to now: [Measure: MeasuredValue]
  ) -> Bool {
    linkageConditions.contains { condition in
      let measures = condition.measures.filter(\.isLinkage)
      guard measures.contains(where: { before[$0] != now[$0] }) else { return false }
      guard measures.count == condition.measures.count else { return true }
      return condition.evaluate { before[$0] ?? .notEvaluated }
        != condition.evaluate { now[$0] ?? .notEvaluated }
    }
  }

  /// `encoding` is the page's: a browser writes queries in it.
  private func addresses(
    _ references: some Sequence<String>, base: Address?, encoding: String? = nil
  ) -> [Address] {
    var seen: Set<Address> = []
    var list: [Address] = []
    for reference in references {
      guard list.count < limits.links else { break }
      guard
        let address = try? Address(parsing: reference, base: base, encoding: encoding).canonical,
        address.isHTTP,
        seen.insert(address).inserted
      else { continue }
      list.append(address)
    }
    return list
  }
}
