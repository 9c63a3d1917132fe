import Foundation
import Review

/// Asks for a new password: twice on a terminal without showing it, else one line of standard input.
enum PasswordPrompt {
  /// The password, derived for storing.
  ///
  /// Throws `UsageProblem` for one that is too short or too long.
  static func newHash() throws -> String {
    let password: [UInt8]
    if isatty(STDIN_FILENO) == 1 {
      password = try hidden("New password: ")
      guard try hidden("Once more: ") == password else {
        throw UsageProblem(description: "the two passwords differ")
      }
    } else {
      password = Array((readLine(strippingNewline: true) ?? "").utf8)
    }
    guard password.count >= PasswordHash.shortest, password.count <= PasswordHash.longest else {
      throw UsageProblem(
        description: "a password has \(PasswordHash.shortest) to \(PasswordHash.longest) bytes")
    }
    guard let hash = PasswordHash(password) else {
      throw UsageProblem(description: "there is not enough memory to derive a key")
    }
    return hash.text
  }

  /// A password or code that is there already: hidden on a terminal, else one line of standard input.
  static func existing(_ prompt: String) throws -> [UInt8] {
    if isatty(STDIN_FILENO) == 1 { return try hidden(prompt) }
    return Array((readLine(strippingNewline: true) ?? "").utf8)
  }

  private static func hidden(_ prompt: String) throws -> [UInt8] {
    var settings = termios()
    guard tcgetattr(STDIN_FILENO, &settings) == 0 else {
      throw UsageProblem(description: "the terminal cannot be asked for a password")
    }
    let before = settings
    settings.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
    defer {
      var before = before
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
      Output.complain("")
    }
    Output.complain(bytes: Array(prompt.utf8))
    return Array((readLine(strippingNewline: true) ?? "").utf8)
  }
}
