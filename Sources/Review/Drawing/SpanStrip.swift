import Vocabulary

/// Rows of bars over time: when each advert was seen, or when a cluster was at each place.
struct SpanStrip {
  /// One row.
  struct Row {
    var name: String
    var spans: [(from: Timestamp, to: Timestamp)]
  }

  /// Rows that are drawn.
  static let mostRows = 60
  private static let names = 210.0
  private static let width = 800.0
  private static let step = 22.0

  /// Nil without a row that has a span.
  static func drawing(_ all: [Row], label: String) -> Drawing? {
    let rows = all.filter { !$0.spans.isEmpty }.prefix(mostRows)
    guard let first = rows.flatMap({ $0.spans.map(\.from) }).min(),
      let last = rows.flatMap({ $0.spans.map(\.to) }).max()
    else { return nil }
    // A day at least, so that what was seen once has a width.
    let length = max(86_400, last - first)
    let height = step * Double(rows.count) + 26
    var drawing = Drawing(width: width, height: height, label: label)
    func x(_ time: Timestamp) -> Double {
      names + (width - names - 12) * min(1, max(0, (time - first) / length))
    }
    for quarter in 0...4 {
      let place = x(first + length * Double(quarter) / 4)
      drawing.line(from: (place, 0), to: (place, height - 20), "grid")
      let day = String((first + length * Double(quarter) / 4).rfc3339.prefix(10))
      if quarter == 0 || (quarter % 2 == 0 && length > 3 * 86_400) {
        drawing.write(
          day, x: place, y: height - 5, "axis",
          anchor: quarter == 0 ? "start" : quarter == 4 ? "end" : "middle")
      }
    }
    for (number, row) in rows.enumerated() {
      let top = step * Double(number)
      drawing.write(Drawing.short(row.name, 28), x: 0, y: top + 15)
      for span in row.spans {
        let left = x(span.from)
        drawing.rectangle(
          x: left, y: top + 4, width: max(5, x(span.to) - left), height: step - 9, "bar",
          title: "\(span.from.rfc3339.prefix(10)) – \(span.to.rfc3339.prefix(10))")
      }
    }
    return drawing
  }
}
