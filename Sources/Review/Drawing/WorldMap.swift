import Glibc

/// Outlines of countries and what happened where.
///
/// Natural Earth's outlines (public domain), reduced by `ops/generate-outlines.py` to paths in tenths
/// of a degree, northings in Mercator's projection.
struct WorldMap {
  /// A place with what it is called.
  struct Spot: Hashable {
    var name: String
    var latitude: Double
    var longitude: Double
    /// How often: larger is drawn larger.
    var weight: Int
  }

  private struct Outline {
    var name: String
    var box: (west: Double, north: Double, east: Double, south: Double)
    var path: String
  }

  static let shared = WorldMap(text: BundledFiles.text("outlines.txt"))

  private let outlines: [Outline]

  /// Reads `name<TAB>west north east south<TAB>path` a line; others are left out.
  init(text: String) {
    outlines = text.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: "\t")
      guard parts.count == 3 else { return nil }
      let box = parts[1].split(separator: " ").compactMap { Double($0) }
      guard box.count == 4 else { return nil }
      return Outline(
        name: String(parts[0]), box: (box[0], box[1], box[2], box[3]), path: String(parts[2]))
    }
  }

  /// How many countries there are.
  var count: Int { outlines.count }

  /// Mercator's northing in tenths of a degree, downwards as SVG has it; poles are cut off at 84°.
  static func northing(_ latitude: Double) -> Double {
    let angle = min(84, max(-84, latitude)) * .pi / 180
    return -log(tan(.pi / 4 + angle / 2)) * 1800 / .pi
  }

  private static let width = 800.0
  private static let height = 460.0
  /// Spots that are named; more are dots.
  private static let mostNames = 24

  /// Draws the part of the world that has the spots; nil without any.
  func drawing(_ spots: [Spot], legs: [(from: Int, to: Int)], label: String) -> Drawing? {
    guard !spots.isEmpty else { return nil }
    let points = spots.map { (x: $0.longitude * 10, y: Self.northing($0.latitude)) }
    let xs = points.map(\.x)
    let ys = points.map(\.y)
    let west = xs.min() ?? 0
    let east = xs.max() ?? 0
    let north = ys.min() ?? 0
    let south = ys.max() ?? 0
    // At least twelve degrees, so that a single town stands in its surroundings.
    let span = max(120, (east - west) * 1.35, (south - north) * 1.35 * Self.width / Self.height)
    let scale = Self.width / span
    let left = (west + east) / 2 - span / 2
    let top = (north + south) / 2 - span * Self.height / Self.width / 2
    let bottom = top + span * Self.height / Self.width
    var drawing = Drawing(width: Self.width, height: Self.height, label: label)
    for outline in outlines
    where outline.box.east >= left && outline.box.west <= left + span
      && outline.box.south >= top && outline.box.north <= bottom
    {
      drawing.outline(
        outline.path, title: outline.name, scale: scale, left: -left * scale, top: -top * scale)
    }
    func at(_ number: Int) -> (Double, Double) {
      ((points[number].x - left) * scale, (points[number].y - top) * scale)
    }
    for leg in legs where points.indices.contains(leg.from) && points.indices.contains(leg.to) {
      drawing.line(from: at(leg.from), to: at(leg.to), "leg")
    }
    for (number, spot) in spots.enumerated() {
      let (x, y) = at(number)
      drawing.circle(
        x: x, y: y, radius: 4 + 2 * log2(Double(max(1, spot.weight)) + 1), "spot",
        title: "\(spot.name) (\(spot.weight))")
    }
    for (number, spot) in spots.prefix(Self.mostNames).enumerated() {
      let (x, y) = at(number)
      let isRight = x > Self.width * 0.8
      drawing.write(
        spot.name, x: isRight ? x - 9 : x + 9, y: y + 4, "words halo",
        anchor: isRight ? "end" : "start")
    }
    return drawing
  }
}
