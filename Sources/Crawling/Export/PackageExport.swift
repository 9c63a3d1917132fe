import Archive
public import Bytes
public import CaseStore
public import Custody
public import Fetching
import Foundation
public import Vocabulary
import WebAddress

/// Writes captures as a WACZ package that can be checked without this program and its database.
public struct PackageExport: Sendable {
  /// What was written.
  public struct Result: Sendable {
    /// Captures in the package, those among them that others refer to.
    public var captures: Int
    /// Records.
    public var records: Int
    /// Custody events.
    public var events: Int
    /// SHA-256 of the package.
    public var digest: SHA256Digest
    /// The head of the custody log in it.
    public var head: Sealing.Sealed
  }

  private let folder: DataFolder
  private let sealing: Sealing
  private let software: String

  public init(_ folder: DataFolder, authorities: [Sealing.Authority], software: String) {
    self.folder = folder
    sealing = Sealing(folder, authorities: authorities)
    self.software = software
  }

  /// Writes what is selected to a new file.
  ///
  /// Records are copied byte for byte, so that the digests in the custody log are those of the
  /// package. The export is an event of the log, which the head in the package covers; another event
  /// holds the digest of the file. Throws when nothing is selected or there is a file already.
  public func write(
    _ selection: CaseStore.CaptureSelection, to path: String, signingWith key: SigningKey,
    by actor: Actor, at now: Timestamp, fetcher: Fetcher
  ) async throws -> Result {
    let captures = try folder.store.select(selection)
    guard !captures.isEmpty else { throw CustodyFailure("no capture is selected") }
    guard !FileManager.default.fileExists(atPath: path) else {
      throw CustodyFailure("\(path) is there already")
    }
    try folder.store.record(
      action: "export", subject: "captures:\(captures.count)",
      payload: [
        "captures": captures.map { String($0.id) }.joined(separator: " "),
        "file": (path as NSString).lastPathComponent,
      ], by: actor, at: now)
    let sealed = try await sealing.seal(
      with: key, copyTo: nil, by: actor, at: now, fetcher: fetcher)
    let temporary = path + ".part"
    try? FileManager.default.removeItem(atPath: temporary)
    defer { try? FileManager.default.removeItem(atPath: temporary) }
    var package = PackageWriter(try ZIPWriter(path: temporary))
    let records = try writeArchive(captures, &package)
    try writePages(captures, &package)
    let events = try writeCustody(captures, sealed, &package)
    try package.add("custody/completeness.json", try completeness(captures))
    try package.add(
      "custody/certificate.txt",
      PackageContent.certificate(
        software: software, actor: actor.name, created: now, captures: captures.count,
        records: records, head: sealed.head.head.labelled, key: sealed.head.key.labelled))
    try package.finish(
      title: "Captures of \(Set(captures.map(\.source)).sorted().joined(separator: ", "))",
      software: software, created: now, key: key)
    let digest = try Self.digest(of: temporary)
    guard rename(temporary, path) == 0 else {
      throw CustodyFailure("\(path): \(String(cString: strerror(errno)))")
    }
    try folder.store.record(
      action: "export.written", subject: "event:\(sealed.head.events)",
      payload: ["digest": digest.labelled, "file": (path as NSString).lastPathComponent],
      by: actor, at: now)
    return Result(
      captures: captures.count, records: records, events: events, digest: digest, head: sealed)
  }

  /// One file for each file of the archive that holds a selected record; its first record comes along.
  private func writeArchive(
    _ captures: [CaseStore.SelectedCapture], _ package: inout PackageWriter
  ) throws -> Int {
    let first = try folder.store.firstRecords()
    var byFile: [String: [(StoredMember, CaseStore.SelectedCapture?)]] = [:]
    for capture in captures {
      for member in capture.members { byFile[member.file, default: []].append((member, capture)) }
    }
    var index: [String] = []
    var count = 0
    for (file, members) in byFile.sorted(by: { $0.key < $1.key }) {
      guard let warcinfo = first[file] else {
        throw CustodyFailure("\(file) has no first record; run 'adwatch verify'")
      }
      let name = (file as NSString).lastPathComponent
      try package.begin("archive/\(name)")
      var offset: Int64 = 0
      for (member, capture) in [(warcinfo, nil)] + members.sorted(by: { $0.0.offset < $1.0.offset })
      {
        try package.write(try bytes(of: member))
        if let capture, member.type == "response" || member.type == "revisit" {
          index.append(line(of: capture, member, in: name, at: offset))
        }
        offset += member.length
        count += 1
      }
    }
    let sorted = index.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
    try package.add("indexes/index.cdx", sorted.flatMap(\.self))
    return count
  }

  private func line(
    of capture: CaseStore.SelectedCapture, _ member: StoredMember, in file: String, at offset: Int64
  ) -> String {
    let media = capture.mediaType?.split(separator: ";").first.map {
      $0.trimmingCharacters(in: .whitespaces).lowercased()
    }
    return PackageContent.indexLine(
      key: Address(capture.url)?.surtKey ?? capture.url, date: capture.beganAt, url: capture.url,
      mime: member.type == "revisit" ? "warc/revisit" : media ?? "unk", status: capture.status,
      digest: capture.payloadDigest.map { "sha256:" + Hex.encode($0) } ?? "-", file: file,
      offset: offset, length: member.length)
  }

