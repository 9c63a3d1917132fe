import Foundation
import Linking

/// Links a world and measures it.
struct Measurement {
  private let world: World
  private let count: Int
  private var linker = Linker(index: MemoryLinkIndex())
  private(set) var report: [String: Any] = [:]
  /// So many adverts are made and read at a time, on both cores.
  private static let batch = 20_000
  private var reading = 0.0
  private var adding = 0.0
  private var bytes = 0

  /// Of `world`, the first `count` at once and the rest afterwards.
  init(_ world: World, count: Int) {
    self.world = world
    self.count = count
  }

  mutating func run() throws {
    let initial = residentBytes()
    try add(0..<count)
    let start = seconds()
    let changes = try linker.settle()
    let settling = seconds() - start
    report["adverts"] = count
    report["megabytes_of_text"] = Double(bytes) / 1e6
    report["read_seconds"] = reading
    report["add_seconds"] = adding
    report["settle_seconds"] = settling
    report["link_seconds"] = reading + adding + settling
    report["cluster_changes"] = changes.clusters.count
    score()
    try addRest()
    report["peak_megabytes"] = Double(peakBytes()) / 1e6
    report["held_megabytes"] = Double(residentBytes() - initial) / 1e6
  }

  private mutating func add(_ range: Range<Int>) throws {
    var start = range.lowerBound
    while start < range.upperBound {
      let batch = start..<min(range.upperBound, start + Self.batch)
      let adverts = inParallel(batch) { [world] in world.advert($0) }
      let rule = linker.rule
      var begin = seconds()
      let readings = inParallel(adverts.indices) { TextReading(adverts[$0], rule: rule) }
      reading += seconds() - begin
      begin = seconds()
      for (advert, text) in zip(adverts, readings) {
        bytes += advert.text.count
        try linker.add(advert, reading: text)
      }
      adding += seconds() - begin
      start = batch.upperBound
    }
  }

  /// Groups of texts and clusters against the truth.
  private mutating func score() {
    var texts: [(found: Int64, truth: Int32)] = []
    var clusters: [(found: Int64, truth: Int32)] = []
    for index in 0..<count {
      let id = Int64(index + 1)
      let truth = world.truth(index)
      texts.append((linker.index.record(id)?.textGroup ?? -id, truth.template))
      clusters.append((linker.index.cluster(of: id) ?? -id, truth.network))
    }
    let text = PairCount(texts)
    let cluster = PairCount(clusters)
    report["text_precision"] = text.precision
    report["text_recall"] = text.recall
    report["cluster_precision"] = cluster.precision
    report["cluster_recall"] = cluster.recall
    report["templates"] = linker.index.templateCount()
  }

  /// What comes in later, settled once.
  private mutating func addRest() throws {
    let rest = count..<world.count
    guard !rest.isEmpty else { return }
    let before = (reading, adding)
    try add(rest)
    let start = seconds()
    let changes = try linker.settle()
    report["added"] = rest.count
    report["added_seconds"] =
      reading - before.0 + adding - before.1 + seconds() - start
    report["added_told"] = changes.adverts.count
  }
}

/// Values made on as many threads as there are cores, in order.
func inParallel<T: Sendable>(_ range: Range<Int>, _ make: @Sendable (Int) -> T) -> [T] {
  let width = 8
  let step = (range.count + width - 1) / width
  guard step > 0 else { return [] }
  var parts = [[T]](repeating: [], count: width)
  parts.withUnsafeMutableBufferPointer { parts in
    // Each thread writes its own part.
    nonisolated(unsafe) let parts = parts
    DispatchQueue.concurrentPerform(iterations: width) { number in
      let start = min(range.upperBound, range.lowerBound + number * step)
      let end = min(range.upperBound, start + step)
      parts[number] = (start..<end).map(make)
    }
  }
  return parts.flatMap { $0 }
}

func seconds() -> Double { Double(DispatchTime.now().uptimeNanoseconds) / 1e9 }

/// Memory that the process holds, in bytes.
func residentBytes() -> Int { status("VmRSS") }
/// The most memory that the process ever held, in bytes.
func peakBytes() -> Int { status("VmHWM") }

private func status(_ name: String) -> Int {
  let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .ascii)) ?? ""
  for line in text.split(separator: "\n") where line.hasPrefix(name + ":") {
    return line.split(separator: " ").compactMap { Int($0) }.first.map { $0 * 1024 } ?? 0
  }
  return 0
}
