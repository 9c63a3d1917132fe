import Analysis
import ArgumentParser
import Bytes
import Foundation
import Vocabulary

/// `adwatch scan`.
struct Scan: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Pages in, JSON Lines out; no database.",
    discussion: """
      Reads WARC, HTML or JSON Lines files, folders of them, or standard input, and writes one object
      a page in the order of the input: text, fields, selectors, facts, hits and assessment. A page
      that cannot be read gives an object with 'error' set; the run goes on and ends with 1.

      Example:
        adwatch scan crawl.warc.gz --jobs 2 > adverts.jsonl
      """)

  @Argument(help: "Files or folders; - is standard input.")
  var paths: [String]

  @OptionGroup var patterns: PatternsOption

  @Option(help: "What the files hold: auto, warc, html or jsonl.")
  var format = ScanFormat.auto

  @Option(help: "Pages analysed at the same time; by default one a core.")
  var jobs = ProcessInfo.processInfo.activeProcessorCount

  @Flag(name: .customLong("no-text"), help: "Leave the value of 'text' null.")
  var leavesTextOut = false

  /// Bytes of pages in memory at a time.
  private static let maximumBytes = 64 << 20

  func validate() throws {
    guard (1...256).contains(jobs) else {
      throw ValidationError("--jobs is a number from 1 to 256")
    }
  }

  func run() throws {
    let analyser = try patterns.analyser()
    let includesText = !leavesTextOut
    var reader = FileScanReader(paths: paths, format: format)
    var hasFailed = false
    var buffer: [UInt8] = []
    let pipeline = OrderedPipeline<(lines: [UInt8], failed: Bool)>(
      width: jobs, maximumBytes: Self.maximumBytes)
    try pipeline.run(
      next: { try reader.next().map { ($0, $0.bytes) } },
      work: { input in Self.lines(of: input, analyser, includesText) },
      emit: { output in
        hasFailed = hasFailed || output.failed
        buffer += output.lines
        guard buffer.count >= 1 << 16 else { return }
        try Output.write(buffer)
        buffer.removeAll(keepingCapacity: true)
      })
    try Output.write(buffer)
    if hasFailed { throw StatusError(status: .found) }
  }

  private static func lines(
    of input: ScanInput, _ analyser: PageAnalyser, _ includesText: Bool
  ) -> (lines: [UInt8], failed: Bool) {
    let records: [ScanRecord]
    switch input {
    case .page(let page): records = ScanRecord.lines(of: analyser.analyse(page), input: page)
    case .unreadable(let id, let why): records = [.unreadable(id: id, why: why)]
    }
    var json = JSONWriter()
    for record in records {
      record.write(to: &json, includingText: includesText)
      json.endLine()
    }
    return (json.bytes, records.contains { $0.page.error != nil })
  }
}

extension ScanFormat: ExpressibleByArgument {}
