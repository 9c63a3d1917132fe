public import Bytes

/// Reads archive files, ours and other people's, record by record and in little memory.
///
/// WARC 1.0 and 1.1 (ISO 28500), ARC 1 and 2, compressed by record, compressed as a whole, or
/// plain. What is wrong is named and passed over: reading goes on with the next thing that looks
/// like a record, and `problems` says what was met on the way.
public struct WARCReader {
  /// What was wrong so far, in the order of the file; at most as many as the limits say.
  public private(set) var problems: [WARCProblem] = []
  /// How many problems there were, also those beyond the limit.
  public private(set) var problemCount = 0

  let limits: WARCLimits
  var stream: RecordStream
  var inSection = false
  var recordsInSection = 0
  var arcVersion: Int?
  /// The problems of the record that is being read.
  var own: [WARCProblem] = []

  /// A reader of a file; throws when it cannot be opened.
  public init(path: String, limits: WARCLimits = WARCLimits()) throws(ArchiveFailure) {
    self.init(source: try FileSource(path: path), limits: limits)
  }

  /// A reader of bytes from anywhere.
  public init(source: any ByteSource, limits: WARCLimits = WARCLimits()) {
    self.limits = limits
    stream = RecordStream(source)
    if let failure = stream.failure { note(.unreadable, at: 0, failure.description) }
  }

  /// Whether the file is compressed, by record or as a whole.
  public var isCompressed: Bool { stream.isCompressed }

  /// The next record; nil at the end of the file.
  public mutating func next() -> StoredRecord? {
    while true {
      guard inSection || beginSection() else { return nil }
      own = []
      skipLineEnds()
      if stream.look(atLeast: 1).isEmpty {
        endSection()
      } else if let record = readRecord() {
        return record
      }
    }
  }

  // MARK: - Sections

  private mutating func beginSection() -> Bool {
    while true {
      do {
        guard try stream.beginSection() else { return false }
        inSection = true
        recordsInSection = 0
        return true
      } catch {
        guard case .notGzip(let at) = error else {
          note(.unreadable, at: stream.offset, error.description)
          return false
        }
        note(.junk, at: at, "\(stream.abandonSection()) bytes that are no gzip member")
        if let failure = stream.failure {
          note(.unreadable, at: at, failure.description)
          return false
        }
      }
    }
  }

  private mutating func endSection() {
    inSection = false
    if let failure = stream.failure {
      noteFailure(failure)
    } else if recordsInSection == 0, stream.isCompressed {
      note(.emptyMember, at: stream.offset, "no record in this member")
    }
    if case .corrupt = stream.failure { _ = stream.abandonSection() }
  }

  private mutating func noteFailure(_ failure: GzipFailure) {
    let kind: WARCProblem.Kind =
      switch failure {
      case .unreadable: .unreadable
      case .notGzip: .junk
      case .corrupt: .corruptMember
      case .truncated: .truncated
      }
    note(kind, at: stream.offset, failure.description)
  }

  mutating func note(_ kind: WARCProblem.Kind, at offset: Int64, _ detail: String) {
    problemCount += 1
    let problem = WARCProblem(kind, at: offset, detail)
    if own.count < 20 { own.append(problem) }
    if problems.count < limits.maximumProblems { problems.append(problem) }
  }

  // MARK: - Records

  private mutating func readRecord() -> StoredRecord? {
    let start = stream.offset
    let begin = stream.look(atLeast: 12)
    let header: WARCHeader?
    let isARC: Bool
    if begin.starts(with: Array("WARC/".utf8)) {
      isARC = false
      header = readHeader()
    } else if arcVersion != nil || begin.starts(with: Array("filedesc://".utf8)) {
      isARC = true
      header = readARCHeader()
    } else {
      isARC = false
      header = nil
    }
    guard let header else {
      skipJunk(from: start)
      return nil
    }
    recordsInSection += 1
    return readBlock(of: header, from: start, isARC: isARC)
  }

