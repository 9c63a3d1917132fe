/// A hash of what an image shows, by which copies in other sizes and qualities are found.
///
/// Each bit says whether a point of a small grey picture is brighter than the one to its left. The
/// picture of 9 by 8 points is made by whoever decodes the image; nothing of it is kept, and nothing
/// about a face can be read from 64 such bits.
public enum DifferenceHash {
  /// Points in a row of the picture.
  public static let width = 9
  /// Rows of the picture.
  public static let height = 8

  /// The hash of 72 grey values, row by row; nil for another number of them, and for a picture in
  /// which fewer than 4 bits are set or clear, as of one plain colour: such hashes say nothing.
  public static func of(grey: [UInt8]) -> UInt64? {
    guard grey.count == width * height else { return nil }
    var hash: UInt64 = 0
    for row in 0..<height {
      for column in 1..<width {
        let place = row * width + column
        hash = hash << 1 | (grey[place] > grey[place - 1] ? 1 : 0)
      }
    }
    return (4...60).contains(hash.nonzeroBitCount) ? hash : nil
  }

  /// The same of a grey picture of any size, its points averaged over 9 by 8 fields.
  ///
  /// Nil when the picture is smaller than that or not `width * height` values.
  public static func of(grey: [UInt8], width: Int, height: Int) -> UInt64? {
    guard width >= Self.width, height >= Self.height, grey.count / width == height,
      grey.count % width == 0
    else { return nil }
    var small: [UInt8] = []
    for row in 0..<Self.height {
      let rows = (row * height / Self.height)..<((row + 1) * height / Self.height)
      for column in 0..<Self.width {
        let columns = (column * width / Self.width)..<((column + 1) * width / Self.width)
        var sum = 0
        for y in rows {
          for x in columns { sum += Int(grey[y * width + x]) }
        }
        small.append(UInt8(sum / (rows.count * columns.count)))
      }
    }
    return of(grey: small)
  }

  /// In how many bits two hashes differ.
  @inlinable public static func distance(_ a: UInt64, _ b: UInt64) -> Int {
    (a ^ b).nonzeroBitCount
  }

  /// Four keys of which two hashes share one when they differ in at most three bits.
  static func keys(_ hash: UInt64) -> [UInt64] {
    (UInt64(0)..<4).map { part in
      let bits = hash >> (16 * part) & 0xFFFF
      return StableMix.combine(0x1A6E_0000 + part, bits)
    }
  }
}
