import ArgumentParser
import CaseStore
import Crawling
import Linking
import Vocabulary

/// What every decision about clusters needs.
struct DecisionOptions: ParsableArguments {
  @Option(help: "The reason, as it will stand in the custody log.")
  var why: String

  @OptionGroup var data: DataOption
  @OptionGroup var seeds: SeedsOption
  @OptionGroup var patterns: PatternsOption

  func validate() throws {
    guard why.contains(where: { !$0.isWhitespace }) else {
      throw ValidationError("--why has to say something")
    }
  }

  /// Records the decision and says what followed.
  func decide(_ act: ClusterDecision.Act) throws {
    let folder = try DataFolder(path: data.data, access: .write)
    let linking = AdvertLinking(
      folder: folder, seeds: try seeds.folder(), analyser: try patterns.analyser())
    let result: (decision: Int64, totals: LinkTotals)
    do {
      result = try linking.decide(act, why: why, by: Operator.actor, at: Timestamp.now)
    } catch CrawlError.store(.refused(let why)) {
      throw UsageProblem(description: why)
    }
    let totals = result.totals
    try Output.print(
      "decision \(result.decision): \(act.text); \(totals.clusters) changes of clusters, "
        + "\(totals.reassessed) adverts assessed again, \(totals.newlyFlagged) newly for review, "
        + "\(totals.dropped) dropped")
  }
}

/// `adwatch links join`.
struct LinksJoin: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "join", abstract: "Two adverts belong together.",
    discussion: """
      Example:
        adwatch links join 1204 1310 --why "the same kitchen in both pictures"
      """)

  @Argument(help: "Number of an advert.") var first: Int64
  @Argument(help: "Number of another advert.") var second: Int64
  @OptionGroup var options: DecisionOptions

  func run() throws { try options.decide(.join(first, second)) }
}

/// `adwatch links part`.
struct LinksPart: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "part", abstract: "These adverts stand apart from all others.",
    discussion: """
      Example:
        adwatch links part 1204 --why "another person with the same name"
      """)

  @Argument(help: "Numbers of adverts.") var adverts: [Int64]
  @OptionGroup var options: DecisionOptions

  func run() throws { try options.decide(.part(adverts)) }
}

/// `adwatch links disregard`.
struct LinksDisregard: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "disregard", abstract: "A contact or text joins nothing, such as a switchboard.",
    discussion: """
      Example:
        adwatch links disregard phone:+442079460123 --why "the number of the site itself"
      """)

  @Argument(help: "What 'adwatch links' calls it, such as phone:+442079460123 or text:17.")
  var node: String
  @OptionGroup var options: DecisionOptions

  func run() throws { try options.decide(.disregard(try LinkNode(argument: node))) }
}

/// `adwatch links trust`.
struct LinksTrust: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trust", abstract: "A contact that was taken for a hub joins all the same.",
    discussion: """
      Example:
        adwatch links trust email:info@agency.example --why "one agency under many names"
      """)

  @Argument(help: "What 'adwatch links' calls it, such as phone:+442079460123 or text:17.")
  var node: String
  @OptionGroup var options: DecisionOptions

  func run() throws { try options.decide(.trust(try LinkNode(argument: node))) }
}

/// `adwatch links undo`.
struct LinksUndo: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo", abstract: "An earlier decision no longer holds.",
    discussion: """
      Example:
        adwatch links undo 3 --why "the pictures differ after all"
      """)

  @Argument(help: "Number of the decision.") var decision: Int64
  @OptionGroup var options: DecisionOptions

  func run() throws { try options.decide(.undo(decision)) }
}

extension LinkNode {
  fileprivate init(argument: String) throws {
    guard let node = LinkNode(text: argument) else {
      throw UsageProblem(
        description: "'\(shown(argument))' names nothing that adverts share; 'adwatch links' shows "
          + "the names, such as phone:+442079460123 or text:17")
    }
    self = node
  }
}
