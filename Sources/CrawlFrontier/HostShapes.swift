public import WebAddress

/// Learns which parts of a site's addresses vary: the shape of an address with these left open.
///
/// Digits and long tokens are equal from the start (`AddressShape`). A place in the path where more than
/// a few different words were seen varies too, and so do the parameter names of a path that come in
/// many combinations. Bounded: when no more can be remembered, everything new counts as varying.
public struct HostShapes: Sendable {
  /// Different words at one place until it counts as varying.
  public static let variety = 6
  /// Places that are remembered.
  public static let maximumPlaces = 20_000

  /// The words seen at each place; nil once the place varies.
  private var words: [UInt64: Set<UInt64>?] = [:]

  /// Places remembered now.
  public var places: Int { words.count }

  public init() {}

  /// The shape of an address with what is known by now, and takes its words into account.
  public mutating func shape(of address: Address) -> UInt64 {
    var place = StableHash.combine(StableHash.basis, address.origin.utf8)
    let segments = Array(address.pathname.utf8).split(separator: UInt8(ascii: "/"))
    for segment in segments.prefix(32) {
      place = next(place, AddressShape.collapsed(segment))
    }
    let names = Set(AddressShape.parameterNames(address).map { AddressShape.collapsed($0) })
    guard !names.isEmpty else { return place }
    var joined: [UInt8] = [UInt8(ascii: "?")]
    for name in names.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      joined += [UInt8(ascii: "&")] + name
    }
    return next(place, joined)
  }

  /// The place behind a word, or behind any word where they vary.
  private mutating func next(_ place: UInt64, _ word: [UInt8]) -> UInt64 {
    let hash = StableHash.combine(StableHash.combine(StableHash.basis, 7), word)
    let isKnown: Bool
    switch words[place] {
    case .some(.some(let known)) where known.contains(hash): isKnown = true
    case .some(.some(let known)) where known.count < Self.variety:
      words[place] = .some(known.union([hash]))
      isKnown = true
    case .some(.some):
      words[place] = .some(nil)
      isKnown = false
    case .some(.none): isKnown = false
    case nil:
      isKnown = words.count < Self.maximumPlaces
      if isKnown { words[place] = .some([hash]) }
    }
    return StableHash.combine(StableHash.combine(place, 8), isKnown ? word : [UInt8(ascii: "*")])
  }
}
