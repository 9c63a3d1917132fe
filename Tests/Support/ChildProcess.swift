public import Glibc

/// A program that a test starts, without Foundation.
///
/// Foundation's `Process` hands down the signal mask of the Dispatch thread that starts it, in which
/// SIGTERM is blocked, and waits on a run loop that this thread does not have.
public struct ChildProcess: Sendable {
  public let identifier: pid_t

  /// Why there is no process.
  public struct Failure: Error { public let path: String, code: Int32 }

  /// Starts a program with no input, its output in a file, in the current directory or another.
  public init(
    _ path: String, _ arguments: [String], output: String = "/dev/null", directory: String? = nil
  ) throws {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    // The call that would change the folder is hidden from Swift; a shell does it.
    let moved = ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", directory ?? "/", path]
    let program = directory == nil ? [path] : moved
    let words = (program + arguments).map { strdup($0) }
    defer { for word in words { free(word) } }
    var identifier: pid_t = 0
    let code = posix_spawn(&identifier, program[0], &actions, &attributes, words + [nil], environ)
    guard code == 0 else { throw Failure(path: path, code: code) }
    self.identifier = identifier
  }

  /// Waits for the end; the exit code, or minus the signal that ended it.
  @discardableResult
  public func wait() -> Int32 {
    var status: Int32 = 0
    while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
    return Self.code(status)
  }

  /// The exit code if it has ended.
  public func poll() -> Int32? {
    var status: Int32 = 0
    return waitpid(identifier, &status, WNOHANG) == identifier ? Self.code(status) : nil
  }

  /// Asks it to end, and insists after some seconds.
  public func stop(patience: Int = 5) {
    kill(identifier, SIGTERM)
    for _ in 0..<(patience * 200) {
      if poll() != nil { return }
      usleep(5_000)
    }
    kill(identifier, SIGKILL)
    wait()
  }

  private static func code(_ status: Int32) -> Int32 {
    status & 0x7F == 0 ? (status >> 8) & 0xFF : -(status & 0x7F)
  }
}
