import Archive
import Bytes
import CaseStore
public import Custody
import Foundation
import Vocabulary

/// Checks an exported package by itself, without the database that it came from.
///
/// Every file against the signed list, every record against the custody event that recorded it, every
/// event against the Merkle root of the signed and time-stamped head.
public struct PackageCheck {
  private let files: PackageFiles
  private let kept: [KeptHead]
  private let keys: [VerifyingKey]
  private let authorities: String?
  private var report = Verification.Report()
  private var knownEvents: [PackageEvent] = []
  private var head: LogHead?

  /// A check of a WACZ file or of the folder that it was unpacked into.
  ///
  /// `keys` are those that may have signed it; with none, the key in the package is taken and named in
  /// the report's notes, for a person to compare. Throws when there is no package.
  public init(
    path: String, kept: [KeptHead] = [], keys: [VerifyingKey] = [], authorities: String? = nil
  ) throws(CustodyFailure) {
    files = try PackageFiles(path: path)
    self.kept = kept
    self.keys = keys
    self.authorities = authorities
  }

  /// Runs every check.
  public mutating func run() -> Verification.Report {
    report = Verification.Report()
    step("datapackage.json") { check throws(CustodyFailure) in try check.checkList() }
    step("custody") { check throws(CustodyFailure) in try check.checkHead() }
    step("custody/events.jsonl") { check throws(CustodyFailure) in try check.checkEvents() }
    step("archive") { check throws(CustodyFailure) in try check.checkArchive() }
    return report
  }

  private mutating func step(
    _ place: String, _ body: (inout PackageCheck) throws(CustodyFailure) -> Void
  ) {
    do throws(CustodyFailure) {
      try body(&self)
    } catch {
      report.add(place, error.description)
    }
  }

  /// Files that every package has.
  static let mandatory = [
    "custody/certificate.txt", "custody/completeness.json", "custody/events.jsonl",
    "custody/head.json", "custody/head.sig",
    "custody/key.pem", "indexes/index.cdx", "pages/pages.jsonl",
  ]

  // MARK: - The list of files

  private mutating func checkList() throws(CustodyFailure) {
    let listName = "datapackage.json"
    let digestName = "datapackage-digest.json"
    guard let list = try files.text(listName), let signed = try files.text(digestName) else {
      throw CustodyFailure("\(listName) or \(digestName) is missing")
    }
    guard let object = Self.object(list),
      let resources = (object["resources"] as? [[String: Any]])?.compactMap(Self.resource),
      let created = (object["created"] as? String).flatMap({ Timestamp(rfc3339: $0) }),
      let title = object["title"] as? String, let software = object["software"] as? String,
      list
        == PackageContent.datapackage(
          title: title, software: software, created: created, resources: resources)
    else { throw CustodyFailure("not as this program writes it") }
    checkSignature(signed, of: list, created: created, software: software, at: digestName)
    for resource in resources {
      guard let length = files.lengths[resource.path] else {
        report.add(resource.path, "the file is missing")
        continue
      }
      let digest = try files.digest(resource.path)
      if length != resource.bytes || digest != resource.digest {
        report.add(resource.path, "the file was changed")
      }
    }
    let listed = Set(resources.map(\.path))
    for name in files.lengths.keys.sorted()
    where !listed.contains(name) && name != listName && name != digestName {
      report.add(name, "the file is not listed in \(listName)")
    }
    for name in Self.mandatory where files.lengths[name] == nil {
      report.add(name, "the file is missing")
    }
  }

