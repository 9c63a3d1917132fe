import Analysis
import ArgumentParser
import Extraction
import Foundation
import Matching
import Vocabulary

extension Patterns {
  /// `adwatch patterns profile`.
  struct Profile: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "What each pattern costs, and which to rewrite.",
      discussion: """
        Reads pages as 'adwatch scan' does and matches their adverts, pattern by pattern under the
        clock: how often the literal filter let each through, its searches, matches and hits, and its
        share of the work. Says which patterns to rewrite first, and why.

        Example:
          adwatch patterns profile adverts.jsonl --limit 10
        """)

    @Argument(help: "Files or folders, as for 'scan'; - is standard input.")
    var paths: [String]

    @OptionGroup var patterns: PatternsOption

    @Flag(help: "Write one JSON object.")
    var json = false

    @Option(help: "Show at most so many patterns; by default 20, with --json all.")
    var limit: Int?

    private static let maximumBytes = 64 << 20
    private static let defaultLimit = 20

    func validate() throws {
      if let limit, limit < 1 { throw ValidationError("--limit is a number from 1") }
    }

    private struct Read: Sendable {
      var id: String
      var texts: [(text: [UInt8], form: Form?)]
      var problem: String?
    }

    func run() throws {
      let folder = try PatternFolder(path: patterns.path())
      let analyser = try PageAnalyser(patterns: folder, software: Program.software)
      let matcher = try Matcher(folder.library)
      var profile = PatternProfile(matcher)
      var reader = FileScanReader(paths: paths, format: .auto)
      var hasFailed = false
      // Pages are read by several threads, matched by one: times are steadier so.
      let pipeline = OrderedPipeline<Read>(
        width: ProcessInfo.processInfo.activeProcessorCount, maximumBytes: Self.maximumBytes)
      try pipeline.run(
        next: { try reader.next().map { ($0, $0.bytes) } },
        work: { Self.read($0, analyser) },
        emit: { read in
          if let problem = read.problem {
            hasFailed = true
            Output.complain("adwatch: unreadable: \(shown(problem))")
          }
          for (text, form) in read.texts {
            _ = matcher.match(text, form: form, profiling: &profile, id: read.id)
          }
        })
      guard profile.texts > 0 else {
        throw UsageProblem(description: "no texts in \(paths.joined(separator: ", "))")
      }
      let report = ProfileReport(
        profile: profile, digest: folder.digest,
        limit: limit ?? (json ? nil : Self.defaultLimit))
      try Output.print(json ? report.json : report.lines.joined(separator: "\n"))
      if hasFailed { throw StatusError(status: .found) }
    }

    private static func read(_ input: ScanInput, _ analyser: PageAnalyser) -> Read {
      switch input {
      case .unreadable(let id, let why): return Read(id: id, texts: [], problem: why)
      case .page(let page):
        let analysis = analyser.analyse(page)
        return Read(
          id: page.id, texts: analysis.adverts.map { ($0.advert.text, $0.advert.form) },
          problem: analysis.error.map { "\(page.id): \($0)" })
      }
    }
  }
}
