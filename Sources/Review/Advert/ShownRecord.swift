import CaseStore
import Markup
import Matching
import Vocabulary

/// What a scan record says, as far as the page about an advert shows it.
struct ShownRecord {
  /// A place where an indicator was found.
  struct Hit {
    var number: Int
    var indicator: String
    var pattern: String
    var packVersion: Int
    var barriers: [String]
    var strength: String?
    var evidence: String?
    var range: Range<Int>?
    var quote: String?
    var inContent: Bool
    var notCounted: String?
  }

  /// Hits that are shown.
  static let mostHits = 200

  let hits: [Hit]
  let content: [Range<Int>]
  let because: [(barrier: String, indicators: [String])]
  let urgent: [String]
  let rule: String
  let linkage: String
  let record: JSONValue

  init(_ text: String) {
    record = JSONValue(parsing: Array(text.utf8)) ?? .object([])
    content = Self.content(of: record)
    hits = (record["hits"]?.list ?? []).prefix(Self.mostHits).enumerated().map { place, hit in
      Hit(hit, number: place + 1)
    }
    let assessment = record["assessment"]
    because = (assessment?["because"]?.list ?? []).map {
      ($0["barrier"]?.string ?? "", ($0["indicators"]?.list ?? []).compactMap(\.string))
    }
    urgent = (assessment?["urgent"]?.list ?? []).compactMap(\.string)
    rule = assessment?["rule"]?.string ?? ""
    linkage = assessment?["linkage"]?.string ?? ""
  }

  /// The stretches of a record's text that are the advert's own.
  static func content(ofRecord text: String) -> [Range<Int>] {
    JSONValue(parsing: Array(text.utf8)).map(content) ?? []
  }

  private static func content(of record: JSONValue) -> [Range<Int>] {
    (record["content"]?.list ?? []).compactMap { span in
      let ends = span.list.compactMap { $0.number.flatMap { Int(exactly: $0) } }
      return ends.count == 2 && 0 <= ends[0] && ends[0] <= ends[1] ? ends[0]..<ends[1] : nil
    }
  }

  /// The members of `fields` that have a value.
  var fields: [(name: String, value: String)] {
    (record["fields"]?.members ?? []).compactMap { member in
      member.value.string.map { (member.name, $0) }
    }
  }
}

extension ShownRecord.Hit {
  fileprivate init(_ hit: JSONValue, number: Int) {
    let start = hit["start"]?.number.flatMap { Int(exactly: $0) }
    let end = hit["end"]?.number.flatMap { Int(exactly: $0) }
    var range: Range<Int>?
    if let start, let end, 0 <= start, start <= end { range = start..<end }
    var isInContent = false
    if case .bool(true)? = hit["in_content"] { isInContent = true }
    self.init(
      number: number, indicator: hit["indicator"]?.string ?? "",
      pattern: hit["pattern"]?.string ?? "",
      packVersion: hit["pack_version"]?.number.flatMap { Int(exactly: $0) } ?? 0,
      barriers: (hit["barriers"]?.list ?? []).compactMap(\.string),
      strength: hit["strength"]?.string, evidence: hit["evidence"]?.string, range: range,
      quote: hit["quote"]?.string, inContent: isInContent,
      notCounted: hit["not_counted"]?.string)
  }
}
