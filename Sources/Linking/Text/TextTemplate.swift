/// The first text of a group, as hashes: what later texts are held against.
///
/// No word can be read from it. Where texts of the group differed is marked; a later difference at
/// the same place costs less.
public struct TextTemplate: Sendable, Hashable {
  /// Usually the id of the advert whose text it is.
  public var id: Int64
  /// The group it belongs to: the id of the group's first template.
  public var group: Int64
  var hashes: [UInt32]
  var weights: [UInt8]
  /// Per word, and one more for the end: bit 0, the word varies; bit 1, words come in before it.
  var slots: [UInt8]

  init(id: Int64, group: Int64, words: Words) {
    self.id = id
    self.group = group
    hashes = words.hashes
    weights = words.weights
    slots = [UInt8](repeating: 0, count: words.count + 1)
  }

  /// How many words it has.
  public var count: Int { hashes.count }

  /// The storable form: version, words, weights, slots; little endian.
  public var bytes: [UInt8] {
    var bytes: [UInt8] = [1]
    bytes.reserveCapacity(2 + count * 6)
    for hash in hashes {
      for shift in [0, 8, 16, 24] as [UInt32] {
        bytes.append(UInt8(truncatingIfNeeded: hash >> shift))
      }
    }
    bytes += weights
    bytes += slots
    return bytes
  }

  /// Reads `bytes`; nil for anything else.
  public init?(id: Int64, group: Int64, bytes: [UInt8]) {
    guard bytes.count >= 2, bytes[0] == 1, (bytes.count - 2) % 6 == 0 else { return nil }
    let count = (bytes.count - 2) / 6
    var hashes: [UInt32] = []
    hashes.reserveCapacity(count)
    for word in 0..<count {
      var hash: UInt32 = 0
      for byte in 0..<4 { hash |= UInt32(bytes[1 + word * 4 + byte]) << UInt32(8 * byte) }
      hashes.append(hash)
    }
    self.id = id
    self.group = group
    self.hashes = hashes
    weights = Array(bytes[(1 + count * 4)..<(1 + count * 5)])
    slots = Array(bytes[(1 + count * 5)...])
  }

  /// Marks where a text of the group differs; false when nothing is new.
  mutating func mark(_ edits: [TextEdit]) -> Bool {
    var isNew = false
    for edit in edits {
      for word in edit.template where slots[word] & 1 == 0 {
        slots[word] |= 1
        isNew = true
      }
      let place = edit.template.lowerBound
      if !edit.text.isEmpty, slots[place] & 2 == 0 {
        slots[place] |= 2
        isNew = true
      }
    }
    return isNew
  }

  /// Whether an edit at a word, or before it, is where texts differed already.
  @inline(__always) func isSlot(_ place: Int) -> Bool { slots[place] != 0 }
}
