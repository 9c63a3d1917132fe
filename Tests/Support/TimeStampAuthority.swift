import Foundation

/// A time-stamping authority on loopback: `openssl ts` behind a small HTTP server.
public final class TimeStampAuthority: Sendable {
  /// Its certificate authority.
  public let authority: TestAuthority
  private let server: ScriptedServer

  /// Where queries go.
  public var url: String { server.url("/tsa") }
  /// PEM file of the certificates that its tokens lead to.
  public var certificates: String { authority.certificateFile }

  public init() throws {
    let authority = try TestAuthority()
    self.authority = authority
    let folder = authority.directory
    try authority.issueTimeStamping("tsa")
    try Data("01\n".utf8).write(to: folder.appendingPathComponent("tsa.serial.txt"))
    try Data(
      """
      [tsa]
      default_tsa = this
      [this]
      dir = .
      serial = tsa.serial.txt
      signer_cert = tsa.pem
      certs = ca.pem
      signer_key = tsa.key
      signer_digest = sha256
      default_policy = 1.2.3.4.1
      digests = sha256
      accuracy = secs:1
      ess_cert_id_alg = sha256
      """.utf8
    ).write(to: folder.appendingPathComponent("tsa.cnf"))
    let lock = Locked(())
    server = try ScriptedServer { request, connection in
      let reply: [UInt8]? = lock.withLock { _ in
        let query = folder.appendingPathComponent("query.tsq")
        let answer = folder.appendingPathComponent("reply.tsr")
        try? FileManager.default.removeItem(at: answer)
        guard (try? Data(request.body).write(to: query)) != nil,
          let process = try? ChildProcess(
            "/usr/bin/openssl",
            [
              "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query.tsq", "-out", "reply.tsr",
            ], directory: folder.path), process.wait() == 0,
          let data = FileManager.default.contents(atPath: answer.path)
        else { return nil }
        return [UInt8](data)
      }
      guard let reply else {
        connection.respond("500 Internal Server Error", text: "")
        return
      }
      connection.respond(
        "200 OK", headers: ["Content-Type: application/timestamp-reply"], body: reply)
    }
  }

  /// Ends the server and removes all files.
  public func stop() {
    server.stop()
    authority.remove()
  }
}
