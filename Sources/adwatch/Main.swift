import ArgumentParser
import Configuration
import Crawling
import Foundation

/// The program: finds the command, runs it, and turns errors into exit codes.
@main
struct Main {
  static func main() async {
    // A reader that goes away ends the output, not the program in the middle of its work.
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try Adwatch.parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      exit(ExitStatus(error).reported(error))
    }
  }
}

/// The root command.
struct Adwatch: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "adwatch",
    abstract: "Watches adverts for indicators of trafficking in human beings.",
    discussion: """
      Crawls the sites declared in Seeds/, keeps every page as evidence, and shows the adverts whose
      indicators warrant a look by a person, with the reasons.

      Example:
        adwatch crawl --once && adwatch flags
      """,
    version: Program.version,
    subcommands: [
      Crawl.self, ImportCommand.self, Scan.self, ReplayCommand.self, Flags.self, Links.self,
      Patterns.self,
      Sources.self,
      Export.self, Verify.self, CustodyCommand.self, PurgeCommand.self, Hold.self,
      BackupCommand.self, RestoreCommand.self, AlertCommand.self, Status.self,
      ReviewCommand.self,
      AccountCommand.self, ContactsCommand.self, NoticesCommand.self, Demo.self, ImageHash.self,
    ])
}

/// Name and version of the program, as recorded with everything it does.
enum Program {
  static let version = "0.1.0"
  static let software = "adwatch/\(version)"
}
