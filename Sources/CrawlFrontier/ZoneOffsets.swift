import CICU
public import Vocabulary

/// The offsets from UTC of one time zone, as ICU knows them from 1970 to 2150.
///
/// A table of its changes, read once, so that asking needs neither a service nor a lock.
public struct ZoneOffsets: Sendable, Hashable, CustomStringConvertible {
  /// Name in the IANA database: `Europe/Amsterdam`.
  public let description: String
  private let starts: [Int64]
  private let offsets: [Int32]

  /// No offset at all.
  public static let utc = ZoneOffsets(name: "UTC", starts: [0], offsets: [0])

  private static let end: Int64 = 5_680_281_600
  private static let maximumChanges = 1024

  private init(name: String, starts: [Int64], offsets: [Int32]) {
    description = name
    self.starts = starts
    self.offsets = offsets
  }

  /// The zone of this name; nil when there is none.
  public init?(_ name: String) {
    guard name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else { return nil }
    var starts = [Int64](repeating: 0, count: Self.maximumChanges)
    var offsets = [Int32](repeating: 0, count: Self.maximumChanges)
    let count = cicu_zone_offsets(name, 0, Self.end, &starts, &offsets, Self.maximumChanges)
    guard count > 0 else { return nil }
    self.init(
      name: name, starts: Array(starts.prefix(Int(count))),
      offsets: Array(offsets.prefix(Int(count))))
  }

  /// What the clocks of the zone show at a time, as if it were UTC.
  public func local(_ time: Timestamp) -> Timestamp {
    Timestamp(milliseconds: time.milliseconds + Int64(offset(at: time.seconds)) * 1000)
  }

  /// Seconds east of UTC; before 1970 and after 2150 those at the end of the table.
  private func offset(at second: Int64) -> Int32 {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= second { low = middle } else { high = middle }
    }
    return offsets[low]
  }
}
