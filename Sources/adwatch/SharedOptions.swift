import Analysis
import ArgumentParser
import CaseStore
import Configuration
import Crawling
import Fetching
import Foundation
import Matching
import Notices
import Operations
import WebAddress

/// `--data`.
struct DataOption: ParsableArguments {
  @Option(help: "The data directory.")
  var data = "./adwatch-data"
}

/// `--patterns`.
struct PatternsOption: ParsableArguments {
  @Option(help: "The folder of pattern packs; by default ./Patterns, else $ADWATCH_PATTERNS.")
  var patterns: String?

  /// Reads and compiles the packs.
  func analyser() throws -> PageAnalyser {
    try PageAnalyser(patterns: PatternFolder(path: path()), software: Program.software)
  }

  /// Reads and compiles the packs, and follows their changes from then on.
  func watch() throws -> PatternWatch {
    try PatternWatch(path: path(), software: Program.software, logger: ConsoleLog.logger)
  }

  /// The packs, where there are any that can be read: for the titles of indicators.
  func libraryIfAny() -> PatternLibrary? {
    guard let path = try? path() else { return nil }
    return try? PatternFolder(path: path).library
  }

  /// The folder that is meant.
  func path() throws -> String {
    if let patterns { return patterns }
    if FileManager.default.fileExists(atPath: "Patterns/assessment.yaml") { return "Patterns" }
    if let path = ProcessInfo.processInfo.environment["ADWATCH_PATTERNS"], !path.isEmpty {
      return path
    }
    throw UsageProblem(
      description: "no ./Patterns here; name the pattern packs with --patterns or "
        + "$ADWATCH_PATTERNS")
  }
}

/// `--seeds`.
struct SeedsOption: ParsableArguments {
  @Option(help: "The folder of sources, or one source's file.")
  var seeds = "./Seeds"

  func folder() throws -> SeedFolder { try SeedFolder(path: seeds) }
}

/// Who runs the command: the name that stands in the custody log.
enum Operator {
  static var actor: Actor {
    let user = ProcessInfo.processInfo.userName
    return Actor(
      name: "\(user.isEmpty ? "unknown" : user)@\(ProcessInfo.processInfo.hostName)", kind: .person)
  }
}

/// The settings file of a data directory, `adwatch.yaml`.
struct Settings {
  /// Whom to write to about the crawl, where a source names nobody.
  var contact: String?
  /// Name and mailbox of whoever writes notices, as they stand in the file.
  var operatorName: String?
  var operatorMailbox: String?
  /// The file of the key that signs heads and exports.
  var signingKey: String?
  /// Time-stamping authorities, each asked for every head.
  var authorities: [Sealing.Authority] = []
  /// Seconds for which is kept what its source says nothing about; nil keeps it.
  var retention: Int64?
  /// How mail is sent; nil when it is not.
  var mail: MailSettings?
  /// Who is told when something has to be known.
  var alertTo: [String] = []
  /// Where they look.
  var alertLink: String?
  /// From when on.
  var alertRules = AlertRules()
  /// Whom look-ups of contacts ask.
  var contacts = ContactSettings()

  /// Reads the file when there is one.
  init(data: String) throws(ConfigurationProblems) {
    let path = data + "/adwatch.yaml"
    guard FileManager.default.fileExists(atPath: path) else { return }
    var reader = ConfigurationReader()
    let root = reader.mapping(
      try ConfigurationNode.load(path: path),
      keys: ["operator", "signing", "custody", "retention", "mail", "alerts", "contacts"])
    if let node = root?["operator"],
      let fields = reader.mapping(node, keys: ["name", "contact"])
    {
      let name = fields["name"].flatMap { reader.string($0) }
      let contact = fields["contact"].flatMap { reader.string($0) }
      operatorName = name
      operatorMailbox = contact
      let both = [name, contact].compactMap { $0 }.joined(separator: ", ")
      self.contact = both.isEmpty ? nil : both
    }
    if let node = root?["signing"], let fields = reader.mapping(node, keys: ["key"]) {
      signingKey = fields["key"].flatMap { reader.string($0) }
      if let key = signingKey, Self.isInside(key, data) {
        reader.report("the key has to be outside of the data directory", at: node)
      }
    }
    if let node = root?["custody"],
      let fields = reader.mapping(node, keys: ["authority", "certificates"]),
      let authority = fields["authority"]
    {
      let certificates = fields["certificates"].flatMap { reader.string($0) }
      let address = reader.string(authority).flatMap { Address($0) }
      if let address, let certificates, ["http", "https"].contains(address.scheme) {
        authorities = [Sealing.Authority(address: address, certificates: certificates)]
      } else {
        reader.report(
          "an http or https address, with 'certificates', a PEM file, beside it",
          at: authority)
      }
    }
    if let node = root?["retention"], let fields = reader.mapping(node, keys: ["general"]) {
      retention = fields["general"].flatMap { reader.duration($0) }.map { Int64($0) }
    }
    if let node = root?["mail"] { mail = MailSettings(node, data: data, &reader) }
    if let node = root?["alerts"] { readAlerts(node, &reader) }
    if let node = root?["contacts"] { contacts = ContactSettings(node, &reader) }
    try reader.finish()
  }

