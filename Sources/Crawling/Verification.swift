import Archive
import Bytes
public import CaseStore
import Foundation

/// Checks evidence, custody log and database against each other, trusting none of them.
public struct Verification: Sendable {
  /// Something that is not as it should be.
  public struct Finding: Sendable, Hashable, CustomStringConvertible {
    /// The file, `custody` or `database`.
    public var place: String
    /// What is wrong.
    public var problem: String

    public var description: String { "\(place): \(problem)" }
  }

  /// What was checked and what was found.
  public struct Report: Sendable, Hashable {
    /// WARC files read.
    public var files = 0
    /// Records whose bytes were compared with their digest.
    public var records = 0
    /// Captures compared with their custody event.
    public var captures = 0
    /// Custody events whose chain was followed.
    public var events = 0
    /// Custody payloads that were purged.
    public var purged = 0
    /// The log's newest event.
    public var head: CaseStore.CustodyHead?
    /// Everything that is wrong, at most `maximumFindings`.
    public var findings: [Finding] = []
    /// True when there was more.
    public var hasMore = false

    /// Findings that are listed.
    public static let maximumFindings = 1000

    init() {}

    mutating func add(_ place: String, _ problem: String) {
      if findings.count < Self.maximumFindings {
        findings.append(Finding(place: place, problem: problem))
      } else {
        hasMore = true
      }
    }
  }

  private let folder: DataFolder

  public init(_ folder: DataFolder) { self.folder = folder }

  /// Runs every check; `head` is a head that was kept elsewhere, which the log has to contain.
  ///
  /// `progress` is told of each file that is begun.
  public func run(
    head: CaseStore.CustodyHead? = nil, progress: (String) -> Void = { _ in }
  ) throws(CrawlError) -> Report {
    var report = Report()
    do {
      // The log first: a crawler that runs meanwhile only adds to what was read.
      let payloads = try checkCustody(head, &report)
      try checkCaptures(payloads, &report)
      try checkFiles(&report, progress)
    } catch {
      throw CrawlError(error)
    }
    return report
  }

  // MARK: - Custody log

  /// A custody event of a capture: which it is, and the digest of what was recorded of it.
  private struct CaptureEvent {
    var subject: String
    var payload: SHA256Digest?
  }

  /// Follows the chain and returns the events of captures by number.
  private func checkCustody(
    _ expected: CaseStore.CustodyHead?, _ report: inout Report
  ) throws -> [Int64: CaptureEvent] {
    var previous = CustodyEvent.origin
    var captures: [Int64: CaptureEvent] = [:]
    var missing: Set<Int64> = []
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
      if event.action == "capture" {
        captures[event.sequence] = CaptureEvent(
          subject: event.subject,
          payload: stored.payload.map { SHA256.hash(Array($0.body.utf8)) })
      }
      // A purge is an entry of its own, which names the event whose payload went.
      if event.action == "purge", event.subject.hasPrefix("event:"),
        let purged = Int64(event.subject.dropFirst("event:".count)),
        missing.remove(purged) != nil
      {
        found.purged += 1
      }
      if let expected, expected.sequence == event.sequence, expected.digest != stored.storedDigest {
        found.add("custody", "\(name) is not the one whose head was kept elsewhere")
      }
      previous = stored.storedDigest
      found.head = CaseStore.CustodyHead(sequence: event.sequence, digest: stored.storedDigest)
    }
    if let expected, (found.head?.sequence ?? 0) < expected.sequence {
      found.add(
        "custody",
        "the log ends at \(found.head?.sequence ?? 0), but event \(expected.sequence) was seen "
          + "elsewhere: its end was cut off")
    }
    for event in missing.sorted() {
      found.add(
        "custody", "the payload of event \(event) is missing, and no purge of it is recorded")
    }
    report = found
    return captures
  }

  private func checkCaptures(
    _ events: [Int64: CaptureEvent], _ report: inout Report
  ) throws {
    var found = report
    var left = events
    let lastEvent = report.head?.sequence ?? 0
    try folder.store.forEachCapture { capture in
      guard let number = capture.custody else {
        found.add("database", "capture \(capture.id) has no custody event")
        return
      }
      guard number <= lastEvent else { return }
      found.captures += 1
      guard let event = left.removeValue(forKey: number),
        event.subject == "capture:\(capture.id)"
      else {
        found.add("database", "custody event \(number) is not that of capture \(capture.id)")
        return
      }
      if let payload = event.payload, SHA256.hash(Array(capture.expectedPayload.utf8)) != payload {
        found.add("database", "capture \(capture.id) is not what custody event \(number) recorded")
      }
    }
    for event in left.keys.sorted() {
      found.add("database", "the capture of custody event \(event) is missing")
    }
    report = found
  }

  // MARK: - Archive

  private func checkFiles(_ report: inout Report, _ progress: (String) -> Void) throws {
    let ends = try folder.store.committedEnds()
    var found = report
    var reader: MemberFile?
    var seen: Set<String> = []
    try folder.store.forEachMember { entry in
      let member = entry.member
      if reader?.name != member.file {
        reader?.finish(&found)
        progress(member.file)
        seen.insert(member.file)
        reader = MemberFile(
          name: member.file, folder: folder.path, committed: ends[member.file] ?? 0)
      }
      reader?.check(member, of: entry.url, &found)
    }
    reader?.finish(&found)
    for (file, end) in ends.sorted(by: { $0.key < $1.key }) where end > 0 && !seen.contains(file) {
      found.add(file, "\(end) bytes were committed, but the database knows no record in it")
    }
    report = found
  }
}
