import Analysis
import Extraction

/// One thing to scan: a page, or a place in the input that could not be read.
enum ScanInput: Sendable {
  case page(PageInput)
  case unreadable(id: String, why: String)

  /// The country that the page's source is about.
  var country: String? {
    guard case .page(let page) = self else { return nil }
    return page.hints.country
  }

  /// Bytes of the page, for the pipeline's limit.
  var bytes: Int {
    guard case .page(let page) = self else { return 0 }
    switch page.body {
    case .received(let bytes, _, _), .html(let bytes), .text(let bytes): return bytes.count
    }
  }
}

/// Gives out what an input holds, one at a time, in order.
protocol ScanReader {
  /// The next thing; nil at the end.
  mutating func next() throws -> ScanInput?
}
