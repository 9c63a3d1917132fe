import CaseStore
import CrawlFrontier
import Foundation
import Linking
import Vocabulary

/// Links a world in a database, two hundred adverts in a transaction as a crawl does it.
///
/// Only linking is timed: adverts are stored before, and none is assessed again.
struct StoredMeasurement {
  private let world: World
  private let folder: URL
  private let store: CaseStore
  private let run: CaseStore.Run
  private let actor = Actor(name: "bench", kind: .program)
  private let start = Timestamp(seconds: 1_767_225_600)
  private(set) var report: [String: Any] = [:]
  /// So many adverts are stored and linked between two figures.
  private static let step = 5_000
  /// The crawl's own batch.
  private static let batch = 200

  init(_ world: World, in folder: URL) throws {
    self.world = world
    self.folder = folder
    try? FileManager.default.removeItem(at: folder)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    store = try CaseStore(path: folder.appendingPathComponent("adwatch.sqlite").path)
    run = try store.beginRun(
      command: "bench", software: "bench/1", patternsDigest: nil, by: actor, at: start)
    try store.register(
      source: "bench", digest: "d1", definition: "source: bench", purpose: "measuring",
      legalBasis: "none needed", start: [], by: actor, at: start)
  }

  mutating func measure() throws {
    let initial = residentBytes()
    var steps: [[String: Any]] = []
    var ids = [Int64](repeating: 0, count: world.count)
    for first in stride(from: 0, to: world.count, by: Self.step) {
      let range = first..<min(world.count, first + Self.step)
      try put(range)
      let adverts = inParallel(range) { [world] in world.advert($0) }
      let begin = cpuSeconds()
      while try store.waitingLinks() > 0 {
        _ = try store.link(
          most: Self.batch, at: start,
          LinkHandlers(
            read: { stored in
              guard let index = Int(stored.key), range.contains(index) else { return nil }
              ids[index] = stored.id
              var advert = adverts[index - first]
              advert.id = stored.id
              return advert
            }, assess: { _, _, _ in nil }))
      }
      let spent = cpuSeconds() - begin
      steps.append([
        "adverts": range.upperBound, "cpu_ms_an_advert": spent * 1000 / Double(range.count),
      ])
    }
    try score(ids)
    report["steps"] = steps
    report["adverts"] = world.count
    report["held_megabytes"] = Double(residentBytes() - initial) / 1e6
    report["peak_megabytes"] = Double(peakBytes()) / 1e6
    let file = folder.appendingPathComponent("adwatch.sqlite").path
    let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int
    report["database_megabytes"] = Double(size ?? 0) / 1e6
  }

  /// Stores adverts with little but their keys: their texts are made anew when they are linked.
  private func put(_ range: Range<Int>) throws {
    let file = "warc/bench/a.warc.gz"
    let offset = Int64(range.lowerBound)
    let capture = CaptureCommit(
      address: nil, source: "bench", url: "https://bench.example/\(offset)", purpose: "page",
      beganAt: start, endedAt: start, outcome: "fetched", detail: nil, status: 200,
      mediaType: "text/html", payloadDigest: [UInt8](repeating: 1, count: 32), payloadLength: 10,
      payloadOf: nil,
      members: [
        StoredMember(
          file: file, offset: offset, length: 1,
          digest: [UInt8](repeating: UInt8(truncatingIfNeeded: offset), count: 32),
          recordID: "urn:uuid:\(offset)", type: "response")
      ], analysis: .waiting, visit: nil, group: nil, robots: nil, found: [])
    let stored = try store.commit(
      [capture], written: [], ends: [file: offset + 1], run: run, by: actor, at: start)
    let adverts = range.map { index in
      StoredAdvert(
        key: "\(index)", url: "https://bench.example/ad/\(index)", part: 0, form: .sex,
        language: "en", title: nil, text: "\(index)", textDigest: Array("\(index)".utf8),
        record: "{}", flagged: false, lane: nil, priority: 0, barriers: [], rule: "r/1", hits: [],
        selectors: [])
    }
    _ = try store.commit(
      [
        AnalysisCommit(
          capture: stored[0], address: nil, source: "bench", seenAt: start, version: "v1",
          outcome: .done, page: .listing, language: "en", title: nil, error: nil, limited: [],
          adverts: adverts, found: [])
      ], at: start)
  }

  private mutating func score(_ ids: [Int64]) throws {
    let (texts, clusters) = try store.links { (linker) throws in
      var texts: [(found: Int64, truth: Int32)] = []
      var clusters: [(found: Int64, truth: Int32)] = []
      for (index, id) in ids.enumerated() {
        let truth = world.truth(index)
        texts.append((try linker.index.record(id)?.textGroup ?? -id, truth.template))
        clusters.append((try linker.index.cluster(of: id) ?? -id, truth.network))
      }
      return (texts, clusters)
    }
    let text = PairCount(texts)
    let cluster = PairCount(clusters)
    report["text_precision"] = text.precision
    report["text_recall"] = text.recall
    report["cluster_precision"] = cluster.precision
    report["cluster_recall"] = cluster.recall
  }
}

/// CPU time of all threads of the process so far.
func cpuSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
