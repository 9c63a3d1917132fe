import ArgumentParser

/// `adwatch patterns`.
struct Patterns: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The pattern packs: check, test, explain and print them.",
    discussion: """
      Example:
        adwatch patterns check && adwatch patterns test
      """,
    subcommands: [Check.self, Test.self, Explain.self, Card.self])
}
