import Analysis
import ArgumentParser
import Bytes
import Extraction
import Foundation
import Vocabulary

extension Patterns {
  /// `adwatch patterns explain`.
  struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show what the patterns find in a text, and what follows from it.",
      discussion: """
        Takes a file, HTML or plain text by its first character, or else the text itself. What counts
        and what does not stands below the text with its reason.

        Example:
          adwatch patterns explain "We keep your passport. Rent is deducted from your wages."
        """)

    @OptionGroup var patterns: PatternsOption

    @Flag(help: "The scan record, one JSON object a line.")
    var json = false

    @Argument(help: "A file, - for standard input, or the text.")
    var text: String

    func run() throws {
      let folder = try PatternFolder(path: try patterns.path())
      let analyser = try PageAnalyser(patterns: folder, software: Program.software)
      let input = try ExplainedInput(argument: text).page
      let analysis = analyser.analyse(input)
      for record in ScanRecord.lines(of: analysis, input: input) {
        if json {
          try Output.print(record.json())
        } else {
          let explanation = AdvertExplanation(
            record: record, library: folder.library, rule: folder.rule)
          try Output.print(explanation.text)
        }
      }
      if analysis.error != nil { throw StatusError(status: .found) }
    }
  }
}

/// What `explain` was asked about.
struct ExplainedInput {
  let page: PageInput

  init(argument: String) throws {
    let isInput = argument == "-"
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: argument, isDirectory: &isFolder)
    guard isInput || exists else {
      let isName =
        !argument.contains(where: \.isWhitespace)
        && [".html", ".htm", ".txt"].contains(where: argument.hasSuffix)
      if isName { throw UsageProblem(description: "there is no file '\(shown(argument))'") }
      page = Self.text(Array(argument.utf8), id: "text")
      return
    }
    if isFolder.boolValue {
      throw UsageProblem(description: "'\(shown(argument))' is a folder; name a file")
    }
    let handle =
      isInput ? FileHandle.standardInput : FileHandle(forReadingAtPath: argument)
    let limit = FileScanReader.maximumHTMLBytes
    guard let handle, let data = try handle.read(upToCount: limit + 1) ?? Data() as Data? else {
      throw UsageProblem(description: "'\(shown(argument))' cannot be read")
    }
    guard data.count <= limit else {
      throw UsageProblem(description: "'\(shown(argument))' has more than \(limit) bytes")
    }
    let bytes = [UInt8](data)
    guard ScanFormat.recognise(Array(bytes.prefix(512))) != .warc else {
      throw UsageProblem(description: "an archive holds many pages; use 'adwatch scan'")
    }
    let id = isInput ? "standard input" : argument
    switch MediaType(nil).reading(of: bytes) {
    case .html:
      page = PageInput(
        id: id, body: .received(bytes, contentEncoding: nil, contentType: "text/html"))
    default: page = Self.text(bytes, id: id)
    }
  }

  /// Whoever gives a text gives an advert's text.
  private static func text(_ bytes: [UInt8], id: String) -> PageInput {
    PageInput(id: id, body: .text(bytes), hints: PageHints(kind: .advert))
  }
}
