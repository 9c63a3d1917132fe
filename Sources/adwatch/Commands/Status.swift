import ArgumentParser
import Bytes
import CaseStore
import Crawling
import Operations
import Vocabulary
import WebAddress

/// `adwatch status`.
struct Status: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "What is held, what waits, what is wrong.",
    discussion: """
      Example:
        adwatch status --json
      """)

  @OptionGroup var data: DataOption

  @Flag(help: "One JSON object instead of text.")
  var json = false

  @Flag(help: "Exit with 1 when something is wrong.")
  var check = false

  func run() throws {
    let folder = try DataFolder(path: data.data, access: .read)
    let now = Timestamp.now
    let status = try folder.store.status(at: now)
    let settings = try Settings(data: data.data)
    let free = Disk.free(at: data.data)
    let alerts = Alert.all(
      try folder.store.health(at: now), diskFree: free, rules: settings.alertRules, now: now)
    let writer = DataFolder.writer(at: data.data)
    if json {
      try printJSON(status, alerts, writer, free)
    } else {
      try printText(status)
      try Output.print(
        (writer.map { "in use by \(shown($0))" } ?? "nothing writes to it now")
          + (free.map { ", \(ProgressDisplay.bytes(Int($0))) left on the disk" } ?? ""))
      for alert in alerts {
        try Output.print("\(Output.styled("wrong:", .red)) \(shown(alert.text))")
      }
    }
    if check, !alerts.isEmpty { throw StatusError(status: .found) }
  }

  private func printText(_ status: StoreStatus) throws {
    if let run = status.lastRun {
      let end =
        run.endedAt.map { "ended \($0.rfc3339) (\(run.outcome ?? ""))" }
        ?? "has not ended: it runs, or it was cut off"
      try Output.print("last run began \(run.startedAt.rfc3339), \(end)")
    }
    try Output.print(
      "\(status.captures) captures in \(ProgressDisplay.bytes(Int(status.archiveBytes))), "
        + "\(status.custodyEvents) custody events")
    if status.waiting > 0 { try Output.print("\(status.waiting) pages wait for their analysis") }
    if status.failed > 0 { try Output.print("\(status.failed) pages could not be analysed") }
    if status.quarantined > 0 { try Output.print("\(status.quarantined) pages are set aside") }
    if let problem = PublicSuffixList.systemProblem {
      try Output.print(
        "the public suffix list cannot be read (\(problem)): hosts share budgets too widely")
    }
    for source in status.sources {
      let next = source.nextDue.map { ", next due \($0.rfc3339)" } ?? ""
      try Output.print(
        "\(Output.styled(source.name, .bold)): \(source.addresses) addresses, \(source.due) due, "
          + "\(source.adverts) adverts, \(source.flagged) for review\(next)")
    }
  }

  private func printJSON(
    _ status: StoreStatus, _ alerts: [Alert], _ writer: String?, _ free: Int64?
  ) throws {
    var json = JSONWriter()
    json.object { json in
      json.key("alerts")
      json.array { json in
        for alert in alerts {
          json.object { json in
            json.key("name")
            json.string(alert.name)
            json.key("count")
            json.integer(alert.count)
            json.key("text")
            json.string(alert.text)
          }
        }
      }
      json.key("writer")
      json.string(writer)
      json.key("disk_free")
      json.integer(free.map { Int($0) })
      json.key("captures")
      json.integer(Int(status.captures))
      json.key("waiting")
      json.integer(Int(status.waiting))
      json.key("failed")
      json.integer(Int(status.failed))
      json.key("quarantined")
      json.integer(Int(status.quarantined))
      json.key("archive_bytes")
      json.integer(Int(status.archiveBytes))
      json.key("custody_events")
      json.integer(Int(status.custodyEvents))
      json.key("last_run")
      writeRun(status, to: &json)
      json.key("sources")
      json.array { json in
        for source in status.sources { write(source, to: &json) }
      }
    }
    try Output.print(json.text)
  }

  private func writeRun(_ status: StoreStatus, to json: inout JSONWriter) {
    guard let run = status.lastRun else { return json.null() }
    json.object { json in
      json.key("started")
      json.string(run.startedAt.rfc3339)
      json.key("ended")
      json.string(run.endedAt?.rfc3339)
      json.key("outcome")
      json.string(run.outcome)
    }
  }

  private func write(_ source: StoreStatus.SourceStatus, to json: inout JSONWriter) {
    json.object { json in
      json.key("name")
      json.string(source.name)
      json.key("addresses")
      json.integer(Int(source.addresses))
      json.key("unvisited")
      json.integer(Int(source.unvisited))
      json.key("due")
      json.integer(Int(source.due))
      json.key("next_due")
      json.string(source.nextDue?.rfc3339)
      json.key("last_visit")
      json.string(source.lastVisit?.rfc3339)
      json.key("adverts")
      json.integer(Int(source.adverts))
      json.key("flagged")
      json.integer(Int(source.flagged))
      json.key("outcomes")
      json.object { json in
        for (outcome, count) in source.outcomes.sorted(by: { $0.key < $1.key }) {
          json.key(outcome)
          json.integer(Int(count))
        }
      }
    }
  }
}