  private mutating func readBlock(
    of header: WARCHeader, from start: Int64, isARC: Bool
  ) -> StoredRecord {
    let block: (kept: [UInt8], taken: Int64)
    var isComplete = true
    var isLengthKnown = true
    var isCut = false
    if let length = header.contentLength {
      // What a hostile length makes us decompress for nothing is bounded too.
      let most = Int64(limits.maximumBlockBytes).multipliedReportingOverflow(by: 64)
      let bound = stream.isCompressed && !most.overflow ? most.partialValue : .max
      block = stream.take(min(length, bound), keeping: limits.maximumBlockBytes)
      if length > limits.maximumBlockBytes {
        isComplete = false
        note(.blockTooBig, at: start, "\(length) bytes; \(block.kept.count) were kept")
      }
      if block.taken < min(length, bound) {
        isComplete = false
        isCut = true
        note(.truncated, at: start, "\(block.taken) of \(length) bytes of the block")
      }
    } else {
      isLengthKnown = false
      isComplete = false
      note(.badLength, at: start, header["Content-Length"] ?? "no Content-Length")
      // In a member of its own the record ends where the member does.
      block =
        stream.isCompressed && !isARC
        ? withoutEnd(
          stream.take(Int64(limits.maximumBlockBytes), keeping: limits.maximumBlockBytes))
        : ([], 0)
    }
    let plainLength = stream.offset - start
    if isLengthKnown, !isCut { readEnd(of: start, isARC: isARC) }
    if isARC, header.type == .warcinfo { noteARCVersion(block.kept) }
    let length = stream.isCompressed ? readMemberEnd(of: start) : plainLength
    return StoredRecord(
      record: WARCRecord(header: header, block: block.kept), offset: start, length: length,
      isBlockComplete: isComplete, problems: own)
  }

  private func withoutEnd(
    _ block: (kept: [UInt8], taken: Int64)
  ) -> (kept: [UInt8], taken: Int64) {
    let end: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A]
    return block.kept.suffix(4).elementsEqual(end)
      ? (block.kept.dropLast(4), block.taken - 4) : block
  }

  /// The two line ends after a WARC record, the one after an ARC record.
  private mutating func readEnd(of start: Int64, isARC: Bool) {
    let expected: [UInt8] = isARC ? [0x0A] : [0x0D, 0x0A, 0x0D, 0x0A]
    let end = stream.look(atLeast: expected.count).prefix(expected.count)
    if end.elementsEqual(expected) {
      stream.drop(expected.count)
    } else if stream.failure == nil {
      note(.missingEnd, at: start, "\(Hex.encode(end)) after the block")
    }
  }

  /// Reads to the end of the gzip member, whose checksum stands there; its length if all is well.
  private mutating func readMemberEnd(of start: Int64) -> Int64? {
    // The description of an ARC file ends in more blank lines than its length counts.
    if arcVersion != nil { dropLineEnds() }
    let rest = stream.look(atLeast: 5)
    if rest.isEmpty {
      let length = stream.failure == nil && recordsInSection == 1 ? stream.sectionLength : nil
      if recordsInSection > 1 { noteShared(start) }
      endSection()
      return length
    }
    if rest.starts(with: Array("WARC/".utf8)) || arcVersion != nil {
      noteShared(start)
      return nil
    }
    guard let taken = stream.drain(upTo: 1 << 24) else {
      note(.trailingBytes, at: start, "more than \(1 << 24) bytes after the record")
      _ = stream.abandonSection()
      inSection = false
      return nil
    }
    note(.trailingBytes, at: start, "\(taken) bytes after the record")
    let length = stream.failure == nil && recordsInSection == 1 ? stream.sectionLength : nil
    endSection()
    return length
  }

  private mutating func noteShared(_ start: Int64) {
    note(.severalRecordsInMember, at: start, "record \(recordsInSection) of its member")
  }
}
