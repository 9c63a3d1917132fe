public import Bytes

/// A strict check of an archive file, by the standard and, for our own files, by our promises.
///
/// Independent of the writer: it reads what is on disk. The usual validators pass files with
/// missing identifiers and dates; this one is tested by altering every field that matters.
public struct ArchiveCheck: Sendable {
  /// Against what a file is held.
  public enum Profile: Sendable, Hashable {
    /// What WARC 1.0 and 1.1 demand.
    case standard
    /// What we write besides: compressed, `warcinfo` first, SHA-256 digests everywhere, whole
    /// seconds, records of a capture tied to each other.
    case own
  }

  public var profile: Profile
  /// Of records in other files that may be referred to, without angle brackets; nil if they are not known.
  public var knownRecords: Set<String>?
  public var limits: WARCLimits

  public init(
    profile: Profile = .own, knownRecords: Set<String>? = nil,
    limits: WARCLimits = WARCLimits(maximumBlockBytes: 256 << 20)
  ) {
    self.profile = profile
    self.knownRecords = knownRecords
    self.limits = limits
  }

  /// What a check found.
  public struct Report: Sendable {
    /// In the order of the file; references come last.
    ///
    /// Empty when all is well.
    public var findings: [ArchiveFinding] = []
    /// How many records there were.
    public var records = 0
    /// Their identifiers, without angle brackets.
    public var recordIDs: Set<String> = []
  }

  /// Checks a file; throws only when it cannot be opened.
  public func check(path: String) throws(ArchiveFailure) -> Report {
    check(try WARCReader(path: path, limits: limits))
  }

  /// Checks bytes in memory.
  public func check(_ bytes: [UInt8]) -> Report {
    check(WARCReader(source: MemorySource(bytes), limits: limits))
  }

  /// Checks bytes from anywhere.
  public func check(source: any ByteSource) -> Report {
    check(WARCReader(source: source, limits: limits))
  }

  private func check(_ reader: WARCReader) -> Report {
    var reader = reader
    var report = Report()
    var links = CaptureLinks()
    while let stored = reader.next() {
      var check = RecordCheck(stored, profile: profile)
      check.run()
      report.findings += check.findings
      if report.records == 0, profile == .own, stored.record.header.type != .warcinfo {
        report.findings.append(ArchiveFinding(.noWarcinfo, at: stored.offset))
      }
      report.records += 1
      if let id = stored.record.header.recordID, !report.recordIDs.insert(id).inserted {
        report.findings.append(
          ArchiveFinding(.duplicateRecordID, at: stored.offset, recordID: id))
      }
      links.add(stored)
    }
    report.findings += reader.problems.map {
      ArchiveFinding(.unreadable($0.kind), at: $0.offset, $0.detail)
    }
    if profile == .own {
      if !reader.isCompressed { report.findings.append(ArchiveFinding(.notCompressed, at: 0)) }
      if report.records == 0 { report.findings.append(ArchiveFinding(.noWarcinfo, at: 0)) }
      report.findings += links.findings(own: true, known: knownRecords)
    } else {
      report.findings += links.findings(own: false, known: knownRecords)
    }
    return report
  }
}