  private func bytes(of member: StoredMember) throws -> [UInt8] {
    let path = folder.path + "/" + member.file
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw CustodyFailure("\(member.file) cannot be read")
    }
    defer { try? handle.close() }
    try handle.seek(toOffset: UInt64(member.offset))
    let data = try handle.read(upToCount: Int(member.length)) ?? Data()
    let bytes = [UInt8](data)
    guard SHA256.hash(bytes).bytes == member.digest else {
      throw CustodyFailure(
        "the record at \(member.offset) of \(member.file) was changed; run 'adwatch verify'")
    }
    return bytes
  }

  private func writePages(
    _ captures: [CaseStore.SelectedCapture], _ package: inout PackageWriter
  ) throws {
    let pages = captures.filter { capture in
      capture.status == 200 && capture.mediaType?.lowercased().contains("html") == true
    }
    let lines = pages.map { capture in
      PackageContent.pageLine(
        id: "capture-\(capture.id)", url: capture.url, date: capture.beganAt, title: capture.title)
    }
    try package.add(
      "pages/pages.jsonl", Array((PackageContent.pagesHeader + lines.joined()).utf8))
  }

  /// The events that the captures depend on, each with its way to the signed root.
  private func writeCustody(
    _ captures: [CaseStore.SelectedCapture], _ sealed: Sealing.Sealed,
    _ package: inout PackageWriter
  ) throws -> Int {
    let first = try folder.store.firstRecords()
    let files = Set(captures.flatMap { $0.members.map(\.file) })
    var subjects = Set(captures.map { "capture:\($0.id)" })
    subjects.formUnion(captures.map { "run:\($0.run)" })
    subjects.formUnion(captures.map { "source:\($0.source)" })
    subjects.formUnion(files.compactMap { first[$0].map { "record:\($0.recordID)" } })
    subjects.insert("captures:\(captures.count)")
    let head = sealed.head
    var tree = MerkleTree()
    var events: [CaseStore.StoredCustodyEvent] = []
    try folder.store.forEachCustodyEvent { stored in
      guard stored.event.sequence <= head.events else { return }
      tree.append(stored.event.canonical)
      let isExport = stored.event.action == "export"
      if subjects.contains(stored.event.subject),
        !isExport || stored.event.sequence == head.events
      {
        events.append(stored)
      }
    }
    var lines = ""
    for stored in events {
      let proof = tree.proof(of: Int(stored.event.sequence) - 1, count: Int(head.events))
      lines += PackageContent.eventLine(
        canonical: stored.event.canonical, payload: stored.payload, proof: proof ?? [])
    }
    try package.add("custody/events.jsonl", Array(lines.utf8))
    let stem = (sealed.path as NSString).deletingPathExtension
    let folder = (sealed.path as NSString).deletingLastPathComponent
    for (name, file) in [
      ("head.json", stem + ".json"), ("head.sig", stem + ".sig"), ("head.tsr", stem + ".tsr"),
      ("key.pem", folder + "/key.pem"),
    ] {
      guard let data = FileManager.default.contents(atPath: file) else { continue }
      try package.add("custody/\(name)", [UInt8](data))
    }
    return events.count
  }

  /// What the package does not hold: how every address of its sources ended, and what was cut.
  private func completeness(_ captures: [CaseStore.SelectedCapture]) throws -> [UInt8] {
    var json = JSONWriter()
    try json.object { json throws in
      json.key("captures")
      json.object { json in
        for (outcome, all) in Dictionary(grouping: captures, by: \.outcome)
          .sorted(by: { $0.key < $1.key })
        {
          json.key(outcome)
          json.integer(all.count)
        }
      }
      json.key("sources")
      try json.object { json throws in
        for source in Set(captures.map(\.source)).sorted() {
          json.key(source)
          let outcomes = try folder.store.outcomes(ofSource: source).sorted { $0.key < $1.key }
          json.object { json in
            for (outcome, count) in outcomes {
              json.key(outcome)
              json.integer(Int(count))
            }
          }
        }
      }
    }
    return json.bytes
  }

  static func digest(of path: String) throws -> SHA256Digest {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw CustodyFailure("\(path) cannot be read")
    }
    defer { try? handle.close() }
    var hash = SHA256()
    while let data = try handle.read(upToCount: 1 << 20), !data.isEmpty {
      hash.update([UInt8](data))
    }
    return hash.finish()
  }
}

/// A package that is being written: counts and digests what goes into it.
struct PackageWriter {
  private let zip: ZIPWriter
  private var resources: [PackageContent.Resource] = []
  private var current: (path: String, hash: SHA256, bytes: Int64)?

  init(_ zip: ZIPWriter) { self.zip = zip }

  mutating func begin(_ path: String) throws {
    end()
    try zip.begin(path)
    current = (path, SHA256(), 0)
  }

  mutating func write(_ bytes: [UInt8]) throws {
    try zip.write(bytes)
    current?.hash.update(bytes)
    current?.bytes += Int64(bytes.count)
  }

  mutating func add(_ path: String, _ bytes: [UInt8]) throws {
    try begin(path)
    try write(bytes)
  }

  /// Writes the list of what is in it, signed, and ends the file.
  mutating func finish(
    title: String, software: String, created: Timestamp, key: SigningKey
  ) throws {
    end()
    let list = PackageContent.datapackage(
      title: title, software: software, created: created, resources: resources)
    let publicKey = key.publicKey.pem.split(separator: "\n").filter { !$0.hasPrefix("-----") }
      .joined()
    let digest = try PackageContent.digest(
      of: list, created: created, software: software, publicKey: publicKey,
      sign: { try key.sign($0) })
    try zip.add("datapackage.json", list)
    try zip.add("datapackage-digest.json", digest)
    try zip.finish()
  }

  private mutating func end() {
    guard let current else { return }
    resources.append(
      PackageContent.Resource(
        path: current.path, digest: current.hash.finish(), bytes: current.bytes))
    self.current = nil
  }
}
