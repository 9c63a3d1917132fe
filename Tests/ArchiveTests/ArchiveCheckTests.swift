import Archive
import Bytes
import Foundation
import Testing

/// The checker is worth what it finds: every field that matters is dropped and altered in turn.
@Suite struct ArchiveCheckTests {
  /// One record of our file as text that can be altered, and the file made again around it.
  private struct Workshop {
    let members: [[UInt8]]
    let types: [WARCType]

    init() throws {
      let written = try Fixtures.writeAll(answered: [Fixtures.plain, Fixtures.http2])
      let bytes = written.bytes
      members = try written.locations.map {
        try GzipMember.decompress(
          Array(bytes[Int($0.offset)..<Int($0.end)]), maximumBytes: 1 << 20)
      }
      types = written.locations.map(\.type)
    }

    func file(_ members: [[UInt8]]) -> [UInt8] {
      members.flatMap { GzipMember.compressed($0, level: 1) }
    }

    /// The findings when the first record of a type is altered.
    func findings(
      _ type: WARCType, where isWanted: (String) -> Bool = { _ in true },
      _ alter: (inout String) -> Void
    ) throws -> [ArchiveFinding.Kind] {
      let at = try #require(
        types.indices.first { types[$0] == type && isWanted(head(members[$0])) })
      var altered = members
      var text = head(members[at])
      let length = text.utf8.count
      alter(&text)
      altered[at] = Array(text.utf8) + members[at].dropFirst(length)
      return ArchiveCheck(knownRecords: []).check(file(altered)).findings.map(\.kind)
    }

    func head(_ member: [UInt8]) -> String {
      let text = String(decoding: member, as: UTF8.self)
      return String(text[..<(text.range(of: "\r\n\r\n")?.upperBound ?? text.endIndex)])
    }

