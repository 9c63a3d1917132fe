/// Finds many byte sequences in one pass over a folded text.
///
/// At every byte, tables are asked whether any sequence may be near: by a hash of the next four bytes,
/// or of the next three, for sequences that have so many places with few choices, such as words; by the
/// categories of the next six bytes for the others, such as numbers. Only then are sequences compared.
/// The speed of the pass hardly depends on how many sequences there are.
struct SequenceIndex: Sendable {
  /// A pattern that a sequence belongs to.
  struct Owner: Sendable, Hashable {
    let pattern: Int32
    /// As `RequiredSequences.before`, -1 when unbounded.
    let before: Int32
  }

  /// A sequence.
  struct Entry: Sendable {
    let start: Int32
    let count: Int32
    /// Where in the sequence its key stands.
    let key: Int32
    let owners: Range<Int32>
  }

  private let words: SequenceTable
  private let triples: SequenceTable
  private let shapes: SequenceTable
  private let shapesHaveMarks: Bool
  private let entries: [Entry]
  private let places: [UInt16]
  private let owners: [Owner]
  private let sets: [ByteSet]
  private let categories = ByteCategories.table

  /// Distinct sequences.
  var count: Int { entries.count }

  init(_ list: [(pattern: Int, required: RequiredSequences)], _ classes: ByteClasses) {
    var builder = SequenceIndexBuilder(classes)
    for (pattern, required) in list { builder.add(required, pattern: pattern) }
    builder.finish()
    words = SequenceTable(hashing: builder.words)
    triples = SequenceTable(hashing: builder.triples)
    shapes = SequenceTable(direct: builder.shapes, keys: ByteCategories.keys)
    shapesHaveMarks = builder.shapesHaveMarks
    entries = builder.entries
    places = builder.places
    owners = builder.owners
    sets = classes.sets
  }

  /// Adds each owner of each sequence at each offset where the sequence stands, the offsets ascending
  /// up to `block` and the length of a sequence.
  func scan(_ text: SearchText, into found: inout LiteralPlaces) {
    guard !entries.isEmpty, text.count > 0 else { return }
    text.bytes.withUnsafeBufferPointer { search in
      words.gate.withUnsafeBufferPointer { wordGate in
        triples.gate.withUnsafeBufferPointer { tripleGate in
          var index = 0
          var next = 0
          while index < text.count {
            let block = index..<min(index + Self.block, text.count)
            scan(search, text.count, block, words, wordGate, 0xFFFF_FFFF, &found)
            if !triples.isEmpty {
              scan(search, text.count, block, triples, tripleGate, 0xFF_FFFF, &found)
            }
            if !shapes.isEmpty { scanShapes(search, text.count, block, &next, &found) }
            index = block.upperBound
          }
        }
      }
    }
  }

  /// Bytes that are scanned for one kind of key before they are for the next; small, so that what is
  /// found is nearly in the order of the text.
  private static let block = 256

  @inline(__always)
  private func scan(
    _ search: UnsafeBufferPointer<UInt8>, _ count: Int, _ block: Range<Int>,
    _ table: borrowing SequenceTable, _ gate: UnsafeBufferPointer<UInt8>, _ mask: UInt32,
    _ found: inout LiteralPlaces
  ) {
    let raw = UnsafeRawBufferPointer(search)
    for index in block {
      let word = raw.loadUnaligned(fromByteOffset: index, as: UInt32.self).littleEndian & mask
      if SequenceTable.mayHold(word, gate) {
        compare(table, SequenceTable.slot(word), search, count, index, &found)
      }
    }
  }

  /// Scans a block for shapes from `next` on: only where a mark is in reach, if all of them have one.
  private func scanShapes(
    _ search: UnsafeBufferPointer<UInt8>, _ count: Int, _ block: Range<Int>, _ next: inout Int,
    _ found: inout LiteralPlaces
  ) {
    guard shapesHaveMarks else { return scanShapes(search, count, block, &found) }
    let raw = UnsafeRawBufferPointer(search)
    var start = block.lowerBound
    while start < block.upperBound {
      defer { start += 8 }
      guard Self.hasMark(raw.loadUnaligned(fromByteOffset: start, as: UInt64.self)) else {
        continue
      }
      let first = max(next, start - ByteCategories.places + 1)
      while start + 8 < block.upperBound,
        Self.hasMark(raw.loadUnaligned(fromByteOffset: start + 8, as: UInt64.self))
      { start += 8 }
      next = min(start + 8, count)
      scanShapes(search, count, first..<next, &found)
    }
  }

  /// Whether one of eight bytes is one of `ByteCategories.marks`: from "0" on and not from "A" on, and
  /// below 0x80.
  @inline(__always)
  private static func hasMark(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let low = word & (ones &* 0x7F)
    return (low &+ ones &* (0x80 - 0x30)) & ~(low &+ ones &* (0x80 - 0x41)) & ~word
      & (ones &* 0x80) != 0
  }

  private func scanShapes(
    _ search: UnsafeBufferPointer<UInt8>, _ count: Int, _ block: Range<Int>,
    _ found: inout LiteralPlaces
  ) {
    shapes.gate.withUnsafeBufferPointer { gate in
      categories.withUnsafeBufferPointer { categories in
        let ahead = ByteCategories.places - 1
        var shape = 0
        for index in block.lowerBound..<(block.lowerBound + ahead) {
          shape = shape << 3 | Int(categories[Int(search[index])])
        }
        for index in block {
          let next = Int(categories[Int(search[index + ahead])])
          shape = (shape << 3 | next) & (ByteCategories.keys - 1)
          if gate[shape >> 3] >> UInt8(truncatingIfNeeded: shape & 7) & 1 != 0 {
            compare(shapes, shape, search, count, index, &found)
          }
        }
      }
    }
  }

  @inline(never)
  private func compare(
    _ table: borrowing SequenceTable, _ slot: Int, _ search: UnsafeBufferPointer<UInt8>,
    _ count: Int, _ index: Int, _ found: inout LiteralPlaces
  ) {
    let raw = UnsafeRawBufferPointer(search)
    for position in Int(table.starts[slot])..<Int(table.starts[slot + 1]) {
      let item = table.items[position]
      let base = index &- Int(item.back)
      guard base >= 0,
        raw.loadUnaligned(fromByteOffset: base, as: UInt64.self).littleEndian & item.mask
          == item.value
      else { continue }
      let entry = entries[Int(item.entry)]
      let start = index &- Int(entry.key)
      guard start >= 0, start &+ Int(entry.count) <= count, stands(entry, search, start) else {
        continue
      }
      for owner in entry.owners { found.add(owners[Int(owner)], at: start) }
    }
  }

  @inline(__always)
  private func stands(
    _ entry: Entry, _ search: UnsafeBufferPointer<UInt8>, _ start: Int
  ) -> Bool {
    let first = Int(entry.start)
    for offset in 0..<Int(entry.count) {
      let byte = search[start &+ offset]
      let place = places[first &+ offset]
      if place < 256 {
        if place != UInt16(byte) { return false }
      } else if !sets[Int(place)].contains(byte) {
        return false
      }
    }
    return true
  }
}
