import Bytes

/// The plain bytes of an archive file, whether it is compressed or not, with their place in the file.
///
/// A compressed file is a row of sections, its gzip members; a plain one is a single section.
struct RecordStream {
  private enum Origin {
    case plain(AnyByteSource)
    case gzip(GzipReader<AnyByteSource>)
    /// A plain file that has been begun.
    case plainBegun(AnyByteSource)
  }

  private var origin: Origin
  private var buffer: ArraySlice<UInt8> = []
  /// Where the buffer begins in a plain file.
  private var position: Int64 = 0
  private var isExhausted = true
  /// What ended the present section too soon.
  private(set) var failure: GzipFailure?

  /// Looks at the first bytes to tell a compressed file from a plain one.
  init(_ source: any ByteSource) {
    var source = AnyByteSource(base: source)
    do {
      let head = try source.peek(2)
      origin = head == [0x1F, 0x8B] ? .gzip(GzipReader(source)) : .plain(source)
    } catch {
      failure = .unreadable(error)
      origin = .plainBegun(source)
    }
  }

  var isCompressed: Bool {
    if case .gzip = origin { true } else { false }
  }

  /// Where the next byte stands: in a plain file the byte itself, else the gzip member that holds it.
  var offset: Int64 {
    if case .gzip(let reader) = origin { reader.memberStart } else { position }
  }

  /// The compressed length of the section, once it has been read to its end.
  var sectionLength: Int64? {
    if case .gzip(let reader) = origin { reader.memberLength } else { nil }
  }

  /// Goes to the next section; false when there is none.
  ///
  /// May throw for each stretch that is none.
  mutating func beginSection() throws(GzipFailure) -> Bool {
    buffer = []
    failure = nil
    switch origin {
    case .plainBegun: return false
    case .plain(let source): origin = .plainBegun(source)
    case .gzip(var reader):
      defer { origin = .gzip(reader) }
      guard try reader.nextMember() else { return false }
    }
    isExhausted = false
    return true
  }

  /// Leaves the section for the next thing that looks like one; how many bytes were passed over.
  mutating func abandonSection() -> Int64 {
    buffer = []
    isExhausted = true
    guard case .gzip(var reader) = origin else { return 0 }
    defer { origin = .gzip(reader) }
    do { return try reader.skipToMember() } catch {
      failure = error
      return 0
    }
  }

  /// The bytes at hand, at least `count` of them unless the section ends before.
  mutating func look(atLeast count: Int) -> ArraySlice<UInt8> {
    while buffer.count < count {
      let piece = more()
      if piece.isEmpty { break }
      if buffer.isEmpty { buffer = piece[...] } else { buffer += piece }
    }
    return buffer
  }

  mutating func drop(_ count: Int) {
    let dropped = min(count, buffer.count)
    buffer = buffer.dropFirst(dropped)
    position += Int64(dropped)
  }

  /// Takes `count` bytes, of which only the first `keeping` are given; fewer when the section ends before.
  mutating func take(_ count: Int64, keeping: Int) -> (kept: [UInt8], taken: Int64) {
    var kept: [UInt8] = []
    var taken: Int64 = 0
    while taken < count {
      if buffer.isEmpty { buffer = more()[...] }
      if buffer.isEmpty { break }
      let piece = buffer.prefix(Int(min(count - taken, Int64(buffer.count))))
      kept += piece.prefix(keeping - kept.count)
      taken += Int64(piece.count)
      drop(piece.count)
    }
    return (kept, taken)
  }

  /// Takes everything up to the section's end, within a bound; nil when the bound was met first.
  mutating func drain(upTo bound: Int64) -> Int64? {
    let taken = take(bound, keeping: 0).taken
    return taken < bound || look(atLeast: 1).isEmpty ? taken : nil
  }

  private mutating func more() -> [UInt8] {
    guard !isExhausted else { return [] }
    do throws(GzipFailure) {
      let piece = try nextPiece()
      isExhausted = piece.isEmpty
      return piece
    } catch {
      failure = error
      isExhausted = true
      return []
    }
  }

  private mutating func nextPiece() throws(GzipFailure) -> [UInt8] {
    switch origin {
    case .plain(var source), .plainBegun(var source):
      do {
        let piece = try source.read(upTo: 1 << 16)
        origin = .plainBegun(source)
        return piece
      } catch { throw .unreadable(error) }
    case .gzip(var reader):
      defer { origin = .gzip(reader) }
      return try reader.read(upTo: 1 << 18)
    }
  }
}

/// Any source, with the first bytes put back after a look at them.
struct AnyByteSource: ByteSource {
  var base: any ByteSource
  private var ahead: [UInt8] = []

  init(base: any ByteSource) { self.base = base }

  mutating func peek(_ count: Int) throws(ByteSourceFailure) -> [UInt8] {
    while ahead.count < count {
      let piece = try base.read(upTo: count - ahead.count)
      if piece.isEmpty { break }
      ahead += piece
    }
    return ahead
  }

  mutating func read(upTo count: Int) throws(ByteSourceFailure) -> [UInt8] {
    guard !ahead.isEmpty else { return try base.read(upTo: count) }
    let piece = Array(ahead.prefix(count))
    ahead.removeFirst(piece.count)
    return piece
  }

  mutating func seek(to offset: Int64) -> Bool {
    guard base.seek(to: offset) else { return false }
    ahead = []
    return true
  }
}
