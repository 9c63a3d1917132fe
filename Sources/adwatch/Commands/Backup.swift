import ArgumentParser
import Bytes
import CaseStore
import Crawling
import Operations
import Vocabulary

/// `adwatch backup`.
struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copy the data directory, while a crawl runs too.",
    discussion: """
      Copies the database in one consistent state and the archive as far as that state knows it. Into
      the folder of an earlier backup only what changed is copied. Keys and passwords, which lie
      outside of the data directory, are not part of it. What was purged since goes from the copy
      with the next backup into the same folder.

      Example:
        adwatch backup /media/safe/adwatch
      """)

  @OptionGroup var data: DataOption

  @Argument(help: "The folder of the backup.")
  var folder: String

  func run() throws {
    guard !Settings.isInside(folder + "/x", data.data) else {
      throw UsageProblem(
        description: "\(folder) is in the data directory that it is to be a copy of")
    }
    let source = try DataFolder(path: data.data, access: .read)
    let result = try Backup(folder).take(from: source, at: Timestamp.now)
    try Output.print(
      "\(result.files) files, \(ProgressDisplay.bytes(Int(result.copied))) copied to \(folder)")
    if let head = result.head {
      try Output.print("head \(head.sequence) sha256:\(Hex.encode(head.digest))")
    }
  }
}

/// `adwatch restore`.
struct RestoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Put a backup back into an empty data directory.",
    discussion: """
      What sites asked for after the backup is not in it. So nothing is fetched from anybody before
      --wait is over, nor before each group's own delay, and robots.txt is asked for first. The
      restoring is an entry of the custody log. Verify with a head that was kept elsewhere: it shows
      which entries the backup does not have.

      Example:
        adwatch restore /media/safe/adwatch --data /srv/adwatch && adwatch verify --data /srv/adwatch
      """)

  @OptionGroup var data: DataOption

  @Argument(help: "The folder of the backup.")
  var folder: String

  @Option(help: "Seconds in which no site is asked for anything.")
  var wait = 3600.0

  func validate() throws {
    guard wait >= 0, wait <= 366 * 86_400 else {
      throw ValidationError("--wait is a number of seconds, a year at the most")
    }
  }

  func run() throws {
    let result = try Backup(folder).restore(
      to: data.data, wait: wait, by: Operator.actor, at: Timestamp.now)
    try Output.print(
      "\(result.files) files, \(ProgressDisplay.bytes(Int(result.copied))) restored to \(data.data)"
    )
    if let head = result.head {
      try Output.print("head \(head.sequence) sha256:\(Hex.encode(head.digest))")
    }
  }
}
