/// A picture as inline SVG: shapes whose colours stand in the style sheet, and no style in the page.
struct Drawing {
  let width: Double
  let height: Double
  /// What it shows, for those who do not see it.
  let label: String
  private var shapes: [[String: Any]] = []

  init(width: Double, height: Double, label: String) {
    self.width = width
    self.height = height
    self.label = label
  }

  /// What the template `drawing` needs.
  var context: [String: Any] {
    [
      "box": "0 0 \(Self.text(width)) \(Self.text(height))", "drawing_label": label,
      "shapes": shapes, "box_width": Self.text(width),
    ]
  }

  mutating func path(_ data: String, _ kind: String, title: String? = nil) {
    shapes.append(["svgpath": ["d": data, "class": kind, "tip": title as Any? ?? false]])
  }

  /// A path in units of its own, moved and scaled into the picture.
  mutating func outline(_ data: String, title: String, scale: Double, left: Double, top: Double) {
    let thousandths = (scale * 1000).rounded() / 1000
    shapes.append([
      "svgoutline": [
        "d": data, "tip": title,
        "place": "translate(\(Self.text(left)) \(Self.text(top))) scale(\(thousandths))",
      ]
    ])
  }

  mutating func line(from: (Double, Double), to: (Double, Double), _ kind: String) {
    path(
      "M\(Self.text(from.0)),\(Self.text(from.1))L\(Self.text(to.0)),\(Self.text(to.1))", kind)
  }

  mutating func rectangle(
    x: Double, y: Double, width: Double, height: Double, _ kind: String, title: String? = nil
  ) {
    shapes.append([
      "svgrect": [
        "x": Self.text(x), "y": Self.text(y), "w": Self.text(width), "h": Self.text(height),
        "class": kind, "tip": title as Any? ?? false,
      ]
    ])
  }

  mutating func circle(x: Double, y: Double, radius: Double, _ kind: String, title: String? = nil) {
    shapes.append([
      "svgcircle": [
        "x": Self.text(x), "y": Self.text(y), "r": Self.text(radius), "class": kind,
        "tip": title as Any? ?? false,
      ]
    ])
  }

  /// Words that begin at a place, or end there or stand around it.
  mutating func write(
    _ words: String, x: Double, y: Double, _ kind: String = "words", anchor: String = "start"
  ) {
    shapes.append([
      "svgtext": [
        "words": words, "x": Self.text(x), "y": Self.text(y), "class": kind, "anchor": anchor,
      ]
    ])
  }

  /// A number with one digit after the point; what is no number becomes 0.
  static func text(_ number: Double) -> String {
    guard number.isFinite, abs(number) < 1e9 else { return "0" }
    let tenths = Int((number * 10).rounded())
    return tenths % 10 == 0
      ? String(tenths / 10)
      : "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }

  /// The beginning of words, as many as fit.
  static func short(_ words: String, _ most: Int) -> String {
    let start = words.unicodeScalars.prefix(most)
    return start.count < words.unicodeScalars.count ? String(start) + "…" : words
  }
}
