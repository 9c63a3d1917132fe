/// How well a template tells a text: the minimum description length criterion.
///
/// In the manner of InfoShield (Lee, Vajiac and others, ICDE 2021): a text belongs to a template when
/// naming the template and the edits takes fewer bits than the text by itself. Two conditions say what
/// *nearly the same* means: of both texts more is shared than is not, and not both have a passage of
/// their own.
struct TextFit: Sendable {
  /// The alignment it rests on.
  var alignment: TextAlignment
  /// Eighths of a bit saved by the template; negative where the text alone is shorter.
  var saving: Int32
  /// Eighths of a bit that both have, that only the text has, that only the template has.
  var shared: Int32
  var ownOfText: Int32
  var ownOfTemplate: Int32
  /// Words that both have.
  var sharedWords: Int
  /// Whether each has a passage of its own.
  var hasPassages: Bool

  /// Whether the text belongs to the template's group.
  var isNear: Bool { saving > 0 && isMostlyShared && !hasPassages }
  /// Whether of both texts more is shared than is not; or nearly all of one is in the other, which
  /// adds no more than twice as much.
  var isMostlyShared: Bool {
    let less = Int64(min(ownOfText, ownOfTemplate))
    let more = Int64(max(ownOfText, ownOfTemplate))
    return more < shared || less * 4 < shared && more < Int64(shared) * 2
  }

  /// Fits a text to a template that is one of `templates`.
  init(
    _ template: TextTemplate, _ templateWeights: WordWeights, _ words: [UInt32],
    _ textWeights: WordWeights, templates: Int, rule: LinkRule
  ) {
    let weights = textWeights.now
    let alignment = TextAlignment(template, words, weights)
    var alone = TextCost.length(words.count)
    for weight in weights { alone += weight }
    var own: Int32 = 0
    var gone: Int32 = 0
    var goneWords = 0
    for edit in alignment.edits {
      for word in edit.text { own += weights[word] }
      for word in edit.template { gone += templateWeights.now[word] }
      goneWords += edit.template.count
    }
    let total = weights.reduce(0, +)
    shared = total - own
    ownOfText = own
    ownOfTemplate = gone
    sharedWords = template.count - goneWords
    hasPassages = Self.hasPassages(alignment.edits, templateWeights, textWeights, rule)
    saving = alone - TextCost.pointer(templates) - TextAlignment.bit - alignment.cost
    self.alignment = alignment
  }

  /// Whether each text has a passage of its own: more words than a slot holds.
  ///
  /// Where one stands in place of the other, a third of that is enough for the shorter one. Edits with
  /// less than a shingle between them are one stretch: two passages of one language have a word or
  /// two in common everywhere. Known passages are nobody's own.
  private static func hasPassages(
    _ edits: [TextEdit], _ templateWeights: WordWeights, _ textWeights: WordWeights,
    _ rule: LinkRule
  ) -> Bool {
    var gone = 0
    var new = 0
    var mostGone = 0
    var mostNew = 0
    var end = 0
    for edit in edits {
      if edit.template.lowerBound - end >= rule.shingle {
        gone = 0
        new = 0
      }
      gone += edit.template.count(where: templateWeights.isOwn)
      new += edit.text.count(where: textWeights.isOwn)
      end = edit.template.upperBound
      mostGone = max(mostGone, gone)
      mostNew = max(mostNew, new)
      if max(gone, new) > rule.slotWords, min(gone, new) > rule.slotWords / 3 { return true }
    }
    return min(mostGone, mostNew) > rule.slotWords
  }
}

/// What the words of a text tell, where passages are known from otherwise different texts.
struct WordWeights: Sendable {
  /// Eighths of a bit of each word by itself.
  private let alone: [UInt8]
  /// The same less what is known.
  private(set) var now: [Int32]

  /// Of words whose sentences end at `stops` and are in so many otherwise different texts, of all
  /// `texts`.
  init(_ weights: [UInt8], stops: [UInt32] = [], spreads: [Int] = [], texts: Int = 0) {
    alone = weights
    now = weights.map { Int32($0) }
    var start = 0
    for (stop, spread) in zip(stops, spreads) {
      let range = start..<Int(stop)
      start = Int(stop)
      guard spread > 1 else { continue }
      let total = range.reduce(Int32(0)) { $0 + now[$1] }
      let known = TextCost.known(total, spread: spread, texts: texts)
      guard known < total else { continue }
      for word in range { now[word] = Int32(Int64(now[word]) * Int64(known) / Int64(total)) }
    }
  }

  /// Whether a word is the text's own: most of what it tells is not known already.
  func isOwn(_ word: Int) -> Bool { now[word] * 2 > Int32(alone[word]) }
}

/// Code lengths in eighths of a bit.
enum TextCost {
  /// A length, in Elias' gamma code.
  static func length(_ value: Int) -> Int32 {
    TextAlignment.bit * Int32(2 * (Int.bitWidth - (value + 1).leadingZeroBitCount) - 1)
  }

  /// One of so many templates.
  static func pointer(_ templates: Int) -> Int32 {
    TextAlignment.bit * Int32(Int.bitWidth - max(1, templates).leadingZeroBitCount)
  }

  /// The words of a sentence that `spread` otherwise different texts have, out of `texts`.
  ///
  /// It may stand in a dictionary: an entry costs its words once, spread over all uses, and each use
  /// costs its number. Never more than the words themselves.
  static func known(_ words: Int32, spread: Int, texts: Int) -> Int32 {
    guard spread > 1 else { return words }
    let number = pointer(max(1, texts / spread)) + TextAlignment.bit
    return min(words, words / Int32(clamping: spread) + number)
  }
}
