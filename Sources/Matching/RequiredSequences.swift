/// Byte sequences of which every match of a pattern contains at least one, in folded text.
///
/// Each place of a sequence is a class of bytes, numbered by `ByteClasses`: a literal is a sequence
/// whose classes have one member each, and `\d\d [a-z]` one whose classes have several.
struct RequiredSequences: Hashable, Sendable {
  /// None is empty, none repeats.
  var sequences: [[UInt16]]
  /// Folded bytes from the start of a match to the sequence at most; nil when unbounded.
  var before: Int?
  /// How often the sequences are to be expected, as occurrences a byte of text.
  var frequency: Double

  /// How many sequences one pattern may have before it is better run everywhere.
  static let maximumCount = 400
  /// Places of a sequence that are compared; its beginning decides as well as all of it.
  static let maximumPlaces = 24
  /// What is met more often than once in so many bytes is not worth looking for.
  static let commonest = 1.0 / 50

  init?(_ found: Set<[UInt16]>, before: Int?, _ classes: ByteClasses) {
    guard !found.isEmpty, !found.contains([]), let cut = Self.cut(found) else { return nil }
    sequences = cut
    self.before = before
    frequency = sequences.reduce(0) { $0 + classes.expected($1) }
  }

  /// What holds when one of several holds.
  init?(anyOf branches: [RequiredSequences], _ classes: ByteClasses) {
    let before = branches.reduce(Optional(0)) { furthest, branch in
      guard let furthest, let before = branch.before else { return nil }
      return max(furthest, before)
    }
    self.init(Set(branches.flatMap(\.sequences)), before: before, classes)
  }

  /// The sequences in order, shortened as far as it takes to have no more than may be; nil when they
  /// are too many even so.
  private static func cut(_ found: Set<[UInt16]>) -> [[UInt16]]? {
    for places in [maximumPlaces, 12, 8, 6, 4] {
      let cut = Set(found.map { Array($0.prefix(places)) })
      if cut.count <= maximumCount {
        return cut.sorted { $0.lexicographicallyPrecedes($1) }
      }
    }
    return nil
  }

  /// What decides between sequences: their frequency, and the length of the searches they lead to.
  var cost: Double {
    frequency * (1 + Double(before.map { min($0, 2000) } ?? 5000) / 50)
  }
}

extension RequiredSequences {
  /// The best sequences for a pattern; nil when it has none worth looking for.
  static func find(in source: String, _ classes: inout ByteClasses) -> RequiredSequences? {
    guard let tree = PatternSyntax(source) else { return nil }
    var finder = SequenceFinder(classes)
    let shape = finder.analyse(tree)
    let required = finder.conditions(shape)
    classes = finder.classes
    guard let best = required.min(by: { $0.cost < $1.cost }), best.frequency < commonest else {
      return nil
    }
    return best
  }
}
