import ArgumentParser
import CaseStore
import Configuration
import Crawling
import Custody
import Foundation
import Operations

/// Exit codes, which scripts rely on.
enum ExitStatus: Int32 {
  /// Done.
  case done = 0
  /// Found the problems it was asked to look for, or some inputs failed.
  case found = 1
  /// Wrong usage or configuration.
  case usage = 2
  /// Could not finish.
  case unfinished = 3
  /// Refused by policy.
  case refused = 4

  init(_ error: any Error) {
    switch error {
    case let status as StatusError: self = status.status
    case is ConfigurationProblems, is UsageProblem: self = .usage
    case CrawlError.folder: self = .usage
    case is CrawlError, is CaseStoreError, is CustodyFailure, is Backup.Failure: self = .unfinished
    case is MetricsServer.Failure: self = .usage
    case is PolicyRefusal: self = .refused
    case OutputProblem.closed: self = .done
    case is OutputProblem: self = .unfinished
    default: self = Adwatch.exitCode(for: error) == .success ? .done : .usage
    }
  }

  /// Says on standard error what went wrong, and returns the code.
  func reported(_ error: any Error) -> Int32 {
    switch error {
    case is StatusError, OutputProblem.closed: break
    case is ConfigurationProblems, is UsageProblem, is CrawlError, is CaseStoreError,
      is OutputProblem, is CustodyFailure, is PolicyRefusal, is Backup.Failure,
      is MetricsServer.Failure:
      Output.complain("adwatch: \(error)")
    default:
      let text = Adwatch.fullMessage(for: error)
      if self == .done { Output.printIgnoringErrors(text) } else { Output.complain(text) }
    }
    return rawValue
  }
}

/// Ends a command with a code, everything being said already.
struct StatusError: Error {
  var status: ExitStatus
}

/// Wrong usage that the argument parser cannot see.
struct UsageProblem: Error, CustomStringConvertible {
  var description: String
}

/// What was asked for is against a rule that this program keeps.
struct PolicyRefusal: Error, CustomStringConvertible {
  var description: String
}
