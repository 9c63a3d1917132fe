/// A text with the usual disguises of letters undone, for patterns with `view: folded`.
///
/// What is done, per scalar unless said otherwise:
/// - invisible scalars go: zero-width and direction marks, soft hyphens, variation selectors, tags;
/// - combining marks go, and Latin letters lose theirs, strokes included (`ł` becomes `l`);
/// - fullwidth, circled, squared, parenthesised and mathematical letters and digits become ASCII;
/// - Unicode spaces become a space;
/// - in a word that has an ASCII letter, Cyrillic and Greek letters that look like Latin ones become
///   those. Words wholly in Cyrillic or Greek stay as they are;
/// - words of four letters or more that stand apart (`p a s s p o r t`) are drawn together;
/// - a digit or sign between two letters becomes the letter that it stands for (`p4ssport`). Others stay,
///   so that prices and telephone numbers keep their digits.
///
/// The view is deterministic, needs no tables from outside, and keeps for every byte the range of
/// original bytes it stands for.
public struct FoldedView: Sendable {
  /// The folded text, with bytes that are not UTF-8 kept.
  public let bytes: [UInt8]
  private let pieces: [FoldedPiece]

  /// Folds a text of at most 1 GiB.
  public init(_ text: [UInt8]) {
    self = text.withUnsafeBufferPointer { FoldedView($0) }
  }

  /// The letters of an expression as the view has them; its signs and digits stay what they are.
  static func letters(of expression: String) -> String {
    let bytes = Array(expression.utf8)
    let view = bytes.withUnsafeBufferPointer { FoldedView($0, undoesSpelling: false) }
    return String(decoding: view.bytes, as: UTF8.self)
  }

  /// With `undoesSpelling` false, words that stand apart and digits for letters are left.
  init(_ text: UnsafeBufferPointer<UInt8>, undoesSpelling: Bool = true) {
    var builder = FoldedViewBuilder(capacity: text.count)
    var index = 0
    while index < text.count {
      if !builder.isInWord {
        var end = index
        while end < text.count {
          let next = Self.endOfPlainRun(text, from: end)
          guard next > end else { break }
          end = next
        }
        if end > index {
          builder.append(text, index..<end)
          index = end
          continue
        }
      }
      guard let (scalar, length) = Scalars.decode(text, at: index) else {
        builder.append(byte: text[index], at: index)
        index += 1
        continue
      }
      if undoesSpelling, !builder.isInWord,
        let letters = SpacedLetters.word(in: text, at: index, builder.table),
        let last = letters.last
      {
        for letter in letters {
          builder.append(letter.scalar, from: letter.start, length: letter.length)
        }
        index = last.start + last.length
        continue
      }
      var following = index + length
      // One sign may be doubled, as in `pa$$port`.
      if following < text.count, text[following] == text[index] { following += 1 }
      let stands = undoesSpelling && builder.isInWord && Self.isLetter(in: text, at: following)
      builder.append(
        stands ? LeetLetters.letter(scalar) ?? scalar : scalar, from: index, length: length)
      index += length
    }
    builder.endWord()
    bytes = builder.bytes
    pieces = builder.pieces
  }

  /// The end of a run in which nothing can be folded; the start when there is none.
  ///
  /// That is a word of ASCII letters that nothing else continues, or an ASCII character that is no
  /// letter.
  @inline(__always)
  private static func endOfPlainRun(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var end = start
    while end < text.count, (0x61...0x7A).contains(text[end] | 0x20) { end += 1 }
    switch end - start {
    case 0: return text[start] < 0x80 ? start + 1 : start
    case 1: return isInitial(text, at: start) ? end : start
    default:
      guard end < text.count else { return end }
      return text[end] < 0x80 && LeetLetters.letter(UInt32(text[end])) == nil ? end : start
    }
  }

  /// Whether a letter that stands alone cannot be the first of a word whose letters stand apart: the
  /// next one, if there is any, has another beside it.
  @inline(__always)
  private static func isInitial(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
    guard index + 3 < text.count, text[index + 1] < 0x80, text[index + 2] < 0x80,
      LeetLetters.letter(UInt32(text[index + 1])) == nil
    else { return false }
    return !(0x61...0x7A).contains(text[index + 2] | 0x20)
      || (0x61...0x7A).contains(text[index + 3] | 0x20)
  }

