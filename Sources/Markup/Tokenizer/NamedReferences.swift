/// The named character references of the HTML standard, searchable by longest prefix.
struct NamedReferences: Sendable {
  /// One name of the table.
  struct Entry: Sendable {
    var offset: UInt16
    var length: UInt8
    var first: UInt32
    /// The second scalar; zero for most names.
    var second: UInt32
  }

  /// A name that some text begins with.
  struct Match {
    var length: Int
    var first: UInt32
    var second: UInt32
    var endsWithSemicolon: Bool
  }

  static let shared = NamedReferences()

  let entries: [Entry]
  /// Where the names of each first byte begin in `entries`.
  let starts: [UInt16]

  private init() {
    var entries: [Entry] = []
    var starts = [UInt16](repeating: 0, count: 129)
    entries.reserveCapacity(2_300)
    Self.table.withUTF8Buffer { bytes in
      var index = 0
      while index < bytes.count {
        let offset = index
        while bytes[index] != 0x3D { index += 1 }
        let length = index - offset
        var scalars: [UInt32] = [0]
        index += 1
        while index < bytes.count, bytes[index] != 0x20 {
          if bytes[index] == 0x2B {
            scalars.append(0)
          } else {
            let digit = UInt32(bytes[index].hexadecimalValue ?? 0)
            scalars[scalars.count - 1] = scalars[scalars.count - 1] << 4 | digit
          }
          index += 1
        }
        index += 1
        starts[Int(bytes[offset]) + 1] += 1
        entries.append(
          Entry(
            offset: UInt16(offset), length: UInt8(length), first: scalars[0],
            second: scalars.count > 1 ? scalars[1] : 0))
      }
    }
    for byte in 1..<starts.count { starts[byte] += starts[byte - 1] }
    self.entries = entries
    self.starts = starts
  }

  /// The longest name that the bytes from an index on begin with.
  func longestPrefix(of source: UnsafeBufferPointer<UInt8>, at start: Int) -> Match? {
    guard start < source.count, source[start] < 0x80 else { return nil }
    return Self.table.withUTF8Buffer { names in
      var low = Int(starts[Int(source[start])])
      var high = Int(starts[Int(source[start]) + 1])
      var depth = 1
      var found: Entry?
      while low < high {
        if Int(entries[low].length) == depth { found = entries[low] }
        guard start + depth < source.count else { break }
        let byte = source[start + depth]
        guard byte.isASCIIAlphanumeric || byte == 0x3B else { break }
        low = bound(low, high, depth, byte, names)
        high = bound(low, high, depth, byte + 1, names)
        depth += 1
      }
      guard let found else { return nil }
      let length = Int(found.length)
      return Match(
        length: length, first: found.first, second: found.second,
        endsWithSemicolon: source[start + length - 1] == 0x3B)
    }
  }

  /// The first of some entries whose byte at a depth is not below `byte`.
  private func bound(
    _ from: Int, _ to: Int, _ depth: Int, _ byte: UInt8, _ names: UnsafeBufferPointer<UInt8>
  ) -> Int {
    var low = from
    var high = to
    while low < high {
      let middle = (low + high) / 2
      let entry = entries[middle]
      let isBelow =
        depth >= Int(entry.length) || names[Int(entry.offset) + depth] < byte
      if isBelow { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
