import Dispatch
import Foundation
import Synchronization

/// A program that is started for one answer, within limits.
struct ChildProgram {
  /// How much it may take.
  struct Limits {
    var seconds = 5.0
    /// Bytes that it may allocate; nil sets no bound.
    var memory: Int? = 512 << 20
    /// Bytes of its answer.
    var output = 4 << 20
  }

  let path: String
  var limits = Limits()

  /// Where a program is, of the folders that Debian's packages use; nil when it is not installed.
  static func path(of name: String) -> String? {
    ["/usr/bin/", "/usr/local/bin/", "/bin/"].map { $0 + name }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// What it wrote; nil when it failed, took too long or wrote too much.
  ///
  /// It is started through `prlimit` (util-linux), gets nothing of our environment, and is killed when
  /// its time is over. Blocks; `input` is at most what a pipe holds.
  func run(_ arguments: [String], input: [UInt8] = [], in folder: String = "/") -> [UInt8]? {
    guard input.count <= 60_000 else { return nil }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/prlimit")
    var bounds = ["--core=0", "--cpu=\(Int(limits.seconds.rounded(.up)))"]
    if let memory = limits.memory { bounds.append("--as=\(memory)") }
    process.arguments = bounds + ["--", path] + arguments
    process.environment = ["LC_ALL": "C.UTF-8", "HOME": folder, "PATH": "/usr/bin:/bin"]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    let (give, take) = (Pipe(), Pipe())
    process.standardInput = give
    process.standardOutput = take
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let number = process.processIdentifier
    let isOver = Mutex(false)
    let watch = DispatchWorkItem { isOver.withLock { if !$0 { kill(number, SIGKILL) } } }
    DispatchQueue.global().asyncAfter(deadline: .now() + limits.seconds, execute: watch)
    try? give.fileHandleForWriting.write(contentsOf: Data(input))
    try? give.fileHandleForWriting.close()
    var answer: [UInt8] = []
    while let part = try? take.fileHandleForReading.read(upToCount: 64 << 10), !part.isEmpty {
      answer += part
      if answer.count > limits.output {
        kill(number, SIGKILL)
        break
      }
    }
    process.waitUntilExit()
    isOver.withLock { $0 = true }
    watch.cancel()
    return process.terminationStatus == 0 && process.terminationReason == .exit
      && answer.count <= limits.output ? answer : nil
  }
}
