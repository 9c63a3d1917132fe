/// Finds the registration of a vehicle after words that announce one: "kenteken 12-ABC-3".
///
/// Without such a word nothing tells a plate from an article number, so none is read.
struct PlateFinder {
  let text: [UInt8]

  private static let cues: Set<UInt64> = Set(
    """
    kenteken kentekens kentekenplaat nummerplaat plate plates numberplate licenceplate licenseplate
    reg regnr registration registered kennzeichen nummernschild autokennzeichen plaque plaques
    immatriculation immatricule immatriculee matricula matriculas placa placas matriculat
    inmatriculare inmatriculata inmatriculat rejestracja rejestracje rejestracyjny rejestracyjne
    rejestracyjna rejestracji blachy табела табели регистрация регистрационен рег номерата госномер
    номер номера номером rendszam rendszama rendszamu rendszammal targa targata targhe matricule
    """.split(whereSeparator: \.isWhitespace).map { Folding.hash(String($0)) })

  /// The words that announce a plate.
  static var spellings: [UInt64] { Array(cues) }

  /// Words that may stand between the announcement and the plate.
  private static let neutral: Set<UInt64> = Set(
    """
    is nr no num number nummer numero numar numarul номер nummerplaat plate mark ist est es este to
    jest е a van der the of the car auto wagen voiture coche masina samochodu кола машина машины bus
    busje van white black zwarte witte номер знак znak са су szam авто с de del pojazdu pojazd sa
    """.split(whereSeparator: \.isWhitespace).map { Folding.hash(String($0)) })

  /// Letters (`L`) and digits (`D`) of the plates of Europe, without what parts them.
  private static let shapes: Set<String> = Set(
    """
    LLDDDD DDDDLL DDLLDD LLDDLL LLLLDD DDLLLL DDLLLD DLLLDD LLDDDL LDDDLL LLLDDL LDDLLL DLLDDD DDDLLD
    DLLLDDD LLLDDD
    LLDDLLL LDDDLLL LDDLLL LDLLL
    LLDDDLL DDDDLLL
    LLDDDDD LLLDDDD LLLDDDDD LLDDDDL LLDDDLL LLDLLDD LLLDLDD
    LLDDDLLL LLDDLLL LDDDLLL
    LDDDDLL LLDDDDLL
    LLLLDDD
    DLDDDDD LDDDLLDD LDDDLLDDD
    LLLLDDDD LLLLDD LLLLDDDDL LLLDDDDL LLLDDL LLLDDD LLLLD LLLD LLDD LLDDD LLD LLLDD LLLDL LLLLDL
    LLLLDDL LLLLLD LLLLLDD LLLLLDDD LLLLLDDDD LDDDDDL LLDDDDDL
    """.split(whereSeparator: \.isWhitespace).map(String.init))

  /// The plate that the word with this hash announces, nil when none follows.
  func plate(after word: Range<Int>, hash: UInt64) -> Selector? {
    guard Self.cues.contains(hash) else { return nil }
    var index = word.upperBound
    var skipped = 0
    while index < text.count, index < word.upperBound + 40 {
      let byte = text[index]
      if byte.isAlphanumeric || byte >= 0xC3 {
        if let plate = plate(at: index) { return plate }
        var end = index
        var key = Folding.seed
        while end < text.count, text[end].isLetter || text[end] >= 0xC3 {
          let found = scalar(in: text, at: end)
          Folding.feed(found.value, into: &key)
          end += found.length
        }
        guard end > index, skipped < 5, Self.neutral.contains(key) || Self.cues.contains(key) else {
          return nil
        }
        skipped += 1
        index = end
        continue
      }
      switch byte {
      case 0x20, 0x3A, 0x2E, 0x28, 0x22, 0x23, 0x2D, 0x3D: index += 1
      default: return nil
      }
    }
    return nil
  }

  private struct Run {
    var end: Int
    var shape = ""
    var value: [UInt8] = []
    var groups = 1
  }

  /// The plate that begins at `start`: the longest of its first groups that has the shape of one.
  private func plate(at start: Int) -> Selector? {
    var run = Run(end: start)
    var best: Run?
    var index = start
    var letters = 0
    while index < text.count, run.shape.utf8.count <= 9 {
      let found = scalar(in: text, at: index)
      if let letter = Self.letter(found.value) {
        run.shape += "L"
        run.value.append(letter)
        letters += 1
      } else if text[index].isDigit {
        run.shape += "D"
        run.value.append(text[index])
      } else if run.groups < 5, !run.shape.isEmpty, index + 1 < text.count,
        [0x20, 0x2D, 0x2E, 0xB7].contains(found.value), Self.isGroup(text, index + found.length)
      {
        if isPlate(run, letters) { best = run }
        run.groups += 1
        index += found.length
        continue
      } else {
        break
      }
      index += found.length
      run.end = index
    }
    let closed = index == text.count || !Self.isWord(text, index)
    if closed, isPlate(run, letters) { best = run }
    guard let plate = best else { return nil }
    return Selector(
      kind: .plate, value: String(decoding: plate.value, as: UTF8.self),
      raw: TextRange.string(text, start..<plate.end), range: start..<plate.end, confidence: 0.85)
  }

  /// Short shapes are plates only where letters and digits stand apart, as on a German one.
  private func isPlate(_ run: Run, _ letters: Int) -> Bool {
    guard letters >= 1, Self.shapes.contains(run.shape) else { return false }
    return run.shape.utf8.count >= 6 || run.groups >= 2
  }

  private static func isGroup(_ text: [UInt8], _ index: Int) -> Bool {
    guard index < text.count else { return false }
    return text[index].isDigit || letter(scalar(in: text, at: index).value) != nil
  }

  private static func isWord(_ text: [UInt8], _ index: Int) -> Bool {
    text[index].isAlphanumeric
      || text[index] >= 0xC3 && role(ofScalar: scalar(in: text, at: index).value) == .letter
  }

  /// A capital as plates have them; the Cyrillic ones are those that look like Latin ones.
  private static func letter(_ value: UInt32) -> UInt8? {
    switch value {
    case 0x41...0x5A: return UInt8(truncatingIfNeeded: value)
    case 0x410: return 0x41
    case 0x412: return 0x42
    case 0x415: return 0x45
    case 0x41A: return 0x4B
    case 0x41C: return 0x4D
    case 0x41D: return 0x48
    case 0x41E: return 0x4F
    case 0x420: return 0x50
    case 0x421: return 0x43
    case 0x422: return 0x54
    case 0x423: return 0x59
    case 0x425: return 0x58
    default: return nil
    }
  }
}
