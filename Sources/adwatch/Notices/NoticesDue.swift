import ArgumentParser
import Bytes
import CaseStore
import Crawling
import Vocabulary

/// `adwatch notices due`.
struct NoticesDue: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "due", abstract: "What is expected of whom, and by when.",
    discussion: """
      Moves first what time moves: removal requests without effect and preservations without answer are overdue,
      what is kept for us is due for renewal or has lapsed, removals that held through their watch are closed.
      Crawls, 'send' and 'recheck' do the same. Nothing is sent by it. The exit code is 1 when something is late.

      Example:
        adwatch notices due --within 3d
      """)

  @Option(help: "Also what is due within this time, such as 12h or 3d.")
  var within = "7d"

  @Flag(help: "One JSON object a line.")
  var json = false

  @OptionGroup var data: DataOption

  func run() throws {
    let store = try DataFolder(path: data.data, access: .read).store
    let now = Timestamp.now
    let moved = try store.keepNoticeTime(by: NoticeWork.program, at: now)
    let due = try store.dueNotices(by: now + BudgetOption.seconds(within, "--within"))
    if json {
      for item in due { try Output.write(Self.line(item, now)) }
    } else {
      for item in moved { try Output.print("notice \(item.notice) is now \(item.state.rawValue)") }
      for item in due {
        try Output.print(
          "\(item.due < now ? "late " : "")\(item.due.rfc3339) notice \(item.notice): \(item.kind) "
            + "(\(item.act), \(item.state.rawValue), \(shown(item.organisation)) "
            + "\(shown(item.recipient)))")
      }
    }
    if due.contains(where: { $0.due < now }) { throw StatusError(status: .found) }
  }

  private static func line(_ item: DueNotice, _ now: Timestamp) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("schema", "adwatch.due/1")
      json.member("notice", item.notice)
      json.member("kind", item.kind)
      json.member("due", item.due.rfc3339)
      json.key("late")
      json.boolean(item.due < now)
      json.member("state", item.state.rawValue)
      json.member("act", item.act)
      json.member("recipient", item.recipient)
      json.member("organisation", item.organisation)
    }
    json.endLine()
    return json.bytes
  }
}

/// `adwatch notices report`.
struct NoticesReport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Figures of a year's notices, without personal data.",
    discussion: """
      By provider, act and kind of content: what a trusted flagger publishes each year under Article 22(3) of
      Regulation (EU) 2022/2065. A notice counts in the year that it was sent in, with what has become of it since.
      Operators of sites are counted together, for one may be a person.

      Example:
        adwatch notices report --year 2026 --csv > notices-2026.csv
      """)

  @Option(help: "The year, in UTC.")
  var year: Int

  @Flag(help: "Comma-separated values (RFC 4180).")
  var csv = false

  @Flag(help: "One JSON object a line.")
  var json = false

  @OptionGroup var data: DataOption

  func run() throws {
    guard (1970...9998).contains(year), let start = Timestamp(rfc3339: "\(year)-01-01T00:00:00Z"),
      let end = Timestamp(rfc3339: "\(year + 1)-01-01T00:00:00Z")
    else { throw UsageProblem(description: "\(year) is no year from 1970 to 9998") }
    guard !(csv && json) else { throw UsageProblem(description: "either --csv or --json") }
    let store = try DataFolder(path: data.data, access: .read).store
    let report = NoticeReport(try store.reportedNotices(start..<end))
    if csv {
      var table = CommaTable(Self.columns.map(\.name))
      for line in report.lines { table.add(Self.columns.map { $0.value(line) }) }
      return try Output.write(Array(table.text.utf8))
    }
    for line in report.lines {
      if json {
        try Output.write(Self.object(line, year))
      } else {
        try Output.print(
          "\(shown(line.provider)), \(line.act), \(line.form.isEmpty ? "any" : line.form): "
            + Self.columns.dropFirst(3).map { ($0.name, $0.value(line)) }
            .filter { !$0.1.isEmpty && $0.1 != "0" }.map { "\($0.0) \($0.1)" }
            .joined(separator: ", "))
      }
    }
    if report.lines.isEmpty, !json { try Output.print("no notice was sent in \(year)") }
  }

  private struct Column: Sendable {
    var name: String
    var value: @Sendable (NoticeReport.Line) -> String
  }

  private static let columns: [Column] = [
    Column(name: "provider") { $0.provider }, Column(name: "act") { $0.act },
    Column(name: "form") { $0.form }, Column(name: "notices") { String($0.notices) },
    Column(name: "addresses") { String($0.addresses) },
    Column(name: "answered") { String($0.answered) },
    Column(name: "removed") { String($0.removed) }, Column(name: "moved") { String($0.moved) },
    Column(name: "refused") { String($0.refused) },
    Column(name: "unanswered") { String($0.unanswered) },
    Column(name: "referred") { String($0.referred) },
    Column(name: "disputed") { String($0.disputed) },
    Column(name: "bounced") { String($0.bounced) },
    Column(name: "withdrawn") { String($0.withdrawn) },
    Column(name: "hours_to_answer") { Self.hours($0.hoursToAnswer) },
    Column(name: "hours_to_removal") { Self.hours($0.hoursToRemoval) },
  ]

  private static func hours(_ value: Double?) -> String {
    value.map { String(($0 * 10).rounded() / 10) } ?? ""
  }

  private static func object(_ line: NoticeReport.Line, _ year: Int) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("schema", "adwatch.notice-report/1")
      json.member("year", Int64(year))
      for column in columns.prefix(3) { json.member(column.name, column.value(line)) }
      for column in columns.dropFirst(3) {
        json.key(column.name)
        json.number(Double(column.value(line)))
      }
    }
    json.endLine()
    return json.bytes
  }
}
