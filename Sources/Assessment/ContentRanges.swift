/// The parts of a text that are an advert's own words.
public struct ContentRanges: Sendable, Hashable {
  /// Ascending, apart, none empty.
  public let ranges: [Range<Int>]

  /// Takes ranges of UTF-8 bytes in any order, overlapping or not.
  public init(_ ranges: [Range<Int>]) {
    var merged: [Range<Int>] = []
    for range in ranges.filter({ !$0.isEmpty }).sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, range.lowerBound <= last.upperBound {
        merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    self.ranges = merged
  }

  /// Whether a span counts as inside: its first and its last byte do.
  ///
  /// What lies between may be outside, because the line feed between two blocks of content is.
  public func contains(_ span: Range<Int>) -> Bool {
    !span.isEmpty && contains(span.lowerBound) && contains(span.upperBound - 1)
  }

  private func contains(_ offset: Int) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound <= offset { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].contains(offset)
  }
}
