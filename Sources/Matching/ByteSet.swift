/// A set of byte values: what one place of a byte sequence allows.
struct ByteSet: Hashable, Sendable {
  private var words = SIMD4<UInt64>()

  init() {}

  init(_ byte: UInt8) { insert(byte) }

  mutating func insert(_ byte: UInt8) {
    words[Int(byte >> 6)] |= 1 << UInt64(byte & 63)
  }

  mutating func formUnion(_ other: ByteSet) { words |= other.words }

  @inline(__always)
  func contains(_ byte: UInt8) -> Bool {
    words[Int(byte >> 6)] >> UInt64(byte & 63) & 1 != 0
  }

  var count: Int { (0..<4).reduce(0) { $0 + words[$1].nonzeroBitCount } }

  /// The members, ascending.
  var bytes: [UInt8] {
    (0...255).lazy.map { UInt8($0) }.filter { contains($0) }
  }
}

/// Numbers for sets of bytes: a byte alone has its own value, other sets follow from 256 on.
struct ByteClasses: Sendable {
  /// Every set by its number.
  private(set) var sets: [ByteSet] = (0...255).map { ByteSet(UInt8($0)) }
  /// The members of every set, ascending.
  private(set) var members: [[UInt8]] = (0...255).map { [UInt8($0)] }
  /// How often a set's members are to be expected, together, as occurrences a byte.
  private(set) var frequencies: [Double] = (0...255).map { ByteFrequency.table[$0] }
  private var numbers: [ByteSet: UInt16] = [:]

  /// More different sets than this are not told apart.
  private static let maximum = 60_000

  /// The number of a set; nil when there are too many.
  mutating func number(of set: ByteSet) -> UInt16? {
    if let number = numbers[set] { return number }
    let bytes = set.bytes
    if bytes.count == 1 { return UInt16(bytes[0]) }
    guard sets.count < Self.maximum else { return nil }
    let number = UInt16(sets.count)
    sets.append(set)
    members.append(bytes)
    frequencies.append(bytes.reduce(0) { $0 + ByteFrequency.table[Int($1)] })
    numbers[set] = number
    return number
  }

  /// The number of the union of several; nil when there are too many sets.
  mutating func union(_ parts: some Sequence<UInt16>) -> UInt16? {
    var whole = ByteSet()
    for part in parts { whole.formUnion(sets[Int(part)]) }
    return number(of: whole)
  }

  /// Expected occurrences of a sequence a byte of text, as if bytes were independent.
  func expected(_ sequence: some Sequence<UInt16>) -> Double {
    sequence.reduce(1) { $0 * frequencies[Int($1)] }
  }
}
