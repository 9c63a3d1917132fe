import ArgumentParser
import CaseStore
import Configuration
import CrawlFrontier
import Crawling
import Foundation
import Vocabulary
import WebAddress

/// `adwatch sources`.
struct Sources: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The sites that are watched.",
    discussion: """
      Example:
        adwatch sources why https://jobs.example/advert/12
      """,
    subcommands: [List.self, Check.self, Why.self, Pausing.self, Resuming.self],
    defaultSubcommand: List.self)

  /// `adwatch sources list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "The sources, what was seen of them, and when they are next due.",
      discussion: """
        Example:
          adwatch sources list --seeds Seeds
        """)

    @OptionGroup var data: DataOption
    @OptionGroup var seeds: SeedsOption

    func run() throws {
      let seeds = try seeds.folder()
      let store = try? DataFolder(path: data.data, access: .read).store
      let status = try store?.status(at: Timestamp.now)
      let pauses = try store?.pauses() ?? []
      for entry in seeds.entries {
        let source = entry.source
        try Output.print(Output.styled(source.name, .bold) + "  \(source.purpose)")
        try Output.print("  starts at \(source.start.map(\.href).joined(separator: ", "))")
        guard let seen = status?.sources.first(where: { $0.name == source.name }) else {
          try Output.print("  not crawled yet")
          continue
        }
        try Output.print(
          "  \(seen.addresses) addresses, \(seen.unvisited) never visited, \(seen.due) due; "
            + "\(seen.adverts) adverts, \(seen.flagged) for review")
        let pause = pauses.first { $0.kind == .source && $0.name == source.name }
        if let pause {
          try Output.print("  paused since \(pause.since.rfc3339): \(shown(pause.reason))")
        }
        let last = seen.lastVisit.map { "last visit \($0.rfc3339)" } ?? "never visited"
        let next = seen.nextDue.map { ", next due \($0.rfc3339)" } ?? ""
        try Output.print("  \(last)\(next)")
        let outcomes = seen.outcomes.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        if !outcomes.isEmpty { try Output.print("  \(outcomes.joined(separator: ", "))") }
      }
      for pause in pauses where pause.kind == .group {
        try Output.print(
          "The group \(pause.name) is paused since \(pause.since.rfc3339): \(shown(pause.reason))")
      }
    }
  }

  /// `adwatch sources check`.
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Read the sources and say everything that is wrong with them.",
      discussion: """
        Example:
          adwatch sources check --seeds Seeds/jobs.yaml
        """)

    @OptionGroup var seeds: SeedsOption

    func run() throws {
      let seeds = try seeds.folder()
      try Output.print("\(seeds.entries.count) sources, nothing wrong.")
    }
  }

  /// `adwatch sources why`.
  struct Why: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Would an address be fetched, when, and why not.",
      discussion: """
        Names the rule that decides: scope or trap guard, robots.txt line, legal order, schedule,
        calendar, the group's delay, or a pause. Exits with 4 when no source would fetch it.

        Example:
          adwatch sources why https://jobs.example/advert/12
        """)

    @OptionGroup var data: DataOption
    @OptionGroup var seeds: SeedsOption

    @Argument(help: "The address.")
    var url: String

    func run() throws {
      guard let address = Address(url)?.canonical else {
        throw UsageProblem(description: "'\(url)' is no address")
      }
      let seeds = try seeds.folder()
      let folder = try? DataFolder(path: data.data, access: .read)
      let why = AddressQuestion(address: address, store: folder?.store, at: Timestamp.now)
      var isFetched = false
      for entry in seeds.entries {
        let answer = try why.answer(for: entry.source)
        isFetched = isFetched || answer.isFetched
        try Output.print("\(Output.styled(entry.source.name, .bold)): \(answer.text)")
      }
      if !isFetched { throw StatusError(status: .refused) }
    }
  }
}
