/// Finds many literals in one pass over a folded text.
///
/// A table of 65,536 slots is asked at every byte whether any literal has these four bytes at its
/// rarest place (two for literals shorter than four); only then are literals compared. Its speed
/// hardly depends on how many literals there are.
struct LiteralIndex: Sendable {
  /// A pattern that a literal belongs to.
  struct Owner: Sendable, Hashable {
    let pattern: Int32
    /// As `RequiredLiterals.before`, -1 when unbounded.
    let before: Int32
  }

  private struct Literal: Sendable {
    let start: Int32
    let count: Int32
    /// Where in the literal its fingerprint stands.
    let fingerprint: Int32
    let owners: Range<Int32>
  }

  /// One bit of eight per slot says that a literal may be near; the slot alone would say so too often
  /// when there are thousands of literals.
  private var wideGate = [UInt8](repeating: 0, count: 1 << 16)
  private var wideStarts = [UInt32](repeating: 0, count: (1 << 16) + 1)
  private var wideLiterals: [UInt32] = []
  private var narrowGate = [Bool](repeating: false, count: 1 << 16)
  private var narrowStarts = [UInt32](repeating: 0, count: (1 << 16) + 1)
  private var narrowLiterals: [UInt32] = []
  private var literals: [Literal] = []
  private var bytes: [UInt8] = []
  private var owners: [Owner] = []

  /// Distinct literals.
  var count: Int { literals.count }

  init(_ required: [(pattern: Int, literals: RequiredLiterals)]) {
    var ownersOf: [[UInt8]: [Owner]] = [:]
    for (pattern, found) in required {
      let before = found.before.map { Int32(clamping: $0) } ?? -1
      for literal in found.literals {
        ownersOf[literal, default: []].append(
          Owner(pattern: Int32(pattern), before: before))
      }
    }
    var wide: [(slot: Int, literal: UInt32)] = []
    var narrow: [(slot: Int, literal: UInt32)] = []
    for (text, list) in ownersOf.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      let number = UInt32(literals.count)
      let fingerprint = Self.rarest(text)
      switch text.count {
      case 0: continue
      case 1:
        for second in 0..<256 { narrow.append((Int(text[0]) | second << 8, number)) }
      case 2, 3:
        narrow.append((Int(text[fingerprint]) | Int(text[fingerprint + 1]) << 8, number))
      default:
        let (slot, bit) = Self.slot(Self.word(text, fingerprint))
        wideGate[slot] |= bit
        wide.append((slot, number))
      }
      let start = owners.count
      owners += list
      literals.append(
        Literal(
          start: Int32(bytes.count), count: Int32(text.count), fingerprint: Int32(fingerprint),
          owners: Int32(start)..<Int32(owners.count)))
      bytes += text
    }
    for (slot, _) in narrow { narrowGate[slot] = true }
    Self.index(wide, &wideStarts, &wideLiterals)
    Self.index(narrow, &narrowStarts, &narrowLiterals)
  }

  /// Adds each owner of each literal at each offset where the literal stands, the offsets ascending up
  /// to the length of a literal.
  func scan(_ text: SearchText, into places: inout LiteralPlaces) {
    guard !literals.isEmpty else { return }
    let count = text.count
    text.bytes.withUnsafeBytes { search in
      wideGate.withUnsafeBufferPointer { wideGate in
        narrowGate.withUnsafeBufferPointer { narrowGate in
          for index in 0..<count {
            let word = search.loadUnaligned(fromByteOffset: index, as: UInt32.self).littleEndian
            let (slot, bit) = Self.slot(word)
            if wideGate[slot] & bit != 0 {
              let listed = wideStarts[slot]..<wideStarts[slot + 1]
              compare(wideLiterals, listed, search, count, index, &places)
            }
            let pair = Int(word & 0xFFFF)
            if narrowGate[pair] {
              let listed = narrowStarts[pair]..<narrowStarts[pair + 1]
              compare(narrowLiterals, listed, search, count, index, &places)
            }
          }
        }
      }
    }
  }

  @inline(never)
  private func compare(
    _ list: [UInt32], _ range: Range<UInt32>, _ search: UnsafeRawBufferPointer, _ count: Int,
    _ index: Int, _ places: inout LiteralPlaces
  ) {
    for position in range {
      let literal = literals[Int(list[Int(position)])]
      let start = index - Int(literal.fingerprint)
      let length = Int(literal.count)
      guard start >= 0, start + length <= count,
        isSame(literal, UnsafeRawBufferPointer(rebasing: search[start..<(start + length)]))
      else { continue }
      for owner in literal.owners { places.add(owners[Int(owner)], at: start) }
    }
  }

  @inline(__always)
  private func isSame(_ literal: Literal, _ found: UnsafeRawBufferPointer) -> Bool {
    let first = Int(literal.start)
    for offset in 0..<found.count where found[offset] != bytes[first + offset] { return false }
    return true
  }

  @inline(__always)
  private static func slot(_ word: UInt32) -> (Int, UInt8) {
    let product = word &* 0x9E37_79B1
    return (Int(product >> 16), 1 << UInt8(truncatingIfNeeded: product >> 13 & 7))
  }

  private static func word(_ text: [UInt8], _ index: Int) -> UInt32 {
    UInt32(text[index]) | UInt32(text[index + 1]) << 8 | UInt32(text[index + 2]) << 16
      | UInt32(text[index + 3]) << 24
  }

  /// Where the fingerprint that is met least often stands.
  private static func rarest(_ text: [UInt8]) -> Int {
    let width = text.count >= 4 ? 4 : min(2, text.count)
    var best = 0
    var lowest = Double.infinity
    for start in 0...(text.count - width) {
      let frequency = ByteFrequency.expected(Array(text[start..<(start + width)]))
      if frequency < lowest {
        lowest = frequency
        best = start
      }
    }
    return best
  }

  private static func index(
    _ pairs: [(slot: Int, literal: UInt32)], _ starts: inout [UInt32], _ list: inout [UInt32]
  ) {
    for (slot, _) in pairs { starts[slot + 1] += 1 }
    for slot in 1..<starts.count { starts[slot] += starts[slot - 1] }
    var next = starts
    list = [UInt32](repeating: 0, count: pairs.count)
    for (slot, literal) in pairs {
      list[Int(next[slot])] = literal
      next[slot] += 1
    }
  }
}
