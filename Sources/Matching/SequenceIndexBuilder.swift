/// Gathers sequences and chooses the key of each.
struct SequenceIndexBuilder {
  private(set) var words: [SequenceTable.Keyed] = []
  private(set) var triples: [SequenceTable.Keyed] = []
  private(set) var shapes: [SequenceTable.Keyed] = []
  /// Whether a text without marks has none of the shapes.
  private(set) var shapesHaveMarks = true
  private(set) var entries: [SequenceIndex.Entry] = []
  private(set) var places: [UInt16] = []
  private(set) var owners: [SequenceIndex.Owner] = []

  private let classes: ByteClasses
  private let sizes: [Int]
  private let categories: [[UInt8]]
  /// For each class, the bits in which its members agree, and what they are there.
  private let commonBits: [(value: UInt8, mask: UInt8)]
  private var ownersOf: [[UInt16]: [SequenceIndex.Owner]] = [:]
  /// How many sequences have a word as their key already.
  private var shared: [UInt32: Int] = [:]

  /// Different words that a sequence's key may stand for; more where its shape is as common as words.
  private static let fewWords = 8
  private static let manyWords = 128
  /// So many keys of three bytes are looked for as words with any fourth; for more there is a table.
  private static let fewTriples = 32
  /// A shape that is met more often than once in so many bytes is no better than words.
  private static let commonestShape = 1.0 / 2000

  private enum Key {
    case word(Int)
    case triple(Int)
    case shape(Int)
  }

  init(_ classes: ByteClasses) {
    self.classes = classes
    sizes = classes.members.map(\.count)
    categories = classes.sets.map { ByteCategories.categories(of: $0) }
    commonBits = classes.members.map { members in
      let set = members.reduce(0, |)
      let mask = ~(set ^ members.reduce(0xFF, &))
      return (set & mask, mask)
    }
  }

  mutating func add(_ found: RequiredSequences, pattern: Int) {
    let before = found.before.map { Int32(clamping: $0) } ?? -1
    let owner = SequenceIndex.Owner(pattern: Int32(pattern), before: before)
    for sequence in found.sequences { ownersOf[sequence, default: []].append(owner) }
  }

