/// A text as the literal search reads it: folded, with every run of white space one space.
struct SearchText {
  /// The folded bytes, followed by `padding` zero bytes so that words can be loaded at any of them.
  let bytes: [UInt8]
  /// How many of the bytes are text.
  let count: Int

  static let padding = 16

  /// Where the distance between folded and original offset changes, ascending: from `folded[k]` on,
  /// an offset is `original[k] - folded[k]` further in the text.
  private let folded: [Int32]
  private let original: [Int32]
  private let textCount: Int

  init(_ text: UnsafeBufferPointer<UInt8>) {
    var folder = SearchFolder(text)
    bytes = [UInt8](unsafeUninitializedCapacity: text.count + Self.padding) { out, initialised in
      folder.fold(into: out)
      for index in 0..<Self.padding { out[folder.written + index] = 0 }
      initialised = folder.written + Self.padding
    }
    count = folder.written
    folded = folder.folded
    original = folder.original
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
