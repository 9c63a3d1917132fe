import Archive
import Foundation
import Testing

/// The files that warcio (Apache 2.0) is tested with, and what its index says of them.
@Suite(.enabled(if: Conformance.isThere, "no conformance files in ADWATCH_DATA_SETS"))
struct WARCConformanceTests {
  @Test(arguments: [
    Expectation(
      "example.warc",
      [
        "warcinfo 0 484", "warcinfo 488 705", "response 1197 1365", "request 2566 800",
        "revisit 3370 942", "request 4316 800",
      ]),
    Expectation(
      "example.warc.gz",
      [
        "warcinfo 0 353", "warcinfo 353 431", "response 784 1228", "request 2012 609",
        "revisit 2621 586", "request 3207 609",
      ]),
    Expectation(
      "example-resource.warc.gz", ["warcinfo 0 361", "warcinfo 361 441", "resource 802 977"]),
    Expectation(
      "example-iana.org-chunked.warc", ["warcinfo 0 401", "response 405 7970", "request 8379 448"]),
    Expectation(
      "example-digest.warc",
      [
        "request 0 918", "request 922 914", "request 1840 914", "request 2758 910",
      ]),
    Expectation(
      "example-wget-bad-target-uri.warc.gz",
      [
        "warcinfo 0 410", "request 410 414", "response 824 1154", "metadata 1978 317",
        "resource 2295 386", "resource 2681 586",
      ]),
    Expectation(
      "example-space-in-target-uri.warc.gz", ["warcinfo 0 241", "resource 241 342"]),
    Expectation(
      "post-test.warc.gz",
      [
        "response 0 720", "request 720 476", "response 1196 723", "request 1919 476",
        "response 2395 723", "request 3118 475",
      ]),
    // The index counts one of the blank lines after the description.
    Expectation("example.arc", ["warcinfo 0 149", "response 151 1656"]),
    Expectation("example.arc.gz", ["warcinfo 0 171", "response 171 856"]),
  ])
  func goodFilesGiveTheRecordsThatTheirIndexLists(expectation: Expectation) throws {
    let (records, problems) = readAll(try WARCReader(path: Conformance.path(expectation.file)))
    #expect(problems == [])
    #expect(records.map(Conformance.line) == expectation.lines)
  }

  @Test func aLengthThatIsTooShortIsNamedAndTheNextRecordFound() throws {
    let (records, problems) = readAll(try WARCReader(path: Conformance.path("example-trunc.warc")))
    #expect(
      records.map(Conformance.line) == [
        "warcinfo 0 484", "warcinfo 488 705", "response 1197 1363", "request 2566 800",
      ])
    #expect(problems.map(\.kind) == [.missingEnd, .junk])
  }

  @Test func aFileCompressedAsAWholeIsReadAndNamed() throws {
    let path = Conformance.path("example-bad-non-chunked.warc.gz")
    let (records, problems) = readAll(try WARCReader(path: path))
    #expect(records.count == 6)
    #expect(Set(problems.map(\.kind)) == [.severalRecordsInMember])
  }

  @Test func aRecordSplitOverMembersIsNamed() throws {
    let path = Conformance.path("example-wrong-chunks.warc.gz")
    let (records, problems) = readAll(try WARCReader(path: path))
    #expect(records.map { $0.record.header.type } == [.response, .request])
    #expect(problems.map(\.kind) == [.truncated, .junk, .emptyMember, .junk])
  }

  @Test func badARCLengthsAreNamed() throws {
    let (records, problems) = readAll(try WARCReader(path: Conformance.path("bad.arc")))
    #expect(records.count == 4)
    #expect(problems.filter { $0.kind == .badLength }.count == 3)
    #expect(records.dropFirst().allSatisfy { $0.record.header.targetURI == "http://example.com/" })
  }

  @Test func addressesLoseTheBracketsAndSpacesOfTheirWriters() throws {
    let wget = readAll(
      try WARCReader(path: Conformance.path("example-wget-bad-target-uri.warc.gz")))
    #expect(wget.records[1].record.header.targetURI == "http://example.com/")
    let arc = readAll(try WARCReader(path: Conformance.path("example-space-in-url.arc")))
    #expect(arc.records.map(Conformance.line) == ["warcinfo 0 149", "response 151 1722"])
    // Its record is twelve bytes shorter than it says, which the index keeps to itself.
    #expect(arc.problems.map(\.kind) == [.truncated])
    #expect(
      arc.records[1].record.header.targetURI?.hasSuffix(
        "Examples%20From%20The%20Live%20Web&IsPopUp=False") == true)
  }

  @Test func aChunkedBodyIsReadWithoutItsChunks() throws {
    let path = Conformance.path("example-iana.org-chunked.warc")
    let (records, _) = readAll(try WARCReader(path: path))
    let message = try #require(HTTPMessage(records[1].record.block))
    #expect(message.payload.count < message.body.count)
    let report = try ArchiveCheck(profile: .standard).check(path: path)
    #expect(report.findings == [])
  }

  @Test func digestsOfOtherProgramsAreChecked() throws {
    let digest = try ArchiveCheck(profile: .standard).check(
      path: Conformance.path("example-digest.warc"))
    // One digest is wrong, three are written in other alphabets; all four have the same name.
    #expect(
      digest.findings.map(\.kind)
        == [.payloadDigestMismatch] + Array(repeating: .duplicateRecordID, count: 3))
    #expect(digest.findings.first?.offset == 0)
    let cut = try ArchiveCheck(profile: .standard).check(
      path: Conformance.path("example-trunc.warc"))
    #expect(
      cut.findings.map(\.kind) == [
        .blockDigestMismatch, .payloadDigestMismatch, .unreadable(.missingEnd), .unreadable(.junk),
      ])
    for file in [
      "example.warc", "example.warc.gz", "post-test.warc.gz", "example-resource.warc.gz",
    ] {
      let report = try ArchiveCheck(profile: .standard).check(path: Conformance.path(file))
      #expect(report.findings == [], "\(file)")
    }
  }
}

struct Expectation: Sendable, CustomTestStringConvertible {
  let file: String
  let lines: [String]
  init(_ file: String, _ lines: [String]) {
    self.file = file
    self.lines = lines
  }
  var testDescription: String { file }
}

enum Conformance {
  static let folder =
    (ProcessInfo.processInfo.environment["ADWATCH_DATA_SETS"] ?? "../shared/data")
    + "/conformance/warc/test/data"
  static var isThere: Bool { FileManager.default.fileExists(atPath: folder + "/example.warc") }
  static func path(_ file: String) -> String { "\(folder)/\(file)" }

  static func line(_ record: StoredRecord) -> String {
    let type = record.record.header.type?.rawValue ?? "-"
    return "\(type) \(record.offset) \(record.length.map(String.init) ?? "-")"
  }
}
