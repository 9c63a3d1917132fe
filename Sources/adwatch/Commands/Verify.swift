import ArgumentParser
import Bytes
import CaseStore
import Configuration
import Crawling
import Custody
import Vocabulary

/// `adwatch verify`.
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check evidence, custody log and database against each other.",
    discussion: """
      Reads every record of the archive and compares it with its digest, follows the chain of the
      custody log, and compares captures with what the log recorded. Exits with 1 and names each
      place when something was changed, dropped or reordered. A head or a time stamp that was kept
      elsewhere shows whether the end of the log was cut off or an entry back-dated.

      Example:
        adwatch verify --head kept-on-paper.txt
        adwatch verify case-17.wacz --key signing.pem.pub
      """)

  @OptionGroup var data: DataOption

  @Argument(
    help: "A package to check by itself: a WACZ file, or the folder that one was unpacked into.")
  var package: String?

  @Option(
    help:
      "A head that was kept elsewhere: a file that 'custody head' wrote, or what 'verify' prints.")
  var head: [String] = []

  @Option(help: "A time stamp (.tsr) that was kept elsewhere, its head (.json) beside it.")
  var token: [String] = []

  @Option(help: "A public key that heads have to be signed with.")
  var key: [String] = []

  @Option(help: "A PEM file of authorities that time stamps have to lead to.")
  var authority: String?

  @Flag(help: "One JSON object instead of text.")
  var json = false

  func run() throws {
    let settings = try Settings(data: data.data)
    let keys = try key.map { path throws(CustodyFailure) in try VerifyingKey(path: path) }
    let trusted = authority ?? settings.authorities.first?.certificates
    let kept = try kept(keys, trusted)
    let report: Verification.Report
    if let package {
      do throws(CustodyFailure) {
        var check = try PackageCheck(
          path: package, kept: kept, keys: keys, authorities: trusted)
        report = check.run()
      } catch {
        // What is no package any more was changed as well.
        try Output.print(shown(error.description))
        throw StatusError(status: .found)
      }
    } else {
      let folder = try DataFolder(path: data.data, access: .read)
      report = try Verification(folder).run(kept: kept, keys: keys, authorities: trusted) { file in
        if Output.isInteractive { Output.complain("checking \(file)") }
      }
    }
    if json { try printJSON(report) } else { try printText(report) }
    if !report.findings.isEmpty { throw StatusError(status: .found) }
  }

  /// The heads that the caller kept; one that does not hold by itself ends the command.
  private func kept(_ keys: [VerifyingKey], _ trusted: String?) throws -> [KeptHead] {
    do {
      if !token.isEmpty, trusted == nil {
        throw UsageProblem(
          description: "--token needs --authority, or custody.certificates in adwatch.yaml")
      }
      return try head.map { try KeptHead(path: $0, keys: keys, authorities: trusted) }
        + token.map { path in
          let stem = path.hasSuffix(".tsr") ? String(path.dropLast(4)) : path
          return try KeptHead(
            path: stem + ".json", keys: keys, authorities: trusted, token: path)
        }
    } catch let failure as CustodyFailure {
      throw UsageProblem(description: failure.description)
    }
  }

  private func printText(_ report: Verification.Report) throws {
    for finding in report.findings { try Output.print(shown("\(finding)")) }
    if report.hasMore { try Output.print("… and more") }
    let purged = report.purged > 0 ? ", \(report.purged) of them purged" : ""
    try Output.print(
      "\(report.records) records in \(report.files) files, \(report.captures) captures, "
        + "\(report.events) custody events\(purged): "
        + (report.findings.isEmpty ? "nothing wrong." : "\(report.findings.count) problems."))
    for erased in report.erased {
      try Output.print(
        "purged: \(erased.captures) captures of \(shown(erased.source)), last at "
          + erased.last.rfc3339)
    }
    for note in report.notes { try Output.print(shown("note: \(note)")) }
    if report.heads > 0 { try Output.print("\(report.heads) kept heads agree with the log.") }
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
      json.key("erased")
      json.array { json in
        for erased in report.erased {
          json.object { json in
            json.key("source")
            json.string(erased.source)
            json.key("captures")
            json.integer(erased.captures)
            json.key("last")
            json.string(erased.last.rfc3339)
          }
        }
      }
      json.key("heads")
      json.integer(report.heads)
      json.key("notes")
      json.array { json in for note in report.notes { json.string(note) } }
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
}
