import Archive
import Bytes
import Foundation
import Glibc
import TestSupport
import Testing

/// Programs we did not write read what we wrote.
///
/// `ADWATCH_TOOLS` is a directory of executables,
/// such as a Python environment's `bin` with warcio, fastwarc, warctools, pywb and cdxj-indexer.
@Suite struct ForeignToolsTests {
  @Test(.enabled(if: Tools.have("warcio"), "no warcio in ADWATCH_TOOLS"))
  func warcioChecksEveryDigest() throws {
    let written = try Fixtures.writeAll()
    let result = try Tools.run("warcio", ["check", "-v", written.path])
    #expect(result.status == 0, "\(result.output)")
    let passed = result.output.components(separatedBy: "digest pass").count - 1
    let revisits = written.locations.filter { $0.type == .revisit }.count
    #expect(passed == written.locations.count - revisits)
    var bytes = written.bytes
    let place = try #require(written.locations.first { $0.type == .response })
    let plain = try GzipMember.decompress(
      Array(bytes[Int(place.offset)..<Int(place.end)]), maximumBytes: 1 << 20)
    var altered = plain
    altered[altered.count - 10] ^= 1
    bytes.replaceSubrange(
      Int(place.offset)..<Int(place.end), with: GzipMember.compressed(altered, level: 6))
    try Data(bytes).write(to: URL(fileURLWithPath: written.path))
    #expect(try Tools.run("warcio", ["check", written.path]).status == 1)
  }

  @Test(.enabled(if: Tools.have("warcio"), "no warcio in ADWATCH_TOOLS"))
  func warcioFindsTheSameRecordsInTheSamePlaces() throws {
    let written = try Fixtures.writeAll()
    let result = try Tools.run(
      "warcio", ["index", "-f", "warc-type,offset,length,http:status", written.path])
    let lines = result.output.split(separator: "\n").map(String.init)
    #expect(lines.count == written.locations.count)
    for (line, place) in zip(lines, written.locations) {
      #expect(line.contains("\"warc-type\": \"\(place.type.rawValue)\""))
      #expect(line.contains("\"offset\": \"\(place.offset)\", \"length\": \"\(place.length)\""))
    }
    let statuses = lines.compactMap { line in
      line.range(of: "\"http:status\": \"").map { String(line[$0.upperBound...].prefix(3)) }
    }
    #expect(
      statuses == ["200", "200", "200", "200", "200", "200", "200", "404", "302", "200"]
        + ["200", "304"])
  }

  @Test(.enabled(if: Tools.have("fastwarc"), "no fastwarc in ADWATCH_TOOLS"))
  func fastwarcChecksEveryDigest() throws {
    let written = try Fixtures.writeAll()
    let blocks = try Tools.run("fastwarc", ["check", written.path])
    #expect(blocks.status == 0, "\(blocks.output)")
    #expect(
      blocks.output.contains("\(written.locations.count) records were verified successfully"),
      "\(blocks.output)")
    // Asked for payloads too it looks for those of revisits in the revisits, where they are not.
    let payloads = try Tools.run("fastwarc", ["check", "-p", written.path])
    let failed = payloads.output.components(separatedBy: "urn:uuid:").dropFirst().map {
      "urn:uuid:" + $0.prefix(36)
    }
    #expect(
      Set(failed) == Set(written.locations.filter { $0.type == .revisit }.map(\.recordID)),
      "\(payloads.output)")
  }

  /// warctools 5.0.1 stops at every WARC 1.1 with an error of its own, so it is given the same
  /// records under the older version's name: what it checks, the framing, is the same.
  @Test(.enabled(if: Tools.have("warcvalid"), "no warcvalid in ADWATCH_TOOLS"))
  func warcvalidFindsTheFramingRight() throws {
    let written = try Fixtures.writeAll()
    let bytes = written.bytes
    let older = try written.locations.flatMap { place in
      var plain = try GzipMember.decompress(
        Array(bytes[Int(place.offset)..<Int(place.end)]), maximumBytes: 1 << 20)
      plain.replaceSubrange(0..<8, with: Array("WARC/1.0".utf8))
      return GzipMember.compressed(plain, level: 6)
    }
    let path = "\(written.directory.path)/older.warc.gz"
    try Data(older).write(to: URL(fileURLWithPath: path))
    let result = try Tools.run("warcvalid", [path])
    #expect(result.status == 0, "\(result.output)")
    try Data(older.dropLast(30)).write(to: URL(fileURLWithPath: path))
    #expect(try Tools.run("warcvalid", [path]).status != 0)
  }

  @Test(.enabled(if: Tools.have("cdxj-indexer"), "no cdxj-indexer in ADWATCH_TOOLS"))
  func theIndexerSeesAnswersOnly() throws {
    let written = try Fixtures.writeAll()
    let result = try Tools.run("cdxj-indexer", [written.path])
    #expect(result.status == 0, "\(result.output)")
    let lines = result.output.split(separator: "\n")
    #expect(
      lines.count
        == written.locations.filter { $0.type == .response || $0.type == .revisit }.count)
  }
}
