import Dispatch
import Glibc
import Synchronization

/// A program that is started for one answer, within limits.
public struct ChildProgram: Sendable {
  /// How much it may take.
  public struct Limits: Sendable, Hashable {
    /// Seconds from its start to the end of its answer, and of processor time.
    public var seconds: Double
    /// Bytes that it may allocate; nil sets no bound.
    public var memory: Int?
    /// Bytes of its answer.
    public var output: Int
    /// Whether it may write to no file at all.
    public var writesNothing: Bool

    public init(
      seconds: Double = 5, memory: Int? = 512 << 20, output: Int = 4 << 20,
      writesNothing: Bool = false
    ) {
      self.seconds = seconds
      self.memory = memory
      self.output = output
      self.writesNothing = writesNothing
    }
  }

  /// Where the program is.
  public let path: String
  /// How much it may take.
  public var limits: Limits

  public init(path: String, limits: Limits = Limits()) {
    self.path = path
    self.limits = limits
  }

  /// Where a program is, of the folders that Debian's packages use; nil when it is not installed.
  public static func path(of name: String) -> String? {
    ["/usr/bin/", "/usr/local/bin/", "/bin/"].map { $0 + name }.first { access($0, X_OK) == 0 }
  }

  /// Where the program is that calls this; nil where the system does not say.
  public static var ownPath: String? {
    guard let path = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(path) }
    return String(cString: path)
  }

  /// What it wrote; nil when it failed, took too long or wrote too much.
  ///
  /// It is started through `prlimit` (util-linux) in a process group of its own, gets nothing of our
  /// environment, and the whole group is killed when its time is over. Blocks.
  public func run(
    _ arguments: [String], input: [UInt8] = [], in folder: String = "/"
  ) -> [UInt8]? {
    var bounds = ["/usr/bin/prlimit", "--core=0", "--cpu=\(Int(limits.seconds.rounded(.up)))"]
    if limits.writesNothing { bounds.append("--fsize=0") }
    if let memory = limits.memory { bounds.append("--as=\(memory)") }
    let words = bounds + ["--", path] + arguments
    let started = Self.starting.withLock { _ -> (give: Int32, take: Int32, child: pid_t?)? in
      guard let give = Self.pipe() else { return nil }
      guard let take = Self.pipe() else {
        close(give.out)
        close(give.in)
        return nil
      }
      let child = Self.start(
        words, ["LC_ALL=C.UTF-8", "HOME=\(folder)", "PATH=/usr/bin:/bin"], reading: give.out,
        writing: take.in)
      close(give.out)
      close(take.in)
      return (give.in, take.out, child)
    }
    guard let started else { return nil }
    defer { close(started.take) }
    guard let child = started.child else {
      close(started.give)
      return nil
    }
    _ = Self.ignoresBrokenPipes
    let answer = converse(giving: input, to: started.give, taking: started.take)
    if answer == nil { kill(-child, SIGKILL) }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    // What it left behind ends with it.
    kill(-child, SIGKILL)
    return status == 0 ? answer : nil
  }

  /// Everything until the end; nil when that is too much or comes too late.
  ///
  /// The input is given as it is taken; closes `give`.
  private func converse(
    giving input: [UInt8], to give: Int32, taking take: Int32
  ) -> [UInt8]? {
    let end = DispatchTime.now() + limits.seconds
    // A full pipe must not keep us from reading what the child says.
    _ = fcntl(give, F_SETFL, O_NONBLOCK)
    var given = 0
    var isGiving = true
    func stopGiving() {
      guard isGiving else { return }
      isGiving = false
      close(give)
    }
    defer { stopGiving() }
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      if isGiving, given == input.count { stopGiving() }
      let now = DispatchTime.now()
      guard now < end else { return nil }
      let left = (end.uptimeNanoseconds - now.uptimeNanoseconds) / 1_000_000
      // A negative descriptor is passed over.
      var waits = [
        pollfd(fd: take, events: Int16(POLLIN), revents: 0),
        pollfd(fd: isGiving ? give : -1, events: Int16(POLLOUT), revents: 0),
      ]
      guard poll(&waits, 2, Int32(clamping: left + 1)) > 0 else { continue }
      if waits[1].revents != 0 {
        let count = input.withUnsafeBytes { bytes in
          write(give, bytes.baseAddress.map { $0 + given }, bytes.count - given)
        }
        if count > 0 {
          given += count
        } else if errno != EAGAIN, errno != EINTR {
          // It reads no further, and may answer all the same.
          stopGiving()
        }
      }
      guard waits[0].revents != 0 else { continue }
      let count = Glibc.read(take, &buffer, buffer.count)
      if count == 0 { return answer }
      if count < 0 {
        guard errno == EINTR else { return nil }
        continue
      }
      answer += buffer[..<count]
      guard answer.count <= limits.output else { return nil }
    }
  }

  /// A child that ends before it reads is no reason to end ourselves.
  private static let ignoresBrokenPipes: Void = { _ = signal(SIGPIPE, SIG_IGN) }()

  /// One at a time: a pipe that another child got before it was marked would not end with its own.
  private static let starting = Mutex(())

  private static func pipe() -> (out: Int32, in: Int32)? {
    var ends: [Int32] = [0, 0]
    guard Glibc.pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  private static func start(
    _ arguments: [String], _ environment: [String], reading: Int32, writing: Int32
  ) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_adddup2(&actions, reading, 0)
    posix_spawn_file_actions_adddup2(&actions, writing, 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    posix_spawnattr_setpgroup(&attributes, 0)
    let words = (arguments.map { strdup($0) }) + [nil]
    let places = (environment.map { strdup($0) }) + [nil]
    defer { for text in words + places { free(text) } }
    var child: pid_t = 0
    let failed = posix_spawn(&child, "/usr/bin/prlimit", &actions, &attributes, words, places)
    return failed == 0 ? child : nil
  }
}
