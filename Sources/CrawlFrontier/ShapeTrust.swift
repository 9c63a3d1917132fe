public import Vocabulary
public import WebAddress

/// How many addresses of one shape are fetched before one of them brings something again.
///
/// A site may have any number of adverts, and a trap has any number of pages. What tells them apart is
/// what they bring: each page that shows an advert never seen before renews the leave of its shape, and
/// of the shapes of the pages that led to it. After a drought the rest of the shape waits.
public struct ShapeTrust: Sendable, Hashable {
  /// Pages of a shape in a row that bring nothing, by kind.
  public var listings = 10
  public var adverts = 40
  public var others = 6
  /// Pages below one first path segment, none an advert or a listing, that in a row bring nothing.
  public var section = 12
  /// Pages back along the links that are renewed with one.
  public var ancestors = 4

  public init() {}

  /// Pages that may bring nothing in a row.
  public func drought(_ kind: AddressKind) -> Int {
    switch kind {
    case .listing: listings
    case .advert: adverts
    case .other: others
    // Adverts are what counts; each brings so many pictures at the most.
    case .image: .max
    }
  }

  /// The counter of a shape's addresses that were given leave.
  static func given(_ shape: UInt64) -> UInt64 { StableHash.combine(shape, 9) }
  /// The counter of as many as were given leave when one last brought something.
  static func renewed(_ shape: UInt64) -> UInt64 { StableHash.combine(shape, 10) }
  /// The counter of the last day on which held adverts were asked for again.
  static let day = StableHash.combine(StableHash.basis, 12)
  /// What stands for all pages below a first path segment.
  public static func section(of address: Address) -> UInt64 {
    StableHash.combine(AddressShape(address).section, 11)
  }
}

extension ScopeMemory {
  /// Gives an address leave to be fetched, as long as the trust in its shape and section lasts.
  ///
  /// False when it has to wait until a page of them has brought something, and when no counter is free.
  public mutating func giveLeave(
    _ address: Address, _ shape: UInt64, _ kind: AddressKind, _ limits: TrapLimits
  ) -> Bool {
    var keys = [(shape, limits.trust.drought(kind))]
    if kind == .other { keys.append((ShapeTrust.section(of: address), limits.trust.section)) }
    for (key, drought) in keys {
      let renewed = counters[ShapeTrust.renewed(key)] ?? 0
      guard
        hasRoom(
          ShapeTrust.given(key), limit: drought + renewed,
          maximumCounters: limits.maximumCounters)
      else { return false }
    }
    for (key, _) in keys { count(ShapeTrust.given(key)) }
    return true
  }

  /// A page at this address brought something: its shape and section have as much leave as at first.
  public mutating func renew(_ address: Address, _ shape: UInt64) {
    for key in [shape, ShapeTrust.section(of: address)] {
      if let given = counters[ShapeTrust.given(key)] { set(ShapeTrust.renewed(key), given) }
    }
  }

  /// Whether a day has begun since this was last asked, so that held adverts have another chance.
  ///
  /// Days are those of UTC. False on the first day of a source, when nothing has waited yet.
  public mutating func beginsDay(at now: Timestamp) -> Bool {
    let today = Int(now.milliseconds / 86_400_000)
    let last = counters[ShapeTrust.day]
    guard last != today else { return false }
    set(ShapeTrust.day, today)
    return last != nil
  }
}
