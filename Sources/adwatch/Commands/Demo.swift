import ArgumentParser
import Crawling
import Foundation

/// `adwatch demo`.
struct Demo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The whole loop on the bundled site.",
    discussion: """
      Crawls the three demo sites on loopback, shows the adverts for review with their reasons, and
      verifies the archive. 'ops/demo' starts the sites and then this. Everything in them is invented.

      Example:
        ops/demo
      """)

  @OptionGroup var data: DataOption
  @OptionGroup var seeds: SeedsOption
  @OptionGroup var patterns: PatternsOption

  func run() async throws {
    var arguments = ["--data", data.data]
    let crawl = try Crawl.parse(
      arguments + [
        "--seeds", seeds.seeds, "--patterns", try patterns.path(), "--once", "--revisit",
      ])
    try Output.print(Output.styled("Crawling the demo sites", .bold))
    try await crawl.run()
    try Output.print("\n" + Output.styled("Adverts for review", .bold))
    let flags = try Flags.parse(arguments + ["--patterns", try patterns.path()])
    try flags.run()
    try Output.print("\n" + Output.styled("Verifying the archive", .bold))
    let verify = try Verify.parse(arguments)
    try verify.run()
    arguments = data.data == "./adwatch-data" ? [] : arguments
    let suffix = arguments.isEmpty ? "" : " " + arguments.joined(separator: " ")
    try Output.print(
      """

      \(Output.styled("What to run next", .bold))
        adwatch flags --json\(suffix)            the same adverts for a script
        adwatch links clusters\(suffix)          which adverts stand together, and why
        adwatch status\(suffix)                  what is held and what waits
        adwatch sources why URL\(suffix)         would an address be fetched, and why not
        adwatch replay --compare\(suffix)        what a change in Patterns/ would flag or drop
        adwatch verify\(suffix)                  check the evidence again
      Copy Seeds/examples/site.yaml to Seeds/ and fill it in to watch a site of your own.
      """)
  }
}
