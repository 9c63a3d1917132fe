import Bytes
import CaseStore
import Custody
import Foundation
import Vocabulary

/// A line of a package's custody extract.
struct PackageEvent {
  /// A record as the event's payload names it.
  struct Member: Hashable {
    var record: String
    var digest: String
    var length: Int64
    var type: String
  }

  /// The event.
  let event: CustodyEvent
  /// Its payload; nil when it was erased.
  let payload: (salt: [UInt8], body: String)?
  private let proof: [SHA256Digest]

  /// Reads a line; nil unless it is exactly what an export writes.
  init?(line: [UInt8]) {
    guard let object = try? JSONSerialization.jsonObject(with: Data(line)) as? [String: Any],
      let text = object["event"] as? String, let event = CustodyEvent(json: Array(text.utf8)),
      let hashes = object["proof"] as? [String]
    else { return nil }
    self.event = event
    proof = hashes.compactMap { Hex.decode($0).flatMap { SHA256Digest($0) } }
    if let salt = (object["salt"] as? String).flatMap({ Hex.decode($0) }),
      let body = object["payload"] as? String
    {
      payload = (salt, body)
    } else {
      payload = nil
    }
    let written = PackageContent.eventLine(
      canonical: event.canonical, payload: payload, proof: proof)
    guard Array(written.utf8.dropLast()) == line else { return nil }
  }

  /// The root that its proof leads to in a log of so many events.
  func root(count: Int64) -> SHA256Digest? {
    MerkleTree.root(
      of: event.canonical, at: Int(event.sequence) - 1, count: Int(count), proof: proof)
  }

  /// Whether the payload is there and is the one whose digest the event holds.
  var hasItsPayload: Bool {
    guard let payload else { return false }
    return CustodyEvent.payloadDigest(salt: payload.salt, body: payload.body)
      == event.payloadDigest
  }

  /// The payload as an object.
  var object: [String: Any]? {
    guard let payload else { return nil }
    return try? JSONSerialization.jsonObject(with: Data(payload.body.utf8)) as? [String: Any]
  }

  /// The records that it names.
  var members: [Member] {
    (object?["members"] as? [[String: Any]] ?? []).compactMap { member in
      guard let record = member["record"] as? String, let digest = member["digest"] as? String,
        let length = member["length"] as? Int64, let type = member["type"] as? String
      else { return nil }
      return Member(record: record, digest: digest, length: length, type: type)
    }
  }
}

extension CustodyEvent {
  /// Reads an event; nil unless the bytes are exactly what `canonical` writes.
  init?(json bytes: [UInt8]) {
    func digest(_ value: Any?) -> [UInt8]? {
      (value as? String).flatMap { SHA256Digest(labelled: $0) }?.bytes
    }
    guard
      let object = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any],
      let sequence = object["seq"] as? Int64, sequence > 0,
      let at = (object["at"] as? String).flatMap({ Timestamp(rfc3339: $0) }),
      let actor = object["actor"] as? String, let action = object["action"] as? String,
      let subject = object["subject"] as? String, let payload = digest(object["payload"]),
      let previous = digest(object["previous"])
    else { return nil }
    self.init(
      sequence: sequence, at: at, actor: actor, action: action, subject: subject,
      payloadDigest: payload, previous: previous)
    guard canonical == bytes else { return nil }
  }
}

/// A package's index, as it is held against the records.
struct PackageIndex {
  /// Where a record is.
  struct Place: Hashable {
    var file: String
    var offset: Int64
    var length: Int64
  }

  private let lines: [ArraySlice<UInt8>]

  init(_ bytes: [UInt8]) { lines = bytes.split(separator: 0x0A) }

  /// What is wrong, given the addresses of all answers by their place.
  func problems(_ answers: [Place: String]) -> [String] {
    var problems: [String] = []
    var left = answers
    for (number, line) in lines.enumerated() {
      if number > 0, line.lexicographicallyPrecedes(lines[number - 1]) {
        problems.append("line \(number + 1) is out of order")
      }
      guard let start = line.firstIndex(of: UInt8(ascii: "{")),
        let object = try? JSONSerialization.jsonObject(with: Data(line[start...]))
          as? [String: Any],
        let file = object["filename"] as? String,
        let offset = (object["offset"] as? String).flatMap({ Int64($0) }),
        let length = (object["length"] as? String).flatMap({ Int64($0) }),
        left.removeValue(forKey: Place(file: file, offset: offset, length: length)) != nil
      else {
        problems.append("line \(number + 1) leads to no record")
        continue
      }
    }
    if !left.isEmpty { problems.append("\(left.count) records are not in the index") }
    return problems
  }
}
