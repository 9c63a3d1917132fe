import Bytes
import Testing

@Suite struct ContentCodingTests {
  @Test func listsAreReadAsApplied() {
    #expect(ContentCoding.list(fromHeader: "gzip") == [.gzip])
    #expect(ContentCoding.list(fromHeader: " X-GZIP ,, identity,\tBr ") == [.gzip, .brotli])
    #expect(ContentCoding.list(fromHeader: "zstd, deflate") == [.zstd, .deflate])
    #expect(ContentCoding.list(fromHeader: "") == [])
    #expect(ContentCoding.list(fromHeader: "gzip, compress") == nil)
    #expect(ContentCoding.list(fromHeader: "utf-8") == nil)
  }
}

@Suite struct ContentDecoderTests {
  static let page = Array(
    String(repeating: "<p>Kitchen help wanted, Exampletown</p>\n", count: 300).utf8)

  @Test func gzipOfAnyLevel() throws {
    for level in [0, 1, 6, 9, 12, 99, -1] {
      let body = GzipMember.compressed(Self.page, level: level)
      #expect(try ContentDecoder.decode(body, codings: [.gzip]) == Self.page)
      #expect(try GzipMember.decompress(body, maximumBytes: 1 << 20) == Self.page)
    }
    let stored = GzipMember.stored(Self.page)
    #expect(stored.count > Self.page.count && stored.count < Self.page.count + 64)
    #expect(try ContentDecoder.decode(GzipMember.stored([]), codings: [.gzip]) == [])
  }

