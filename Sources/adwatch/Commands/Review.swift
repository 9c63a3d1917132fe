import Analysis
import ArgumentParser
import CaseStore
import Configuration
import CrawlFrontier
import Crawling
import Foundation
import Review
import Vocabulary

/// `adwatch review`.
struct ReviewCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review", abstract: "Serves the analysts' web application.",
    discussion: """
      Shows the adverts for review in a browser and records what people decide about them. Make
      accounts with 'adwatch account add' first. It may run beside a crawl into the same directory.
      Listens on this machine alone unless told otherwise; others reach it through a proxy with TLS.

      Example:
        adwatch review --listen 127.0.0.1:8480
      """)

  @OptionGroup var data: DataOption
  @OptionGroup var seeds: SeedsOption
  @OptionGroup var patterns: PatternsOption

  @Option(help: "A file of partners for referral advice, in place of the one that comes with it.")
  var partners: String?

  @Option(help: "Address and port; port 0 takes a free one.")
  var listen = "127.0.0.1:8480"

  @Flag(help: "A proxy before it speaks TLS: cookies are then sent over TLS only.")
  var behindTLS = false

  @Option(help: "Address of a proxy that checks accounts itself, with --trusted-header.")
  var trustedProxy: String?

  @Option(help: "The header field in which the trusted proxy names the account.")
  var trustedHeader: String?

  func validate() throws {
    guard (trustedProxy == nil) == (trustedHeader == nil) else {
      throw ValidationError("--trusted-proxy and --trusted-header go together")
    }
    _ = try address
  }

  private var address: (host: String, port: Int) {
    get throws {
      guard let colon = listen.lastIndex(of: ":"), colon > listen.startIndex,
        let port = Int(listen[listen.index(after: colon)...]), (0...65535).contains(port)
      else { throw ValidationError("--listen is an address and a port, as 127.0.0.1:8480") }
      return (listen[..<colon].trimmingCharacters(in: ["[", "]"]), port)
    }
  }

  func run() async throws {
    let folder = try DataFolder(path: data.data, access: .read)
    if try folder.store.accounts().isEmpty {
      throw UsageProblem(
        description: "nobody could sign in: make an account with 'adwatch account add NAME --role "
          + "analyst --data \(data.data)'")
    }
    var settings = ReviewSite.Settings()
    settings.isBehindTLS = behindTLS
    settings.trustedProxy = trustedProxy
    settings.trustedHeader = trustedHeader
    let tools = reviewTools()
    let site = try ReviewSite(
      store: folder.store, folder: data.data, library: tools.patterns?.library, tools: tools,
      partners: try partners.map {
        try Partners(yaml: ConfigurationNode.loadText(path: $0), file: $0)
      },
      settings: settings, logger: ConsoleLog.logger, now: { Timestamp.now })
    let (host, port) = try address
    let server = ReviewServer(site: site, host: host, port: port, logger: ConsoleLog.logger)
    do {
      try await server.run { port in
        Output.printIgnoringErrors(
          "adwatch review: http://\(host.contains(":") ? "[\(host)]" : host):\(port)/")
      }
    } catch {
      Output.complain("adwatch: cannot serve at \(listen): \(error)")
      throw StatusError(status: .unfinished)
    }
  }

  /// Patterns are compiled when somebody decides about clusters, so that it starts at once.
  private func reviewTools() -> ReviewTools {
    var tools = ReviewTools()
    if let said = try? Settings(data: data.data) {
      tools.notifier = said.operatorName ?? ""
      tools.mailbox = said.operatorMailbox ?? ""
    }
    guard let path = try? patterns.path(), let packs = try? PatternFolder(path: path) else {
      return tools
    }
    tools.patterns = packs
    let sources = (try? seeds.folder())?.entries.map(\.source) ?? []
    tools.countries = Dictionary(
      sources.compactMap { source in source.country.map { (source.name, $0) } },
      uniquingKeysWith: { first, _ in first })
    let data = data.data
    tools.decide = { [seeds] act, why, actor, at in
      do {
        // Without the folder's lock: one transaction, after which a crawl at work forgets what it
        // remembers of links. A store of its own remembers none of them from one decision to the next.
        let linking = AdvertLinking(
          folder: try DataFolder(path: data, access: .read), seeds: try seeds.folder(),
          analyser: try PageAnalyser(
            patterns: PatternFolder(path: path), software: Program.software))
        _ = try linking.decide(act, why: why, by: actor, at: at)
      } catch CrawlError.store(let problem) {
        throw problem
      }
    }
    return tools
  }
}