  mutating func finish() {
    for (sequence, list) in ownersOf.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      let entry = UInt32(entries.count)
      let place: Int
      switch key(of: sequence) {
      case .word(let start):
        place = start
        for word in spelled(sequence[start..<(start + 4)]) {
          words.append((word, item(sequence, at: start, entry, key: word, width: 4)))
          shared[word, default: 0] += 1
        }
      case .triple(let start):
        place = start
        for word in spelled(sequence[start..<(start + 3)]) {
          triples.append((word, item(sequence, at: start, entry, key: word, width: 3)))
        }
      case .shape(let start):
        place = start
        let shape = sequence[start...].prefix(ByteCategories.places)
        shapesHaveMarks =
          shapesHaveMarks && shape.contains { ByteCategories.isMark(classes.sets[Int($0)]) }
        let item = item(sequence, at: start, entry, key: 0, width: 0)
        for shape in drawn(shape) { shapes.append((shape, item)) }
      }
      entries.append(
        SequenceIndex.Entry(
          start: Int32(places.count), count: Int32(sequence.count), key: Int32(place),
          owners: Int32(owners.count)..<Int32(owners.count + list.count)))
      owners += list
      places += sequence
    }
    ownersOf = [:]
    shared = [:]
    if triples.count <= Self.fewTriples {
      for triple in triples {
        for last in UInt32(0)...255 {
          words.append((triple.key | last << 24, triple.item))
        }
      }
      triples = []
    }
  }

  /// The key that is met least often: four bytes with few choices where there are any.
  private func key(of sequence: [UInt16]) -> Key {
    if let word = word(in: sequence, of: 4, choices: Self.fewWords) { return .word(word) }
    let shape = shape(in: sequence)
    if shape.frequency > Self.commonestShape {
      if let word = word(in: sequence, of: 4, choices: Self.manyWords) { return .word(word) }
      if let triple = word(in: sequence, of: 3, choices: Self.manyWords) { return .triple(triple) }
    }
    return .shape(shape.place)
  }

  /// Where the rarest word begins, of those that few other sequences have as their key.
  private func word(in sequence: [UInt16], of width: Int, choices: Int) -> Int? {
    guard sequence.count >= width else { return nil }
    var best: Int?
    var lowest = Double.infinity
    for start in 0...(sequence.count - width) {
      let key = sequence[start..<(start + width)]
      guard key.reduce(1, { min(1 << 20, $0 * sizes[Int($1)]) }) <= choices else { continue }
      var cost = classes.expected(key)
      if let only = literal(key) {
        cost = ByteFrequency.expected(only) * (4 + Double(shared[packed(only)] ?? 0))
      }
      if cost < lowest {
        lowest = cost
        best = start
      }
    }
    return best
  }

  /// The bytes of places that have no choice.
  private func literal(_ key: ArraySlice<UInt16>) -> [UInt8]? {
    var bytes: [UInt8] = []
    for place in key {
      guard place < 256 else { return nil }
      bytes.append(UInt8(truncatingIfNeeded: place))
    }
    return bytes
  }

  /// Up to four bytes as a word, the first lowest.
  private func packed(_ bytes: [UInt8]) -> UInt32 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  private func shape(in sequence: [UInt16]) -> (place: Int, frequency: Double) {
    var best = (place: 0, frequency: Double.infinity)
    for start in 0...max(0, sequence.count - ByteCategories.places) {
      var frequency = 1.0
      var isAfterDigit = false
      for place in sequence[start...].prefix(ByteCategories.places) {
        let kinds = categories[Int(place)]
        frequency *= ByteCategories.expected(kinds, afterDigit: isAfterDigit)
        isAfterDigit = kinds == [ByteCategories.digit]
      }
      if frequency < best.frequency { best = (start, frequency) }
    }
    return best
  }

  /// An item for a sequence whose key begins at `place`; where the key is a word, its first `width`
  /// bytes are `key`.
  ///
  /// The eight bytes are those from the key on, or the last eight where fewer follow.
  private func item(
    _ sequence: [UInt16], at place: Int, _ entry: UInt32, key: UInt32, width: Int
  ) -> SequenceTable.Item {
    let first = min(place, max(0, sequence.count - 8))
    var value: UInt64 = 0
    var mask: UInt64 = 0
    for (number, member) in sequence[first...].prefix(8).enumerated() {
      let inKey = first + number - place
      let common =
        (0..<width).contains(inKey)
        ? (value: UInt8(truncatingIfNeeded: key >> UInt32(8 * inKey)), mask: 0xFF)
        : commonBits[Int(member)]
      value |= UInt64(common.value) << UInt64(8 * number)
      mask |= UInt64(common.mask) << UInt64(8 * number)
    }
    return SequenceTable.Item(
      value: value, mask: mask, entry: entry, back: UInt32(place - first))
  }

  /// Every word that the places allow, the first byte lowest.
  private func spelled(_ key: ArraySlice<UInt16>) -> [UInt32] {
    var words: [UInt32] = [0]
    for (number, place) in key.enumerated() {
      let bytes = classes.members[Int(place)]
      words = words.flatMap { word in bytes.map { word | UInt32($0) << UInt32(8 * number) } }
    }
    return words
  }

  /// Every key of categories that the places allow; what follows a short sequence is any.
  private func drawn(_ key: ArraySlice<UInt16>) -> [UInt32] {
    var shapes: [UInt32] = [0]
    let kinds = key.map { categories[Int($0)] }
    for number in 0..<ByteCategories.places {
      let allowed = number < kinds.count ? kinds[number] : ByteCategories.all
      shapes = shapes.flatMap { shape in allowed.map { shape << 3 | UInt32($0) } }
    }
    return shapes
  }
}
