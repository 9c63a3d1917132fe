/// Reads a file of gzip members one after the other, in little memory, and tells where each one stands.
///
/// Pulled: nothing is decompressed that was not asked for, so a member of any size costs no more
/// memory than the pieces asked for.
public struct GzipReader<Source: ByteSource> {
  private var source: Source
  private let stream: InflateStream
  private let pieceSize: Int
  private var input: ArraySlice<UInt8> = []
  /// Where `input` begins in the file.
  private var position: Int64 = 0
  private var inMember = false
  private var isDamaged = false
  /// How many bytes may still be read a second time: a file made of nothing but false beginnings
  /// must not cost more than a few passes.
  private var rewindBudget: Int64 = 256 << 20

  /// Where the present or last member begins in the file.
  public private(set) var memberStart: Int64 = 0
  /// How many compressed bytes the last member took; nil until its end was read.
  public private(set) var memberLength: Int64?

  /// A reader from the beginning of a source, which it asks for pieces of at most this size.
  public init(_ source: Source, pieceSize: Int = 1 << 16) {
    guard let stream = InflateStream(.gzip) else { preconditionFailure("no memory to decompress") }
    self.source = source
    self.stream = stream
    self.pieceSize = max(1, pieceSize)
  }

  /// Goes to the beginning of the next member; false at the end of the file.
  ///
  /// To be called when the last member was read to its end. Throws `.notGzip` when something else
  /// stands there: `skipToMember` goes on after it.
  public mutating func nextMember() throws(GzipFailure) -> Bool {
    guard try refill(atLeast: 2) || !input.isEmpty else { return false }
    guard input.count >= 2, input.starts(with: [0x1F, 0x8B]) else { throw .notGzip(at: position) }
    begin()
    return true
  }

  /// Up to `count` more bytes of the present member, decompressed; none at its end.
  public mutating func read(upTo count: Int) throws(GzipFailure) -> [UInt8] {
    guard count > 0 else { return [] }
    while inMember {
      if input.isEmpty { _ = try refill(atLeast: 1) }
      var step = StreamStep(consumed: 0, produced: 0, status: .running)
      let given = input
      let stream = stream
      let room = min(count, 1 << 18)
      let piece = [UInt8](unsafeUninitializedCapacity: room) { output, written in
        step = given.withUnsafeBytes {
          stream.step(input: $0, output: UnsafeMutableRawBufferPointer(output))
        }
        written = step.produced
      }
      advance(step.consumed)
      switch step.status {
      case .finished:
        inMember = false
        memberLength = position - memberStart
      case .failed(let why):
        inMember = false
        isDamaged = true
        throw .corrupt(member: memberStart, at: position, why)
      case .running:
        if given.isEmpty, step.produced == 0 {
          inMember = false
          throw .truncated(member: memberStart, at: position)
        }
      }
      if !piece.isEmpty { return piece }
    }
    return []
  }

  /// Leaves what was wrong behind: goes on to what looks like the beginning of a member.
  ///
  /// After a damaged member the search begins inside it, where the source can go back, because
  /// what looked like its content may have been the next member. Returns how many bytes were
  /// passed over, also when the file ended first.
  public mutating func skipToMember() throws(GzipFailure) -> Int64 {
    if isDamaged { rewind() }
    let start = position
    inMember = false
    while try refill(atLeast: 4) || !input.isEmpty {
      if looksLikeMember { break }
      let next = input.dropFirst().firstIndex(of: 0x1F) ?? input.endIndex
      advance(next - input.startIndex)
    }
    return position - start
  }

  /// The magic number, deflate, and none of the flags that RFC 1952 reserves.
  private var looksLikeMember: Bool {
    let head = Array(input.prefix(4))
    return head.count == 4 && head[0] == 0x1F && head[1] == 0x8B && head[2] == 8 && head[3] < 32
  }

  private mutating func rewind() {
    isDamaged = false
    let back = position - (memberStart + 1)
    guard back > 0, back <= rewindBudget, source.seek(to: memberStart + 1) else { return }
    rewindBudget -= back
    position = memberStart + 1
    input = []
  }

  private mutating func begin() {
    stream.reset()
    inMember = true
    isDamaged = false
    memberStart = position
    memberLength = nil
  }

  private mutating func advance(_ count: Int) {
    input = input.dropFirst(count)
    position += Int64(count)
  }

  /// Whether there are as many bytes of input now as wanted.
  private mutating func refill(atLeast wanted: Int) throws(GzipFailure) -> Bool {
    while input.count < wanted {
      let piece: [UInt8]
      do { piece = try source.read(upTo: pieceSize) } catch { throw .unreadable(error) }
      if piece.isEmpty { return false }
      input = input.isEmpty ? piece[...] : (Array(input) + piece)[...]
    }
    return true
  }
}

/// What is wrong with a file of gzip members; offsets count compressed bytes from its beginning.
public enum GzipFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file could not be read.
  case unreadable(ByteSourceFailure)
  /// No member begins where one should.
  case notGzip(at: Int64)
  /// A member does not decompress, or not to what its checksum says.
  case corrupt(member: Int64, at: Int64, String)
  /// The file ends inside a member.
  case truncated(member: Int64, at: Int64)

  public var description: String {
    switch self {
    case .unreadable(let failure): failure.description
    case .notGzip(let at): "no gzip member at \(at)"
    case .corrupt(let member, let at, let why): "gzip member at \(member) corrupt at \(at): \(why)"
    case .truncated(let member, let at): "gzip member at \(member) ends too soon, at \(at)"
    }
  }
}
