import Foundation
import Matching

/// What was asked for on the command line.
struct Options {
  var patterns = ""
  var texts = ""
  var rounds = 5
  var sample = 60
  var profiled = 0
  var checks = false

  init(_ arguments: [String]) {
    var places: [String] = []
    var rest = arguments.dropFirst().makeIterator()
    while let argument = rest.next() {
      switch argument {
      case "--repeat": rounds = max(1, rest.next().flatMap { Int($0) } ?? rounds)
      case "--sample": sample = rest.next().flatMap { Int($0) } ?? sample
      case "--profile": profiled = rest.next().flatMap { Int($0) } ?? profiled
      case "--check": checks = true
      default: places.append(argument)
      }
    }
    guard places.count == 2 else {
      FileHandle.standardError.write(
        Data("usage: matching-bench PATTERNS TEXTS [--repeat N] [--sample N] [--profile N] [--check]\n".utf8))
      exit(2)
    }
    patterns = places[0]
    texts = places[1]
  }
}

/// Throughput of both modes in turns, and the work behind it.
struct Measurement {
  private var filtered: [Double] = []
  private var inTurn: [Double] = []
  private var last = Pass()
  private let texts: Int

  /// Sums over texts.
  private struct Pass {
    var seconds = 0.0
    var bytes = 0
    var hits = 0
    var limited = 0
    var candidates = 0
    var searches = 0
    var confirmations = 0

    init() {}

    init(_ matcher: Matcher, _ texts: [[UInt8]], _ mode: Matcher.Mode) {
      let start = threadSeconds()
      for text in texts {
        let result = matcher.match(text, mode: mode)
        hits += result.hits.count
        limited += result.limited.count
        bytes += result.work.bytes
        candidates += result.work.candidates
        searches += result.work.searches
        confirmations += result.work.confirmations
      }
      seconds = threadSeconds() - start
    }

    var megabytesPerSecond: Double { Double(bytes) / seconds / 1e6 }
  }

  /// `sample` texts, taken evenly, are what the slow mode is measured on; 0 leaves it out.
  init(_ matcher: Matcher, _ texts: [[UInt8]], rounds: Int, sample: Int) {
    self.texts = texts.count
    let step = max(1, texts.count / max(1, sample))
    let sampled = stride(from: 0, to: texts.count, by: step).map { texts[$0] }
    _ = Pass(matcher, texts, .filtered)
    for _ in 0..<rounds {
      last = Pass(matcher, texts, .filtered)
      filtered.append(last.megabytesPerSecond)
      if sample > 0 { inTurn.append(Pass(matcher, sampled, .exhaustive).megabytesPerSecond) }
    }
  }

  var report: [String: Any] {
    func median(_ values: [Double]) -> Double {
      values.isEmpty ? 0 : values.sorted()[values.count / 2]
    }
    let pages = Double(texts)
    return [
      "texts": texts, "bytes": last.bytes, "megabytes_per_second": median(filtered),
      "in_turn_megabytes_per_second": median(inTurn),
      "ratio": inTurn.isEmpty ? 0 : median(filtered) / median(inTurn), "hits": last.hits,
      "limited": last.limited, "bytes_per_page": Double(last.bytes) / pages,
      "candidates_per_page": Double(last.candidates) / pages,
      "searches_per_page": Double(last.searches) / pages,
      "confirmations_per_page": Double(last.confirmations) / pages,
    ]
  }
}
