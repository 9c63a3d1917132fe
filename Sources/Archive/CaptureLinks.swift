/// The references between records of a file, collected to be resolved when all have been read.
struct CaptureLinks {
  private struct Record {
    let offset: Int64
    let type: WARCType?
    let date: String?
    let target: String?
    let concurrentTo: [String]
    let warcinfo: String?
    let refersTo: String?
  }

  private var records: [(id: String, record: Record)] = []
  private var places: [String: Int] = [:]

  mutating func add(_ stored: StoredRecord) {
    let header = stored.record.header
    guard let id = header.recordID else { return }
    places[id] = records.count
    records.append(
      (
        id,
        Record(
          offset: stored.offset, type: header.type, date: header["WARC-Date"],
          target: header.targetURI, concurrentTo: header.concurrentTo,
          warcinfo: header["WARC-Warcinfo-ID"].map(withoutBrackets), refersTo: header.refersTo)
      ))
  }

  /// What does not fit together.
  ///
  /// With `own`, each file has to hold whole captures.
  func findings(own: Bool, known: Set<String>?) -> [ArchiveFinding] {
    var findings: [ArchiveFinding] = []
    // A record that came from another file, byte for byte, names that file's warcinfo; the metadata
    // record beside it says so by referring to it.
    let moved = Set(
      records.compactMap { $0.record.type == .metadata ? $0.record.refersTo : nil })
    for (id, record) in records {
      func note(_ kind: ArchiveFinding.Kind, _ detail: String) {
        findings.append(ArchiveFinding(kind, at: record.offset, recordID: id, detail))
      }
      for other in record.concurrentTo {
        if let place = places[other] {
          let partner = records[place].record
          if other == id { note(.unresolved("WARC-Concurrent-To"), "names itself") }
          // Other programs begin a new date for each record of a capture.
          if own, partner.date != record.date { note(.disagreement("WARC-Date"), other) }
          if own, partner.target != record.target {
            note(.disagreement("WARC-Target-URI"), other)
          }
        } else if own || known?.contains(other) == false {
          note(.unresolved("WARC-Concurrent-To"), other)
        }
      }
      if let warcinfo = record.warcinfo {
        if let place = places[warcinfo] {
          if records[place].record.type != .warcinfo {
            note(.unresolved("WARC-Warcinfo-ID"), "\(warcinfo) is no warcinfo record")
          }
        } else if !moved.contains(id), own || known?.contains(warcinfo) == false {
          note(.unresolved("WARC-Warcinfo-ID"), warcinfo)
        }
      }
      if record.type == .revisit, let other = record.refersTo, let known,
        places[other] == nil, !known.contains(other)
      {
        note(.unresolved("WARC-Refers-To"), other)
      }
    }
    if own { findings += loneRecords() }
    return findings
  }

  /// Every answer has a metadata record that is tied to it.
  private func loneRecords() -> [ArchiveFinding] {
    var tied: Set<String> = []
    for (_, record) in records where record.type == .metadata {
      tied.formUnion(record.concurrentTo)
    }
    return records.compactMap { id, record in
      guard record.type == .response || record.type == .revisit, !tied.contains(id) else {
        return nil
      }
      return ArchiveFinding(.unresolved("metadata"), at: record.offset, recordID: id, "has none")
    }
  }
}
