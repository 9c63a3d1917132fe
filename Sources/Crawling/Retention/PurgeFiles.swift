import Archive
import Bytes
import CaseStore
import Vocabulary

/// The archive's side of a purge: what is put in the place of records, and where some are moved to.
///
/// For one caller at a time.
final class PurgeFiles {
  private let folder: DataFolder
  private let now: Timestamp
  private let software: String
  private var writers: [String: WARCWriter] = [:]
  private var firstRecords: [String: StoredMember] = [:]
  private var generator = SystemRandomNumberGenerator()

  init(_ folder: DataFolder, at now: Timestamp, software: String) {
    self.folder = folder
    self.now = now
    self.software = software
  }

  func tombstone(
    _ file: String, _ offset: Int64, _ length: Int64, _ words: String
  ) throws -> ErasedPlace {
    if firstRecords[file] == nil { firstRecords = try folder.store.firstRecords() }
    guard let warcinfo = firstRecords[file]?.recordID else {
      throw CrawlError.archive("\(file) has no first record; run 'adwatch verify'")
    }
    // Records say whole seconds.
    let at = Timestamp(milliseconds: now.milliseconds / 1000 * 1000)
    return try Tombstones.place(
      in: file, at: offset, length: length,
      Tombstone(
        recordID: RecordID(using: &generator).description, warcinfo: warcinfo, date: at,
        text: words, length: length))
  }

  /// Copies a record, byte for byte, to the end of another file of its source, with a record beside it
  /// that says from where and why.
  func move(_ source: String, _ record: StoredMember, _ words: String) throws -> MovedRecord {
    guard let digest = SHA256Digest(record.digest) else {
      throw CrawlError.archive("a digest of \(record.file) has a wrong length")
    }
    let path = folder.path + "/" + record.file
    let stored = try WARCReader.read(
      path: path, offset: record.offset, length: record.length, expecting: digest)
    let bytes = try ArchiveFiles.bytes(of: path, at: record.offset, count: Int(record.length))
    let header = stored.record.header
    let fields = [
      header["WARC-Target-URI"].flatMap { WARCField("WARC-Target-URI", $0) },
      WARCField("WARC-Concurrent-To", "<\(record.recordID)>"),
      WARCField("WARC-Refers-To", "<\(record.recordID)>"),
    ].compactMap(\.self)
    let note = WARCRecord.metadata(
      id: RecordID(using: &generator), date: header.date ?? now, fields: fields,
      pairs: [
        ("movedFrom", "\(record.file) at \(record.offset)"), ("movedAt", now.rfc3339),
        ("reason", words), ("software", software),
      ])
    let writer = try writer(for: source)
    let locations = try writer.append(
      moved: WARCWriter.MovedMember(
        bytes: bytes, recordID: record.recordID, type: WARCType(rawValue: record.type) ?? .response),
      [note], at: now)
    try writer.sync()
    let members = locations.map(StoredMember.init)
    return MovedRecord(
      members: members.filter { $0.type != WARCType.warcinfo.rawValue },
      written: members.filter { $0.type == WARCType.warcinfo.rawValue },
      ends: [locations[0].file: locations.map(\.end).max() ?? 0])
  }

  private func writer(for source: String) throws -> WARCWriter {
    if let writer = writers[source] { return writer }
    let writer = try WARCWriter(
      WARCWriterOptions(
        dataDirectory: folder.path, source: source,
        warcinfo: [
          ("software", software), ("isPartOf", source),
          ("description", "payloads kept for later captures when the first was purged"),
        ]))
    writers[source] = writer
    return writer
  }
}