  private mutating func readAlerts(
    _ node: ConfigurationNode, _ reader: inout ConfigurationReader
  ) {
    guard
      let fields = reader.mapping(node, keys: ["to", "link", "disk_free_gb", "age", "again"])
    else { return }
    alertTo = fields["to"].flatMap { reader.strings($0) } ?? []
    if let to = fields["to"], !alertTo.allSatisfy(Mail.isAddress) {
      reader.report("mail addresses, as name@host", at: to)
    }
    alertLink = fields["link"].flatMap { reader.string($0) }
    let most = 1_000_000.0
    if let free = fields["disk_free_gb"].flatMap({ reader.number($0, in: 0...most) }) {
      alertRules.diskFree = Int64(free * 1_000_000_000)
    }
    if let age = fields["age"].flatMap({ reader.duration($0) }) { alertRules.age = age }
    if let again = fields["again"].flatMap({ reader.duration($0) }) { alertRules.again = again }
  }

  /// Whether a path leads into a folder.
  static func isInside(_ path: String, _ folder: String) -> Bool {
    let file = URL(fileURLWithPath: path).resolvingSymlinksInPath().deletingLastPathComponent()
    let data = URL(fileURLWithPath: folder).resolvingSymlinksInPath()
    return (file.path + "/").hasPrefix(data.path + "/")
  }
}

/// The section `mail` of the settings.
struct MailSettings {
  /// `smtp://host:port` or `smtps://host:port`.
  var url: String
  /// The sender's address.
  var from: String
  /// The name to sign in with, and the file of the password.
  var user: String?
  var passwordFile: String?
  /// The file of the key that makes reply tokens of notices.
  var tokenKey: String?
  /// Whether the connection has to be encrypted.
  var requiresTLS = true
  /// PEM file of authorities instead of the system's.
  var authorities: String?

  /// Nil when something is wrong, which the reader was told then.
  init?(_ node: ConfigurationNode, data: String, _ reader: inout ConfigurationReader) {
    let keys = ["server", "from", "user", "password_file", "tls", "ca", "token_key"]
    guard let fields = reader.mapping(node, keys: keys) else { return nil }
    let server = fields["server"].flatMap { reader.string($0) }
    let from = fields["from"].flatMap { reader.string($0) }
    user = fields["user"].flatMap { reader.string($0) }
    passwordFile = fields["password_file"].flatMap { reader.string($0) }
    authorities = fields["ca"].flatMap { reader.string($0) }
    tokenKey = fields["token_key"].flatMap { reader.string($0) }
    for path in [tokenKey].compactMap({ $0 }) where Settings.isInside(path, data) {
      reader.report("the key has to be outside of the data directory", at: node)
    }
    requiresTLS = fields["tls"].flatMap { reader.boolean($0) } ?? true
    if let path = passwordFile, Settings.isInside(path, data) {
      reader.report("the password has to be outside of the data directory", at: node)
    }
    guard let server, server.hasPrefix("smtp://") || server.hasPrefix("smtps://"), let from,
      Mail.isAddress(from)
    else {
      reader.report("'server', as smtp://host:587, and 'from', as name@host", at: node)
      return nil
    }
    url = server
    self.from = from
  }

  /// The server with the password, which is read now and kept nowhere.
  func server() throws -> MailServer {
    var server = MailServer(url: url, requiresTLS: requiresTLS, authorities: authorities)
    guard let user else { return server }
    guard let path = passwordFile, let bytes = FileManager.default.contents(atPath: path) else {
      throw UsageProblem(description: "mail.password_file cannot be read")
    }
    let password = String(decoding: bytes, as: UTF8.self)
    server.login = (user, password.trimmingCharacters(in: .newlines))
    return server
  }
}
