/// A set of scalars as coarse as advice on patterns can do with: ASCII exactly, caseless, and of the
/// rest the ones that are named and two large classes.
public struct ScalarSet: Sendable, Hashable {
  private var low: UInt64 = 0
  private var high: UInt64 = 0
  /// Named scalars beyond ASCII, small letters.
  private var named: Set<UInt32> = []
  /// Whether letters and digits beyond ASCII are in it.
  private var hasWordCharacters = false
  /// Whether everything else beyond ASCII is in it.
  private var hasOthers = false

  init() {}

  /// Everything.
  static let all: ScalarSet = {
    var set = ScalarSet()
    (set.low, set.high) = (.max, .max)
    set.hasWordCharacters = true
    set.hasOthers = true
    return set
  }()

  /// Everything but a line feed: `.`.
  static let dot: ScalarSet = {
    var set = ScalarSet.all
    set.low &= ~(1 << 0x0A)
    return set
  }()

  /// Letters, digits and the underscore: `\w`.
  static let word: ScalarSet = {
    var set = ScalarSet()
    for byte in UInt32(0)..<128 {
      if let scalar = Unicode.Scalar(byte), isWordCharacter(scalar) { set.insert(scalar) }
    }
    set.hasWordCharacters = true
    return set
  }()

  /// Digits: `\d`.
  static let digit: ScalarSet = {
    var set = ScalarSet()
    for byte in UInt32(0x30)...0x39 { Unicode.Scalar(byte).map { set.insert($0) } }
    return set
  }()

  /// White space: `\s`.
  static let space: ScalarSet = {
    var set = ScalarSet()
    for byte in [9, 10, 11, 12, 13, 32] as [UInt32] { Unicode.Scalar(byte).map { set.insert($0) } }
    set.named = [0xA0, 0x2009, 0x200A, 0x202F, 0x3000]
    return set
  }()

  /// Everything but what is in the set; what is named stays in, which errs towards more.
  var inverted: ScalarSet {
    var set = ScalarSet()
    (set.low, set.high) = (~low, ~high)
    set.hasWordCharacters = !hasWordCharacters
    set.hasOthers = !hasOthers
    return set
  }

  mutating func insert(_ scalar: Unicode.Scalar) {
    guard scalar.isASCII else {
      named.insert(Self.small(scalar))
      return
    }
    for value in [scalar.value, Self.small(scalar), Self.capital(scalar)] {
      if value < 64 { low |= 1 << UInt64(value) } else { high |= 1 << UInt64(value - 64) }
    }
  }

  mutating func formUnion(_ other: ScalarSet) {
    low |= other.low
    high |= other.high
    named.formUnion(other.named)
    hasWordCharacters = hasWordCharacters || other.hasWordCharacters
    hasOthers = hasOthers || other.hasOthers
  }

  /// What is in both.
  func intersection(_ other: ScalarSet) -> ScalarSet {
    var set = ScalarSet()
    (set.low, set.high) = (low & other.low, high & other.high)
    set.named = named.filter(other.contains).union(other.named.filter(contains))
    set.hasWordCharacters = hasWordCharacters && other.hasWordCharacters
    set.hasOthers = hasOthers && other.hasOthers
    return set
  }

  /// Whether some scalar is in both.
  func overlaps(_ other: ScalarSet) -> Bool { !intersection(other).isEmpty }

  var isEmpty: Bool {
    low == 0 && high == 0 && named.isEmpty && !hasWordCharacters && !hasOthers
  }

  /// One scalar of it that a text may well contain; nil when it is empty.
  var sample: Unicode.Scalar? {
    for range in ["a"..."z", "0"..."9", " "..."~"] as [ClosedRange<Unicode.Scalar>] {
      for value in range.lowerBound.value...range.upperBound.value where holdsASCII(value) {
        return Unicode.Scalar(value)
      }
    }
    if let value = named.min() { return Unicode.Scalar(value) }
    if hasWordCharacters { return "é" }
    if hasOthers { return "—" }
    return (UInt32(0)..<128).first(where: holdsASCII).flatMap(Unicode.Scalar.init)
  }

  private func holdsASCII(_ value: UInt32) -> Bool {
    value < 64 ? low >> UInt64(value) & 1 == 1 : high >> UInt64(value - 64) & 1 == 1
  }

  private func contains(_ value: UInt32) -> Bool {
    guard let scalar = Unicode.Scalar(value), !named.contains(value) else { return true }
    return Self.isWordCharacter(scalar) ? hasWordCharacters : hasOthers
  }

  private static func isWordCharacter(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal
  }

  private static func small(_ scalar: Unicode.Scalar) -> UInt32 {
    single(scalar.properties.lowercaseMapping) ?? scalar.value
  }

  private static func capital(_ scalar: Unicode.Scalar) -> UInt32 {
    single(scalar.properties.uppercaseMapping).flatMap { $0 < 128 ? $0 : nil } ?? scalar.value
  }

  private static func single(_ text: String) -> UInt32? {
    text.unicodeScalars.count == 1 ? text.unicodeScalars.first?.value : nil
  }
}
