import Glibc

/// How often bytes are to be expected in folded text: rough, and only ever used to choose.
enum ByteFrequency {
  /// Per mille; what is not listed is rare.
  static let table: [Double] = {
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

  /// How often a letter or space follows another in folded text of many European languages.
  ///
  /// A row for each first one, of a space and a to z; in it "a" stands for 1 and each later letter
  /// for a factor of the square root of a half. Counted over web pages; only ever used to choose.
  private static let following = """
    zhjkhijkkinlkjkkjqkhikljtom
    hrkjksmkmlsmhjfumvhhhinqsnp
    khpsqdsqphrtippiwzikmitrzkr
    mivnuhyycjsiluuguwlpjlzzzop
    ehrspdsqrgvtospjrzlmpkqqzpr
    flmlknonniupjkfqotfhknonorq
    fhrtqgiothzsjspgrzhnhjuszrq
    fiqxsdsnkixpkqmktzijljvtzqv
    ggrvtetsrhyqknliszinhlvozpt
    klnhlgnjouwmjkejoskhgrmvsyo
    keurservvltrurogsxrmtftruvt
    ggqsrforqhyqirmgsyjkgjuqxqr
    ggopkfootfypgppipyskjkqszkq
    ffkssersvgztqirijztmnkwqznv
    ejqmghnhqjvmoqlksxsjhmqrzpn
    hplkkqjlonqmiiflkygjjimkrrp
    jguqpgltlizuhptgjzflkjwwznv
    kqvvwturrouypsvuvtsptaswvvs
    ehmmkfnlohxmmlkiqxnjikopzno
    ekphrgqqlhxnoorjkvqifkrpzpq
    firrtfrqggytnrriqzjjkksnynl
    illjmijlpmtnjietlzgghurursr
    khvwtcvsyfzxttvfuzpquqvszsz
    ifutsewyieztrumhqzojtmznzpw
    eiojrirtpgtporunfturfktunos
    clolpjqrumrpmlmglznilpuowus
    hiorperqqgtqnqokqvrpjesjzmo
    """.split(separator: "\n").map { row in row.utf8.map { pow(0.5, Double($0 - 0x61) / 2) } }

  /// Expected occurrences a byte of text, of letters and spaces as they follow each other in words.
  static func expected(_ word: some Sequence<UInt8>) -> Double {
    var previous: Int?
    return word.reduce(1) { product, byte in
      let place = byte == 0x20 ? 0 : (0x61...0x7A).contains(byte) ? Int(byte) - 0x60 : nil
      defer { previous = place }
      if let place, let previous { return product * following[previous][place] }
      return product * table[Int(byte)]
    }
  }
}
