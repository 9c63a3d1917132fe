import Analysis
import Assessment
import Bytes
import CaseStore
import CrawlFrontier
import Dispatch
import Extraction
import Markup
import Matching
import Synchronization
import Vocabulary

/// Comparing changes nothing, so a page need not be read again when what it says is stored: the same
/// text, facts and selectors are matched and assessed with today's patterns. That is the case when the
/// program reads pages as it did then and the source was not edited; else the archive is read.
extension Replay {
  /// Captures whose comparison is merged at a time.
  private static let compared = 1024
  /// Captures that one worker takes at a time.
  private static let chunk = 32
  /// Of so many chunks, one has a stored text held against the archive.
  private static let checked = 16

  /// Says which adverts would be flagged or dropped; changes nothing.
  ///
  /// The result is that of reading every page from the archive, which `rereading` does. `progress` is
  /// told how many pages are done after each batch and ends the comparison by answering false.
  public func compare(
    rereading: Bool = false, progress: (Int) -> Bool
  ) throws(CrawlError) -> Summary {
    var summary = Summary()
    var last: Int64 = 0
    do {
      while true {
        let captures = try folder.store.payloadCaptures(after: last, limit: Self.compared)
        guard let end = captures.last else { break }
        summary.add(try compare(captures, rereading: rereading))
        if summary.disagreed > 0, !rereading {
          let checks = (summary.checked, summary.disagreed)
          summary = try compare(rereading: true, progress: progress)
          (summary.checked, summary.disagreed) = checks
          return summary
        }
        last = end.id
        guard progress(summary.pages) else { break }
      }
    } catch {
      throw CrawlError(error)
    }
    return summary
  }

  private func compare(_ captures: [StoredCapture], rereading: Bool) throws -> Summary {
    let count = (captures.count + Self.chunk - 1) / Self.chunk
    let results = Mutex<[Int: Result<Summary, any Error>]>([:])
    DispatchQueue.concurrentPerform(iterations: count) { number in
      let start = number * Self.chunk
      let slice = captures[start..<min(start + Self.chunk, captures.count)]
      let result = Result {
        try compare(slice, rereading: rereading, isChecked: number % Self.checked == 0)
      }
      results.withLock { $0[number] = result }
    }
    var summary = Summary()
    let all = results.withLock { $0 }
    for number in 0..<count {
      if let part = try all[number]?.get() { summary.add(part) }
    }
    return summary
  }

  private func compare(
    _ captures: ArraySlice<StoredCapture>, rereading: Bool, isChecked: Bool
  ) throws -> Summary {
    var summary = Summary()
    guard let first = captures.first, let last = captures.last else { return summary }
    let readings = rereading ? [:] : try folder.store.readings(of: first.id...last.id)
    var isToCheck = isChecked
    for capture in captures {
      summary.pages += 1
      let stored = readings[capture.id].flatMap { adverts(in: $0, of: capture) }
      if let stored, !isToCheck, try compare(stored, of: capture, &summary) { continue }
      summary.reread += 1
      do {
        let read = try reread(capture)
        if let stored, let reading = readings[capture.id] {
          isToCheck = false
          summary.checked += 1
          summary.disagreed += agrees(read.page, with: stored, reading) ? 0 : 1
        }
        try compare(read.commit, &summary)
      } catch let error as CaseStoreError {
        throw error
      } catch {
        summary.unreadable.append("\(capture.url): \(error)")
      }
    }
    return summary
  }

  private struct StoredPageAdvert {
    var text: CaseStore.StoredText
    var advert: Advert
  }

  /// The adverts of a page as they were read; nil when they have to be read again.
  ///
  /// Only a page that is an advert keeps everything that was on it: of others, what was not for review
  /// is not stored. A text that another capture of the same words wrote last is not this page's.
  private func adverts(
    in reading: CaseStore.StoredReading, of capture: StoredCapture
  ) -> [StoredPageAdvert]? {
    let version = analyser.version.of(source: definitions[capture.source])
    guard AnalysisVersion(reading.version)?.readsLike(version) ?? false else { return nil }
    switch reading.page {
    case .blocked, .gone: return reading.adverts.isEmpty ? [] : nil
    case .listing, .other: return nil
    case .advert:
      guard let text = reading.adverts.first, reading.adverts.count == 1,
        let record = JSONValue(parsing: Array(text.record.utf8)),
        record["id"]?.string == "capture:\(capture.id)",
        let advert = Advert(
          record: record, text: Array(text.text.utf8), title: text.title, form: text.form,
          language: text.language),
        SHA256.hash(advert.ownText).bytes == text.textDigest
      else { return nil }
      return [StoredPageAdvert(text: text, advert: advert)]
    }
  }

  private func agrees(
    _ page: PageAnalysis, with stored: [StoredPageAdvert], _ reading: CaseStore.StoredReading
  ) -> Bool {
    let read = page.adverts.map { found in
      var advert = found.advert
      advert.key = nil
      return advert
    }
    return page.kind == reading.page && read == stored.map(\.advert)
  }

  /// Compares a page's stored adverts; false when the analyser only takes whole pages.
  private func compare(
    _ stored: [StoredPageAdvert], of capture: StoredCapture, _ summary: inout Summary
  ) throws -> Bool {
    for advert in stored {
      guard
        let found = analyser.reassess(
          advert.advert, country: sources[capture.source]?.country,
          linkage: [Measure: MeasuredValue](linkage: advert.text.linkage))
      else { return false }
      try compare(found, with: advert.text, of: capture, &summary)
    }
    return true
  }

  private func compare(
    _ found: AnalysedAdvert, with stored: CaseStore.StoredText, of capture: StoredCapture,
    _ summary: inout Summary
  ) throws {
    summary.adverts += 1
    let flagged = found.assessment.flagged
    summary.flagged += flagged ? 1 : 0
    guard flagged != stored.flagged else { return }
    let hits = found.recordedHits.filter(\.inContent)
    let now = Dictionary(hits.map { ($0.indicator, Set([$0.pattern])) }) { $0.union($1) }
    summary.changes.append(
      Change(
        source: capture.source, key: stored.key, url: capture.url, title: stored.title,
        isNewlyFlagged: flagged, now: Findings(now),
        then: Findings(try folder.store.patterns(ofVersion: stored.version))))
  }
}
