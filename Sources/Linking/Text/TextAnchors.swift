/// Words in a row that two texts have in common, each of them once: where their alignment surely goes
/// through.
///
/// As patience diff does with lines (Cohen, 2003): what is unique on both sides and in the same order
/// on both is matched, and the rest is looked at between.
struct TextAnchors {
  /// So many words from here to there are the same.
  struct Anchor: Equatable {
    var row: Int
    var column: Int
    var count: Int
  }

  /// Words of the shortest anchor.
  static let words = 4

  /// The longest chain of anchors, ascending on both sides and apart from each other.
  static func chain(
    _ first: [UInt32], _ rows: Range<Int>, _ second: [UInt32], _ columns: Range<Int>
  ) -> [Anchor] {
    guard rows.count >= words, columns.count >= words else { return [] }
    return joined(ascending(pairs(first, rows, second, columns)))
  }

  /// Where the runs of words that each side has once stand, by row.
  private static func pairs(
    _ first: [UInt32], _ rows: Range<Int>, _ second: [UInt32], _ columns: Range<Int>
  ) -> [(row: Int32, column: Int32)] {
    var places = RunPlaces(rows.count)
    for row in rows.lowerBound...(rows.upperBound - words) {
      places.noteRow(run(first, row), at: Int32(row))
    }
    for column in columns.lowerBound...(columns.upperBound - words) {
      places.noteColumn(run(second, column), at: Int32(column))
    }
    // Two different runs may have one number: only what is the same counts.
    return places.onBothSides.filter { pair in
      (0..<words).allSatisfy { first[Int(pair.row) + $0] == second[Int(pair.column) + $0] }
    }
  }

  private static func run(_ hashes: [UInt32], _ start: Int) -> UInt64 {
    var key: UInt64 = 0
    for offset in 0..<words {
      key = StableMix.finish(key &+ UInt64(hashes[start + offset]) &+ 0x9E37_79B9_7F4A_7C15)
    }
    return key
  }

  /// The longest subsequence whose columns ascend (Fredman 1975).
  private static func ascending(
    _ pairs: [(row: Int32, column: Int32)]
  ) -> [(row: Int32, column: Int32)] {
    var ends: [Int] = []
    var before = [Int](repeating: -1, count: pairs.count)
    for (index, pair) in pairs.enumerated() {
      var low = 0
      var high = ends.count
      while low < high {
        let middle = (low + high) / 2
        if pairs[ends[middle]].column < pair.column { low = middle + 1 } else { high = middle }
      }
      if low > 0 { before[index] = ends[low - 1] }
      if low == ends.count { ends.append(index) } else { ends[low] = index }
    }
    var chain: [(row: Int32, column: Int32)] = []
    var index = ends.last ?? -1
    while index >= 0 {
      chain.append(pairs[index])
      index = before[index]
    }
    return chain.reversed()
  }

  /// Runs that overlap in the same way on both sides as one; of others that overlap the first.
  private static func joined(_ chain: [(row: Int32, column: Int32)]) -> [Anchor] {
    var anchors: [Anchor] = []
    for pair in chain {
      let (row, column) = (Int(pair.row), Int(pair.column))
      guard let last = anchors.last else {
        anchors.append(Anchor(row: row, column: column, count: words))
        continue
      }
      let isApart = row >= last.row + last.count && column >= last.column + last.count
      if row - last.row == column - last.column, row <= last.row + last.count {
        anchors[anchors.count - 1].count = max(last.count, row - last.row + words)
      } else if isApart {
        anchors.append(Anchor(row: row, column: column, count: words))
      }
    }
    return anchors
  }
}

/// Where runs of words stand on two sides: a table of open addresses.
private struct RunPlaces {
  struct Entry {
    var key: UInt64 = 0
    var row: Int32 = RunPlaces.none
    var column: Int32 = RunPlaces.none
  }

  static let none: Int32 = -1
  static let several: Int32 = -2

  private var entries: [Entry]
  private let mask: Int

  init(_ runs: Int) {
    var size = 16
    while size < runs * 2 { size *= 2 }
    entries = [Entry](repeating: Entry(), count: size)
    mask = size - 1
  }

  mutating func noteRow(_ run: UInt64, at place: Int32) {
    let index = claim(run)
    entries[index].row = entries[index].row == Self.none ? place : Self.several
  }

  /// Only for runs that have a row: others are on one side.
  mutating func noteColumn(_ run: UInt64, at place: Int32) {
    guard let index = find(run) else { return }
    entries[index].column = entries[index].column == Self.none ? place : Self.several
  }

  private mutating func claim(_ run: UInt64) -> Int {
    let index = slot(run)
    entries[index].key = max(run, 1)
    return index
  }

  private func find(_ run: UInt64) -> Int? {
    let index = slot(run)
    return entries[index].key == 0 ? nil : index
  }

  private func slot(_ run: UInt64) -> Int {
    let key = max(run, 1)
    var index = Int(truncatingIfNeeded: key) & mask
    while entries[index].key != key, entries[index].key != 0 { index = (index + 1) & mask }
    return index
  }

  /// Places of the runs that both sides have once, by row.
  var onBothSides: [(row: Int32, column: Int32)] {
    entries.compactMap { $0.row >= 0 && $0.column >= 0 ? ($0.row, $0.column) : nil }
      .sorted { $0.row < $1.row }
  }
}
