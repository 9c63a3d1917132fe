import ArgumentParser
import CaseStore
import Crawling
import Foundation
import Review
import Vocabulary

/// `--as`: which account acts, let in with its own password and, where it has one, its second factor.
struct PersonOption: ParsableArguments {
  @Option(name: .customLong("as"), help: "The account that does it; its password is asked for.")
  var login: String

  /// Failed attempts within a quarter of an hour after which nobody is let in.
  private static let mostAttempts = 10

  /// The account, and the time step of the code that was given, which is not used up yet.
  ///
  /// Throws `PolicyRefusal` for a wrong password or code, whichever it was.
  func letIn(_ store: CaseStore, needsCode: Bool = false) throws -> (account: Account, step: Int64)
  {
    let password = try PasswordPrompt.existing("Password of \(shown(login)): ")
    guard
      try store.attemptSignIn(
        login: login, address: "command line", mostOfLogin: Self.mostAttempts,
        mostOfAddress: Self.mostAttempts * 5, window: 900, at: Timestamp.now)
    else {
      throw PolicyRefusal(description: "too many attempts; try again in a quarter of an hour")
    }
    let account = try store.account(login: login)
    let isRight = account.map { account in
      account.disabledAt == nil
        && PasswordHash(text: account.passwordHash)?.matches(password) == true
    }
    var step: Int64 = 0
    var isComplete = isRight == true
    if let secret = account?.secondFactor {
      let code = try PasswordPrompt.existing("Code of the second factor: ")
      let now = Timestamp.now.milliseconds / 1000 / OneTimeCode.step
      let found = ((now - 1)...(now + 1)).last {
        OneTimeCode.code(secret: secret, at: $0).map { Array($0.utf8) } == code
      }
      if let found { step = found } else { isComplete = false }
    } else if needsCode {
      throw PolicyRefusal(
        description: "this takes a second factor; 'adwatch account second-factor' sets one")
    }
    guard isComplete, let account else {
      try store.recordFailedSignIn(login: login, from: "command line", at: Timestamp.now)
      throw PolicyRefusal(description: "the password or the code is wrong")
    }
    try store.forgetAttempts(login: login)
    return (account, step)
  }

  /// The account, its code used up.
  func account(_ store: CaseStore) throws -> Account {
    let (account, step) = try letIn(store)
    if account.secondFactor != nil {
      guard try store.useStep(step, of: account) else {
        throw PolicyRefusal(description: "this code was used before; wait for the next one")
      }
    }
    return account
  }
}

/// What the guards of the database refuse is refused by policy.
func refusingByPolicy<T>(_ body: () throws -> T) throws -> T {
  do {
    return try body()
  } catch CaseStoreError.refused(let why) {
    throw PolicyRefusal(description: shown(why))
  }
}
