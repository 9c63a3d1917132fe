import ArgumentParser
import Bytes
import Crawling
import Custody
import Fetching
import Foundation
import Vocabulary

/// `adwatch custody`.
struct CustodyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "custody",
    abstract: "Sign the custody log, and keep its head elsewhere.",
    discussion: """
      Example:
        adwatch custody key /etc/adwatch/signing.pem && adwatch custody head --to /media/safe
      """,
    subcommands: [CustodyKey.self, CustodyHeadCommand.self])
}

/// `adwatch custody key`.
struct CustodyKey: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key",
    abstract: "Make the key that signs heads and exports.",
    discussion: """
      Writes an Ed25519 key to FILE, which only its owner can read, and its public half to FILE.pub,
      which goes to everybody who has to check. Name FILE in adwatch.yaml as signing.key. An existing
      file is never overwritten.

      Example:
        adwatch custody key /etc/adwatch/signing.pem
      """)

  @OptionGroup var data: DataOption

  @Argument(help: "The file to make, outside of the data directory.")
  var file: String

  func run() throws {
    guard !Settings.isInside(file, data.data) else {
      throw PolicyRefusal(
        description: "\(file) is in the data directory, which the key shall vouch for; choose "
          + "another place")
    }
    let key = try SigningKey.make(at: file).publicKey
    do {
      try Data(key.pem.utf8).write(
        to: URL(fileURLWithPath: file + ".pub"), options: .withoutOverwriting)
    } catch {
      throw CustodyFailure("\(file).pub: \(error.localizedDescription)")
    }
    try Output.print("key \(key.fingerprint.labelled)")
    try Output.print(key.pem.trimmingCharacters(in: .newlines))
  }
}

/// `adwatch custody head`.
struct CustodyHeadCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "head",
    abstract: "Sign the custody log as it stands, and have it time-stamped.",
    discussion: """
      Writes the log's head (number of events, digest of the last, Merkle root over all), its signature
      and, where adwatch.yaml names an authority, its time stamp to custody/ in the data directory and
      to the folder given with --to. Keep a copy where the machine's users cannot change it.

      Example:
        adwatch custody head --to /media/safe
      """)

  @OptionGroup var data: DataOption

  @Option(help: "The signing key; by default signing.key of adwatch.yaml.")
  var key: String?

  @Option(help: "Another folder to write the head to.")
  var to: String?

  func run() async throws {
    let settings = try Settings(data: data.data)
    guard let path = key ?? settings.signingKey else {
      throw UsageProblem(
        description:
          "no signing.key in adwatch.yaml and no --key; 'adwatch custody key FILE' makes one")
    }
    let folder = try DataFolder(path: data.data, access: .write)
    let fetcher = Fetcher(logger: ConsoleLog.logger)
    let sealing = Sealing(folder, authorities: settings.authorities)
    let sealed: Sealing.Sealed
    do {
      sealed = try await sealing.seal(
        with: SigningKey(path: path), copyTo: to, by: Operator.actor, at: Timestamp.now,
        fetcher: fetcher)
    } catch {
      await fetcher.shutdown()
      throw error
    }
    await fetcher.shutdown()
    try Output.print("head \(sealed.head.events) \(sealed.head.head.labelled)")
    try Output.print("root \(sealed.head.root.labelled)")
    try Output.print("signed by \(sealed.head.key.labelled)")
    if let time = sealed.stampedAt { try Output.print("time-stamped at \(time.rfc3339)") }
    try Output.print(shown(sealed.path))
    if let problem = sealed.problem {
      Output.complain("adwatch: no time stamp: \(shown(problem))")
      throw StatusError(status: .found)
    }
  }
}
