/// Maps scalars to what the literal search compares, coarser than PCRE2's caseless matching.
///
/// Whenever PCRE2 takes two scalars for the same letter they have the same image here, which is what
/// makes it sound to look for folded literals in folded text. Besides case (with U+017F, U+212A and
/// the dotless i), every white space becomes a space and every decimal digit an ASCII one, because
/// `\s` and `\d` match them all. An image is never longer in UTF-8 than its scalar.
struct SearchFold: Sendable {
  /// The one table; it depends on nothing but Unicode.
  static let shared = SearchFold()

  /// Per block of 256 scalars, where its differences begin; the first 256 differences are 0.
  private let blocks: [UInt32]
  /// Image minus scalar.
  private let differences: [Int32]
  /// The images of ASCII.
  let ascii: [UInt8]

  /// The image of a scalar value.
  @inline(__always)
  func callAsFunction(_ scalar: UInt32) -> UInt32 {
    let block = Int(scalar >> 8)
    guard block < blocks.count else { return scalar }
    let index = Int(blocks[block]) + Int(scalar & 0xFF)
    return UInt32(bitPattern: Int32(bitPattern: scalar) &+ differences[index])
  }

  private init() {
    let images = Self.images()
    var blocks = [UInt32](repeating: 0, count: 0x200)
    var differences = [Int32](repeating: 0, count: 256)
    for (scalar, image) in images {
      let block = Int(scalar >> 8)
      if blocks[block] == 0 {
        blocks[block] = UInt32(differences.count)
        differences += repeatElement(0, count: 256)
      }
      differences[Int(blocks[block]) + Int(scalar & 0xFF)] = Int32(image) - Int32(scalar)
    }
    self.blocks = blocks
    self.differences = differences
    var ascii: [UInt8] = []
    for scalar in UInt32(0)..<128 {
      let index = Int(blocks[0]) + Int(scalar)
      ascii.append(UInt8(truncatingIfNeeded: Int32(scalar) + differences[index]))
    }
    self.ascii = ascii
  }

  /// Scalars beyond these planes have neither case nor digits.
  private static let limit: UInt32 = 0x20000

  private static func images() -> [UInt32: UInt32] {
    var parents: [UInt32: UInt32] = [:]
    func root(_ scalar: UInt32) -> UInt32 {
      var scalar = scalar
      while let parent = parents[scalar] { scalar = parent }
      return scalar
    }
    func join(_ a: UInt32, _ mapping: String) {
      guard mapping.unicodeScalars.count == 1, let b = mapping.unicodeScalars.first else { return }
      let (x, y) = (root(a), root(b.value))
      // The smallest of a class stands for it: the shortest in UTF-8.
      if x != y { parents[max(x, y)] = min(x, y) }
    }
    var images: [UInt32: UInt32] = [:]
    var cased: [UInt32] = []
    for value in 0..<limit where !hasNoCase(value) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let properties = scalar.properties
      if isSpace(value) || properties.generalCategory == .spaceSeparator {
        images[value] = 0x20
      } else if properties.generalCategory == .decimalNumber, let digit = properties.numericValue {
        images[value] = 0x30 + UInt32(digit)
      } else if properties.changesWhenCaseMapped || properties.changesWhenCaseFolded {
        cased.append(value)
        join(value, properties.lowercaseMapping)
        join(value, properties.uppercaseMapping)
        join(value, properties.titlecaseMapping)
      }
    }
    for value in cased { images[value] = small(root(value), root) }
    for value in Array(parents.keys) where images[value] == nil {
      images[value] = small(root(value), root)
    }
    return images
  }

  /// The small letter of a class's root, if it is in the class and no longer; else the root.
  private static func small(_ value: UInt32, _ root: (UInt32) -> UInt32) -> UInt32 {
    guard let scalar = Unicode.Scalar(value) else { return value }
    let mapping = scalar.properties.lowercaseMapping.unicodeScalars
    guard let small = mapping.first, mapping.count == 1, root(small.value) == value,
      UTF8.width(small) <= UTF8.width(scalar)
    else { return value }
    return small.value
  }

  /// Ideographs, syllables, surrogates and private use: most of the first two planes.
  private static func hasNoCase(_ value: UInt32) -> Bool {
    (0x3400..<0xA000).contains(value) || (0xAC00..<0xFA00).contains(value)
      || (0x12000..<0x16800).contains(value) || (0x17000..<0x1BC00).contains(value)
  }

  /// What PCRE2 matches by `\s`, `\h`, `\v` or `\R` besides the space separators.
  private static func isSpace(_ value: UInt32) -> Bool {
    (0x09...0x0D).contains(value) || value == 0x85 || value == 0x180E || value == 0x2028
      || value == 0x2029
  }
}
