import ArgumentParser
import Bytes
import CaseStore
import Configuration
import Crawling

/// `adwatch verify`.
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check evidence, custody log and database against each other.",
    discussion: """
      Reads every record of the archive and compares it with its digest, follows the chain of the
      custody log, and compares captures with what the log recorded. Exits with 1 and names each
      place when something was changed, dropped or reordered. A head that was kept elsewhere shows
      whether the end of the log was cut off.

      Example:
        adwatch verify --head kept-on-paper.txt
      """)

  @OptionGroup var data: DataOption

  @Option(help: "A file with a head that was kept elsewhere, as 'verify' prints it.")
  var head: String?

  @Flag(help: "One JSON object instead of text.")
  var json = false

  func run() throws {
    let folder = try DataFolder(path: data.data, access: .read)
    let expected = try head.map(readHead)
    let report = try Verification(folder).run(head: expected) { file in
      if Output.isInteractive { Output.complain("checking \(file)") }
    }
    if json { try printJSON(report) } else { try printText(report) }
    if !report.findings.isEmpty { throw StatusError(status: .found) }
  }

  private func printText(_ report: Verification.Report) throws {
    for finding in report.findings { try Output.print(shown("\(finding)")) }
    if report.hasMore { try Output.print("… and more") }
    let purged = report.purged > 0 ? ", \(report.purged) of them purged" : ""
    try Output.print(
      "\(report.records) records in \(report.files) files, \(report.captures) captures, "
        + "\(report.events) custody events\(purged): "
        + (report.findings.isEmpty ? "nothing wrong." : "\(report.findings.count) problems."))
    if let head = report.head {
      try Output.print("head \(head.sequence) sha256:\(Hex.encode(head.digest))")
    }
  }

  private func printJSON(_ report: Verification.Report) throws {
    var json = JSONWriter()
    json.object { json in
      json.key("files")
      json.integer(report.files)
      json.key("records")
      json.integer(report.records)
      json.key("captures")
      json.integer(report.captures)
      json.key("events")
      json.integer(report.events)
      json.key("purged")
      json.integer(report.purged)
      json.key("head")
      if let head = report.head {
        json.object { json in
          json.key("sequence")
          json.integer(Int(head.sequence))
          json.key("digest")
          json.string("sha256:" + Hex.encode(head.digest))
        }
      } else {
        json.null()
      }
      json.key("findings")
      json.array { json in
        for finding in report.findings {
          json.object { json in
            json.key("place")
            json.string(finding.place)
            json.key("problem")
            json.string(finding.problem)
          }
        }
      }
    }
    try Output.print(json.text)
  }

  /// Reads `head NUMBER sha256:HEX` from the first line that begins so.
  private func readHead(_ path: String) throws -> CaseStore.CustodyHead {
    for line in try ConfigurationNode.loadText(path: path).split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count == 3, words[0] == "head", let sequence = Int64(words[1]),
        let digest = SHA256Digest(labelled: String(words[2]))
      else { continue }
      return CaseStore.CustodyHead(sequence: sequence, digest: digest.bytes)
    }
    throw UsageProblem(
      description: "\(path): no line of the form 'head NUMBER sha256:DIGEST', as verify prints it")
  }
}
