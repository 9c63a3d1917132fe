import Bytes
public import CaseStore
public import Custody
public import Fetching
import Foundation
import Logging
public import Vocabulary
public import WebAddress

/// Takes heads of the custody log: signed, time-stamped where an authority is configured, and written
/// to `custody/` in the data directory and wherever else an operator keeps them.
public struct Sealing: Sendable {
  /// A time-stamping authority (RFC 3161 over HTTP).
  public struct Authority: Sendable {
    /// Where queries are sent.
    public var address: Address
    /// PEM file of the certificates that its tokens have to lead to.
    public var certificates: String

    public init(address: Address, certificates: String) {
      self.address = address
      self.certificates = certificates
    }
  }

  /// What was taken.
  public struct Sealed: Sendable {
    /// The head.
    public var head: LogHead
    /// Its file.
    public var path: String
    /// What the authority attests; nil without one.
    public var stampedAt: Timestamp?
    /// Why there is no token although there is an authority.
    public var problem: String?
  }

  private let folder: DataFolder
  private let authorities: [Authority]

  public init(_ folder: DataFolder, authorities: [Authority]) {
    self.folder = folder
    self.authorities = authorities
  }

  /// Signs the log as it stands, has it time-stamped, writes it, and records that in the log.
  ///
  /// A head without a token is kept: an authority that does not answer is told of in the result and
  /// in the log. Throws when there is no event yet or a file cannot be written.
  public func seal(
    with key: SigningKey, copyTo copies: String?, by actor: Actor, at now: Timestamp,
    fetcher: Fetcher
  ) async throws -> Sealed {
    var tree = MerkleTree()
    var last: CaseStore.CustodyHead?
    try folder.store.forEachCustodyEvent { stored in
      guard stored.event.digest == stored.storedDigest else {
        throw CustodyFailure("event \(stored.event.sequence) was changed; run 'adwatch verify'")
      }
      tree.append(stored.event.canonical)
      last = CaseStore.CustodyHead(
        sequence: stored.event.sequence, digest: stored.storedDigest)
    }
    guard let last, let digest = SHA256Digest(last.digest),
      let root = tree.root(count: tree.leaves.count), last.sequence == Int64(tree.leaves.count)
    else { throw CustodyFailure("the custody log is empty or has gaps") }
    let head = LogHead(
      at: now, events: last.sequence, head: digest, key: key.publicKey.fingerprint, root: root)
    let bytes = head.canonical
    let stamps = await stamps(of: bytes, fetcher)
    var files: [(name: String, bytes: [UInt8])] = [
      ("key.pem", Array(key.publicKey.pem.utf8)), ("\(head.name).json", bytes),
      ("\(head.name).sig", try key.sign(bytes)),
    ]
    var stampedAt: Timestamp?
    var problems: [String] = []
    for stamp in stamps {
      switch stamp {
      case .success(let found):
        let name = stampedAt == nil ? "\(head.name).tsr" : "\(head.name).\(files.count).tsr"
        files.append((name, found.reply))
        stampedAt = stampedAt ?? found.time
      case .failure(let why): problems.append("\(why)")
      }
    }
    for directory in [folder.path + "/custody", copies].compactMap(\.self) {
      try FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o750])
      for file in files {
        try Data(file.bytes).write(
          to: URL(fileURLWithPath: "\(directory)/\(file.name)"), options: .atomic)
      }
    }
    try folder.store.record(
      action: "custody.head", subject: "event:\(head.events)",
      payload: [
        "head": SHA256.hash(bytes).labelled, "key": head.key.labelled,
        "problem": problems.joined(separator: "; "),
        "stamped": stampedAt?.rfc3339 ?? "no",
      ], by: actor, at: now)
    return Sealed(
      head: head, path: "\(folder.path)/custody/\(head.name).json", stampedAt: stampedAt,
      problem: problems.isEmpty ? nil : problems.joined(separator: "; "))
  }

  private struct Stamp {
    var reply: [UInt8]
    var time: Timestamp
  }

  private func stamps(
    of bytes: [UInt8], _ fetcher: Fetcher
  ) async -> [Result<Stamp, CustodyFailure>] {
    var results: [Result<Stamp, CustodyFailure>] = []
    for authority in authorities {
      do {
        results.append(.success(try await stamp(bytes, authority, fetcher)))
      } catch let failure as CustodyFailure {
        results.append(.failure(failure))
      } catch {
        results.append(.failure(CustodyFailure("\(error)")))
      }
    }
    return results
  }

  private func stamp(
    _ bytes: [UInt8], _ authority: Authority, _ fetcher: Fetcher
  ) async throws -> Stamp {
    let digest = SHA256.hash(bytes)
    let query = try TimeStamp.query(for: digest)
    // The address comes from the operator, not from a page: it may be inside the own network.
    let everywhere = ["0.0.0.0/0", "::/0"].compactMap(AddressRange.init)
    let exchange = await fetcher.fetch(
      FetchRequest(
        authority.address, method: .post, body: query,
        headers: [HeaderField("Content-Type", TimeStamp.queryType)],
        network: NetworkPolicy(allow: everywhere)))
    guard exchange.status == 200 else {
      throw CustodyFailure(
        "\(authority.address) answered \(exchange.status.map(String.init) ?? exchange.outcome.rawValue)"
          + (exchange.detail.map { ": \($0)" } ?? ""))
    }
    let time = try TimeStamp(reply: exchange.body).time(
      of: digest, authorities: authority.certificates, query: query)
    return Stamp(reply: exchange.body, time: time)
  }
}
