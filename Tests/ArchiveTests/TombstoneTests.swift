import Bytes
import Foundation
import Testing
import Vocabulary

@testable import Archive

@Suite struct TombstoneTests {
  private func tombstone(_ length: Int64) -> Tombstone {
    Tombstone(
      recordID: "urn:uuid:6ba7b810-9dad-41d1-80b4-00c04fd430c8",
      warcinfo: "urn:uuid:6ba7b811-9dad-41d1-80b4-00c04fd430c8",
      date: Timestamp(milliseconds: 1_767_323_045_000), text: "Erased: its retention ended.",
      length: length)
  }

  @Test func fillsEveryLengthExactlyAndIsAWellFormedRecord() throws {
    // Where the number of digits of the length changes, and where one more block begins.
    let lengths =
      Array(430...1600) + Array(10_380...10_480) + Array(65_500...65_980)
      + Array(131_000...131_500) + [1_000_000, 1_000_421, 10_000_430]
    for length in lengths {
      let bytes = try #require(tombstone(Int64(length)).bytes, "\(length)")
      try #require(bytes.count == length)
      let plain = try GzipMember.decompress(bytes, maximumBytes: 1 << 24)
      var reader = WARCReader(source: MemorySource(plain), limits: WARCLimits())
      let record = try #require(reader.next()?.record)
      #expect(record.header.type == .metadata)
      #expect(reader.next() == nil)
      #expect(reader.problems.isEmpty)
      #expect(record.block.starts(with: Array("Erased: its".utf8)) || record.block.count < 30)
    }
  }

  @Test func isNoneWhereTooLittleRoomIs() {
    for length: Int64 in [-1, 0, 1, 18, 23, 300, .max] {
      #expect(tombstone(length).bytes == nil, "\(length)")
    }
  }

  @Test func passesTheStrictCheckInsideAFile() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("tombstone-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let writer = try WARCWriter(
      WARCWriterOptions(dataDirectory: folder, source: "site", warcinfo: [("software", "test/1")]))
    var generator = SystemRandomNumberGenerator()
    var captures: [[MemberLocation]] = []
    for number in 1...3 {
      let exchange = ArchivedExchange(
        url: "http://site.example/\(number)", date: Timestamp(milliseconds: 1_767_323_045_000),
        request: Array("GET /\(number) HTTP/1.1\r\nHost: site.example\r\n\r\n".utf8),
        responseHead: Array("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n".utf8),
        body: [UInt8](repeating: UInt8(number), count: 200_000), outcome: "fetched")
      captures.append(
        try writer.append(
          CaptureRecords(exchange, using: &generator).records,
          at: Timestamp(milliseconds: 1_767_323_045_000)
        ).filter { $0.type != .warcinfo })
    }
    try writer.sync()
    let path = folder + "/" + captures[1][0].file
    let before = try ArchiveCheck(profile: .own).check(path: path)
    #expect(before.findings.isEmpty)
    let info = try WARCReader.read(captures[0][0], in: folder).record.header["WARC-Warcinfo-ID"]
    let gone = captures[1]
    var stone = tombstone(gone[2].end - gone[0].offset)
    stone.warcinfo = String((info ?? "").dropFirst().dropLast())
    let digest = SHA256.hash(try #require(stone.bytes))
    for _ in 0..<2 { try stone.write(to: path, at: gone[0].offset, digest: digest) }
    let after = try ArchiveCheck(profile: .own).check(path: path)
    #expect(after.findings.map(\.description) == [])
    #expect(after.records == before.records - 2)
    for other in captures[0] + captures[2] {
      _ = try WARCReader.read(other, in: folder)
    }
    // Neither another tombstone nor one beyond the end is written.
    stone.text = "Other."
    #expect(throws: ArchiveFailure.self) {
      try stone.write(to: path, at: gone[0].offset, digest: digest)
    }
    let length = try Data(contentsOf: URL(fileURLWithPath: path)).count
    #expect(throws: ArchiveFailure.self) {
      try stone.write(
        to: path, at: Int64(length) - 5, digest: SHA256.hash(stone.bytes ?? []))
    }
    #expect(try ArchiveCheck(profile: .own).check(path: path).findings.isEmpty)
  }
}
