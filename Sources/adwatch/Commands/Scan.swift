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

      The first eight pages of a host teach what recurs on it; the next are read with that.

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
    let book = TemplateBook()
    var buffer: [UInt8] = []
    let pipeline = OrderedPipeline<(lines: [UInt8], failed: Bool)>(
      width: jobs, maximumBytes: Self.maximumBytes)
    try pipeline.run(
      next: { try reader.next().map { (book.numbered($0), $0.bytes) } },
      work: { input in Self.lines(of: input, analyser, includesText, book) },
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
    of input: TemplateBook.Numbered, _ analyser: PageAnalyser, _ includesText: Bool,
    _ book: TemplateBook
  ) -> (lines: [UInt8], failed: Bool) {
    let records: [ScanRecord]
    switch input.input {
    case .page(var page):
      book.prepare(&page, input.place)
      let analysis = analyser.analyse(page)
      book.learn(analysis.sketch, input.place)
      records = ScanRecord.lines(of: analysis, input: page)
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
