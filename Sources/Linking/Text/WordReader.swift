/// The words of a text, as hashes in flat arrays.
struct Words: Sendable {
  /// A hash of each word's folded letters.
  var hashes: [UInt32] = []
  /// What each word tells, in eighths of a bit.
  var weights: [UInt8] = []
  /// Whether it has a digit.
  var numbers: [Bool] = []
  /// Where it starts and ends in the text.
  var starts: [UInt32] = []
  var ends: [UInt32] = []
  /// Where sentences end, in words; ascending, the last one is the number of words.
  var stops: [UInt32] = []

  var count: Int { hashes.count }
}

/// Reads words and sentences.
struct WordReader {
  /// Eighths of a bit in a letter: 2.62 bits, the entropy of a letter as words are chosen
  /// (Shannon, *Prediction and Entropy of Printed English*, 1951).
  private static let letterWeight = 21
  /// A decimal digit is worth log2(10) bits.
  private static let digitWeight = 27
  /// One of some 800 common characters of a script without spaces.
  private static let ideographWeight = 77
  /// No word tells more than 24 bits: long ones are compounds and names, not secrets.
  private static let mostWeight = 192

  private var words = Words()
  private var hash = StableMix.basis
  private var weight = 0
  private var hasDigit = false
  private var start = 0
  private var open = false
  private let most: Int

  static func read(_ text: [UInt8], most: Int) -> Words {
    var reader = WordReader(most: most)
    reader.read(text)
    return reader.words
  }

  private init(most: Int) {
    self.most = most
  }

  private mutating func read(_ text: [UInt8]) {
    let letters = WordLetters.shared
    let estimate = min(most, text.count / 6 + 1)
    words.hashes.reserveCapacity(estimate)
    words.weights.reserveCapacity(estimate)
    words.numbers.reserveCapacity(estimate)
    words.starts.reserveCapacity(estimate)
    words.ends.reserveCapacity(estimate)
    var index = 0
    while index < text.count, words.count < most {
      let found = Self.scalar(in: text, at: index)
      let (role, image) = letters(found.value)
      let next = index + found.length
      switch role {
      case .letter, .digit:
        if !open {
          open = true
          start = index
        }
        hash = StableMix.step(hash, image)
        if role == .digit {
          hasDigit = true
          weight += Self.digitWeight
        } else {
          weight += Self.letterWeight
        }
      case .nothing: break
      case .ideograph:
        close(at: index)
        open = true
        start = index
        hash = StableMix.step(hash, image)
        weight = Self.ideographWeight
        close(at: next)
      case .gap: close(at: index)
      case .stop:
        close(at: index)
        stop()
      case .dot:
        close(at: index)
        if next >= text.count || text[next] <= 0x20 { stop() }
      }
      index = next
    }
    if words.count < most { close(at: index) }
    stop()
  }

  private mutating func close(at end: Int) {
    guard open else { return }
    words.hashes.append(UInt32(truncatingIfNeeded: StableMix.finish(hash)))
    words.weights.append(UInt8(min(weight, Self.mostWeight)))
    words.numbers.append(hasDigit)
    words.starts.append(UInt32(truncatingIfNeeded: start))
    words.ends.append(UInt32(truncatingIfNeeded: end))
    hash = StableMix.basis
    weight = 0
    hasDigit = false
    open = false
  }

  private mutating func stop() {
    let count = UInt32(words.count)
    if count > words.stops.last ?? 0 { words.stops.append(count) }
  }

  /// The scalar at `index`; a stray byte counts as one of U+FFFD.
  @inline(__always)
  static func scalar(in text: [UInt8], at index: Int) -> (value: UInt32, length: Int) {
    let first = text[index]
    if first < 0x80 { return (UInt32(first), 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0
    guard length > 0, index + length <= text.count else { return (0xFFFD, 1) }
    var value = UInt32(first) & (0xFF >> UInt32(length + 1))
    for offset in 1..<length {
      let byte = text[index + offset]
      guard byte & 0xC0 == 0x80 else { return (0xFFFD, 1) }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    return (value, length)
  }
}

/// Names, places and employers as they are compared.
enum NormalText {
  /// Folded words with one space between; empty when there are none.
  static func of(_ text: String) -> String {
    let letters = WordLetters.shared
    var scalars = String.UnicodeScalarView()
    var gap = false
    for scalar in text.unicodeScalars {
      let (role, image) = letters(scalar.value)
      switch role {
      case .letter, .digit, .ideograph:
        if gap, !scalars.isEmpty { scalars.append(" ") }
        gap = false
        if let folded = Unicode.Scalar(image) { scalars.append(folded) }
      case .nothing: break
      case .gap, .stop, .dot: gap = true
      }
    }
    return String(scalars)
  }
}