    static func line(of name: String, in head: String) -> Range<String.Index>? {
      guard let start = head.range(of: "\r\n\(name): ") else { return nil }
      let end = head.range(of: "\r\n", range: start.upperBound..<head.endIndex)
      return start.lowerBound..<(end?.lowerBound ?? head.endIndex)
    }
  }

  private static let mandatory: [WARCType: [String]] = {
    let all = [
      "WARC-Type", "WARC-Record-ID", "WARC-Date", "Content-Length", "Content-Type",
      "WARC-Block-Digest",
    ]
    let capture = all + ["WARC-Target-URI", "WARC-Warcinfo-ID"]
    return [
      .warcinfo: all, .request: capture + ["WARC-Concurrent-To"], .metadata: capture,
      .response: capture + ["WARC-Payload-Digest"],
      .revisit: capture + [
        "WARC-Payload-Digest", "WARC-Profile", "WARC-Refers-To", "WARC-Refers-To-Target-URI",
        "WARC-Refers-To-Date",
      ],
    ]
  }()

  @Test func whatWeWriteHasNothingWrong() throws {
    for level in [1, 6] {
      let written = try Fixtures.writeAll(level: level)
      let report = ArchiveCheck(knownRecords: []).check(written.bytes)
      #expect(report.findings == [])
      #expect(report.records == written.locations.count)
      #expect(report.recordIDs == Set(written.locations.map(\.recordID)))
      #expect(ArchiveCheck(profile: .standard).check(written.bytes).findings == [])
    }
  }

  @Test(arguments: [WARCType.warcinfo, .request, .response, .revisit, .metadata])
  func aMissingFieldIsNamed(type: WARCType) throws {
    let workshop = try Workshop()
    for name in try #require(Self.mandatory[type]) {
      let findings = try workshop.findings(type) { head in
        if let line = Workshop.line(of: name, in: head) { head.removeSubrange(line) }
      }
      #expect(findings.contains(.missingField(name)), "\(type) \(name): \(findings)")
      let emptied = try workshop.findings(type) { head in
        if let line = Workshop.line(of: name, in: head) {
          head.replaceSubrange(line, with: "\r\n\(name): ")
        }
      }
      #expect(emptied.contains(.missingField(name)), "\(type) empty \(name): \(emptied)")
    }
  }

  @Test(arguments: [WARCType.warcinfo, .request, .response, .revisit, .metadata])
  func aMalformedFieldIsNamed(type: WARCType) throws {
    let workshop = try Workshop()
    for name in try #require(Self.mandatory[type]) {
      let findings = try workshop.findings(type) { head in
        if let line = Workshop.line(of: name, in: head) {
          head.replaceSubrange(line, with: "\r\n\(name): ?")
        }
      }
      let expected: ArchiveFinding.Kind =
        name == "WARC-Type" ? .unknownType : .malformedField(name)
      #expect(findings.contains(expected), "\(type) \(name): \(findings)")
    }
  }

  @Test(arguments: [WARCType.warcinfo, .request, .response, .revisit, .metadata])
  func aRepeatedFieldIsNamed(type: WARCType) throws {
    let workshop = try Workshop()
    for name in try #require(Self.mandatory[type]) where name != "WARC-Concurrent-To" {
      let findings = try workshop.findings(type) { head in
        if let line = Workshop.line(of: name, in: head) {
          head.insert(contentsOf: head[line], at: line.lowerBound)
        }
      }
      #expect(findings.contains(.duplicateField(name)), "\(type) \(name): \(findings)")
    }
  }

  /// Values that are well formed and wrong.
  @Test(arguments: [
    Alteration(.response, "WARC-Date", "2026-01-02T03:04:06Z", .disagreement("WARC-Date")),
    Alteration(.response, "WARC-Date", "2026-01-02T03:04:05.5Z", .malformedField("WARC-Date")),
    Alteration(.response, "WARC-Date", "2026-01-02T03:04:05+01:00", .malformedField("WARC-Date")),
    Alteration(.response, "WARC-Date", "2026-02-31T03:04:05Z", .malformedField("WARC-Date")),
    Alteration(
      .response, "WARC-Target-URI", "http://b.example/", .disagreement("WARC-Target-URI")),
    Alteration(
      .response, "WARC-Target-URI", "<http://b.example/>", .malformedField("WARC-Target-URI")),
    Alteration(
      .response, "WARC-Record-ID", "<urn:uuid:00000000-0000-4000-8000-000000000000>",
      .unresolved("WARC-Concurrent-To")),
    Alteration(
      .warcinfo, "WARC-Record-ID", "<urn:uuid:00000000-0000-4000-8000-000000000000>",
      .unresolved("WARC-Warcinfo-ID")),
    Alteration(
      .revisit, "WARC-Refers-To", "<urn:uuid:00000000-0000-4000-8000-000000000000>",
      .unresolved("WARC-Refers-To")),
    Alteration(.response, "WARC-Type", "resource", .malformedField("Content-Type")),
    Alteration(.request, "WARC-Type", "response", .malformedField("Content-Type")),
    Alteration(.metadata, "WARC-Type", "request", .malformedField("Content-Type")),
    Alteration(.warcinfo, "WARC-Type", "metadata", .noWarcinfo),
    Alteration(.response, "Content-Length", "1", .unreadable(.missingEnd)),
    Alteration(.response, "Content-Length", "100000", .unreadable(.truncated)),
    Alteration(
      .response, "WARC-Block-Digest", SHA256.hash([]).labelled, .blockDigestMismatch),
    Alteration(
      .response, "WARC-Payload-Digest", SHA256.hash([]).labelled, .payloadDigestMismatch),
    Alteration(
      .response, "WARC-Block-Digest", "sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
      .malformedField("WARC-Block-Digest")),
    Alteration(
      .revisit, "WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/other",
      .malformedField("WARC-Profile")),
    Alteration(.response, "WARC-IP-Address", "jobs.example", .malformedField("WARC-IP-Address")),
  ])
  func aWrongValueIsNamed(alteration: Alteration) throws {
    let findings = try Workshop().findings(alteration.type) { head in
      if let line = Workshop.line(of: alteration.field, in: head) {
        head.replaceSubrange(line, with: "\r\n\(alteration.field): \(alteration.value)")
      }
    }
    #expect(findings.contains(alteration.expected), "\(findings)")
  }

  @Test func anotherVersionIsNamed() throws {
    let workshop = try Workshop()
    let findings = try workshop.findings(.response) { head in
      head = head.replacingOccurrences(of: "WARC/1.1", with: "WARC/1.0")
    }
    #expect(findings == [.badVersion])
  }

  @Test func anyFlippedByteOfABlockIsNamed() throws {
    let workshop = try Workshop()
    let at = try #require(workshop.types.firstIndex(of: .response))
    let start = workshop.head(workshop.members[at]).utf8.count
    let members = Array(workshop.members.prefix(4))
    for place in stride(from: start, to: members[at].count - 4, by: 3) {
      var altered = members
      altered[at][place] ^= 0x01
      let findings = ArchiveCheck().check(workshop.file(altered)).findings.map(\.kind)
      #expect(findings.contains(.blockDigestMismatch), "byte \(place)")
    }
  }

  @Test func anyFlippedByteOnDiskIsNamedOrChangesNothing() throws {
    let written = try Fixtures.writeAll()
    let bytes = written.bytes
    let clean = readAll(bytes).records.map(\.record)
    for at in stride(from: 0, to: bytes.count, by: 211) {
      var altered = bytes
      altered[at] ^= 0x10
      if ArchiveCheck().check(altered).findings.isEmpty {
        // Time and system in a gzip header mean nothing; member digests cover them.
        #expect(readAll(altered).records.map(\.record) == clean, "byte \(at)")
      }
    }
  }

  @Test func everyTruncationIsNamed() throws {
    let written = try Fixtures.writeAll()
    let bytes = written.bytes
    // At the end of a capture the rest may as well never have been written.
    var wholes: Set<Int> = []
    var at = 1
    wholes.insert(Int(written.locations[0].end))
    for capture in written.captures {
      at += capture.records.count
      wholes.insert(Int(written.locations[at - 1].end))
    }
    for count in stride(from: 0, to: bytes.count, by: 149) where !wholes.contains(count) {
      let report = ArchiveCheck().check(Array(bytes.prefix(count)))
      #expect(!report.findings.isEmpty, "cut to \(count)")
    }
  }

  @Test func otherWrappingsAreNamed() throws {
    let workshop = try Workshop()
    let plain = Array(workshop.members.joined())
    #expect(ArchiveCheck().check(plain).findings.map(\.kind) == [.notCompressed])
    let whole = ArchiveCheck().check(GzipMember.compressed(plain, level: 6))
    #expect(
      Set(whole.findings.map(\.kind)) == [.unreadable(.severalRecordsInMember)])
    let file = workshop.file(workshop.members)
    #expect(
      ArchiveCheck().check(file + [0]).findings.map(\.kind) == [.unreadable(.junk)])
    var trailing = workshop.members
    trailing[1] += [0x0A]
    #expect(
      ArchiveCheck().check(workshop.file(trailing)).findings.map(\.kind)
        == [.unreadable(.trailingBytes)])
    var leading = workshop.members
    leading[1].insert(contentsOf: [0x0D, 0x0A], at: 0)
    #expect(
      ArchiveCheck().check(workshop.file(leading)).findings.map(\.kind) == [.unreadable(.junk)])
    #expect(
      ArchiveCheck().check(file + GzipMember.stored([])).findings.map(\.kind)
        == [.unreadable(.emptyMember)])
    #expect(ArchiveCheck().check([]).findings.map(\.kind) == [.notCompressed, .noWarcinfo])
  }

  @Test func repeatedAndLoneRecordsAreNamed() throws {
    let workshop = try Workshop()
    let twice = workshop.members + [workshop.members[2]]
    #expect(ArchiveCheck().check(workshop.file(twice)).findings.map(\.kind) == [.duplicateRecordID])
    for (at, type) in workshop.types.enumerated() where type == .response || type == .metadata {
      var without = workshop.members
      without.remove(at: at)
      let findings = ArchiveCheck(knownRecords: []).check(workshop.file(without)).findings
      // The metadata of a fetch that never got as far as a request hangs on nothing.
      let isLast = at == workshop.members.count - 1
      #expect(findings.isEmpty == isLast, "without \(type) \(at)")
    }
  }

  @Test func aRevisitIsResolvedInTheRecordsThatAreKnown() throws {
    let workshop = try Workshop()
    let revisit = try #require(workshop.types.firstIndex(of: .revisit))
    let file = workshop.file([workshop.members[0]] + workshop.members[(revisit - 1)...])
    let target = readAll(workshop.file(workshop.members)).records
      .first { $0.record.header.type == .response }?.record.header.recordID
    #expect(ArchiveCheck(knownRecords: [try #require(target)]).check(file).findings == [])
    #expect(ArchiveCheck(knownRecords: nil).check(file).findings == [])
    #expect(
      ArchiveCheck(knownRecords: []).check(file).findings.map(\.kind)
        == [.unresolved("WARC-Refers-To"), .unresolved("WARC-Refers-To")])
  }
}

struct Alteration: Sendable, CustomTestStringConvertible {
  let type: WARCType
  let field: String
  let value: String
  let expected: ArchiveFinding.Kind

  init(
    _ type: WARCType, _ field: String, _ value: String, _ expected: ArchiveFinding.Kind
  ) {
    self.type = type
    self.field = field
    self.value = value
    self.expected = expected
  }

  var testDescription: String { "\(type) \(field) = \(value)" }
}
