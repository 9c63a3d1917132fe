import CrawlFrontier
import Extraction
import Vocabulary
import WebAddress

extension PageHints {
  /// What a source says about one of its pages.
  init(url: Address?, status: Int?, source: Source?, scope: Scope?) {
    let accepted = url.flatMap { scope?.judge($0, depth: 0).accepted }
    self.init(
      url: url, country: source?.country, form: source?.form, kind: accepted?.kind.pageKind,
      key: accepted?.advertKey, source: source?.name, status: status)
  }
}
