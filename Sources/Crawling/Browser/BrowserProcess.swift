import Dispatch
import Foundation
import Glibc
import Synchronization

/// A headless Chromium that is spoken to through a pipe and has no network of its own.
///
/// It lives for one page, in a process group and a folder of its own; both are gone after `end`. Its
/// messages are JSON texts that end in a zero byte (`--remote-debugging-pipe`).
final class BrowserProcess: Sendable {
  /// Each message without its end; finishes when the browser does, or sends too much.
  let messages: AsyncStream<[UInt8]>

  private let child: pid_t
  private let input: Int32
  private let folder: URL
  private let writing = DispatchQueue(label: "adwatch.browser.write")
  private let hasEnded = Mutex(false)

  /// Where Debian's packages put the program; nil when it is not installed.
  static let program: String? = {
    let places: [String] = ["/usr/bin/chromium", "/usr/bin/chromium-headless-shell"]
    return places.first { access($0, X_OK) == 0 }
  }()

  /// Nil when it cannot be started.
  init?(program: String, agent: String, showsImages: Bool, limits: RenderLimits) {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("adwatch-browser-\(UUID().uuidString)")
    guard
      (try? FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: false,
        attributes: [.posixPermissions: 0o700])) != nil
    else { return nil }
    _ = Self.ignoresBrokenPipes
    guard let give = Self.pipe() else { return nil }
    guard let take = Self.pipe() else {
      close(give.out)
      close(give.in)
      return nil
    }
    let started = Self.start(
      ["/usr/bin/prlimit", "--core=0", "--cpu=\(limits.processorSeconds)", "--", program]
        + Self.flags(folder: folder.path, agent: agent, showsImages: showsImages),
      home: folder.path, reading: give.out, writing: take.in)
    close(give.out)
    close(take.in)
    input = give.in
    guard let started else {
      close(give.in)
      close(take.out)
      try? FileManager.default.removeItem(at: folder)
      return nil
    }
    child = started
    let (stream, continuation) = AsyncStream.makeStream(of: [UInt8].self)
    messages = stream
    let (output, maximum) = (take.out, limits.messageBytes)
    // A thread of its own: reading blocks for as long as the page works.
    Thread.detachNewThread {
      Self.read(output, maximum: maximum, into: continuation)
      close(output)
      continuation.finish()
    }
  }

  /// Queues a message; one that the browser does not take in is lost with it.
  func send(_ message: [UInt8]) {
    let input = input
    writing.async { [self] in
      guard !hasEnded.withLock({ $0 }) else { return }
      var rest = (message + [0])[...]
      while !rest.isEmpty {
        let count = rest.withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return }
        rest = rest.dropFirst(count)
      }
    }
  }

  /// Kills it with all its children and removes its folder; returns at once.
  func end() {
    let isFirst = hasEnded.withLock { ended in
      defer { ended = true }
      return !ended
    }
    guard isFirst else { return }
    kill(-child, SIGKILL)
    let (child, folder, input) = (child, folder, input)
    writing.async {
      close(input)
      var status: Int32 = 0
      while waitpid(child, &status, 0) < 0, errno == EINTR {}
      kill(-child, SIGKILL)
      try? FileManager.default.removeItem(at: folder)
    }
  }

  private static func flags(folder: String, agent: String, showsImages: Bool) -> [String] {
    var flags = [
      "--headless=new", "--remote-debugging-pipe", "--user-data-dir=\(folder)/profile",
      "--user-agent=\(agent)", "--window-size=1280,1024", "--no-first-run", "--mute-audio",
      "--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions", "--disable-sync",
      "--disable-background-networking", "--disable-component-update", "--disable-default-apps",
      "--disable-domain-reliability", "--disable-breakpad", "--dns-prefetch-disable", "--no-pings",
      "--disable-features=OptimizationHints,MediaRouter,Translate,AutofillServerCommunication",
      "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
      // What is not intercepted finds no name and a proxy at a port where nobody listens.
      "--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=127.0.0.1:9",
      "--proxy-bypass-list=<-loopback>",
    ]
    if !showsImages { flags.append("--blink-settings=imagesEnabled=false") }
    // Its sandbox refuses to run as root; services run as a user of their own.
    if getuid() == 0 { flags.append("--no-sandbox") }
    return flags
  }

  private static func read(
    _ descriptor: Int32, maximum: Int, into continuation: AsyncStream<[UInt8]>.Continuation
  ) {
    var message: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      var rest = buffer[..<count]
      while let end = rest.firstIndex(of: 0) {
        continuation.yield(message + rest[..<end])
        message.removeAll(keepingCapacity: true)
        rest = rest[(end + 1)...]
      }
      message += rest
      guard message.count <= maximum else { return }
    }
  }

  /// A browser that ends before it reads is no reason to end ourselves.
  private static let ignoresBrokenPipes: Void = { _ = signal(SIGPIPE, SIG_IGN) }()

  /// Both ends above the numbers that the child gives them.
  private static func pipe() -> (out: Int32, in: Int32)? {
    var ends: [Int32] = [0, 0]
    guard Glibc.pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let moved = ends.map { fcntl($0, F_DUPFD_CLOEXEC, 10) }
    for end in ends { close(end) }
    guard moved.allSatisfy({ $0 >= 0 }) else {
      for end in moved where end >= 0 { close(end) }
      return nil
    }
    return (moved[0], moved[1])
  }

  private static func start(
    _ arguments: [String], home: String, reading: Int32, writing: Int32
  ) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, reading, 3)
    posix_spawn_file_actions_adddup2(&actions, writing, 4)
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP) | Int16(POSIX_SPAWN_SETSIGMASK))
    posix_spawnattr_setpgroup(&attributes, 0)
    let words = arguments.map { strdup($0) } + [nil]
    let environment: [String] = ["LC_ALL=C.UTF-8", "HOME=\(home)", "PATH=/usr/bin:/bin"]
    let places = environment.map { strdup($0) } + [nil]
    defer { for text in words + places { free(text) } }
    var child: pid_t = 0
    let failed = posix_spawn(&child, "/usr/bin/prlimit", &actions, &attributes, words, places)
    return failed == 0 ? child : nil
  }
}
