/// Offsets in a text and the offsets in the source they came from, as a table of runs.
struct SourceMap: Sendable, Hashable {
  /// A run of text bytes.
  struct Run: Sendable, Hashable {
    /// Where it begins in the text.
    var text: UInt32
    /// Where it begins in the source; the top bit says that all of the run came from there.
    var source: UInt32
  }

  static let fixed: UInt32 = 1 << 31

  var runs: [Run] = []

  /// The source offset of a text offset; the text's own end maps to the end of the last run.
  func source(of offset: Int) -> Int {
    var low = 0
    var high = runs.count
    while low < high {
      let middle = (low + high) / 2
      if Int(runs[middle].text) <= offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return 0 }
    let run = runs[low - 1]
    let start = Int(run.source & ~Self.fixed)
    if run.source & Self.fixed != 0 { return start }
    let found = start + (offset - Int(run.text))
    // A separator that stands for markup lies between two runs.
    guard low < runs.count else { return found }
    return min(found, Int(runs[low].source & ~Self.fixed))
  }
}
