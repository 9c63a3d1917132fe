/// A group's texts laid beside each other: what is the same, and what is filled in.
///
/// Made from the texts when somebody looks; only hashes of a template are stored.
public struct TemplateView: Sendable, Hashable {
  /// A stretch of the template.
  public enum Part: Sendable, Hashable {
    /// Words that every text has, as the first one writes them.
    case fixed(String)
    /// What each text has here, in the order of the texts; empty where it has nothing.
    case slot([String])
  }

  /// The parts in order; two slots never follow each other.
  public private(set) var parts: [Part] = []
  /// Bits that the template saves over all texts written by themselves; negative if it saves none.
  public private(set) var savedBits: Double = 0

  /// Lays texts beside the first of them; nil without two texts that have words.
  ///
  /// `texts` are UTF-8. A word belongs to a slot when any text differs there.
  public init?(_ texts: [[UInt8]], rule: LinkRule = LinkRule()) {
    let read = texts.map {
      TextReading(LinkedAdvert(id: 1, source: "", key: "", text: $0), rule: rule)
    }
    let readings = read.map(\.words)
    guard let first = readings.first, readings.count > 1, first.count > 0 else { return nil }
    let template = TextTemplate(id: 0, group: 0, reading: read[0])
    let own = WordWeights(first.weights)
    let fits = readings.dropFirst().map { words in
      TextFit(
        template, own, words.hashes, WordWeights(words.weights), templates: texts.count,
        rule: rule)
    }
    savedBits = fits.reduce(0) { $0 + Double($1.saving) } / Double(TextAlignment.bit)
    let alignments = fits.map(\.alignment)
    var varies = [Bool](repeating: false, count: first.count)
    var gaps = [Bool](repeating: false, count: first.count + 1)
    for alignment in alignments {
      for edit in alignment.edits {
        for word in edit.template { varies[word] = true }
        if edit.template.isEmpty { gaps[edit.template.lowerBound] = true }
      }
    }
    var place = 0
    while true {
      let start = place
      if place < first.count, !varies[place], !gaps[place] {
        repeat { place += 1 } while place < first.count && !varies[place] && !gaps[place]
        parts.append(.fixed(Self.text(texts[0], first, start..<place)))
        continue
      }
      while place < first.count, varies[place] { place += 1 }
      if place > start || gaps[start] {
        parts.append(.slot(slot(start..<place, texts, readings, alignments)))
      }
      if place == first.count { break }
      // What comes in after the last word of a slot belongs to it.
      gaps[place] = false
    }
  }

  /// What each text has in place of words of the first.
  private func slot(
    _ range: Range<Int>, _ texts: [[UInt8]], _ readings: [Words], _ alignments: [TextAlignment]
  ) -> [String] {
    var values = [Self.text(texts[0], readings[0], range)]
    for (number, alignment) in alignments.enumerated() {
      let own = alignment.counterpart(
        of: range, words: readings[0].count, textWords: readings[number + 1].count)
      values.append(Self.text(texts[number + 1], readings[number + 1], own))
    }
    return values
  }

  private static func text(_ text: [UInt8], _ words: Words, _ range: Range<Int>) -> String {
    guard !range.isEmpty else { return "" }
    let start = Int(words.starts[range.lowerBound])
    let end = Int(words.ends[range.upperBound - 1])
    return String(decoding: text[start..<end], as: UTF8.self)
  }
}

extension TextAlignment {
  /// The words of the text between those that match the template's just before and just after
  /// `range`; where there are none before or after, to the end.
  func counterpart(of range: Range<Int>, words: Int, textWords: Int) -> Range<Int> {
    func place(_ word: Int) -> Int {
      var shift = 0
      for edit in edits where edit.template.upperBound <= word {
        shift = edit.text.upperBound - edit.template.upperBound
      }
      return word + shift
    }
    let start = range.lowerBound == 0 ? 0 : place(range.lowerBound - 1) + 1
    let end = range.upperBound == words ? textWords : place(range.upperBound)
    return start..<max(start, end)
  }
}
