/// Questions about lists of ranges that ascend and do not touch.
enum RangeSet {
  /// Sorts ranges and joins those that overlap or meet.
  static func normalised(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var joined: [Range<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
      if let last = joined.last, range.lowerBound <= last.upperBound {
        joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        joined.append(range)
      }
    }
    return joined
  }

  /// The index of the first range that ends after `offset`.
  private static func index(after offset: Int, _ ranges: [Range<Int>]) -> Int {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound <= offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Whether a range shares a byte with one of the normalised `ranges`.
  static func overlaps(_ range: Range<Int>, _ ranges: [Range<Int>]) -> Bool {
    let found = index(after: range.lowerBound, ranges)
    return found < ranges.count
      && ranges[found].lowerBound < max(range.upperBound, range.lowerBound)
      && !range.isEmpty
  }

  /// Whether the middle of a range lies in one of the normalised `ranges`.
  static func holds(_ range: Range<Int>, _ ranges: [Range<Int>]) -> Bool {
    let offset = range.lowerBound + range.count / 2
    let found = index(after: offset, ranges)
    return found < ranges.count && ranges[found].lowerBound <= offset
  }

  /// What of `whole` lies in none of the normalised `ranges`.
  static func rest(of whole: Range<Int>, without ranges: [Range<Int>]) -> [Range<Int>] {
    var rest: [Range<Int>] = []
    var start = whole.lowerBound
    for range in ranges where range.upperBound > whole.lowerBound {
      guard range.lowerBound < whole.upperBound else { break }
      if range.lowerBound > start { rest.append(start..<range.lowerBound) }
      start = max(start, range.upperBound)
    }
    if start < whole.upperBound { rest.append(start..<whole.upperBound) }
    return rest
  }
}
