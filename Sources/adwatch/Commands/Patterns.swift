import ArgumentParser

/// `adwatch patterns`.
struct Patterns: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The pattern packs: check, test, explain, measure and print them.",
    discussion: """
      Example:
        adwatch patterns check && adwatch patterns test
      """,
    subcommands: [
      Check.self, Test.self, Explain.self, Measure.self, Profile.self, Card.self,
      Catalogue.self,
    ])
}
