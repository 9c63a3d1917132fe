/// What the classes of elements come to that were met before: a page says most of them many times.
struct ShapeMemory: ~Copyable {
  private struct Entry: BitwiseCopyable {
    var start: UInt32 = 0
    var length: UInt32 = 0
    var sum: UInt32 = 0
  }

  /// One for each of 256 hashes; a later value takes the place of an earlier one.
  private let entries: UnsafeMutablePointer<Entry>

  init() {
    entries = .allocate(capacity: 256)
    entries.initialize(repeating: Entry(), count: 256)
  }

  deinit { entries.deallocate() }

  /// `OutlineShape.sum` of a stretch of the source, which must be the same for all calls.
  @inline(__always)
  mutating func sum(of range: Range<Int>, in source: UnsafeBufferPointer<UInt8>) -> UInt32 {
    guard let base = source.baseAddress, range.upperBound &+ 8 <= source.count else {
      return OutlineShape.sum(of: range, in: source)
    }
    let bytes = UnsafeRawPointer(base)
    let length = range.count
    let first = (bytes + range.lowerBound).loadUnaligned(as: UInt64.self).littleEndian
    let kept = length >= 8 ? first : first & ~(UInt64.max &<< UInt64(8 &* length))
    // The end tells apart what begins the same.
    let last =
      length > 8
      ? (bytes + (range.upperBound &- 8)).loadUnaligned(as: UInt64.self).littleEndian : 0
    let mixed = (kept ^ (last &* 0x9E37_79B9_7F4A_7C15) ^ UInt64(length)) &* 0xD6E8_FEB8_6659_FD93
    let slot = entries + Int(truncatingIfNeeded: mixed &>> 56)
    let start = Int(slot.pointee.start)
    if Int(slot.pointee.length) == length, start < range.lowerBound,
      Self.isSame(bytes + start, bytes + range.lowerBound, length)
    {
      return slot.pointee.sum
    }
    let sum = OutlineShape.sum(of: range, in: source)
    slot.pointee = Entry(
      start: UInt32(truncatingIfNeeded: range.lowerBound),
      length: UInt32(truncatingIfNeeded: length), sum: sum)
    return sum
  }

  @inline(__always)
  private static func isSame(
    _ one: UnsafeRawPointer, _ other: UnsafeRawPointer, _ length: Int
  ) -> Bool {
    var index = 0
    while index &+ 8 <= length {
      if (one + index).loadUnaligned(as: UInt64.self)
        != (other + index).loadUnaligned(as: UInt64.self)
      {
        return false
      }
      index &+= 8
    }
    while index < length {
      if (one + index).load(as: UInt8.self) != (other + index).load(as: UInt8.self) {
        return false
      }
      index &+= 1
    }
    return true
  }
}