  private mutating func checkSignature(
    _ signed: [UInt8], of list: [UInt8], created: Timestamp, software: String, at place: String
  ) {
    let data = Self.object(signed)?["signedData"] as? [String: Any]
    guard let text = data?["publicKey"] as? String,
      let signature = (data?["signature"] as? String).flatMap({ Base64.decode($0) }),
      let pem = try? VerifyingKey(
        pem: Array("-----BEGIN PUBLIC KEY-----\n\(text)\n-----END PUBLIC KEY-----\n".utf8), place),
      let expected = try? PackageContent.digest(
        of: list, created: created, software: software, publicKey: text, sign: { _ in signature })
    else {
      report.add(place, "no signature that can be read")
      return
    }
    if signed != expected { report.add(place, "not what belongs to datapackage.json") }
    if !pem.verifies(signature, of: Array(SHA256.hash(list).labelled.utf8)) {
      report.add(place, "the signature does not hold")
    }
    if keys.isEmpty {
      report.notes.append("signed by \(pem.fingerprint.labelled); compare it with the key you know")
    } else if !keys.contains(pem) {
      report.add(place, "signed by \(pem.fingerprint.labelled), which is none of the keys given")
    }
    if let bytes = try? files.text("custody/key.pem"),
      (try? VerifyingKey(pem: bytes, "custody/key.pem")) != pem
    {
      report.add("custody/key.pem", "not the key that signed the package")
    }
  }

  // MARK: - The head

  private mutating func checkHead() throws(CustodyFailure) {
    guard let bytes = try files.text("custody/head.json"), let head = LogHead(json: bytes) else {
      throw CustodyFailure("custody/head.json is not as this program writes it")
    }
    self.head = head
    guard let signature = try files.text("custody/head.sig"),
      let pem = try files.text("custody/key.pem")
    else { throw CustodyFailure("the head has no signature") }
    let key = try VerifyingKey(pem: pem, "custody/key.pem")
    if key.fingerprint != head.key || !key.verifies(signature, of: bytes) {
      report.add("custody/head.sig", "the signature does not hold")
    }
    if let reply = try files.text("custody/head.tsr") {
      do {
        let time = try TimeStamp(reply: reply).time(
          of: SHA256.hash(bytes), authorities: authorities)
        let trust = authorities == nil ? " (whose certificate was not checked)" : ""
        report.notes.append("time-stamped at \(time.rfc3339)\(trust)")
        if head.at - time > Verification.clockTolerance {
          report.add("custody/head.tsr", "older than the head that it is for")
        }
      } catch {
        report.add("custody/head.tsr", error.description)
      }
    }
    report.head = CaseStore.CustodyHead(sequence: head.events, digest: head.head.bytes)
    report.heads += 1
  }

  // MARK: - The events

