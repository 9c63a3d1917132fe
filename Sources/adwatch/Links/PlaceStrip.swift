import Linking
import Vocabulary

/// Places below each other, time from left to right: where somebody was when.
struct PlaceStrip {
  /// The lines, dates first; empty without a place.
  let lines: [String]

  /// Places that are shown, by arrival.
  private static let mostPlaces = 20

  init(_ movement: Movement, width: Int) {
    let stays = movement.stays
    guard let first = stays.map(\.from).min(), let last = stays.map(\.to).max() else {
      lines = []
      return
    }
    var places: [String] = []
    for stay in stays where !places.contains(stay.place) { places.append(stay.place) }
    let shownPlaces = places.prefix(Self.mostPlaces)
    let label = min(24, shownPlaces.map { shown($0).count }.max() ?? 0)
    let columns = max(20, min(width - label - 2, 80))
    let span = max(1, last - first)
    func column(_ time: Timestamp) -> Int {
      min(columns - 1, Int((time - first) / span * Double(columns)))
    }
    let start = first.day
    let end = last.day
    // Within a day the order in which a crawl came by says nothing of anybody's way.
    guard start != end else {
      let more = places.count - shownPlaces.count
      lines =
        ["all on \(start):"] + shownPlaces.map { "  " + shown($0) }
        + (more > 0 ? ["and \(more) more places"] : [])
      return
    }
    let gap = max(1, columns - start.count - end.count)
    var lines = [
      Self.padded("", label) + "  " + start + String(repeating: " ", count: gap)
        + end
    ]
    for place in shownPlaces {
      var cells = [Character](repeating: "·", count: columns)
      for stay in stays where stay.place == place {
        for cell in column(stay.from)...column(stay.to) { cells[cell] = "█" }
      }
      lines.append(Self.padded(shown(place), label) + "  " + String(cells))
    }
    if places.count > shownPlaces.count {
      lines.append("and \(places.count - shownPlaces.count) more places")
    }
    self.lines = lines
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    let cut = text.prefix(width)
    return cut + String(repeating: " ", count: width - cut.count)
  }
}