  @Test func membersOfAGzipBodyAreJoinedAndWhatFollowsIsIgnored() throws {
    let body = GzipMember.compressed(Array("one ".utf8), level: 6)
    let two = body + GzipMember.stored(Array("two".utf8))
    #expect(try ContentDecoder.decode(two, codings: [.gzip]) == Array("one two".utf8))
    #expect(try ContentDecoder.decode(two + [0, 0, 0], codings: [.gzip]) == Array("one two".utf8))
    #expect(throws: DecodingFailure.corrupt("bytes after the end of a gzip member")) {
      try GzipMember.decompress(two, maximumBytes: 100)
    }
  }

  @Test func anEmptyBodyIsEmptyWhateverItsCodingSays() throws {
    for coding in ContentCoding.allCases {
      #expect(try ContentDecoder.decode([], codings: [coding]) == [])
    }
  }

  @Test func aWrongChecksumIsCorruptButThePrefixIsThere() {
    var body = GzipMember.compressed(Self.page, level: 6)
    body[body.count - 5] ^= 1
    let result = ContentDecoder.decodePrefix(body, codings: [.gzip])
    #expect(result.bytes == Self.page)
    guard case .corrupt = result.failure else {
      Issue.record("\(String(describing: result.failure))")
      return
    }
  }

  @Test func cutBodiesGiveWhatTheyHave() throws {
    for sample in ForeignSamples.all {
      let body = try #require(Hex.decode(sample.hex))
      let whole = try ContentDecoder.decode(body, codings: [sample.coding])
      #expect(whole == ForeignSamples.plain, "\(sample.name)")
      for count in 1..<body.count {
        let cut = ContentDecoder.decodePrefix(Array(body.prefix(count)), codings: [sample.coding])
        #expect(whole.starts(with: cut.bytes), "\(sample.name) cut to \(count)")
        #expect(cut.failure != nil, "\(sample.name) cut to \(count)")
      }
    }
  }

  @Test func alteredBodiesNeverCrash() throws {
    var random = SplitMix(state: 7)
    for sample in ForeignSamples.all {
      let body = try #require(Hex.decode(sample.hex))
      for _ in 0..<400 {
        var altered = body
        for _ in 0...random.next() % 3 {
          altered[Int(random.next() % UInt64(body.count))] = UInt8(
            truncatingIfNeeded: random.next())
        }
        let limits = DecodingLimits(maximumBytes: 4096)
        let result = ContentDecoder.decodePrefix(
          altered, codings: [sample.coding], limits: limits)
        #expect(result.bytes.count <= 4096)
        #expect(result.bytes.capacity <= 8192)
      }
    }
  }

  @Test func stackedCodingsAreUndoneFromTheLast() throws {
    let inner = try #require(Hex.decode(ForeignSamples.brotli))
    let body = GzipMember.compressed(inner, level: 6)
    #expect(
      try ContentDecoder.decode(body, codings: [.brotli, .gzip]) == ForeignSamples.plain)
    #expect(throws: DecodingFailure.unsupported("4 content codings")) {
      try ContentDecoder.decode(body, codings: [.gzip, .gzip, .gzip, .gzip])
    }
  }

  @Test func tooMuchIsRefusedAtTheLimitAndNotBeforeIt() throws {
    let body = GzipMember.compressed(Self.page, level: 6)
    let exact = DecodingLimits(maximumBytes: Self.page.count)
    #expect(try ContentDecoder.decode(body, codings: [.gzip], limits: exact) == Self.page)
    let short = DecodingLimits(maximumBytes: Self.page.count - 1)
    #expect(throws: DecodingFailure.tooBig(Self.page.count - 1)) {
      try ContentDecoder.decode(body, codings: [.gzip], limits: short)
    }
    let prefix = ContentDecoder.decodePrefix(body, codings: [.gzip], limits: short)
    #expect(prefix.bytes == Self.page.dropLast())
  }

  @Test func aBombIsNamedByItsRatio() {
    let bomb = GzipMember.compressed([UInt8](repeating: 0, count: 8 << 20), level: 12)
    let limits = DecodingLimits(maximumBytes: 32 << 20, maximumRatio: 200)
    let result = ContentDecoder.decodePrefix(bomb, codings: [.gzip], limits: limits)
    #expect(result.failure == .ratio(200))
    #expect(result.bytes.count <= max(1 << 20, bomb.count * 200))
    #expect(throws: DecodingFailure.tooBig(1 << 20)) {
      try ContentDecoder.decode(
        bomb, codings: [.gzip], limits: DecodingLimits(maximumBytes: 1 << 20))
    }
  }

  @Test func aBombInABombCostsNoMoreThanTheLimit() {
    let inner = GzipMember.compressed([UInt8](repeating: 0, count: 30 << 20), level: 9)
    let outer = GzipMember.compressed(inner, level: 9)
    let result = ContentDecoder.decodePrefix(outer, codings: [.gzip, .gzip])
    #expect(result.failure == .ratio(1000))
    #expect(result.bytes.count <= max(1 << 20, outer.count * 1000))
  }

  @Test func aFalseSizeInTheTrailerAllocatesNothing() {
    var body = GzipMember.compressed(Array("short".utf8), level: 6)
    body.replaceSubrange((body.count - 4)..., with: [0xFF, 0xFF, 0xFF, 0x01])
    let result = ContentDecoder.decodePrefix(body, codings: [.gzip])
    #expect(result.bytes == Array("short".utf8))
    #expect(result.bytes.capacity < 1 << 17)
    #expect(result.failure != nil)
  }

  /// A frame header of RFC 8878 section 3.1.1 that claims a window of 2 GiB.
  @Test func aZstdWindowBeyondTheStandardIsRefused() throws {
    let frame = try #require(Hex.decode("28b52ffd00a8010000"))
    #expect(throws: DecodingFailure.self) {
      try ContentDecoder.decode(frame, codings: [.zstd])
    }
  }

  /// The first byte 0x11 asks for a window beyond RFC 7932 (its section 9.1 leaves the code unused).
  @Test func aLargeBrotliWindowIsRefused() {
    #expect(throws: DecodingFailure.self) {
      try ContentDecoder.decode([0x11, 0x1E, 0x00, 0x00, 0x03], codings: [.brotli])
    }
  }
}

/// A small generator with a known start, so that a failure can be repeated.
struct SplitMix {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