  private mutating func checkEvents() throws(CustodyFailure) {
    guard let head, let bytes = try files.text("custody/events.jsonl") else {
      throw CustodyFailure("no events, or no head to hold them against")
    }
    var last: Int64 = 0
    var events: [PackageEvent] = []
    for (number, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
      .enumerated()
    {
      if line.isEmpty, number > 0 { continue }
      guard let found = PackageEvent(line: Array(line)) else {
        report.add("custody/events.jsonl", "line \(number + 1) is not as this program writes it")
        continue
      }
      let name = "event \(found.event.sequence)"
      if found.event.sequence <= last {
        report.add("custody/events.jsonl", "\(name) is out of order")
      }
      last = found.event.sequence
      if found.root(count: head.events) != head.root {
        report.add("custody/events.jsonl", "\(name) is not one of those that the head covers")
      }
      if !found.hasItsPayload {
        report.add("custody/events.jsonl", "the payload of \(name) is not the one recorded")
      }
      if found.event.at - head.at > Verification.clockTolerance {
        report.add("custody/events.jsonl", "\(name) is dated after the head that covers it")
      }
      events.append(found)
      report.events += 1
    }
    if events.last?.event.digest != head.head.bytes || last != head.events {
      report.add("custody/events.jsonl", "the last event is not the head's")
    }
    checkCompleteness(events)
    for kept in kept { compare(kept, with: events) }
    knownEvents = events
  }

  /// Every capture that was exported has its event, and so have its run and its source.
  private mutating func checkCompleteness(_ events: [PackageEvent]) {
    let place = "custody/events.jsonl"
    guard let export = events.last, export.event.action == "export",
      let list = export.object?["captures"] as? String
    else {
      report.add(place, "the last event is not that of the export")
      return
    }
    let known = Set(events.map { "\($0.event.action) \($0.event.subject)" })
    let exported = Set(list.split(separator: " ").map { "capture:\($0)" })
    for subject in exported.sorted()
    where !known.contains("capture \(subject)") && !known.contains("capture.reduced \(subject)") {
      report.add(place, "the event of \(subject) is missing")
    }
    // What a purge left of a capture has two entries, the first without its payload.
    let reduced = Set(
      events.filter { $0.event.action == "capture.reduced" }.map(\.event.subject))
    for event in events
    where event.event.action == "capture.reduced"
      || (event.event.action == "capture" && !reduced.contains(event.event.subject))
    {
      report.captures += 1
      if !exported.contains(event.event.subject) {
        report.add(place, "\(event.event.subject) was not exported")
      }
      guard let object = event.object else { continue }
      if let run = object["run"] as? Int64, !known.contains("run.start run:\(run)") {
        report.add(place, "the start of run \(run) is missing")
      }
      if let source = object["source"] as? String, !known.contains("source.add source:\(source)") {
        report.add(place, "the entry of source \(source) is missing")
      }
    }
  }

  private mutating func compare(_ kept: KeptHead, with events: [PackageEvent]) {
    guard let head else { return }
    if kept.last.sequence > head.events {
      report.notes.append("\(kept.name) is newer than the package")
    } else if let event = events.first(where: { $0.event.sequence == kept.last.sequence }) {
      if event.event.digest == kept.last.digest {
        report.heads += 1
      } else {
        report.add(
          "custody", "event \(kept.last.sequence) is not the one that was kept (\(kept.name))")
      }
    } else {
      report.notes.append(
        "\(kept.name) is of event \(kept.last.sequence), which is not in the package")
    }
    for event in events {
      if let old = kept.head, event.event.sequence > old.events,
        old.at - event.event.at > Verification.clockTolerance
      {
        report.add(
          "custody",
          "event \(event.event.sequence) is back-dated: it came after the head of "
            + "\(old.at.rfc3339), but says \(event.event.at.rfc3339)")
      }
    }
  }

  // MARK: - The archive

  private mutating func checkArchive() throws(CustodyFailure) {
    var recorded: [String: PackageEvent.Member] = [:]
    for event in knownEvents {
      for member in event.members { recorded[member.record] = member }
    }
    var answers: [PackageIndex.Place: String] = [:]
    let names = files.lengths.keys.filter { $0.hasPrefix("archive/") }.sorted()
    if names.isEmpty { report.add("archive", "no record is in the package") }
    var known: Set<String> = []
    for name in names {
      known.formUnion(ArchiveCheck().check(source: files.source(name)).recordIDs)
    }
    for name in names {
      report.files += 1
      for finding in ArchiveCheck(knownRecords: known).check(source: files.source(name)).findings {
        report.add(name, "\(finding)")
      }
      var reader = WARCReader(source: files.source(name))
      while let stored = reader.next() {
        report.records += 1
        let what = "the record at \(stored.offset)"
        guard let id = stored.record.header.recordID,
          let member = recorded.removeValue(forKey: id)
        else {
          report.add(name, "\(what) is not one that the custody log recorded")
          continue
        }
        let bytes = try files.read(name, from: stored.offset, count: Int(stored.length ?? 0))
        if SHA256.hash(bytes).labelled != member.digest || stored.length != member.length
          || stored.record.header.type?.rawValue != member.type
        {
          report.add(name, "\(what) is not as the custody log recorded it")
        }
        if member.type == "response" || member.type == "revisit" {
          let place = PackageIndex.Place(
            file: String(name.dropFirst("archive/".count)), offset: stored.offset,
            length: stored.length ?? 0)
          answers[place] = stored.record.header.targetURI
        }
      }
    }
    for member in recorded.values.sorted(by: { $0.record < $1.record }) {
      report.add("archive", "the \(member.type) record \(member.record) is missing")
    }
    let index = PackageIndex(try files.text("indexes/index.cdx") ?? [])
    for problem in index.problems(answers) { report.add("indexes/index.cdx", problem) }
  }

  private static func object(_ bytes: [UInt8]) -> [String: Any]? {
    try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
  }

  private static func resource(_ object: [String: Any]) -> PackageContent.Resource? {
    guard let path = object["path"] as? String, let bytes = object["bytes"] as? Int64,
      let digest = (object["hash"] as? String).flatMap({ SHA256Digest(labelled: $0) })
    else { return nil }
    return PackageContent.Resource(path: path, digest: digest, bytes: bytes)
  }
}
