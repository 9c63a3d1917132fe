import ArgumentParser
import CaseStore
import Configuration
import Crawling
import Fetching
import Notices
import Vocabulary
import WebAddress

/// `adwatch contacts`.
struct ContactsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "contacts",
    abstract: "Who can be written to about an address, with the evidence of every look-up.",
    discussion: """
      For every rung (site, platform, cdn, host, network, registrar, partner) says
      who to write to, where that was found, and why the others are not taken.
      Nothing is sent to anybody.

      Example:
        adwatch contacts https://jobs.example/advert/12
        adwatch contacts check /etc/adwatch/contacts.yaml
      """,
    subcommands: [ContactsFind.self, ContactsCheck.self, ContactsShow.self],
    defaultSubcommand: ContactsFind.self)
}

/// `adwatch contacts find`.
struct ContactsFind: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "find", abstract: "Looks for contacts; the default.",
    discussion: """
      In this order: the directory that people keep, RDAP, WHOIS, security.txt, the
      zone's own address, and guesses by RFC 2142, which are marked so. Every look-
      up is kept and not repeated while it is fresh. Exits with 1 when nobody was
      found but by guessing.

      Example:
        adwatch contacts find --offline --json https://jobs.example/advert/12
      """)

  @Flag(help: "One JSON object (adwatch.contacts/1).")
  var json = false

  @Flag(help: "Ask again, also what is fresh.")
  var refresh = false

  @Flag(help: "Ask nobody: only the directory and what is stored.")
  var offline = false

  @Flag(help: "Ask nothing of the site itself: it may be run by the person in the advert.")
  var skipSite = false

  @OptionGroup var data: DataOption

  @Argument(help: "The address.")
  var url: String

  func validate() throws {
    if offline, refresh { throw ValidationError("--offline asks nobody, and --refresh asks again") }
  }

  func run() async throws {
    guard let address = Address(url) else {
      throw UsageProblem(description: "'\(shown(url))' is no address")
    }
    let settings = try Settings(data: data.data)
    let contacts = settings.contacts
    var directory = try ContactDirectory.fronts()
    if let path = contacts.directory {
      directory = try ContactDirectory(path: path, rules: contacts.rules).before(directory)
    }
    let store = try DataFolder(path: data.data, access: .read).store
    var manner = ContactSearch.Manner()
    manner.isOffline = offline || contacts.isOffline
    if refresh, manner.isOffline {
      throw PolicyRefusal(description: "contacts.offline is set in adwatch.yaml: nobody is asked")
    }
    manner.isRefreshing = refresh
    manner.skipsSite = skipSite
    let fetcher = Fetcher(
      configuration: FetcherConfiguration(resolver: ContactNetwork.hosts(contacts)),
      logger: ConsoleLog.logger)
    let identity = settings.contact.map { " (+\($0))" } ?? ""
    let now = Timestamp.now
    var search: ContactSearch
    do throws(ContactSearch.Problem) {
      search = try ContactSearch(
        address, settings: contacts, directory: directory, store: store,
        asker: ContactNetwork(
          settings: contacts, fetcher: fetcher, userAgent: "Adwatch/\(Program.version)\(identity)",
          clock: { Timestamp.now }),
        actor: Operator.actor, manner: manner, now: now)
    } catch {
      await fetcher.shutdown()
      throw PolicyRefusal(description: shown(error.description))
    }
    let result: ContactSearch.Result
    do {
      result = try await search.run()
    } catch {
      await fetcher.shutdown()
      throw error
    }
    await fetcher.shutdown()
    let own = [settings.operatorMailbox, settings.mail?.from].compactMap { $0 }
    let ladder = try result.ladder(store: store, own: own)
    try store.keepContacts(
      ladder.rows(host: result.host, at: now), host: result.host, by: Operator.actor, at: now)
    let report = ContactReport(result: result, ladder: ladder, isOffline: manner.isOffline, at: now)
    if json {
      try Output.write(report.json)
    } else {
      for line in report.lines { try Output.print(line) }
    }
    let isFound = ladder.rungs.contains { rung in
      rung.rung != .partner && rung.chosen.map { $0.confidence != .guess } ?? false
    }
    if !isFound {
      throw StatusError(status: .found)
    }
  }
}

/// `adwatch contacts check`.
struct ContactsCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Reads a directory of contacts and says what is wrong with it.",
    discussion: """
      Entries that were last looked at more than 180 days ago are named, and the exit code is 1.

      Example:
        adwatch contacts check /etc/adwatch/contacts.yaml
      """)

  @OptionGroup var data: DataOption

  @Argument(help: "The file; by default contacts.directory of adwatch.yaml.")
  var file: String?

  func run() throws {
    let settings = try Settings(data: data.data).contacts
    guard let path = file ?? settings.directory else {
      throw UsageProblem(
        description: "no file is named, and adwatch.yaml has no contacts.directory")
    }
    let directory = try ContactDirectory(path: path, rules: settings.rules)
    let day = Int(Timestamp.now.seconds / 86_400)
    let old = directory.entries.filter { ContactDirectory.isOld($0, on: day) }
    for entry in old {
      try Output.print(
        "\(shown(path)):\(entry.line): '\(shown(entry.name))' was last looked at on "
          + "\(entry.checked?.description ?? "no day"); look again")
    }
    guard old.isEmpty else { throw StatusError(status: .found) }
    try Output.print("\(directory.entries.count) contacts, nothing wrong.")
  }
}

/// `adwatch contacts show`.
struct ContactsShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "A look-up as it is kept: what was asked of whom, and the answer.",
    discussion: """
      With --raw the answer's bytes and nothing else, for sha256sum.

      Example:
        adwatch contacts show 12 --raw | sha256sum
      """)

  @Flag(help: "The bytes of the answer and nothing else.")
  var raw = false

  @OptionGroup var data: DataOption

  @Argument(help: "Number of the look-up.")
  var number: Int64

  func run() throws {
    let store = try DataFolder(path: data.data, access: .read).store
    guard let lookup = try store.lookup(number) else {
      throw UsageProblem(description: "there is no look-up \(number)")
    }
    guard !raw else { return try Output.write(lookup.answer) }
    for line in ContactReport.lines(of: lookup) { try Output.print(line) }
    try Output.print("")
    for line in String(decoding: lookup.answer, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
    {
      try Output.print("  " + shown(String(line)))
    }
  }
}
