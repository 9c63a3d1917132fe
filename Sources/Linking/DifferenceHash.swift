/// A hash of what an image shows, by which copies in other sizes and qualities are found.
///
/// Each bit says whether a point of a small grey picture is brighter than the one to its left
/// (Krawetz, "Kind of Like That", 2013). The picture of 9 by 8 points is made by whoever decodes the
/// image; nothing of it is kept, and nothing about a face can be read from 64 such bits.
public enum DifferenceHash {
  /// Points in a row of the picture.
  public static let width = 9
  /// Rows of the picture.
  public static let height = 8

  /// The hash of 72 grey values, row by row; nil for another number of them, and for a picture in
  /// which fewer than 4 bits are set or clear, as of one plain colour: such hashes say nothing.
  public static func of(grey: [UInt8]) -> UInt64? {
    guard grey.count == width * height else { return nil }
    return hash(grey.map(UInt64.init), margin: margin)
  }

  /// By how much a point has to be brighter: a plain field gives the same bits whatever a lossy format
  /// made of it.
  private static let margin: UInt64 = 2

  private static func hash(_ fields: [UInt64], margin: UInt64) -> UInt64? {
    var hash: UInt64 = 0
    for row in 0..<height {
      for column in 1..<width {
        let place = row * width + column
        hash = hash << 1 | (fields[place] > fields[place - 1] + margin ? 1 : 0)
      }
    }
    return (4...60).contains(hash.nonzeroBitCount) ? hash : nil
  }

  /// The same of a grey picture of any size, its points averaged over 9 by 8 fields.
  ///
  /// Points on the border of fields count for each by the share that lies in it, so that a picture
  /// gives the same in any size. Nil when the picture is smaller than that or not `width * height`
  /// values.
  public static func of(grey: [UInt8], width: Int, height: Int) -> UInt64? {
    guard width >= Self.width, height >= Self.height, grey.count / width == height,
      grey.count % width == 0
    else { return nil }
    let columns = shares(of: width, among: Self.width)
    let rows = shares(of: height, among: Self.height)
    var sums = [UInt64](repeating: 0, count: Self.width * Self.height)
    var line = [UInt64](repeating: 0, count: Self.width)
    for y in 0..<height {
      for field in line.indices { line[field] = 0 }
      for x in 0..<width {
        let value = UInt64(grey[y * width + x])
        let share = columns[x]
        line[share.field] += value * share.first
        if share.second > 0 { line[share.field + 1] += value * share.second }
      }
      let share = rows[y]
      for (field, sum) in line.enumerated() {
        sums[share.field * Self.width + field] += sum * share.first
        if share.second > 0 { sums[(share.field + 1) * Self.width + field] += sum * share.second }
      }
    }
    // Each field's shares come to as much as the picture has points.
    return hash(sums, margin: margin * UInt64(width * height))
  }

  /// How much of each of so many points lies in which field, and in the next one; a field is at least
  /// as wide as a point.
  private static func shares(
    of points: Int, among fields: Int
  ) -> [(field: Int, first: UInt64, second: UInt64)] {
    (0..<points).map { point in
      let start = point * fields
      let field = start / points
      let border = (field + 1) * points
      let end = start + fields
      guard end > border, field + 1 < fields else { return (field, UInt64(fields), 0) }
      return (field, UInt64(border - start), UInt64(end - border))
    }
  }

  /// In how many bits two hashes differ.
  @inlinable public static func distance(_ a: UInt64, _ b: UInt64) -> Int {
    (a ^ b).nonzeroBitCount
  }

  /// Bits in which hashes may differ and still be found by `probes`.
  static let mostDistance = 7

  /// Four keys, of a quarter of the hash each, under which it is kept.
  static func keys(_ hash: UInt64) -> [UInt64] {
    (UInt64(0)..<4).map { part in key(hash >> (16 * part) & 0xFFFF, of: part) }
  }

  /// The keys under which every hash is found that differs in at most `mostDistance` bits: of seven
  /// bits in four quarters one quarter has at most one, so each is asked for as it is and with each of
  /// its bits turned.
  static func probes(_ hash: UInt64) -> [UInt64] {
    (UInt64(0)..<4).flatMap { part in
      let bits = hash >> (16 * part) & 0xFFFF
      return [key(bits, of: part)] + (0..<16).map { key(bits ^ (1 << $0), of: part) }
    }
  }

  private static func key(_ bits: UInt64, of part: UInt64) -> UInt64 {
    StableMix.combine(0x1A6E_0000 + part, bits)
  }
}
