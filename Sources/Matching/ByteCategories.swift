/// Eight kinds of bytes, so that six neighbours make a key of 18 bits: the shape of a number.
///
/// Chosen so that prices, telephone numbers, account numbers and dates differ from words and from each
/// other.
enum ByteCategories {
  /// Neighbours in a key.
  static let places = 6
  /// Keys.
  static let keys = 1 << 18
  static let digit: UInt8 = 1
  static let space: UInt8 = 2
  static let letter: UInt8 = 6
  static let beyondASCII: UInt8 = 7
  /// Every category.
  static let all: [UInt8] = Array(0...7)

  /// The category of each byte.
  static let table: [UInt8] = {
    var table = [UInt8](repeating: 0, count: 256)
    func set(_ bytes: some Sequence<UInt8>, _ category: UInt8) {
      for byte in bytes { table[Int(byte)] = category }
    }
    set(0x30...0x39, digit)
    table[0x20] = space
    set(".,".utf8, 3)
    set("-/_:".utf8, 4)
    set("+()#*@".utf8, 5)
    set(0x61...0x7A, letter)
    set(0x80...0xFF, beyondASCII)
    return table
  }()

  /// Bytes that most words of a text have none of, and that numbers and mail addresses have: the
  /// digits, the at sign, and what lies between in ASCII, so that one comparison tells them.
  static let marks: ClosedRange<UInt8> = 0x30...0x40

  /// Whether a set has bytes, all of them marks.
  static func isMark(_ set: ByteSet) -> Bool {
    !set.bytes.isEmpty && set.bytes.allSatisfy(marks.contains)
  }

  /// The categories that a set of bytes has members of.
  static func categories(of set: ByteSet) -> [UInt8] {
    var found = Set<UInt8>()
    for byte in set.bytes { found.insert(table[Int(byte)]) }
    return found.sorted()
  }

  /// How often one of the categories is to be expected, after a digit or not: digits come in groups.
  static func expected(_ categories: [UInt8], afterDigit: Bool) -> Double {
    categories.reduce(0) { sum, category in
      switch category {
      case letter: sum + 0.75
      case space: sum + 0.16
      case beyondASCII: sum + 0.1
      case digit: sum + (afterDigit ? 0.5 : 0.015)
      default: sum + 0.01
      }
    }
  }
}
