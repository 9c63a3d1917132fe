import Configuration
import Foundation
import Matching
import Vocabulary

/// The patterns to measure.
enum BenchLibrary {
  /// A file with one expression a line, or a folder of packs.
  static func read(_ path: String) throws -> PatternLibrary {
    guard path.hasSuffix(".txt") else {
      return try PatternLibrary(files: PackFiles.read(directory: path))
    }
    let sources = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    return library(sources.map(String.init))
  }

  /// One pack of expressions.
  static func library(_ sources: [String]) -> PatternLibrary {
    let place = PackPlace(file: "bench", line: 1, column: 1)
    let patterns = sources.enumerated().map {
      Pattern(name: "B/en/\($0)", language: "en", source: $1, view: .plain, place: place)
    }
    let indicator = Indicator(
      id: "B", title: [:], barriers: [.entry], strength: .weak, evidence: .expert, sources: [],
      patterns: patterns, place: place)
    return PatternLibrary(
      packs: [
        PatternPack(
          name: "bench", version: 1, forms: Form.allCases, indicators: [indicator], file: "bench")
      ], digest: "")
  }
}

/// The texts to measure on.
enum BenchTexts {
  /// Texts, each after its length.
  static func read(_ path: String) throws -> [[UInt8]] {
    let data = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
    var texts: [[UInt8]] = []
    var index = 0
    while index + 4 <= data.count {
      let length = (0..<4).reduce(0) { $0 | Int(data[index + $1]) << (8 * $1) }
      index += 4
      guard index + length <= data.count else { break }
      texts.append(Array(data[index..<(index + length)]))
      index += length
    }
    return texts
  }
}

/// Processor time of this thread in seconds.
func threadSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// Memory that the process holds, in bytes.
func residentBytes() -> Int {
  let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .ascii)) ?? ""
  let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
  return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
}

/// The patterns that take most of the time, each measured as a set of one, with what it takes.
func profile(
  _ matcher: Matcher, _ library: PatternLibrary, _ texts: [[UInt8]], most: Int
) -> [[String: Any]] {
  let patterns = library.packs.flatMap(\.indicators).flatMap(\.patterns)
  let literals = Dictionary(uniqueKeysWithValues: matcher.plans.map { ($0.pattern, $0) })
  var rows: [(seconds: Double, row: [String: Any])] = []
  for pattern in patterns {
    guard let one = try? Matcher(BenchLibrary.library([pattern.source])) else { continue }
    var work = MatchWork()
    let start = threadSeconds()
    for text in texts {
      let taken = one.match(text).work
      work.candidates += taken.candidates
      work.searches += taken.searches
      work.confirmations += taken.confirmations
    }
    let seconds = threadSeconds() - start
    rows.append(
      (
        seconds,
        [
          "pattern": pattern.source, "milliseconds": seconds * 1e3,
          "candidates": work.candidates, "searches": work.searches,
          "confirmations": work.confirmations,
          "literals": literals[pattern.name].map { Array($0.literals.prefix(8)) } ?? [],
        ]
      ))
  }
  return rows.sorted { $0.seconds > $1.seconds }.prefix(most).map(\.row)
}
