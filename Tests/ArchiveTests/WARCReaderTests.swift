import Archive
import Bytes
import Foundation
import Testing

@Suite struct WARCReaderTests {
  @Test func whatWasWrittenIsReadAsItWas() throws {
    let written = try Fixtures.writeAll()
    let (records, problems) = readAll(written.bytes)
    #expect(problems == [])
    #expect(records.map(\.offset) == written.locations.map(\.offset))
    #expect(records.map(\.length) == written.locations.map(\.length))
    let expected = written.captures.flatMap(\.records)
    #expect(records.dropFirst().map(\.record.block) == expected.map(\.block))
    for (read, given) in zip(records.dropFirst(), expected) {
      #expect(
        read.record.header.fields.filter { $0.name != "WARC-Warcinfo-ID" } == given.header.fields)
    }
  }

  @Test func payloadsDecodeToThePage() throws {
    let written = try Fixtures.writeAll()
    let answers = readAll(written.bytes).records.filter { $0.record.header.type == .response }
    #expect(answers.count == Fixtures.answered.count)
    for (answer, exchange) in zip(answers, Fixtures.answered) {
      let message = try #require(HTTPMessage(answer.record.block))
      #expect(Array(message.payload) == exchange.body)
      guard let coding = message.field("Content-Encoding") else { continue }
      let codings = try #require(ContentCoding.list(fromHeader: coding))
      let decoded = try ContentDecoder.decode(Array(message.payload), codings: codings)
      #expect(decoded.starts(with: Fixtures.page))
    }
  }

  /// The same records in other wrappings.
  @Test func plainAndWhollyCompressedFilesAreReadToo() throws {
    let written = try Fixtures.writeAll()
    let members = readAll(written.bytes).records
    let plain = try plainBytes(written)
    let (records, problems) = readAll(plain)
    #expect(problems == [])
    #expect(records.map(\.record) == members.map(\.record))
    for record in records {
      let length = try #require(record.length)
      let path = "\(written.directory.path)/plain.warc"
      try Data(plain).write(to: URL(fileURLWithPath: path))
      let alone = try WARCReader.read(path: path, offset: record.offset, length: length)
      #expect(alone.record == record.record)
      #expect(alone.problems == [])
    }
    let whole = readAll(GzipMember.compressed(plain, level: 6))
    #expect(whole.records.map(\.record) == members.map(\.record))
    #expect(Set(whole.problems.map(\.kind)) == [.severalRecordsInMember])
    #expect(whole.records.allSatisfy { $0.length == nil })
  }

  @Test func randomAccessChecksTheBytes() throws {
    let written = try Fixtures.writeAll()
    let place = written.locations[3]
    var bytes = written.bytes
    bytes[Int(place.offset) + 40] ^= 1
    try Data(bytes).write(to: URL(fileURLWithPath: written.path))
    #expect(throws: ArchiveFailure.digestMismatch(path: written.path, offset: place.offset)) {
      try WARCReader.read(place, in: written.directory.path)
    }
    for (offset, length) in [(-1, 5), (0, 0), (0, Int64.max), (Int64.max, 5), (5, Int64.max)] {
      #expect(
        throws: ArchiveFailure.outOfRange(
          path: written.path, offset: Int64(offset), length: Int64(length))
      ) {
        try WARCReader.read(path: written.path, offset: Int64(offset), length: Int64(length))
      }
    }
    #expect(throws: ArchiveFailure.self) {
      try WARCReader.read(path: written.path, offset: 1, length: 20)
    }
    #expect(throws: ArchiveFailure.self) { try WARCReader(path: "\(written.path).none") }
  }

  @Test func everyTruncationIsNamed() throws {
    let written = try Fixtures.writeAll()
    let whole = Array(written.bytes.prefix(Int(written.locations[3].end)))
    let ends = Set(written.locations.map { Int($0.end) })
    for count in stride(from: 1, to: whole.count, by: 7) where !ends.contains(count) {
      let (records, problems) = readAll(Array(whole.prefix(count)))
      #expect(!problems.isEmpty, "cut to \(count)")
      #expect(records.count <= ends.filter { $0 <= count }.count + 1)
    }
  }

  @Test func aDamagedMemberDoesNotHideTheNext() throws {
    let written = try Fixtures.writeAll()
    let place = written.locations[2]
    for at in stride(from: Int(place.offset) + 10, to: Int(place.end), by: 23) {
      var bytes = written.bytes
      bytes[at] ^= 0x55
      let (records, problems) = readAll(bytes)
      #expect(!problems.isEmpty)
      #expect(problems.allSatisfy { $0.offset >= place.offset && $0.offset <= place.end })
      let ids = Set(records.map(\.record.header.recordID))
      for other in written.locations where other != place {
        #expect(ids.contains(other.recordID), "damaged at \(at)")
      }
    }
  }

  @Test func junkBetweenMembersIsNamedAndPassedOver() throws {
    let written = try Fixtures.writeAll()
    let cut = Int(written.locations[2].offset)
    let bytes = written.bytes
    let junk = Array("junk between the members".utf8)
    let (records, problems) = readAll(Array(bytes[..<cut]) + junk + Array(bytes[cut...]))
    #expect(records.count == written.locations.count)
    #expect(problems.map(\.kind) == [.junk])
    #expect(problems.map(\.offset) == [Int64(cut)])
    let after = readAll(bytes + junk)
    #expect(after.records.count == written.locations.count)
    #expect(after.problems.map(\.kind) == [.junk])
  }

  @Test func limitsHoldWhateverARecordClaims() throws {
    let head = "WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: "
    let limits = WARCLimits(maximumHeaderBytes: 1000, maximumBlockBytes: 100)
    let long = readAll(
      Array((head + "5000\r\n\r\n" + String(repeating: "x", count: 5000) + "\r\n\r\n").utf8)
        + Array((head + "1\r\n\r\ny\r\n\r\n").utf8), limits: limits)
    #expect(long.records.map(\.record.block.count) == [100, 1])
    #expect(long.records.map(\.isBlockComplete) == [false, true])
    #expect(long.problems.map(\.kind) == [.blockTooBig])
    let endless = readAll(Array((head + "9223372036854775807\r\n\r\nabc").utf8), limits: limits)
    #expect(endless.records.map(\.record.block) == [Array("abc".utf8)])
    #expect(endless.problems.map(\.kind) == [.blockTooBig, .truncated])
    for wrong in ["-1", "", "abc", "99999999999999999999"] {
      let found = readAll(Array((head + wrong + "\r\n\r\n\r\n\r\n").utf8))
      #expect(found.records.count == 1)
      #expect(found.problems.map(\.kind) == [.badLength], "\(wrong)")
    }
    let bigHeader = readAll(
      Array(("WARC/1.1\r\nA: " + String(repeating: "x", count: 2000) + "\r\n\r\n").utf8),
      limits: limits)
    #expect(bigHeader.records.isEmpty)
    #expect(bigHeader.problems.first?.kind == .headerTooBig)
    let manyLines = readAll(
      Array(("WARC/1.1\r\n" + String(repeating: "A: b\r\n", count: 500) + "\r\n").utf8),
      limits: limits)
    #expect(manyLines.problems.first?.kind == .headerTooBig)
  }

  @Test func foldedAndOddLinesAreReadWithoutHarm() throws {
    let text =
      "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: <http://a.example/>\r\nX: a\r\n\tb\r\n"
      + "nonsense\r\nY: a\rb\r\nContent-Length: 1\r\n\r\nz\r\n\r\n"
    let (records, problems) = readAll(Array(text.utf8))
    let header = try #require(records.first?.record.header)
    #expect(header.version == "1.0")
    #expect(header.targetURI == "http://a.example/")
    #expect(header["x"] == "a b")
    #expect(header["y"] == "a%0Db")
    #expect(problems.map(\.kind) == [.badField, .badField])
    #expect(records.first?.problems == problems)
  }

  @Test func alteredFilesNeverCrash() throws {
    let written = try Fixtures.writeAll()
    let plain = try plainBytes(written)
    var random = SplitMix(state: 11)
    for round in 0..<100 {
      var bytes = round % 2 == 0 ? plain : written.bytes
      for _ in 0...Int.random(in: 0..<6, using: &random) {
        let at = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.removeSubrange(at..<min(bytes.count, at + 30))
        default: bytes.insert(contentsOf: Array("\r\nWARC/1.1\r\n\r\n".utf8), at: at)
        }
      }
      let (records, _) = readAll(bytes, limits: WARCLimits(maximumBlockBytes: 10_000))
      #expect(records.count <= written.locations.count + 6)
    }
  }

  private func plainBytes(_ written: Fixtures.Written) throws -> [UInt8] {
    try written.locations.flatMap { place in
      try GzipMember.decompress(
        Array(written.bytes[Int(place.offset)..<Int(place.end)]), maximumBytes: 1 << 20)
    }
  }
}
