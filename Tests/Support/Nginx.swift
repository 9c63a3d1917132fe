public import Foundation

/// A real nginx for tests, on loopback, in a directory of its own that goes away with it.
public final class Nginx: Sendable {
  /// Whether nginx is installed; tests that need it are skipped otherwise.
  public static var isInstalled: Bool {
    FileManager.default.isExecutableFile(atPath: executable)
  }

  /// Why it did not start; the text is from its error log.
  public struct Failure: Error { public let log: String }

  /// Holds configuration, logs, and whatever the test wants served.
  public let directory: URL
  public let port: UInt16
  private let process: ChildProcess
  private static let executable = "/usr/sbin/nginx"

  /// Starts nginx with the given content of its `http` block, which should listen on `port`.
  ///
  /// `files` are written below the directory's `www` first; the block's `root` is that folder.
  public init(
    hosts: [String] = ["127.0.0.1"], files: [String: [UInt8]] = [:],
    http: (_ directory: URL, _ port: UInt16) throws -> String
  ) throws {
    let manager = FileManager.default
    let directory = manager.temporaryDirectory.appendingPathComponent("nginx-\(UUID().uuidString)")
    let port = try Loopback.freePort(hosts: hosts)
    try manager.createDirectory(
      at: directory.appendingPathComponent("www"), withIntermediateDirectories: true)
    for (path, bytes) in files {
      let file = directory.appendingPathComponent("www/\(path)")
      try manager.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: file)
    }
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
      .map { "\($0)_temp_path \(directory.path)/\($0);" }.joined(separator: " ")
    let configuration = """
      daemon off; master_process off; pid \(directory.path)/pid;
      error_log \(directory.path)/error.log;
      events { worker_connections 1024; }
      http {
        access_log \(directory.path)/access.log;
        \(temporary)
        root \(directory.path)/www;
        default_type text/html;
        \(try http(directory, port))
      }
      """
    let file = directory.appendingPathComponent("nginx.conf")
    try Data(configuration.utf8).write(to: file)
    self.directory = directory
    self.port = port
    let errorLog = directory.appendingPathComponent("error.log").path
    process = try ChildProcess(
      Self.executable, ["-p", directory.path, "-c", file.path, "-e", errorLog], output: errorLog)
    let deadline = Date(timeIntervalSinceNow: 10)
    while !Loopback.answers(host: hosts.first ?? "127.0.0.1", port: port) {
      let hasEnded = process.poll() != nil
      guard !hasEnded, Date() < deadline else {
        let log = (try? String(contentsOfFile: errorLog, encoding: .utf8)) ?? ""
        if !hasEnded { process.stop() }
        try? manager.removeItem(at: directory)
        throw Failure(log: log)
      }
      usleep(10_000)
    }
  }

  /// Requests served so far, one line each.
  public var accessLog: [String] {
    let file = directory.appendingPathComponent("access.log")
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").map(String.init)
  }

  /// Ends nginx and removes its directory.
  public func stop() {
    process.stop()
    try? FileManager.default.removeItem(at: directory)
  }
}
