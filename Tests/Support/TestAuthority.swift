public import Foundation

/// A throwaway certificate authority, made by the `openssl` command.
public struct TestAuthority: Sendable {
  /// Whether the command is installed; tests that need it are skipped otherwise.
  public static var isAvailable: Bool {
    FileManager.default.isExecutableFile(atPath: executable)
  }

  /// Where all files are.
  public let directory: URL
  private static let executable = "/usr/bin/openssl"

  /// The authority's certificate in PEM.
  public var certificateFile: String { directory.appendingPathComponent("ca.pem").path }

  /// Makes an authority in a new folder below `parent`.
  public init(in parent: URL = FileManager.default.temporaryDirectory) throws {
    directory = parent.appendingPathComponent("authority-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    try run([
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
      "-keyout", "ca.key", "-out", "ca.pem", "-days", "30", "-subj", "/CN=Adwatch Test Authority",
    ])
  }

  /// Issues a certificate for host names; answers the paths of certificate and key.
  public func issue(
    _ name: String, hosts: [String], isExpired: Bool = false
  ) throws -> (certificate: String, key: String) {
    try run([
      "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
      "-keyout", "\(name).key", "-out", "\(name).csr", "-subj", "/CN=\(hosts.first ?? name)",
    ])
    let names = hosts.map { "DNS:\($0)" }.joined(separator: ",")
    let configuration = """
      [ca]
      default_ca = this
      [this]
      database = \(name).index
      serial = \(name).serial
      new_certs_dir = .
      default_md = sha256
      policy = any
      x509_extensions = leaf
      [any]
      commonName = supplied
      [leaf]
      subjectAltName = \(names)
      basicConstraints = CA:FALSE
      """
    try write("\(name).cnf", configuration)
    try write("\(name).index", "")
    try write(
      "\(name).serial", "\(String(UInt32.random(in: 0x1000_0000...0x7FFF_FFFF), radix: 16))\n")
    let dates =
      isExpired
      ? ["-startdate", "20200101000000Z", "-enddate", "20200201000000Z"] : ["-days", "20"]
    try run(
      [
        "ca", "-batch", "-notext", "-config", "\(name).cnf", "-cert", "ca.pem", "-keyfile",
        "ca.key",
        "-in", "\(name).csr", "-out", "\(name).pem",
      ] + dates)
    let path = directory.path
    return ("\(path)/\(name).pem", "\(path)/\(name).key")
  }

  /// Issues a certificate that may sign time stamps (RFC 3161 section 2.3), as `name.pem` and `.key`.
  public func issueTimeStamping(_ name: String) throws {
    try run([
      "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
      "-keyout", "\(name).key", "-out", "\(name).csr", "-subj", "/CN=Adwatch Test Time",
    ])
    try write(
      "\(name).ext", "extendedKeyUsage = critical,timeStamping\nbasicConstraints = CA:FALSE\n")
    try run([
      "x509", "-req", "-in", "\(name).csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-set_serial",
      "7", "-days", "20", "-extfile", "\(name).ext", "-out", "\(name).pem",
    ])
  }

  /// Removes all files.
  public func remove() { try? FileManager.default.removeItem(at: directory) }

  /// Why a certificate could not be made.
  public struct Failure: Error { public let command: [String], output: String }

  private func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: directory.appendingPathComponent(name))
  }

  private func run(_ arguments: [String]) throws {
    let output = directory.appendingPathComponent("output").path
    let process = try ChildProcess(
      Self.executable, arguments, output: output, directory: directory.path)
    guard process.wait() == 0 else {
      throw Failure(
        command: arguments, output: (try? String(contentsOfFile: output, encoding: .utf8)) ?? "")
    }
  }
}
