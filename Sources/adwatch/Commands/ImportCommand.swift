import Analysis
import ArgumentParser
import Bytes
import CaseStore
import Configuration
import Crawling
import Foundation
import Vocabulary

/// `adwatch import`.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Bring pages in that somebody else captured, with where they came from.",
    discussion: """
      Reads WARC and ARC files, HTML files and JSON Lines (an export of social media, a partner's
      capture), keeps what they hold in the archive as records of their own kind, and analyses it.
      Who gave it, and the digest of each file, stand in the custody log. Imported pages are never
      taken for captures of our own: their source is import.NAME, and nothing of them is fetched.

      Example:
        adwatch import export.jsonl --name partner --from "NGO, by USB stick on 3 May" \\
          --purpose "case 26/12" --legal-basis "consent of the finder" --retention 52w
      """)

  @Argument(help: "Files, or folders with files.")
  var paths: [String]

  @Option(help: "Name of the collection: letters, digits, - and _.")
  var name: String

  @Option(help: "Who gave it, and how, as it will stand in the custody log.")
  var from: String

  @Option(help: "What it is kept for.")
  var purpose: String

  @Option(help: "What allows that.")
  var legalBasis: String

  @Option(help: "How long it is kept, as 52w; by default as retention.general says.")
  var retention: String?

  @Option(help: "What the files hold: auto, warc, html or jsonl.")
  var format = ScanFormat.auto

  @OptionGroup var data: DataOption
  @OptionGroup var patterns: PatternsOption

  func validate() throws {
    for (option, value) in [
      ("--from", from), ("--purpose", purpose), ("--legal-basis", legalBasis),
    ]
    where !value.contains(where: { !$0.isWhitespace }) {
      throw ValidationError("\(option) has to say something")
    }
    guard provenance(retention: nil).hasValidName else {
      throw ValidationError("--name takes letters, digits, - and _, at most 80")
    }
  }

  private func provenance(retention: Int64?) -> Import.Provenance {
    Import.Provenance(
      name: name, from: from, purpose: purpose, legalBasis: legalBasis, retention: retention)
  }

  func run() throws {
    let period = try retention.map { text in
      var reader = ConfigurationReader()
      let node = try ConfigurationNode(yaml: "retention: \(text)", file: "--retention")
      let value = reader.mapping(node, keys: ["retention"])?["retention"].flatMap {
        reader.duration($0)
      }
      try reader.finish()
      return Int64(value ?? 0)
    }
    let analyser = try patterns.analyser()
    let folder = try DataFolder(path: data.data, access: .write)
    let bringing = try Import(
      folder, provenance(retention: period), analyser: analyser, software: Program.software,
      by: Operator.actor, logger: ConsoleLog.logger)
    var unread = 0
    for file in paths.flatMap(FileScanReader.files) {
      guard let digest = try? Self.digest(of: file) else {
        Output.complain("adwatch: \(shown(file)) cannot be read")
        unread += 1
        continue
      }
      try bringing.begin(file: (file as NSString).lastPathComponent, digest: digest)
      var reader = FileScanReader(paths: [file], format: format)
      while let input = try reader.next() {
        switch input {
        case .page(let page):
          try bringing.add(page, of: (file as NSString).lastPathComponent)
        case .unreadable(let id, let why):
          Output.complain("adwatch: \(shown(id)): \(shown(why))")
          unread += 1
        }
      }
    }
    try bringing.finish(outcome: unread == 0 ? "done" : "\(unread) could not be read")
    try Output.print(
      "\(bringing.pages) pages imported, \(bringing.totals.newAdverts) adverts, "
        + "\(bringing.totals.newlyFlagged) for review; \(unread) could not be read")
    if unread > 0 { throw StatusError(status: .found) }
  }

  private static func digest(of path: String) throws -> SHA256Digest {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw UsageProblem(description: "\(path) cannot be read")
    }
    defer { try? handle.close() }
    var hash = SHA256()
    while let data = try handle.read(upToCount: 1 << 20), !data.isEmpty {
      hash.update([UInt8](data))
    }
    return hash.finish()
  }
}
