import ArgumentParser
import CaseStore
import Crawling
import Foundation
import Review
import Vocabulary

/// `adwatch account`.
struct AccountCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "account", abstract: "Who may sign in to the review, and in which role.",
    discussion: """
      Passwords are asked for on the terminal, or read as one line from standard input; never given
      as an argument. Every change stands in the custody log and ends the account's sessions.

      Example:
        adwatch account add j.jansen --role analyst
      """,
    subcommands: [
      AccountAdd.self, AccountList.self, AccountDisable.self, AccountEnable.self,
      AccountRoles.self, AccountPassword.self, AccountSecondFactor.self,
    ])
}

/// A role as it is named on the command line.
private func role(_ text: String) throws -> Role {
  guard let role = Role(rawValue: text) else {
    throw ValidationError(
      "there is no role '\(shown(text))'; roles are "
        + Role.allCases.map(\.rawValue).joined(separator: ", "))
  }
  return role
}

/// An account that is changed.
struct AccountArgument: ParsableArguments {
  @Argument(help: "Name of the account: small letters, digits, '.', '-' and '_'.")
  var name: String

  @OptionGroup var data: DataOption

  func change(_ change: CaseStore.AccountChange) throws {
    try reportingRefusals {
      try AccountFolder.open(data.data).store.change(
        account: name, change, by: Operator.actor, at: Timestamp.now)
    }
  }

  /// What the store refuses is wrong usage here.
  func reportingRefusals(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch CaseStoreError.refused(let why) {
      throw UsageProblem(description: shown(why))
    }
  }
}

private enum AccountFolder {
  /// Beside a crawl or a review too: one transaction takes no lock of its own.
  static func open(_ path: String) throws -> DataFolder {
    try DataFolder(path: path, access: .read)
  }
}

/// `adwatch account add`.
struct AccountAdd: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Makes an account; asks for its password.",
    discussion: """
      Example:
        adwatch account add j.jansen --role analyst --role investigator
      """)

  @OptionGroup var account: AccountArgument

  @Option(
    name: .customLong("role"),
    help:
      "investigator, analyst, operator, notice-officer, auditor or administrator; may be repeated.",
    transform: role)
  var roles: [Role]

  func run() throws {
    let folder = try AccountFolder.open(account.data.data)
    let hash = try PasswordPrompt.newHash()
    try account.reportingRefusals {
      try folder.store.addAccount(
        login: account.name, passwordHash: hash, roles: Set(roles), by: Operator.actor,
        at: Timestamp.now)
    }
  }
}

/// `adwatch account list`.
struct AccountList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The accounts with their roles.",
    discussion: """
      Example:
        adwatch account list
      """)

  @OptionGroup var data: DataOption

  func run() throws {
    for account in try AccountFolder.open(data.data).store.accounts() {
      let roles = account.roles.map(\.rawValue).sorted().joined(separator: ", ")
      let factor = account.secondFactor == nil ? "" : ", second factor"
      let seen = account.signedInAt.map { ", signed in \($0.rfc3339)" } ?? ""
      let disabled = account.disabledAt.map { ", disabled since \($0.rfc3339)" } ?? ""
      try Output.print("\(account.login): \(roles)\(factor)\(seen)\(disabled)")
    }
  }
}

/// `adwatch account disable`.
struct AccountDisable: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "disable", abstract: "An account may not sign in any more.",
    discussion: """
      Example:
        adwatch account disable j.jansen
      """)

  @OptionGroup var account: AccountArgument

  func run() throws { try account.change(.disabled) }
}

/// `adwatch account enable`.
struct AccountEnable: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "enable", abstract: "A disabled account may sign in again.",
    discussion: """
      Example:
        adwatch account enable j.jansen
      """)

  @OptionGroup var account: AccountArgument

  func run() throws { try account.change(.enabled) }
}

/// `adwatch account roles`.
struct AccountRoles: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "roles", abstract: "Gives an account other roles.",
    discussion: """
      Example:
        adwatch account roles j.jansen --role auditor
      """)

  @OptionGroup var account: AccountArgument

  @Option(
    name: .customLong("role"), help: "A role that it has from now on; may be repeated.",
    transform: role)
  var roles: [Role]

  func run() throws { try account.change(.roles(Set(roles))) }
}

/// `adwatch account password`.
struct AccountPassword: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "password", abstract: "Gives an account a new password; asks for it.",
    discussion: """
      Example:
        adwatch account password j.jansen
      """)

  @OptionGroup var account: AccountArgument

  func run() throws { try account.change(.password(hash: try PasswordPrompt.newHash())) }
}

/// `adwatch account second-factor`.
struct AccountSecondFactor: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "second-factor",
    abstract: "Has an account sign in with an authenticator's code too.",
    discussion: """
      Prints the new secret once, as an address that authenticators read.

      Example:
        adwatch account second-factor j.jansen
      """)

  @OptionGroup var account: AccountArgument

  @Flag(help: "Take the second factor away.")
  var remove = false

  func run() throws {
    let secret = remove ? nil : OneTimeCode.newSecret()
    try account.change(.secondFactor(secret))
    if let secret { try Output.print(OneTimeCode.address(secret: secret, login: account.name)) }
  }
}
