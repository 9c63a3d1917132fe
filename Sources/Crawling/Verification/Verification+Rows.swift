import Bytes
import CaseStore

extension Verification {
  /// Holds rows of the database against the events that recorded them.
  func checkRows(_ events: RecordedEvents, _ report: inout Report) throws {
    var found = report
    try checkCaptures(events, &found)
    let lastEvent = found.head?.sequence ?? 0
    var left = events.newest
    var unknown: [String] = []
    try folder.store.forEachRecorded { row in
      let keys = row.actions.map { RecordedEvents.key($0, row.subject) }
      let entries = keys.compactMap { events.newest[$0] }
      for key in keys { left[key] = nil }
      guard let event = entries.max(by: { $0.sequence < $1.sequence }) else {
        unknown.append(row.name)
        return
      }
      let isWrong =
        (row.at.map { $0 != event.at } ?? false) || (row.actor.map { $0 != event.actor } ?? false)
      let payloads = row.expectedPayloads.map { SHA256.hash(Array($0.utf8)) }
      let isOther = event.payload.map { !payloads.isEmpty && !payloads.contains($0) } ?? false
      if isWrong || isOther {
        found.add("database", "\(row.name) is not what custody event \(event.sequence) recorded")
      }
    }
    // What a crawler added after the log was read is not in it.
    if try (folder.store.custodyHead()?.sequence ?? 0) == lastEvent {
      for name in unknown { found.add("database", "no custody event records \(name)") }
    }
    for event in left.values.sorted(by: { $0.sequence < $1.sequence }) {
      found.add(
        "database", "what custody event \(event.sequence) recorded (\(event.action)) is missing")
    }
    for tie in try folder.store.brokenTies(limit: Report.maximumFindings) {
      found.add("database", tie)
    }
    report = found
  }

  private func checkCaptures(_ events: RecordedEvents, _ report: inout Report) throws {
    var found = report
    var left = events.captures
    let lastEvent = report.head?.sequence ?? 0
    try folder.store.forEachCapture { capture in
      guard let number = capture.custody else {
        found.add("database", "\(capture.name) has no custody event")
        return
      }
      guard number <= lastEvent else { return }
      found.captures += 1
      guard let event = left.removeValue(forKey: number), event.subject == capture.subject else {
        found.add("database", "custody event \(number) is not that of \(capture.name)")
        return
      }
      if events.purged.contains(number) {
        found.add("database", "\(capture.name) was purged and is still there")
      }
      let payloads = capture.expectedPayloads.map { SHA256.hash(Array($0.utf8)) }
      if let payload = event.payload, !payloads.contains(payload) {
        found.add("database", "\(capture.name) is not what custody event \(number) recorded")
      }
    }
    for event in left.keys.sorted() where !events.purged.contains(event) {
      found.add("database", "the capture of custody event \(event) is missing")
    }
    report = found
  }
}
