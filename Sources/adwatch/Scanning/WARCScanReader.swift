import Analysis
import Archive
import Bytes
import Extraction
import WebAddress

/// The pages of a WARC or ARC file: responses and resources that hold markup or text.
struct WARCScanReader: ScanReader {
  private let name: String
  private var reader: WARCReader
  private var reported = 0

  init(name: String, source: any ByteSource) {
    self.name = name
    reader = WARCReader(source: source)
  }

  mutating func next() throws -> ScanInput? {
    while true {
      if reported < reader.problems.count {
        let problem = reader.problems[reported]
        reported += 1
        return .unreadable(id: "\(name)@\(problem.offset)", why: "\(problem)")
      }
      guard let stored = reader.next() else {
        if reported < reader.problems.count { continue }
        return nil
      }
      if let page = page(stored) { return .page(page) }
    }
  }

  private func page(_ stored: StoredRecord) -> PageInput? {
    let header = stored.record.header
    let id = header.recordID ?? "\(name)@\(stored.offset)"
    let url = header.targetURI.flatMap { Address($0) }
    switch header.type {
    case .response:
      guard let message = HTTPMessage(stored.record.block), url?.pathname != "/robots.txt",
        MediaType(message.field("content-type")).mayBePage
      else { return nil }
      return PageInput(
        id: id,
        body: .received(
          Array(message.payload), contentEncoding: message.list("content-encoding"),
          contentType: message.field("content-type")),
        hints: PageHints(url: url, status: message.status), date: header.date)
    case .resource:
      guard MediaType(header.contentType).mayBePage else { return nil }
      return PageInput(
        id: id,
        body: .received(
          stored.record.block, contentEncoding: nil, contentType: header.contentType),
        hints: PageHints(url: url), date: header.date)
    default: return nil
    }
  }
}

extension MediaType {
  /// Whether a body of this type can be a page for people.
  fileprivate var mayBePage: Bool {
    ["", "text/html", "application/xhtml+xml", "text/plain", "application/octet-stream"]
      .contains(essence)
  }
}
