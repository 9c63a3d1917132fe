import Matching
import Vocabulary

/// Decides which of overlapping hits counts: the strongest.
///
/// Hits are taken from the strongest on, and one counts unless it shares a byte with a hit of another
/// indicator that was taken before. Indicators that count by themselves come before those that never
/// do, so that words on, say, nationality cannot displace anything; then strength decides, then the
/// longer span, the earlier one, and the indicator's id.
enum OverlapResolution {
  struct Candidate {
    let hit: Int
    let range: Range<Int>
    let indicator: String
    let alone: Solitude
    let strength: Strength
  }

  /// For each hit that does not count, the indicator that displaced it.
  static func displaced(_ candidates: [Candidate]) -> [Int: String] {
    // The text in pieces between any two ends of hits; each piece has at most one owner.
    let ends = Set(candidates.flatMap { [$0.range.lowerBound, $0.range.upperBound] }).sorted()
    let piece = Dictionary(uniqueKeysWithValues: ends.enumerated().map { ($1, $0) })
    var owners = [String?](repeating: nil, count: ends.count)
    var displaced: [Int: String] = [:]
    for candidate in candidates.sorted(by: comesBefore) {
      guard let first = piece[candidate.range.lowerBound],
        let last = piece[candidate.range.upperBound], first < last
      else { continue }
      let other = owners[first..<last].first { $0 != nil && $0 != candidate.indicator }
      if let other, let other {
        displaced[candidate.hit] = other
      } else {
        for index in first..<last { owners[index] = candidate.indicator }
      }
    }
    return displaced
  }

  private static func comesBefore(_ left: Candidate, _ right: Candidate) -> Bool {
    key(left) < key(right)
  }

  private static func key(_ one: Candidate) -> (Int, Int, Int, Int, String) {
    let strength =
      switch one.strength {
      case .strong: 0
      case .medium: 1
      case .weak: 2
      case .none, .negative: 3
      }
    return (
      one.alone == .counts ? 0 : 1, strength, -one.range.count, one.range.lowerBound,
      one.indicator
    )
  }
}
