import Bytes
public import CaseStore
public import Custody
import Foundation
public import Vocabulary

/// A head of the custody log that was kept elsewhere, with what vouches for it.
public struct KeptHead: Sendable {
  /// What a finding calls it: the file it was read from.
  public var name: String
  /// Number of events and digest of the last.
  public var last: CaseStore.CustodyHead
  /// The whole head; nil for a line that `verify` printed.
  public var head: LogHead?
  /// When a time-stamping authority saw it.
  public var stampedAt: Timestamp?

  /// Reads a head: the line `head NUMBER sha256:HEX`, or a file that `custody head` wrote.
  ///
  /// Of the latter the signature beside it (`.sig`) is checked with `keys` when there are any, else
  /// with the key beside it (`key.pem`), and the token (`.tsr`) against `authorities`, a PEM file.
  /// Throws with words for people when a file cannot be read or one of them does not hold.
  public init(
    path: String, keys: [VerifyingKey] = [], authorities: String? = nil, token: String? = nil
  ) throws(CustodyFailure) {
    name = path
    let bytes = try Self.read(path)
    if let line = Self.line(bytes) {
      last = line
      return
    }
    guard let head = LogHead(json: bytes) else {
      throw CustodyFailure(
        "\(path): neither a line 'head NUMBER sha256:DIGEST' nor a head as 'custody head' writes it"
      )
    }
    self.head = head
    last = CaseStore.CustodyHead(sequence: head.events, digest: head.head.bytes)
    let stem = path.hasSuffix(".json") ? String(path.dropLast(5)) : path
    let folder = (path as NSString).deletingLastPathComponent
    if FileManager.default.fileExists(atPath: stem + ".sig") {
      var known = keys
      let beside = (folder.isEmpty ? "." : folder) + "/key.pem"
      if known.isEmpty, FileManager.default.fileExists(atPath: beside) {
        known = [try VerifyingKey(path: beside)]
      }
      let signature = try Self.read(stem + ".sig")
      guard
        known.contains(where: { $0.fingerprint == head.key && $0.verifies(signature, of: bytes) })
      else {
        throw CustodyFailure("\(path): the signature beside it is not by a key that is known")
      }
    } else if !keys.isEmpty, token == nil {
      throw CustodyFailure("\(path): no signature \(stem).sig beside it")
    }
    let stamp = token ?? stem + ".tsr"
    if token != nil || FileManager.default.fileExists(atPath: stamp) {
      do {
        stampedAt = try TimeStamp(reply: try Self.read(stamp))
          .time(of: SHA256.hash(bytes), authorities: authorities)
      } catch {
        throw CustodyFailure("\(stamp): \(error)")
      }
    }
  }

  private static func read(_ path: String) throws(CustodyFailure) -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw CustodyFailure("\(path) cannot be read")
    }
    return [UInt8](data)
  }

  private static func line(_ bytes: [UInt8]) -> CaseStore.CustodyHead? {
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count == 3, words[0] == "head", let sequence = Int64(words[1]),
        let digest = SHA256Digest(labelled: String(words[2]))
      else { continue }
      return CaseStore.CustodyHead(sequence: sequence, digest: digest.bytes)
    }
    return nil
  }
}

extension LogHead {
  /// Reads a head; nil unless the bytes are exactly what `canonical` writes.
  public init?(json bytes: [UInt8]) {
    guard
      let object = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any],
      let at = (object["at"] as? String).flatMap({ Timestamp(rfc3339: $0) }),
      let events = object["events"] as? Int64,
      let head = (object["head"] as? String).flatMap({ SHA256Digest(labelled: $0) }),
      let key = (object["key"] as? String).flatMap({ SHA256Digest(labelled: $0) }),
      let root = (object["root"] as? String).flatMap({ SHA256Digest(labelled: $0) })
    else { return nil }
    self.init(at: at, events: events, head: head, key: key, root: root)
    guard canonical == bytes else { return nil }
  }
}