  private static func isLetter(in text: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
    guard index < text.count, let (scalar, _) = Scalars.decode(text, at: index),
      let image = FoldedLetters.shared.image(scalar)
    else { return false }
    return FoldedLetters.shared.isLetter(image)
  }

  /// The original bytes that a non-empty range of the view stands for.
  public func original(_ range: Range<Int>) -> Range<Int> {
    guard bytes.indices.contains(range.lowerBound), bytes.indices.contains(range.upperBound - 1)
    else { return 0..<0 }
    let first = piece(at: range.lowerBound).original(of: range.lowerBound).lowerBound
    let last = piece(at: range.upperBound - 1).original(of: range.upperBound - 1).upperBound
    return first < last ? first..<last : 0..<0
  }

  /// The piece that a byte of the view belongs to.
  private func piece(at offset: Int) -> FoldedPiece {
    var low = 0
    var high = pieces.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(pieces[middle].view) <= offset { low = middle } else { high = middle }
    }
    return pieces[low]
  }
}

/// Neighbouring bytes of a view, and what they stand for.
private struct FoldedPiece: Sendable {
  /// Where in the view it begins; it goes on to the next piece.
  let view: Int32
  /// Where in the original it begins.
  let start: Int32
  /// How many original bytes all of it stands for together; 0 when each byte stands for one.
  let length: Int32

  func original(of offset: Int) -> Range<Int> {
    let start = Int(start)
    guard length == 0 else { return start..<(start + Int(length)) }
    let shifted = start + offset - Int(view)
    return shifted..<(shifted + 1)
  }
}

private struct FoldedViewBuilder {
  var bytes: [UInt8] = []
  var pieces: [FoldedPiece] = []
  /// The word being read: what each scalar folds to, with its place.
  private var word: [(scalar: UInt32, start: Int, length: Int)] = []
  private var wordHasLatin = false
  let table = FoldedLetters.shared

  /// Longer runs of letters are no words, and are folded in pieces.
  private static let maximumWord = 256

  /// Whether the scalar read last was a letter of a word, or a digit or sign in its place.
  var isInWord: Bool { !word.isEmpty }

  init(capacity: Int) {
    bytes.reserveCapacity(capacity)
  }

  mutating func append(_ scalar: UInt32, from start: Int, length: Int) {
    guard let image = table.image(scalar) else { return }
    if image < 0x80 {
      let isLetter = (0x61...0x7A).contains(image | 0x20)
      guard isLetter else {
        endWord()
        emit(image, start, length)
        return
      }
      wordHasLatin = true
    } else if !table.isLetterLike(image) {
      endWord()
      emit(image, start, length)
      return
    }
    word.append((image, start, length))
    if word.count >= Self.maximumWord { endWord() }
  }

  /// Appends what stands for itself.
  mutating func append(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    beginPiece(at: range.lowerBound)
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[range]))
  }

  mutating func append(byte: UInt8, at index: Int) {
    endWord()
    beginPiece(at: index)
    bytes.append(byte)
  }

  mutating func endWord() {
    guard isInWord else { return }
    for (scalar, start, length) in word {
      emit(wordHasLatin ? FoldedLetters.latinLookalike(scalar) : scalar, start, length)
    }
    word.removeAll(keepingCapacity: true)
    wordHasLatin = false
  }

  private mutating func emit(_ value: UInt32, _ start: Int, _ length: Int) {
    guard let scalar = Unicode.Scalar(value), let encoded = UTF8.encode(scalar) else { return }
    // A scalar of one byte is one; of longer ones a match takes all bytes or none.
    beginPiece(at: start, length: encoded.count == length ? 0 : length)
    bytes.append(contentsOf: encoded)
  }

  /// Says what is appended next stands for; goes on with the piece before where that is one.
  private mutating func beginPiece(at start: Int, length: Int = 0) {
    if length == 0, let last = pieces.last, last.length == 0,
      Int(last.start) - Int(last.view) == start - bytes.count
    {
      return
    }
    pieces.append(
      FoldedPiece(
        view: Int32(truncatingIfNeeded: bytes.count), start: Int32(truncatingIfNeeded: start),
        length: Int32(truncatingIfNeeded: length)))
  }
}
