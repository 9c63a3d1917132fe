import Assessment
import Bytes
import Extraction
import Matching
public import Vocabulary
import WebAddress

/// One line of `adwatch scan`: a page, or one advert of a listing, as `adwatch.scan/1`.
///
/// Every key is always written; what is not known is null or an empty list. Offsets are UTF-8 bytes
/// into the record's own text.
public struct ScanRecord: Sendable {
  /// A hit with what the packs say about its indicator.
  public struct Hit: Sendable, Hashable {
    /// The indicator's identifier.
    public var indicator: String
    /// The pattern's name; `ID/when` for a computed indicator.
    public var pattern: String
    /// Version of the pack; 0 when it is not known.
    public var packVersion: Int
    /// Where it lies in the text; nil for a computed indicator.
    public var range: Range<Int>?
    /// Whether it lies in the advert's own part of the page.
    public var inContent: Bool
    /// Why it does not count, if it does not.
    public var exclusion: String?
  }

  /// Schema of a line.
  public static let schema = "adwatch.scan/1"

  /// Names the input.
  public var id: String
  /// Where the page was, if that is known.
  public var url: String?
  /// When it was captured.
  public var date: Timestamp?
  /// The page's analysis.
  public var page: PageAnalysis
  /// Number of the advert within its listing, from 1; nil for a page's own line.
  public var part: Int?
  /// The advert that the line is about; nil when the page is none.
  public var found: AnalysedAdvert?
  /// The source it was read for.
  public var source: String?

  public init(
    id: String, url: String?, date: Timestamp?, page: PageAnalysis, part: Int?,
    found: AnalysedAdvert?, source: String?
  ) {
    self.id = id
    self.url = url
    self.date = date
    self.page = page
    self.part = part
    self.found = found
    self.source = source
  }

  /// The lines of a page: its own, and one for each advert of a listing.
  public static func lines(of page: PageAnalysis, input: PageInput) -> [ScanRecord] {
    let url = input.hints.url?.href
    func record(_ part: Int?, _ found: AnalysedAdvert?) -> ScanRecord {
      ScanRecord(
        id: input.id, url: url, date: input.date, page: page, part: part, found: found,
        source: input.hints.source)
    }
    guard page.kind == .listing else { return [record(nil, page.adverts.first)] }
    return [record(nil, nil)] + page.adverts.enumerated().map { record($0 + 1, $1) }
  }

  /// What was found, in the order of the text; computed indicators last.
  public var hits: [Hit] {
    found?.recordedHits ?? []
  }

  /// The record as one line of JSON, without the line's end.
  public func json(includingText: Bool = true) -> String {
    var json = JSONWriter()
    write(to: &json, includingText: includingText)
    return json.text
  }
}

extension AnalysedAdvert {
  /// What was found, as records and the store have it: in the order of the text, computed last.
  public var recordedHits: [ScanRecord.Hit] {
    let written = assessment.hits.map { assessed in
      ScanRecord.Hit(
        indicator: assessed.hit.indicator, pattern: assessed.hit.pattern,
        packVersion: assessed.hit.packVersion, range: assessed.hit.range,
        inContent: assessed.inContent, exclusion: assessed.exclusion?.description)
    }
    let computed = assessment.indicators.filter {
      $0.condition == .yes && $0.exclusion != .otherForm
    }.map { indicator in
      ScanRecord.Hit(
        indicator: indicator.id, pattern: "\(indicator.id)/when",
        packVersion: packVersions[indicator.id] ?? 0, range: nil, inContent: true,
        exclusion: indicator.exclusion?.description)
    }
    return written + computed
  }
}

extension ScanRecord {
  /// The line for an input that could not be read.
  public static func unreadable(id: String, why: String) -> ScanRecord {
    let page = PageAnalysis(
      kind: .other, language: nil, title: nil, text: [], digest: nil, adverts: [], links: [],
      robots: [], limited: [], error: why)
    return ScanRecord(
      id: id, url: nil, date: nil, page: page, part: nil, found: nil, source: nil)
  }
}
