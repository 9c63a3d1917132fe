extension WARCReader {
  /// Some writers put more blank lines between records; in a member of its own there are none.
  mutating func skipLineEnds() {
    let skipped = dropLineEnds()
    if skipped > 0, stream.isCompressed, recordsInSection == 0 {
      note(.junk, at: stream.offset, "\(skipped) bytes before the record of a member")
    }
  }

  @discardableResult
  mutating func dropLineEnds() -> Int {
    var dropped = 0
    while let byte = stream.look(atLeast: 1).first, byte == 0x0D || byte == 0x0A {
      stream.drop(1)
      dropped += 1
    }
    return dropped
  }

  /// Passes over lines until one begins like a record.
  mutating func skipJunk(from start: Int64) {
    var skipped: Int64 = 0
    repeat {
      let bytes = stream.look(atLeast: 1)
      guard !bytes.isEmpty else { break }
      let end = bytes.firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.endIndex
      let endsLine = bytes[end - 1] == 0x0A
      skipped += Int64(end - bytes.startIndex)
      stream.drop(end - bytes.startIndex)
      if stream.isCompressed, skipped > 1 << 24 {
        inSection = false
        skipped += stream.abandonSection()
        break
      }
      if endsLine, looksLikeRecord { break }
    } while true
    note(.junk, at: start, "\(skipped) bytes that belong to no record")
  }

  private mutating func looksLikeRecordStart(_ bytes: ArraySlice<UInt8>) -> Bool {
    if bytes.starts(with: Array("WARC/".utf8)) { return true }
    guard let arcVersion, let end = bytes.prefix(4096).firstIndex(of: 0x0A) else { return false }
    return ARCHeader.parse(bytes[..<end], version: arcVersion) != nil
  }

  private var looksLikeRecord: Bool {
    mutating get { looksLikeRecordStart(stream.look(atLeast: arcVersion == nil ? 5 : 4096)) }
  }
}
