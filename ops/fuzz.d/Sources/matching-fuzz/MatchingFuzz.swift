import Matching
import Vocabulary

/// One input: expressions, one a line, then an empty line, then a text.
///
/// The filtered engine has to give the hits that each expression alone over the whole text gives.
func matchingFuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  guard let (sources, text) = parts(of: input) else { return -1 }
  for view in PatternView.allCases {
    guard let matcher = try? Matcher(library(sources, view), limits: limits) else { return -1 }
    let filtered = matcher.match(text)
    let inTurn = matcher.match(text, mode: .exhaustive)
    let reached = Set(filtered.limited + inTurn.limited)
    let hits = filtered.hits.filter { !reached.contains($0.pattern) }
    guard hits == inTurn.hits.filter({ !reached.contains($0.pattern) }) else {
      fatalError("\(sources) gives \(hits), in turn \(inTurn.hits)")
    }
  }
  return 0
}

private let limits = MatchLimits(
  maximumTextBytes: 4096, matchLimit: 5000, depthLimit: 5000, maximumMillisecondsPerPattern: 1000)

private func parts(of input: [UInt8]) -> (sources: [String], text: [UInt8])? {
  var sources: [String] = []
  var index = 0
  while sources.count < 4, let end = input[index...].firstIndex(of: 0x0A) {
    if end == index { break }
    sources.append(String(decoding: input[index..<end], as: UTF8.self))
    index = end + 1
  }
  return sources.isEmpty ? nil : (sources, Array(input[index...]))
}

private func library(_ sources: [String], _ view: PatternView) -> PatternLibrary {
  let place = PackPlace(file: "fuzz", line: 1, column: 1)
  let patterns = sources.enumerated().map {
    Pattern(name: "F/en/\($0)", language: "en", source: $1, view: view, place: place)
  }
  let indicator = Indicator(
    id: "F", title: [:], barriers: [.entry], strength: .weak, evidence: .expert, sources: [],
    patterns: patterns, place: place)
  return PatternLibrary(
    packs: [
      PatternPack(
        name: "fuzz", version: 1, forms: Form.allCases, indicators: [indicator], file: "fuzz")
    ], digest: "")
}
