/// A text as the literal search reads it: folded, with every run of white space one space.
struct SearchText {
  /// The folded bytes, followed by `padding` zero bytes so that words can be loaded at any of them.
  let bytes: [UInt8]
  /// How many of the bytes are text.
  let count: Int

  static let padding = 8

  /// Where the distance between folded and original offset changes, ascending: from `folded[k]` on,
  /// an offset is `original[k] - folded[k]` further in the text.
  private let folded: [Int32]
  private let original: [Int32]
  private let textCount: Int

  init(_ text: UnsafeBufferPointer<UInt8>) {
    let fold = SearchFold.shared
    var folded: [Int32] = []
    var original: [Int32] = []
    var written = 0
    bytes = [UInt8](unsafeUninitializedCapacity: text.count + Self.padding) { out, initialised in
      fold.ascii.withUnsafeBufferPointer { ascii in
        var index = 0
        var distance = 0
        var afterSpace = false
        while index < text.count {
          let byte = text[index]
          if byte < 0x80 {
            let image = ascii[Int(byte)]
            if image == 0x20 {
              if afterSpace {
                index += 1
                continue
              }
              afterSpace = true
            } else {
              afterSpace = false
            }
            if index - written != distance {
              distance = index - written
              folded.append(Int32(truncatingIfNeeded: written))
              original.append(Int32(truncatingIfNeeded: index))
            }
            out[written] = image
            written += 1
            index += 1
            continue
          }
          guard let (scalar, length) = Scalars.decode(text, at: index) else {
            // A byte that is no character takes part in no match; it only keeps its place.
            if index - written != distance {
              distance = index - written
              folded.append(Int32(truncatingIfNeeded: written))
              original.append(Int32(truncatingIfNeeded: index))
            }
            out[written] = byte
            written += 1
            index += 1
            afterSpace = false
            continue
          }
          let image = fold(scalar)
          if image == 0x20, afterSpace {
            index += length
            continue
          }
          afterSpace = image == 0x20
          if index - written != distance {
            distance = index - written
            folded.append(Int32(truncatingIfNeeded: written))
            original.append(Int32(truncatingIfNeeded: index))
          }
          written += Scalars.encode(image, to: out, at: written)
          index += length
        }
      }
      for index in 0..<Self.padding { out[written + index] = 0 }
      initialised = written + Self.padding
    }
    count = written
    self.folded = folded
    self.original = original
    textCount = text.count
  }

  /// The offset in the text of a folded offset; that of the end for the end.
  ///
  /// A folded offset inside a scalar gives one inside the scalar or just after it, never before it.
  func textOffset(_ offset: Int) -> Int {
    guard offset < count else { return textCount }
    var low = 0
    var high = folded.count
    while low < high {
      let middle = (low + high) / 2
      if Int(folded[middle]) <= offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return offset }
    return min(textCount, offset + Int(original[low - 1]) - Int(folded[low - 1]))
  }
}
