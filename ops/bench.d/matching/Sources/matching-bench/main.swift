import Foundation
import Matching

// matching-bench PATTERNS TEXTS [--repeat N] [--sample N] [--profile N] [--check]
//
// PATTERNS is a file with one expression a line or a folder of packs; TEXTS is a file of texts, each
// after its length in four bytes, little end first. Prints one JSON object.

let options = Options(CommandLine.arguments)
let library = try BenchLibrary.read(options.patterns)
let texts = try BenchTexts.read(options.texts)
let memory = residentBytes()
let compiling = threadSeconds()
let matcher = try Matcher(library)
let compiled = threadSeconds()
let grown = residentBytes() - memory

var report = Measurement(matcher, texts, rounds: options.rounds, sample: options.sample).report
report["patterns"] = library.packs.flatMap(\.indicators).flatMap(\.patterns).count
report["compile_ms"] = (compiled - compiling) * 1e3
report["compile_megabytes"] = Double(grown) / 1e6
if options.checks {
  report["texts_with_other_hits_than_in_turn"] =
    texts.filter { matcher.match($0).hits != matcher.match($0, mode: .exhaustive).hits }.count
}
if options.profiled > 0 {
  report["profile"] = profile(matcher, library, texts, most: options.profiled)
}
let data = try JSONSerialization.data(
  withJSONObject: report, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
FileHandle.standardOutput.write(data + Data("\n".utf8))
