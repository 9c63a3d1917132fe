import CaseStore
import Vocabulary

/// Counts by week as lines, and the same numbers as a table.
struct WeekPlot {
  /// Weeks that are shown.
  static let weeks = 26
  /// Lines; the rest is one more line.
  static let mostLines = 6
  /// Columns of the table; the rest is one more column.
  static let mostColumns = 24

  let names: [String]
  /// By line, the oldest week first.
  let values: [[Int64]]
  let starts: [Timestamp]
  /// All names, as far as the table has columns, and the same numbers.
  let columns: [(name: String, values: [Int64])]

  /// The names with most in all, each a line.
  ///
  /// `now` lies in the last week. `rest` is what the line of all others is called.
  init(
    _ counts: [WeekCount], at now: Timestamp, rest: String = "…", named: (String) -> String
  ) {
    let last = now.milliseconds / CaseStore.week
    let first = last - Int64(Self.weeks) + 1
    var lines: [String: [Int64]] = [:]
    for count in counts where (first...last).contains(count.week) {
      lines[count.name, default: Array(repeating: 0, count: Self.weeks)][
        Int(count.week - first)] += count.count
    }
    let sorted = lines.sorted {
      ($1.value.reduce(0, +), $0.key) < ($0.value.reduce(0, +), $1.key)
    }
    let all = sorted.map { (name: named($0.key), values: $0.value) }
    let drawn = Self.first(Self.mostLines, of: all, rest: rest)
    names = drawn.map(\.name)
    values = drawn.map(\.values)
    columns = Self.first(Self.mostColumns, of: all, rest: rest)
    starts = (first...last).map { Timestamp(milliseconds: $0 * CaseStore.week) }
  }

  private static func first(
    _ most: Int, of all: [(name: String, values: [Int64])], rest: String
  ) -> [(name: String, values: [Int64])] {
    guard all.count > most + 1 else { return all }
    let others = (0..<weeks).map { week in
      all.dropFirst(most).reduce(Int64(0)) { $0 + $1.values[week] }
    }
    return all.prefix(most) + [(rest, others)]
  }

  private static let width = 640.0
  private static let height = 200.0

  func drawing(label: String) -> Drawing? {
    let most = values.flatMap { $0 }.max() ?? 0
    guard most > 0 else { return nil }
    var drawing = Drawing(width: Self.width, height: Self.height, label: label)
    let (left, right, top, bottom) = (36.0, Self.width - 12, 12.0, Self.height - 24)
    func x(_ week: Int) -> Double {
      left + (right - left) * Double(week) / Double(Self.weeks - 1)
    }
    func y(_ value: Int64) -> Double { bottom - (bottom - top) * Double(value) / Double(most) }
    for part in [Int64(0), most / 2, most] {
      drawing.line(from: (left, y(part)), to: (right, y(part)), "grid")
      drawing.write(String(part), x: left - 6, y: y(part) + 4, "axis", anchor: "end")
    }
    for week in [0, Self.weeks / 2, Self.weeks - 1] {
      drawing.write(
        String(starts[week].rfc3339.prefix(10)), x: x(week), y: Self.height - 6, "axis",
        anchor: week == 0 ? "start" : week == Self.weeks - 1 ? "end" : "middle")
    }
    for (number, line) in values.enumerated() {
      let path = line.enumerated().map { week, value in
        "\(week == 0 ? "M" : "L")\(Drawing.text(x(week))),\(Drawing.text(y(value)))"
      }.joined()
      drawing.path(path, "series s\(number)", title: names[number])
      for (week, value) in line.enumerated() where value > 0 {
        drawing.circle(
          x: x(week), y: y(value), radius: 2.5, "point s\(number)",
          title: "\(names[number]), \(starts[week].rfc3339.prefix(10)): \(value)")
      }
    }
    return drawing
  }

  /// What the template `plot` needs.
  func context(title: String, id: String) -> [String: Any] {
    [
      "plot_title": title, "plot_id": id,
      "picture": drawing(label: title)?.context as Any? ?? false,
      "keys": names.enumerated().map { ["name": $1, "line": "s\($0)"] },
      "columns": columns.map { ["name": $0.name] },
      "lines": starts.indices.reversed().filter { week in
        columns.contains { $0.values[week] > 0 }
      }
      .map { week in
        [
          "week": String(starts[week].rfc3339.prefix(10)),
          "numbers": columns.map { String($0.values[week]) },
        ] as [String: Any]
      },
    ]
  }
}
