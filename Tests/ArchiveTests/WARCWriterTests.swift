import Bytes
import Foundation
import Glibc
import Testing
import Vocabulary

@testable import Archive

@Suite struct WARCWriterTests {
  @Test func everyMemberIsWhereItsLocationSays() throws {
    let written = try Fixtures.writeAll()
    let bytes = written.bytes
    var end: Int64 = 0
    for location in written.locations {
      #expect(location.offset == end)
      end = location.end
      let member = Array(bytes[Int(location.offset)..<Int(location.end)])
      #expect(SHA256.hash(member) == location.digest)
      let record = try WARCReader.read(location, in: written.directory.path)
      #expect(record.record.header.recordID == location.recordID)
      #expect(record.record.header.type == location.type)
      #expect(record.problems == [])
    }
    #expect(end == Int64(bytes.count))
    #expect(written.locations[0].type == .warcinfo)
    let expected = written.captures.flatMap(\.records)
    #expect(written.locations.dropFirst().map(\.recordID) == expected.map { $0.header.recordID })
  }

  @Test func filesAreNamedBySourceDayAndTime() throws {
    let written = try Fixtures.writeAll()
    #expect(
      written.locations[0].file
        == "warc/example-jobs/2026/01/02/example-jobs-20260102030405-00000.warc.gz")
  }

  @Test func aFullFileAndANewDayBeginAnother() throws {
    let directory = try TemporaryDirectory()
    var random = SplitMix(state: 2)
    var options = Fixtures.options(directory)
    options.maximumFileBytes = 2000
    let writer = try WARCWriter(options)
    var files: [String] = []
    for _ in 0..<6 {
      let records = CaptureRecords(Fixtures.gzip, using: &random).records
      files += try writer.append(records, at: Fixtures.start).map(\.file)
    }
    let next = CaptureRecords(Fixtures.empty, using: &random).records
    let later = try writer.append(next, at: Fixtures.start + 86_400)
    #expect(later[0].file.contains("/2026/01/03/"))
    #expect(Set(files).count > 1)
    for file in Set(files + later.map(\.file)) {
      let report = try ArchiveCheck().check(path: "\(directory.path)/\(file)")
      #expect(report.findings == [])
    }
    writer.rotate()
    let rotated = try writer.append(next, at: Fixtures.start + 86_400)
    #expect(rotated[0].file.hasSuffix("-00001.warc.gz"))
  }

  @Test func contentThatIsCompressedIsStoredAndTheRestCompressed() throws {
    let written = try Fixtures.writeAll()
    for (location, capture) in zip(
      written.locations.dropFirst().filter { $0.type == .response }, written.captures)
    {
      let answer = try #require(capture.records.first { $0.header.type == .response })
      let isEncoded = [Fixtures.gzip, Fixtures.chunkedGzip, Fixtures.brotli].contains {
        $0.url == answer.header.targetURI
      }
      #expect(answer.isCompressedAlready == isEncoded)
      // A stored member is longer than what it holds.
      #expect((location.length > answer.block.count) == (isEncoded || answer.block.count < 400))
    }
  }

  @Test(arguments: [
    "", ".", "..", "a/b", "a b", ".hidden", "ü", String(repeating: "a", count: 101),
  ])
  func aSourceThatCannotNameAFileIsRefused(source: String) throws {
    let directory = try TemporaryDirectory()
    var options = Fixtures.options(directory)
    options.source = source
    #expect(throws: ArchiveFailure.invalidName(source)) { try WARCWriter(options) }
  }

  /// A disk that takes so many bytes and then is full, after writing what still fits.
  private final class SmallDisk {
    var room: Int
    let code: Int32
    init(room: Int, code: Int32) {
      self.room = room
      self.code = code
    }

    func write(_ file: FileDescriptor, _ bytes: [UInt8], _ offset: Int64) throws(ArchiveFailure) {
      let fitting = min(room, bytes.count)
      try file.write(Array(bytes.prefix(fitting)), at: offset)
      room -= fitting
      guard fitting < bytes.count else { return }
      errno = code
      throw ArchiveFailure(call: "write", path: file.path)
    }
  }

  @Test(arguments: [ENOSPC, EDQUOT, EIO])
  func aFailedAppendLeavesNoTornMember(code: Int32) throws {
    let directory = try TemporaryDirectory()
    var random = SplitMix(state: 3)
    let disk = SmallDisk(room: 4000, code: code)
    let writer = try WARCWriter(
      Fixtures.options(directory), generator: SplitMix(state: 4), write: disk.write)
    var kept: [MemberLocation] = []
    var failure: ArchiveFailure?
    while failure == nil {
      do {
        kept += try writer.append(
          CaptureRecords(Fixtures.plain, using: &random).records, at: Fixtures.start)
      } catch { failure = error }
    }
    let path = "\(directory.path)/\(kept[0].file)"
    if code == EIO {
      #expect(failure == .system(call: "write", path: path, code: EIO))
    } else {
      #expect(failure == .diskFull(path: path))
    }
    let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int64
    #expect(size == kept.last?.end)
    #expect(try ArchiveCheck().check(path: path).findings == [])
    // With room again the same file goes on.
    disk.room = 1 << 20
    kept += try writer.append(
      CaptureRecords(Fixtures.gzip, using: &random).records, at: Fixtures.start)
    try writer.sync()
    #expect(Set(kept.map(\.file)).count == 1)
    #expect(try ArchiveCheck().check(path: path).findings == [])
  }

  @Test func aFileWhoseFirstAppendFailsIsNotLeftBehind() throws {
    let directory = try TemporaryDirectory()
    var random = SplitMix(state: 5)
    let disk = SmallDisk(room: 10, code: ENOSPC)
    let writer = try WARCWriter(
      Fixtures.options(directory), generator: SplitMix(state: 6), write: disk.write)
    let records = CaptureRecords(Fixtures.plain, using: &random).records
    #expect(throws: ArchiveFailure.self) { try writer.append(records, at: Fixtures.start) }
    let folder = "\(directory.path)/warc/example-jobs/2026/01/02"
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
    disk.room = 1 << 20
    #expect(try writer.append(records, at: Fixtures.start).count == records.count + 1)
    try writer.sync()
  }

  @Test func appendingNothingMakesNoFile() throws {
    let directory = try TemporaryDirectory()
    let writer = try WARCWriter(Fixtures.options(directory))
    #expect(try writer.append([], at: Fixtures.start) == [])
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == [])
  }
}

