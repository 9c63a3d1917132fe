public import Foundation

/// Programs of other people that check what we write: those of the folder `$ADWATCH_TOOLS`.
public enum Tools {
  /// The folder; empty when there is none.
  public static let folder = ProcessInfo.processInfo.environment["ADWATCH_TOOLS"] ?? ""

  /// Whether a program is there.
  public static func have(_ name: String) -> Bool {
    !folder.isEmpty && FileManager.default.isExecutableFile(atPath: "\(folder)/\(name)")
  }

  /// A program ready to be started.
  public static func process(_ name: String, _ arguments: [String], in directory: String) -> Process
  {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "\(folder)/\(name)")
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: directory)
    return process
  }

  /// Starts a process with no signal blocked.
  ///
  /// Threads that tests run on block them all and children inherit that; pywb then never answers.
  public static func start(_ process: Process) throws {
    var none = sigset_t()
    var before = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try process.run()
  }

  /// Runs a tool to its end; what it said on both channels, and its exit status.
  public static func run(
    _ name: String, _ arguments: [String], in directory: String = "/tmp"
  ) throws -> (status: Int32, output: String) {
    let process = process(name, arguments, in: directory)
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try start(process)
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}
