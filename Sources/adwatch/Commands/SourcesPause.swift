import ArgumentParser
import CaseStore
import CrawlFrontier
import Crawling
import Vocabulary

/// What `pause` and `resume` are about.
struct PauseOption: ParsableArguments {
  @Argument(help: "The source's name, or with --group the politeness group's.")
  var name: String

  @Flag(help: "The name is that of a politeness group, such as a registrable domain.")
  var group = false

  /// The kind that is meant; an error for a name that nothing has.
  func kind(in store: CaseStore) throws -> Pause.Kind {
    let names = group ? try store.groups().map(\.key) : try store.sourceNames()
    guard names.contains(name) else {
      throw UsageProblem(
        description: "no \(group ? "group" : "source") '\(name)' was ever crawled; known: "
          + (names.isEmpty ? "none" : names.prefix(20).joined(separator: ", ")))
    }
    return group ? .group : .source
  }
}

extension Sources {
  /// `adwatch sources pause`.
  struct Pausing: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "pause",
      abstract: "Make no request to a source or a group until it is resumed.",
      discussion: """
        Works beside a crawl that runs, within two seconds, and lasts over restarts. The reason goes to
        the custody log. What is under way comes in.

        Example:
          adwatch sources pause jobs-example --reason "the webmaster asked for a quiet week"
        """)

    @OptionGroup var data: DataOption
    @OptionGroup var what: PauseOption

    @Option(help: "Why, for the custody log.")
    var reason: String

    func validate() throws {
      guard (1...500).contains(reason.utf8.count) else {
        throw ValidationError("--reason has 1 to 500 bytes")
      }
    }

    func run() throws {
      let store = try DataFolder(path: data.data, access: .read).store
      try store.pause(
        try what.kind(in: store), what.name, reason: reason, by: Operator.actor, at: Timestamp.now)
      try Output.print("\(shown(what.name)) is paused.")
    }
  }

  /// `adwatch sources resume`.
  struct Resuming: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "resume",
      abstract: "End a pause.",
      discussion: """
        Exits with 1 when nothing of this name is paused.

        Example:
          adwatch sources resume jobs-example
        """)

    @OptionGroup var data: DataOption
    @OptionGroup var what: PauseOption

    func run() throws {
      let store = try DataFolder(path: data.data, access: .read).store
      let kind: Pause.Kind = what.group ? .group : .source
      guard try store.resume(kind, what.name, by: Operator.actor, at: Timestamp.now) else {
        Output.complain("adwatch: \(shown(what.name)) is not paused")
        throw StatusError(status: .found)
      }
      try Output.print("\(shown(what.name)) goes on.")
    }
  }
}
