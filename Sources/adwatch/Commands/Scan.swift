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

      With --link the adverts of the whole input are joined by their contacts and texts first: the
      indicators that look beyond one advert then count, and each line has 'links'. Nothing is written
      before everything is read.

      Example:
        adwatch scan crawl.warc.gz --jobs 2 > adverts.jsonl
        adwatch scan --link pages/ > adverts.jsonl
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

  @Flag(
    name: .customLong("link"), help: "Join the adverts of the input, and assess them by that too.")
  var isLinked = false

  /// Bytes of pages in memory at a time.
  private static let maximumBytes = 64 << 20

  func validate() throws {
    guard (1...256).contains(jobs) else {
      throw ValidationError("--jobs is a number from 1 to 256")
    }
  }

  func run() throws {
    let analyser = try patterns.analyser()
    var reader = FileScanReader(paths: paths, format: format)
    var buffer: [UInt8] = []
    func emit(_ lines: [UInt8]) throws {
      buffer += lines
      guard buffer.count >= 1 << 16 else { return }
      try Output.write(buffer)
      buffer.removeAll(keepingCapacity: true)
    }
    let hasFailed =
      try isLinked
      ? link(&reader, analyser, emit) : scan(&reader, analyser, emit)
    try Output.write(buffer)
    if hasFailed { throw StatusError(status: .found) }
  }

  private func scan(
    _ reader: inout FileScanReader, _ analyser: PageAnalyser, _ emit: ([UInt8]) throws -> Void
  ) throws -> Bool {
    let includesText = !leavesTextOut
    let book = TemplateBook()
    var hasFailed = false
    let pipeline = OrderedPipeline<(lines: [UInt8], failed: Bool)>(
      width: jobs, maximumBytes: Self.maximumBytes)
    try pipeline.run(
      next: { try reader.next().map { (book.numbered($0), $0.bytes) } },
      work: { input in Self.lines(of: input, analyser, includesText, book) },
      emit: { output in
        hasFailed = hasFailed || output.failed
        try emit(output.lines)
      })
    return hasFailed
  }

  private func link(
    _ reader: inout FileScanReader, _ analyser: PageAnalyser, _ emit: ([UInt8]) throws -> Void
  ) throws -> Bool {
    let book = TemplateBook()
    var hasFailed = false
    let linked = try LinkedScan(analyser: analyser, includesText: !leavesTextOut)
    let pipeline = OrderedPipeline<[LinkedScan.Line]>(
      width: jobs, maximumBytes: Self.maximumBytes)
    try pipeline.run(
      next: { try reader.next().map { (book.numbered($0), $0.bytes) } },
      work: { input in
        Self.records(of: input, analyser, book).map {
          LinkedScan.Line($0, country: input.input.country)
        }
      },
      emit: { lines in
        for line in lines {
          hasFailed = hasFailed || line.failed
          try linked.add(line)
        }
      })
    try linked.finish(width: jobs, maximumBytes: Self.maximumBytes, emit: emit)
    return hasFailed
  }

  private static func records(
    of input: TemplateBook.Numbered, _ analyser: PageAnalyser, _ book: TemplateBook
  ) -> [ScanRecord] {
    switch input.input {
    case .page(var page):
      page.findsLinks = false
      book.prepare(&page, input.place)
      let analysis = analyser.analyse(page)
      book.learn(analysis.sketch, input.place)
      return ScanRecord.lines(of: analysis, input: page)
    case .unreadable(let id, let why): return [.unreadable(id: id, why: why)]
    }
  }

  private static func lines(
    of input: TemplateBook.Numbered, _ analyser: PageAnalyser, _ includesText: Bool,
    _ book: TemplateBook
  ) -> (lines: [UInt8], failed: Bool) {
    let records = records(of: input, analyser, book)
    var json = JSONWriter()
    for record in records {
      record.write(to: &json, includingText: includesText)
      json.endLine()
    }
    return (json.bytes, records.contains { $0.page.error != nil })
  }
}

extension ScanFormat: ExpressibleByArgument {}