@Suite struct RecoveryTests {
  @Test func filesAreBroughtBackToWhatWasCommitted() throws {
    let written = try Fixtures.writeAll()
    let root = written.directory.path
    let file = written.locations[0].file
    let folder = String(file.prefix(upTo: file.lastIndex(of: "/") ?? file.endIndex))
    let committed = written.locations[4].end
    let whole = Int64(written.bytes.count)
    let tail = Array(written.bytes[Int(committed)...])
    let orphan = "\(folder)/example-jobs-20260102030406-00000.warc.gz"
    try Data([1, 2, 3]).write(to: URL(fileURLWithPath: "\(root)/\(orphan)"))
    let kept = "\(file).\(committed)-\(whole).uncommitted"
    let actions = try WARCWriter.recover(
      directory: root, committed: [file: committed, "warc/gone.warc.gz": 5, "warc/none": 0])
    #expect(try [UInt8](Data(contentsOf: URL(fileURLWithPath: "\(root)/\(kept)"))) == tail)
    #expect(
      actions == [
        .cut(file: file, from: whole, to: committed, as: kept),
        .setAside(file: orphan, as: orphan + ".uncommitted", length: 3),
        .missing(file: "warc/gone.warc.gz", committed: 5),
      ])
    #expect(actions.map(\.isLoss) == [false, false, true])
    #expect(Int64(written.bytes.count) == committed)
    #expect(readAll(written.bytes).records.count == 5)
    #expect(readAll(written.bytes).problems == [])
    let again = try WARCWriter.recover(directory: root, committed: [file: committed])
    #expect(again == [])
  }

  /// A crash can leave any prefix of what was being written.
  @Test func anyTornEndIsCut() throws {
    let written = try Fixtures.writeAll()
    let bytes = written.bytes
    let committed = written.locations[2].end
    let file = written.locations[0].file
    for length in stride(from: Int(committed), through: bytes.count, by: 487) {
      try Data(bytes.prefix(length)).write(to: URL(fileURLWithPath: written.path))
      _ = try WARCWriter.recover(
        directory: written.directory.path, committed: [file: committed])
      #expect(written.bytes == Array(bytes.prefix(Int(committed))))
    }
  }

  @Test func aFileThatLostCommittedBytesIsReportedAndLeft() throws {
    let written = try Fixtures.writeAll()
    let length = Int64(written.bytes.count)
    let file = written.locations[0].file
    let actions = try WARCWriter.recover(
      directory: written.directory.path, committed: [file: length + 1])
    #expect(actions == [.tooShort(file: file, length: length, committed: length + 1)])
    #expect(Int64(written.bytes.count) == length)
  }

  @Test func orphansCanBeRemoved() throws {
    let written = try Fixtures.writeAll()
    let length = Int64(written.bytes.count)
    let actions = try WARCWriter.recover(
      directory: written.directory.path, committed: [:], orphans: .remove)
    #expect(actions == [.removed(file: written.locations[0].file, length: length)])
    #expect(!FileManager.default.fileExists(atPath: written.path))
  }

  @Test func anEmptyDataDirectoryNeedsNothing() throws {
    let directory = try TemporaryDirectory()
    #expect(try WARCWriter.recover(directory: directory.path, committed: [:]) == [])
  }
}
