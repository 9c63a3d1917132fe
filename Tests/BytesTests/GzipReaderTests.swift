import Bytes
import Testing

@Suite struct GzipReaderTests {
  static let texts = ["first", "", String(repeating: "second ", count: 40_000), "third"]
  static let members = texts.enumerated().map { index, text in
    GzipMember.compressed(Array(text.utf8), level: index == 3 ? 0 : 6)
  }

  /// Reads every member; what it gave, where it stood and how long it was.
  private func readAll(
    _ bytes: [UInt8], pieceSize: Int, count: Int = 1000
  ) throws -> [(text: [UInt8], start: Int64, length: Int64)] {
    var reader = GzipReader(MemorySource(bytes), pieceSize: pieceSize)
    var found: [(text: [UInt8], start: Int64, length: Int64)] = []
    while try reader.nextMember() {
      var text: [UInt8] = []
      while case let piece = try reader.read(upTo: count), !piece.isEmpty { text += piece }
      found.append((text, reader.memberStart, reader.memberLength ?? -1))
    }
    return found
  }

  @Test(arguments: [1, 2, 19, 4096, 1 << 20])
  func everyMemberIsFoundInItsPlace(pieceSize: Int) throws {
    let found = try readAll(Self.members.flatMap(\.self), pieceSize: pieceSize)
    #expect(found.map(\.text) == Self.texts.map { Array($0.utf8) })
    #expect(found.map(\.length) == Self.members.map { Int64($0.count) })
    var start: Int64 = 0
    for (member, place) in zip(Self.members, found) {
      #expect(place.start == start)
      start += Int64(member.count)
    }
  }

  @Test func anEmptyFileHasNoMember() throws {
    var reader = GzipReader(MemorySource([]))
    #expect(try reader.nextMember() == false)
  }

  @Test func whatIsNoMemberIsNamedAndPassedOver() throws {
    let junk: [UInt8] = [0, 0x1F, 0x1F, 0x8B, 9, 0, 0x1F]
    var reader = GzipReader(MemorySource(Self.members[0] + junk + Self.members[3]), pieceSize: 3)
    #expect(try reader.nextMember())
    while try !reader.read(upTo: 2).isEmpty {}
    let at = Int64(Self.members[0].count)
    #expect(throws: GzipFailure.notGzip(at: at)) { try reader.nextMember() }
    #expect(try reader.skipToMember() == Int64(junk.count))
    #expect(try reader.nextMember())
    var third: [UInt8] = []
    while case let piece = try reader.read(upTo: 100), !piece.isEmpty { third += piece }
    #expect(third == Array("third".utf8))
    #expect(reader.memberStart == at + Int64(junk.count))
  }

  @Test func aCutMemberIsNamed() throws {
    let whole = Self.members[0] + Self.members[2]
    for count in (Self.members[0].count + 2)..<whole.count {
      #expect(
        throws: GzipFailure.truncated(
          member: Int64(Self.members[0].count), at: Int64(count))
      ) {
        try readAll(Array(whole.prefix(count)), pieceSize: 64, count: 1 << 20)
      }
    }
  }

  @Test func anAlteredMemberIsNamedAndTheNextIsStillRead() throws {
    for at in 0..<Self.members[0].count {
      var altered = Self.members[0]
      altered[at] ^= 0x20
      var reader = GzipReader(MemorySource(altered + Self.members[3]))
      var texts: [[UInt8]] = []
      while true {
        do {
          guard try reader.nextMember() else { break }
          var text: [UInt8] = []
          while case let piece = try reader.read(upTo: 10), !piece.isEmpty { text += piece }
          texts.append(text)
        } catch { _ = try reader.skipToMember() }
      }
      // Some header fields (time, system) carry no meaning; an optional one may swallow what follows.
      #expect(texts.last == Array("third".utf8) || (3...9).contains(at), "altered at \(at)")
    }
  }
}
