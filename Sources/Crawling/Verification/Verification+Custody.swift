import Bytes
import CaseStore
import Custody
import Vocabulary

extension Verification {
  /// Seconds by which a clock may have been set back without an event being called back-dated.
  static let clockTolerance = 5.0

  /// What the rows are compared with: the events by number, and the newest of each action and subject.
  struct RecordedEvents {
    /// An event that records a row.
    struct Entry {
      var sequence: Int64
      var action: String
      var subject: String
      var at: Timestamp
      var actor: String
      /// SHA-256 of the payload; nil when it was erased.
      var payload: SHA256Digest?
    }

    /// Captures' events by number.
    var captures: [Int64: Entry] = [:]
    /// The newest event of each action and subject that is a row elsewhere.
    var newest: [String: Entry] = [:]
    /// Events of captures that were purged.
    var purged: Set<Int64> = []

    static let actions: Set = [
      "run.start", "run.end", "source.add", "source.change", "file.begin", "purge", "hold.add",
      "contact.lookup",
      "hold.remove",
    ]
    /// What records a capture: all of it, or the payload that was left of it.
    static let captureActions: Set = ["capture", "capture.reduced"]

    static func key(_ action: String, _ subject: String) -> String { action + "\n" + subject }
  }

  /// Follows the chain and holds it against heads that were kept.
  func checkCustody(_ heads: [KeptHead], _ report: inout Report) throws -> RecordedEvents {
    var previous = CustodyEvent.origin
    var recorded = RecordedEvents()
    var missing: Set<Int64> = []
    var tree = MerkleTree()
    var times: [Timestamp] = []
    var digests: [Int64: [UInt8]] = [:]
    let wanted = Set(heads.map(\.last.sequence))
    var found = report
    try folder.store.forEachCustodyEvent { stored in
      let event = stored.event
      found.events += 1
      let name = "event \(event.sequence)"
      if event.sequence != Int64(found.events) {
        found.add("custody", "event \(found.events) is missing, \(name) is in its place")
        found.events = Int(event.sequence)
      }
      if event.previous != previous {
        found.add("custody", "\(name) does not follow from the event before it")
      }
      if event.digest != stored.storedDigest { found.add("custody", "\(name) was changed") }
      if let payload = stored.payload {
        if CustodyEvent.payloadDigest(salt: payload.salt, body: payload.body)
          != event.payloadDigest
        {
          found.add("custody", "the payload of \(name) was changed")
        }
      } else {
        missing.insert(event.sequence)
      }
      note(stored, in: &recorded)
      // A purge is an entry of its own, which names the event whose payload went.
      if event.action == "purge" || event.action == "purge.payload",
        event.subject.hasPrefix("event:"),
        let purged = Int64(event.subject.dropFirst("event:".count))
      {
        if missing.remove(purged) != nil { found.purged += 1 }
        if event.action == "purge" { recorded.purged.insert(purged) }
      }
      tree.append(event.canonical)
      times.append(event.at)
      if wanted.contains(event.sequence) { digests[event.sequence] = stored.storedDigest }
      previous = stored.storedDigest
      found.head = CaseStore.CustodyHead(sequence: event.sequence, digest: stored.storedDigest)
    }
    for event in missing.sorted() {
      found.add(
        "custody", "the payload of event \(event) is missing, and no purge of it is recorded")
    }
    for head in heads { check(head, tree, times, digests, &found) }
    report = found
    return recorded
  }

  private func note(
    _ stored: CaseStore.StoredCustodyEvent, in recorded: inout RecordedEvents
  ) {
    let event = stored.event
    let isCapture = RecordedEvents.captureActions.contains(event.action)
    guard isCapture || RecordedEvents.actions.contains(event.action) else { return }
    let entry = RecordedEvents.Entry(
      sequence: event.sequence, action: event.action, subject: event.subject, at: event.at,
      actor: event.actor, payload: stored.payload.map { SHA256.hash(Array($0.body.utf8)) })
    if isCapture {
      recorded.captures[event.sequence] = entry
    } else {
      recorded.newest[RecordedEvents.key(event.action, event.subject)] = entry
    }
  }

  private func check(
    _ kept: KeptHead, _ tree: MerkleTree, _ times: [Timestamp], _ digests: [Int64: [UInt8]],
    _ report: inout Report
  ) {
    let count = kept.last.sequence
    guard count <= Int64(times.count) else {
      report.add(
        "custody",
        "the log ends at \(times.count), but event \(count) was seen elsewhere (\(kept.name)): its "
          + "end was cut off")
      return
    }
    guard digests[count] == kept.last.digest else {
      report.add(
        "custody", "event \(count) is not the one whose head was kept elsewhere (\(kept.name))")
      return
    }
    guard let head = kept.head else {
      report.heads += 1
      return
    }
    guard tree.root(count: Int(count)) == head.root else {
      report.add("custody", "the first \(count) events are not those of the head \(kept.name)")
      return
    }
    report.heads += 1
    for (index, time) in times.enumerated() {
      if index >= Int(count), head.at - time > Self.clockTolerance {
        report.add(
          "custody",
          "event \(index + 1) is back-dated: it came after the head of \(head.at.rfc3339), but says "
            + time.rfc3339)
      }
      if index < Int(count), let stamped = kept.stampedAt, time - stamped > Self.clockTolerance {
        report.add(
          "custody",
          "event \(index + 1) says \(time.rfc3339), but was time-stamped at \(stamped.rfc3339)")
      }
    }
  }
}
