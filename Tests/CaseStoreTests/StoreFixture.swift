import CaseStore
import CrawlFrontier
import Foundation
import Vocabulary

/// A store in a folder of its own that is removed with it.
final class StoreFixture {
  let folder: URL
  let store: CaseStore
  let actor = Actor(name: "tester", kind: .person)
  let run: CaseStore.Run
  let start = Timestamp(seconds: 1_767_225_600)

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("adwatch-store-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    store = try CaseStore(path: folder.appendingPathComponent("adwatch.sqlite").path)
    run = try store.beginRun(
      command: "test", software: "test/1", patternsDigest: nil, by: actor, at: start)
    try store.register(
      source: "jobs", digest: "d1", definition: "source: jobs", purpose: "test",
      legalBasis: "none needed", start: [found("https://jobs.example/")], by: actor, at: start)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func found(_ url: String, group: String = "jobs.example", priority: VisitPriority = .listing)
    -> FoundAddress
  {
    FoundAddress(
      url: url, group: group, kind: .listing, depth: 0, priority: priority, dueAt: start)
  }

  func member(_ offset: Int64, type: String = "response") -> StoredMember {
    StoredMember(
      file: "warc/jobs/a.warc.gz", offset: offset, length: 100,
      digest: [UInt8](repeating: UInt8(truncatingIfNeeded: offset), count: 32),
      recordID: "urn:uuid:\(offset)", type: type)
  }

  func capture(
    address: Int64? = nil, url: String = "https://jobs.example/", offset: Int64 = 0,
    payloadOf: Int64? = nil, at: Timestamp? = nil
  ) -> CaptureCommit {
    CaptureCommit(
      address: address, source: "jobs", url: url, purpose: "page", beganAt: at ?? start,
      endedAt: at ?? start, outcome: "fetched", detail: nil, status: 200, mediaType: "text/html",
      payloadDigest: [UInt8](repeating: 1, count: 32), payloadLength: 10, payloadOf: payloadOf,
      members: [member(offset, type: payloadOf == nil ? "response" : "revisit")],
      analysis: payloadOf == nil ? .waiting : .none,
      visit: address.map { _ in
        AddressVisit(
          dueAt: start + 3600, priority: .listing, etag: "\"e\"", lastModified: nil,
          history: VisitHistory(visits: 1, last: .changed), holdsPayload: payloadOf == nil)
      }, group: nil, robots: nil, found: [])
  }

  func commit(_ captures: CaptureCommit...) throws -> [Int64] {
    let end = captures.flatMap(\.members).map { $0.offset + $0.length }.max() ?? 0
    return try store.commit(
      captures, written: [], ends: ["warc/jobs/a.warc.gz": end], run: run, by: actor, at: start)
  }

  func advert(_ key: String, text: String, flagged: Bool = true) -> StoredAdvert {
    StoredAdvert(
      key: key, url: "https://jobs.example/\(key)", part: 0, form: .labour, language: "en",
      title: key, text: text, textDigest: Array(text.utf8), record: "{\"text\":null}",
      flagged: flagged, lane: flagged ? .review : nil, priority: 1, barriers: [.entry],
      rule: "r/1",
      hits: [
        StoredHit(
          indicator: "L11", pattern: "L11/en/kept", packVersion: 1, range: 0..<3, inContent: true)
      ],
      selectors: [
        StoredSelector(
          kind: "phone", value: "+442079460001", range: 0..<5, valid: true, confidence: 1,
          trick: nil, inContent: true)
      ])
  }

  func analysis(
    of capture: Int64, adverts: [StoredAdvert], page: PageKind = .advert, at: Timestamp? = nil,
    address: Int64? = nil
  ) -> AnalysisCommit {
    AnalysisCommit(
      capture: capture, address: address, source: "jobs", seenAt: at ?? start, version: "v1",
      outcome: .done, page: page, language: "en", title: nil, error: nil, limited: [],
      adverts: adverts, found: [])
  }

  func flagged() throws -> [FlaggedAdvert] {
    var list: [FlaggedAdvert] = []
    try store.forEachFlagged { advert in
      list.append(advert)
      return true
    }
    return list
  }
}
