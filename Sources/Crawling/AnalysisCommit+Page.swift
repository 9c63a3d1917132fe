import Analysis
import Assessment
import Bytes
import CaseStore
import CrawlFrontier
import Extraction
import Vocabulary
import WebAddress

extension AnalysisCommit {
  /// What the store keeps of an analysed page.
  init(
    _ page: PageAnalysis, of capture: AnalysedCapture, scope: Scope?, version: AnalysisVersion
  ) {
    let isFollowed = !page.robots.contains { $0 == "nofollow" || $0 == "none" }
    self.init(
      capture: capture.id, address: capture.address, source: capture.source,
      seenAt: capture.beganAt, version: version.text, outcome: page.error == nil ? .done : .failed,
      page: page.kind, language: page.language, title: page.title,
      error: page.error ?? (page.isTruncated ? "the end of the page was left out" : nil),
      limited: page.limited,
      adverts: Self.adverts(of: page, capture, scope),
      found: isFollowed
        ? Self.links(of: page, capture, scope) + Self.images(of: page, capture, scope) : [])
  }

  /// The pictures of the page's advert that its source wants; none of an advert in the urgent lane.
  private static func images(
    of page: PageAnalysis, _ capture: AnalysedCapture, _ scope: Scope?
  ) -> [FoundAddress] {
    guard let scope, scope.source.images != .none,
      page.adverts.allSatisfy({ $0.assessment.lane != .urgent })
    else { return [] }
    return page.images.compactMap { image in
      guard let accepted = scope.judge(image: image).accepted else { return nil }
      return FoundAddress(
        url: accepted.address.href, group: accepted.group, kind: accepted.kind,
        depth: capture.depth + 1,
        priority: VisitPriority(kind: accepted.kind, isStart: false, wasVisited: false),
        dueAt: capture.beganAt)
    }
  }

  private static func adverts(
    of page: PageAnalysis, _ capture: AnalysedCapture, _ scope: Scope?
  ) -> [StoredAdvert] {
    page.adverts.enumerated().compactMap { index, found in
      guard isKept(found, of: page.kind, capture, scope) else { return nil }
      let part = page.kind == .listing ? index + 1 : 0
      let record = ScanRecord(
        id: "capture:\(capture.id)", url: capture.url, date: capture.beganAt, page: page,
        part: part == 0 ? nil : part, found: found, source: capture.source)
      let advert = found.advert
      var stored = StoredAdvert(
        key: capture.key(of: advert, part: part),
        url: capture.url, part: part, form: advert.form, language: advert.language,
        title: advert.title, text: String(decoding: advert.text, as: UTF8.self),
        textDigest: SHA256.hash(advert.ownText).bytes,
        record: record.json(includingText: false), flagged: found.assessment.flagged,
        lane: found.assessment.lane, priority: found.assessment.priority,
        barriers: found.assessment.barriers, rule: found.assessment.rule,
        hits: record.hits.map(StoredHit.init),
        selectors: advert.selectors.map { selector in
          StoredSelector(
            kind: selector.kind.rawValue, value: selector.value, range: selector.range,
            valid: selector.valid, confidence: selector.confidence, trick: selector.trick,
            inContent: selector.inContent)
        })
      if part == 0 {
        stored.images = images(of: page, capture, scope).filter { $0.kind == .image }.map(\.url)
      }
      return stored
    }
  }

  /// Whether something found on a page is kept as an advert.
  ///
  /// A page that is none by its looks is kept as one when its indicators warrant a look all the same:
  /// it is better seen once too often. So is a part of a listing whose source says where its adverts
  /// are, unless the part only leads to an advert's own page.
  private static func isKept(
    _ found: AnalysedAdvert, of kind: PageKind, _ capture: AnalysedCapture, _ scope: Scope?
  ) -> Bool {
    guard kind == .listing, let scope else { return kind != .other || found.assessment.flagged }
    let own = found.advert.key.flatMap { Address($0) }
      .flatMap { scope.judge($0, depth: capture.depth + 1).accepted }
    if own?.kind == .advert { return false }
    let adverts = scope.source.adverts
    return (adverts.url.isEmpty && adverts.id.isEmpty) || found.assessment.flagged
  }

  private static func links(
    of page: PageAnalysis, _ capture: AnalysedCapture, _ scope: Scope?
  ) -> [FoundAddress] {
    guard let scope else { return [] }
    return page.links.compactMap { link in
      let depth = capture.depth + 1
      guard let accepted = scope.judge(link, depth: depth).accepted else { return nil }
      return FoundAddress(
        url: accepted.address.href, group: accepted.group, kind: accepted.kind, depth: depth,
        priority: VisitPriority(
          kind: accepted.kind, isStart: accepted.isStart, wasVisited: false),
        dueAt: capture.beganAt)
    }
  }
}

/// A capture as its analysis needs it.
struct AnalysedCapture: Sendable {
  /// Row number.
  var id: Int64
  /// The address it was fetched from.
  var address: Int64?
  /// Name of the source.
  var source: String
  /// The URL as requested.
  var url: String
  /// Links from a start address.
  var depth: Int
  /// When the exchange began.
  var beganAt: Timestamp

  /// The site's own identifier of an advert on it, else where it stands; `part` is 0 for a page that
  /// is the advert, and its number on a listing.
  func key(of advert: Advert, part: Int) -> String {
    advert.key ?? (part == 0 ? url : "\(url)#\(part)")
  }
}
