/// The first text of a group, as hashes: what later texts are held against.
///
/// Words are 32-bit hashes: common ones can be guessed, none can be read. Where texts of the group differed is marked; a later difference at
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
  /// Where sentences end, in words, and their keys; 0 for one too short to be one.
  var stops: [UInt32]
  var sentenceKeys: [UInt64]

  init(id: Int64, group: Int64, reading: TextReading) {
    self.id = id
    self.group = group
    hashes = reading.words.hashes
    weights = reading.words.weights
    slots = [UInt8](repeating: 0, count: reading.words.count + 1)
    stops = reading.words.stops
    sentenceKeys = reading.sentenceKeys
  }

  init(
    id: Int64, group: Int64, hashes: [UInt32], weights: [UInt8], slots: [UInt8], stops: [UInt32],
    sentenceKeys: [UInt64]
  ) {
    self.id = id
    self.group = group
    self.hashes = hashes
    self.weights = weights
    self.slots = slots
    self.stops = stops
    self.sentenceKeys = sentenceKeys
  }

  /// How many words it has.
  public var count: Int { hashes.count }

  /// The storable form: version, words, weights, slots, sentences; little endian.
  public var bytes: [UInt8] {
    var bytes: [UInt8] = [1]
    bytes.reserveCapacity(6 + count * 6 + stops.count * 12)
    Self.append(UInt64(count), 4, to: &bytes)
    for hash in hashes { Self.append(UInt64(hash), 4, to: &bytes) }
    bytes += weights
    bytes += slots
    for (stop, key) in zip(stops, sentenceKeys) {
      Self.append(UInt64(stop), 4, to: &bytes)
      Self.append(key, 8, to: &bytes)
    }
    return bytes
  }

  /// Reads `bytes`; nil for anything else.
  public init?(id: Int64, group: Int64, bytes: [UInt8]) {
    guard bytes.count >= 6, bytes[0] == 1 else { return nil }
    let count = Int(Self.number(bytes, 1, 4))
    let end = 6 + 6 * count
    guard count < bytes.count, bytes.count >= end, (bytes.count - end) % 12 == 0 else { return nil }
    var stops: [UInt32] = []
    var keys: [UInt64] = []
    for place in stride(from: end, to: bytes.count, by: 12) {
      let stop = UInt32(Self.number(bytes, place, 4))
      guard stop > stops.last ?? 0, stop <= count else { return nil }
      stops.append(stop)
      keys.append(Self.number(bytes, place + 4, 8))
    }
    guard stops.last ?? 0 == count else { return nil }
    self.init(
      id: id, group: group,
      hashes: (0..<count).map { UInt32(Self.number(bytes, 5 + 4 * $0, 4)) },
      weights: Array(bytes[(5 + count * 4)..<(5 + count * 5)]),
      slots: Array(bytes[(5 + count * 5)..<end]), stops: stops, sentenceKeys: keys)
  }

  private static func append(_ value: UInt64, _ width: Int, to bytes: inout [UInt8]) {
    for byte in 0..<width { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * byte))) }
  }

  private static func number(_ bytes: [UInt8], _ place: Int, _ width: Int) -> UInt64 {
    (0..<width).reduce(0) { $0 | UInt64(bytes[place + $1]) << UInt64(8 * $1) }
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
