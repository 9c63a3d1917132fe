/// How often bytes are to be expected in folded text: rough, and only ever used to choose.
enum ByteFrequency {
  /// Per mille; what is not listed is rare.
  private static let table: [Double] = {
    var table = [Double](repeating: 1, count: 256)
    let letters: [(Character, Double)] = [
      ("e", 95), ("t", 65), ("a", 70), ("o", 60), ("i", 60), ("n", 60), ("s", 55), ("r", 55),
      ("h", 35), ("l", 35), ("d", 32), ("u", 28), ("c", 26), ("m", 24), ("p", 20), ("g", 18),
      ("f", 14), ("w", 14), ("y", 14), ("b", 13), ("v", 12), ("k", 12), ("z", 6), ("j", 4),
      ("x", 3), ("q", 2), (" ", 160), (".", 9), (",", 9), ("-", 5),
    ]
    for (letter, frequency) in letters {
      if let byte = letter.asciiValue { table[Int(byte)] = frequency }
    }
    for digit in 0x30...0x39 { table[digit] = 7 }
    for byte in 0x80...0xBF { table[byte] = 8 }
    for byte in 0xC3...0xC5 { table[byte] = 10 }
    for byte in 0xCE...0xD1 { table[byte] = 60 }
    for byte in 0xD7...0xE9 { table[byte] = 10 }
    return table.map { $0 / 1000 }
  }()

  /// Expected occurrences a byte of text, as if bytes were independent.
  static func expected(_ bytes: [UInt8]) -> Double {
    bytes.reduce(1) { $0 * table[Int($1)] }
  }
}
