/// A text cut into what facts are made of.
struct FactToken: Sendable {
  enum Kind: Sendable { case word, number, sign, newline }
  /// The folded word's hash.
  var hash: UInt64 = 0
  /// What the word can mean.
  var roles: WordRole = []
  /// A number's value.
  var value = 0.0
  private var first: Int32
  private var bound: Int32
  /// The word's place in the lexicon, -1 for none.
  var place: Int32 = -1
  /// A sign's scalar.
  var scalar: UInt32 = 0
  var kind: Kind
  private var places: UInt8 = 0
  /// Whether a number has a fraction.
  var fraction = false
  /// Whether white space stands before it.
  var spaced = false
  /// Whether a word begins with a capital and goes on in small letters.
  var capitalised = false

  /// Offsets fit 32 bits, because texts are bounded far below.
  init(kind: Kind, start: Int, end: Int, scalar: UInt32 = 0) {
    self.kind = kind
    first = Int32(clamping: start)
    bound = Int32(clamping: end)
    self.scalar = scalar
  }

  var start: Int { Int(first) }
  var end: Int { Int(bound) }
  /// How many digits a number has before any fraction.
  var digits: Int {
    get { Int(places) }
    set { places = UInt8(clamping: newValue) }
  }

  /// The word's meaning with what it carries.
  var meaning: WordMeaning? { Lexicon.shared.meaning(at: place) }

  @inline(__always)
  func has(_ role: WordRole) -> Bool { !roles.isDisjoint(with: role) }

  func isSign(_ character: Unicode.Scalar) -> Bool { kind == .sign && scalar == character.value }
}

enum FactTokens {
  /// Cuts a stretch of text; words longer than 40 bytes carry no meaning.
  static func read(_ text: [UInt8], _ range: Range<Int>) -> [FactToken] {
    var tokens: [FactToken] = []
    tokens.reserveCapacity(range.count / 5)
    var index = range.lowerBound
    var spaced = true
    let lexicon = Lexicon.shared
    while index < range.upperBound {
      let byte = text[index]
      if byte == 0x20 || byte == 0x09 {
        spaced = true
        index += 1
        continue
      }
      var token: FactToken
      if byte == 0x0A {
        token = FactToken(kind: .newline, start: index, end: index + 1)
      } else if byte.isDigit {
        token = number(text, index, range.upperBound)
      } else if byte.isLetter {
        token = word(text, index, range.upperBound, lexicon)
      } else if byte < 0x80 {
        token = FactToken(kind: .sign, start: index, end: index + 1, scalar: UInt32(byte))
      } else {
        let found = scalar(in: text, at: index)
        switch role(ofScalar: found.value) {
        case .letter: token = word(text, index, range.upperBound, lexicon)
        case .invisible:
          index += found.length
          continue
        case .space:
          spaced = true
          index += found.length
          continue
        default:
          token = FactToken(
            kind: .sign, start: index, end: index + found.length, scalar: found.value)
        }
      }
      token.spaced = spaced
      spaced = false
      index = max(token.end, index + 1)
      tokens.append(token)
    }
    return tokens
  }

  private static func word(
    _ text: [UInt8], _ start: Int, _ limit: Int, _ lexicon: Lexicon
  ) -> FactToken {
    var end = start
    var small = false
    var hash = Folding.seed
    while end < limit {
      let byte = text[end]
      if byte < 0x80 {
        guard byte.isLetter else { break }
        Folding.feed(UInt32(byte), into: &hash)
        if end > start, byte & 0x20 != 0 { small = true }
        end += 1
      } else {
        let found = scalar(in: text, at: end)
        let role = role(ofScalar: found.value)
        guard role == .letter || role == .invisible else { break }
        if end > start, !isCapital(found.value) { small = true }
        Folding.feed(found.value, into: &hash)
        end += found.length
      }
    }
    var token = FactToken(kind: .word, start: start, end: min(end, limit))
    guard end - start <= 40 else { return token }
    token.hash = hash
    token.place = lexicon.place(hash)
    token.roles = lexicon.roles(at: token.place)
    token.capitalised = isCapital(scalar(in: text, at: start).value) && small
    return token
  }

  static func isCapital(_ value: UInt32) -> Bool {
    switch value {
    case 0x41...0x5A, 0xC0...0xD6, 0xD8...0xDE, 0x400...0x42F: return true
    case 0x100...0x137, 0x14A...0x177: return value & 1 == 0
    case 0x139...0x148, 0x179...0x17E: return value & 1 == 1
    case 0x218, 0x21A: return true
    default: return false
    }
  }

  /// A number with its separators; "150,-" ends before the comma.
  private static func number(_ text: [UInt8], _ start: Int, _ limit: Int) -> FactToken {
    var end = start
    while end < limit, end - start < 32 {
      let byte = text[end]
      if byte.isDigit {
        end += 1
      } else if byte == 0x2E || byte == 0x2C, end + 1 < limit, text[end + 1].isDigit {
        end += 1
      } else if byte == 0x27, end + 3 < limit, text[end + 1].isDigit, text[end + 2].isDigit,
        text[end + 3].isDigit
      {
        // Swiss thousands; with fewer digits it is feet and inches.
        end += 1
      } else {
        break
      }
    }
    while end < limit, end - start >= 32, text[end].isDigit { end += 1 }
    var token = FactToken(kind: .number, start: start, end: end)
    guard let parsed = NumberText.parse(text[start..<end]) else {
      token.digits = 99
      return token
    }
    token.value = parsed.value
    token.digits = parsed.digits
    token.fraction = parsed.fraction
    return token
  }
}
