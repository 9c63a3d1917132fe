import ArgumentParser
import Bytes
import CaseStore
import Crawling
import Vocabulary

/// `adwatch purge`.
struct PurgeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "purge",
    abstract: "Erase what retention says must go, with proof.",
    discussion: """
      Captures whose retention has ended are erased with all that only they brought: records, texts,
      selectors, links, notes. A tombstone stands in each record's place, and the custody log says
      what was erased and when. A payload that a later capture repeats is moved and kept for that.
      A legal hold (adwatch hold) keeps things whatever their retention. Answers of look-ups of contacts
      go after retention.general, unless any hold stands. Interrupted, it goes on where it was the next
      time.

      Example:
        adwatch purge --dry-run && adwatch purge
      """)

  @OptionGroup var data: DataOption

  @Flag(help: "Show what would be erased and erase nothing.")
  var dryRun = false

  @Option(help: "Erase what is due at this time (RFC 3339, not in the future) instead of now.")
  var asOf: String?

  @Flag(help: "One JSON object instead of text.")
  var json = false

  func run() throws {
    let now = Timestamp.now
    let time = try asOf.map { text throws(UsageProblem) in
      guard let time = Timestamp(rfc3339: text), dryRun || time <= now else {
        throw UsageProblem(
          description: "--as-of is a time such as 2026-01-02T03:04:05Z, in the past unless with "
            + "--dry-run")
      }
      return time
    }
    let settings = try Settings(data: data.data)
    let rule = RetentionRule(general: settings.retention, now: time ?? now)
    let lookupsBefore = settings.retention.map {
      Timestamp(milliseconds: rule.now.milliseconds - $0 * 1000)
    }
    if dryRun {
      let folder = try DataFolder(path: data.data, access: .read)
      return try show(
        try folder.store.purgePlan(rule),
        lookups: try lookupsBefore.map { try folder.store.dueLookups(before: $0) } ?? 0)
    }
    let folder = try DataFolder(path: data.data, access: .write)
    let plan = try folder.store.purgePlan(rule)
    // Before the rest, which ends with writing the database anew.
    let lookups = try lookupsBefore.map {
      try folder.store.eraseLookups(before: $0, by: Operator.actor, at: now)
    }
    let result = try Purge(
      folder, rule: rule, by: Operator.actor, software: Program.software,
      logger: ConsoleLog.logger
    ).run()
    try show(result, plan, lookups: lookups ?? 0)
    if let leftover = result.leftover {
      Output.complain(
        "adwatch: what was erased may still be read from the database's files: \(leftover); run "
          + "'adwatch purge' again")
      throw StatusError(status: .found)
    }
  }

  private func show(_ plan: PurgePlan, lookups: Int) throws {
    if json { return try Output.print(Self.json(plan, lookups: lookups)) }
    for (source, part) in plan.parts.sorted(by: { $0.key < $1.key }) {
      let days =
        if let from = part.from, let until = part.until {
          ", begun from \(from.rfc3339) to \(until.rfc3339)"
        } else { "" }
      try Output.print(
        "\(Output.styled(source, .bold)): \(part.captures) captures would be erased, of "
          + "\(part.reduced) the payload would be kept for a later one, \(part.held) are due and held"
          + days)
    }
    if lookups > 0 {
      try Output.print("\(lookups) answers of look-ups of contacts would be erased.")
    }
    if plan.parts.isEmpty, lookups == 0 { try Output.print("Nothing is due.") }
    try complainOfUnlimited(plan)
  }

  private func show(_ result: Purge.Result, _ plan: PurgePlan, lookups: Int) throws {
    let totals = result.totals
    if json {
      var json = JSONWriter()
      json.object { json in
        for (key, value) in [
          ("captures", totals.captures), ("reduced", totals.reduced), ("adverts", totals.adverts),
          ("payloads", totals.payloads), ("bytes", Int(totals.bytes)), ("orphans", result.orphans),
          ("held", plan.parts.values.reduce(0) { $0 + $1.held }), ("unlimited", plan.unlimited),
          ("lookups", lookups),
        ] {
          json.key(key)
          json.integer(value)
        }
      }
      return try Output.print(json.text)
    }
    try Output.print(
      "\(totals.captures) captures erased, \(totals.reduced) reduced to their payload, "
        + "\(totals.adverts) adverts and \(totals.payloads) payloads of the custody log with them; "
        + "tombstones over \(ProgressDisplay.bytes(Int(totals.bytes))).")
    if lookups > 0 { try Output.print("\(lookups) answers of look-ups of contacts erased.") }
    let held = plan.parts.values.reduce(0) { $0 + $1.held }
    if held > 0 { try Output.print("\(held) captures are due and held: see 'adwatch hold list'.") }
    if result.orphans > 0 {
      try Output.print("\(result.orphans) files that crashes had left were removed.")
    }
    try complainOfUnlimited(plan)
  }

  private func complainOfUnlimited(_ plan: PurgePlan) throws {
    guard plan.unlimited > 0, !json else { return }
    try Output.print(
      "\(plan.unlimited) captures are kept for ever: neither their source nor retention.general of "
        + "adwatch.yaml says how long.")
  }

  private static func json(_ plan: PurgePlan, lookups: Int) -> String {
    var json = JSONWriter()
    json.object { json in
      json.key("sources")
      json.array { json in
        for (source, part) in plan.parts.sorted(by: { $0.key < $1.key }) {
          json.object { json in
            json.key("source")
            json.string(source)
            for (key, value) in [
              ("captures", part.captures), ("reduced", part.reduced), ("held", part.held),
              ("bytes", Int(part.bytes)),
            ] {
              json.key(key)
              json.integer(value)
            }
            json.key("from")
            json.string(part.from?.rfc3339)
            json.key("until")
            json.string(part.until?.rfc3339)
          }
        }
      }
      json.key("unlimited")
      json.integer(plan.unlimited)
      json.key("lookups")
      json.integer(lookups)
    }
    return json.text
  }
}
