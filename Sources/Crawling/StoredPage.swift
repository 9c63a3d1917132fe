import Analysis
import Archive
import CaseStore
import CrawlFrontier
import Extraction
import WebAddress

/// Reads a capture's page back from the archive: after a crash, and for a replay.
enum StoredPage {
  /// The page as the analysis takes it.
  static func input(
    _ capture: StoredCapture, in folder: String, source: Source?, scope: Scope?
  ) throws -> PageInput {
    let stored = try WARCReader.read(
      path: folder + "/" + capture.file, offset: capture.offset, length: capture.length)
    let message = HTTPMessage(stored.record.block)
    let url = Address(capture.url)
    return PageInput(
      id: "capture:\(capture.id)",
      body: .received(
        message.map { Array($0.payload) } ?? [],
        contentEncoding: message?.list("content-encoding"),
        contentType: message?.field("content-type")),
      hints: PageHints(url: url, status: capture.status, source: source, scope: scope),
      date: capture.beganAt)
  }

  /// The page's analysis, and the same as the store keeps it.
  static func analysis(
    of capture: StoredCapture, in folder: String, with analyser: any Analysing, source: Source?,
    scope: Scope?, definition: String?
  ) throws -> (page: PageAnalysis, commit: AnalysisCommit) {
    let page = analyser.analyse(try input(capture, in: folder, source: source, scope: scope))
    let commit = AnalysisCommit(
      page,
      of: AnalysedCapture(
        id: capture.id, address: capture.address, source: capture.source, url: capture.url,
        depth: capture.depth, beganAt: capture.beganAt),
      scope: scope, version: analyser.version.of(source: definition))
    return (page, commit)
  }
}
