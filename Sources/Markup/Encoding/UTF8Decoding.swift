/// The UTF-8 decoder of the WHATWG Encoding standard, section 8.1.1.
enum UTF8Decoding {
  /// Where the first ill-formed sequence begins; nil when all of it is well-formed.
  static func firstFault(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    let count = bytes.count
    guard let base = bytes.baseAddress else { return nil }
    var index = 0
    while index < count {
      index = endOfASCII(bytes, from: index)
      // Letters beyond ASCII come in rows, with a space or a tag now and then.
      while index < count {
        if base[index] < 0x80 {
          guard index + 1 < count, base[index + 1] >= 0x80 else { break }
          index += 1
        }
        let length = sequence(bytes, at: index)
        guard length > 0 else { return index }
        index += length
      }
    }
    return nil
  }

  /// Where ASCII ends that stands at an index, if any does.
  @inline(__always)
  static func endOfASCII(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    guard let base = bytes.baseAddress else { return start }
    let raw = UnsafeRawPointer(base)
    let count = bytes.count
    let high: UInt64 = 0x8080_8080_8080_8080
    var index = start
    while index &+ 64 <= count {
      let words = (raw + index).loadUnaligned(as: SIMD8<UInt64>.self)
      let half = words.lowHalf | words.highHalf
      let quarter = half.lowHalf | half.highHalf
      if (quarter[0] | quarter[1]) & high != 0 { break }
      index &+= 64
    }
    while index &+ 8 <= count {
      let word = (raw + index).loadUnaligned(as: UInt64.self).littleEndian & high
      if word != 0 { return index &+ word.trailingZeroBitCount / 8 }
      index &+= 8
    }
    while index < count, base[index] < 0x80 { index &+= 1 }
    return index
  }

  /// The length of the well-formed sequence at an index; else minus the number of bytes that one
  /// U+FFFD stands for (the maximal subpart, at least one).
  @inline(__always)
  static func sequence(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
    let first = bytes[index]
    if first < 0x80 { return 1 }
    var lower: UInt8 = 0x80
    var upper: UInt8 = 0xBF
    let needed: Int
    switch first {
    case 0xC2...0xDF: needed = 1
    case 0xE0: (needed, lower) = (2, 0xA0)
    case 0xED: (needed, upper) = (2, 0x9F)
    case 0xE1...0xEF: needed = 2
    case 0xF0: (needed, lower) = (3, 0x90)
    case 0xF4: (needed, upper) = (3, 0x8F)
    case 0xF1...0xF3: needed = 3
    default: return -1
    }
    for step in 1...needed {
      guard index + step < bytes.count else { return -step }
      let byte = bytes[index + step]
      guard byte >= lower, byte <= upper else { return -step }
      lower = 0x80
      upper = 0xBF
    }
    return needed + 1
  }

  /// The bytes as well-formed UTF-8, at most `maximum` of them, cut between scalars.
  static func repaired(
    _ bytes: [UInt8], from start: Int = 0, maximum: Int
  ) -> (text: [UInt8], truncated: Bool) {
    let bound = max(0, min(maximum, 1 << 30))
    return bytes.withUnsafeBufferPointer { whole in
      let all = UnsafeBufferPointer(rebasing: whole[min(start, whole.count)...])
      if all.count <= bound, firstFault(all) == nil {
        return (start == 0 ? bytes : Array(all), false)
      }
      var end = min(all.count, bound)
      let truncated = end < all.count
      // A sequence that the limit cuts through is dropped.
      if truncated {
        var back = end
        while back > 0, end - back < 3, all[back - 1] & 0xC0 == 0x80 { back -= 1 }
        if back > 0, all[back - 1] >= 0xC0 {
          let length = sequence(all, at: back - 1)
          if length > 0, back - 1 + length > end { end = back - 1 }
        }
      }
      return (repaired(UnsafeBufferPointer(rebasing: all[0..<end])), truncated)
    }
  }

  /// The bytes with U+FFFD for each ill-formed stretch.
  private static func repaired(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count + bytes.count / 8)
    var start = 0
    while start < bytes.count {
      let rest = UnsafeBufferPointer(rebasing: bytes[start...])
      guard let fault = firstFault(rest) else {
        output.append(contentsOf: rest)
        break
      }
      output.append(contentsOf: rest[0..<fault])
      output.append(contentsOf: [0xEF, 0xBF, 0xBD])
      start += fault - sequence(rest, at: fault)
    }
    return output
  }
}
