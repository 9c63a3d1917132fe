import ArgumentParser

/// `adwatch patterns`.
struct Patterns: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Work on the pattern packs.",
    discussion: """
      Says what the packs find and what that is worth, and what each pattern costs.

      Example:
        adwatch patterns profile adverts.jsonl
      """,
    subcommands: [Measure.self, Profile.self])
}
