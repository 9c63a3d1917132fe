import Analysis
import Archive
import Bytes
import CaseStore
import CrawlFrontier
import Extraction
import Matching
import Vocabulary
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
    let isRendered = stored.record.header.type == .conversion
    return PageInput(
      id: "capture:\(capture.id)",
      body: isRendered
        ? .html(stored.record.block)
        : .received(
          message.map { Array($0.payload) } ?? [],
          contentEncoding: message?.list("content-encoding"),
          contentType: message?.field("content-type")),
      hints: PageHints(url: url, status: capture.status, source: source, scope: scope),
      date: capture.beganAt)
  }

  /// The page's analysis, and the same as the store keeps it.
  ///
  /// `linkage` tells by which measures of its links an advert was assessed last; one that has any is
  /// assessed by them again.
  static func analysis(
    of capture: StoredCapture, in folder: String, with analyser: any Analysing, source: Source?,
    scope: Scope?, definition: String?,
    linkage: (_ key: String, _ textDigest: [UInt8]) throws -> [String: Int?] = { _, _ in [:] }
  ) throws -> (page: PageAnalysis, commit: AnalysisCommit) {
    var page = analyser.analyse(try input(capture, in: folder, source: source, scope: scope))
    let known = AnalysedCapture(
      id: capture.id, address: capture.address, source: capture.source, url: capture.url,
      depth: capture.depth, beganAt: capture.beganAt)
    for index in page.adverts.indices {
      let advert = page.adverts[index].advert
      let counts = try linkage(
        known.key(of: advert, part: page.kind == .listing ? index + 1 : 0),
        SHA256.hash(advert.ownText).bytes)
      guard !counts.isEmpty,
        let found = analyser.reassess(
          advert, country: source?.country,
          linkage: [Measure: MeasuredValue](linkage: counts))
      else { continue }
      page.adverts[index] = found
    }
    let commit = AnalysisCommit(
      page, of: known, scope: scope, version: analyser.version.of(source: definition))
    return (page, commit)
  }
}
