import ArgumentParser
import Bytes
import CaseStore
import Crawling
import Custody
import Fetching
import Foundation
import Vocabulary

/// `adwatch export`.
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Hand evidence over.",
    discussion: """
      Example:
        adwatch export wacz case-17.wacz --url https://jobs.example/job/17
      """,
    subcommands: [ExportWACZ.self])
}

/// `adwatch export wacz`.
struct ExportWACZ: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wacz",
    abstract: "Write captures as a signed WACZ package.",
    discussion: """
      The package (WACZ 1.1.1) has the records byte for byte, those that revisits refer to among them,
      an index, the entries of the custody log about them with their way to the signed head, and a
      signed list of all files. 'adwatch verify FILE' checks it without the database; docs/manual/court.md
      tells how to check it with public tools only. Without a selection everything is exported.

      Example:
        adwatch export wacz case-17.wacz --flagged --from 2026-01-01
      """)

  @OptionGroup var data: DataOption

  @Argument(help: "The file to write.")
  var file: String

  @Option(help: "Captures of exactly this address; may be given more than once.")
  var url: [String] = []

  @Option(help: "Captures that showed an advert of this cluster.")
  var cluster: Int?

  @Flag(help: "Captures that showed an advert for review.")
  var flagged = false

  @Option(help: "Captures of this source.")
  var source: String?

  @Option(help: "Captures that began on this day (UTC) or later, as 2026-01-31.")
  var from: String?

  @Option(help: "Captures that began on this day (UTC) or earlier.")
  var until: String?

  @Option(help: "The signing key; by default signing.key of adwatch.yaml.")
  var key: String?

  func run() async throws {
    let settings = try Settings(data: data.data)
    guard let path = key ?? settings.signingKey else {
      throw UsageProblem(
        description:
          "no signing.key in adwatch.yaml and no --key; 'adwatch custody key FILE' makes one")
    }
    var selection = CaseStore.CaptureSelection()
    selection.urls = url
    selection.cluster = cluster.map(Int64.init)
    selection.flagged = flagged
    selection.source = source
    selection.from = try from.map { try day($0) }
    selection.until = try until.map { try day($0) + 86_400 }
    let folder = try DataFolder(path: data.data, access: .write)
    let fetcher = Fetcher(logger: ConsoleLog.logger)
    let export = PackageExport(
      folder, authorities: settings.authorities, software: Program.software)
    let result: PackageExport.Result
    do {
      result = try await export.write(
        selection, to: file, signingWith: SigningKey(path: path), by: Operator.actor,
        at: Timestamp.now, fetcher: fetcher)
    } catch {
      await fetcher.shutdown()
      throw error
    }
    await fetcher.shutdown()
    try Output.print(
      "\(result.captures) captures, \(result.records) records, \(result.events) custody events")
    try Output.print("\(result.digest.labelled) \(shown(file))")
    try Output.print("signed by \(result.head.head.key.labelled)")
    if let time = result.head.stampedAt { try Output.print("time-stamped at \(time.rfc3339)") }
    if let problem = result.head.problem {
      Output.complain("adwatch: no time stamp: \(shown(problem))")
    }
  }

  private func day(_ text: String) throws -> Timestamp {
    guard let time = Timestamp(rfc3339: text + "T00:00:00Z") else {
      throw UsageProblem(description: "'\(text)' is no day, such as 2026-01-31")
    }
    return time
  }
}
