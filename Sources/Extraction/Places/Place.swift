import Glibc

/// A city, town or village of the gazetteer (GeoNames, CC BY 4.0).
public struct Place: Sendable, Hashable {
  /// The GeoNames identifier, the same for as long as the place exists.
  public var id: Int
  /// The name in English where there is one, else the local name.
  public var name: String
  /// ISO 3166-1 alpha-2 code of the country.
  public var country: String
  /// Degrees north and east (WGS 84), to two decimals: about a kilometre.
  public var latitude: Double
  public var longitude: Double
  /// People who live there, in whole thousands.
  public var thousands: Int
  /// The normal form that facts carry: `NL/Amsterdam`; of namesakes in one country all but the
  /// largest say which they are, `DE/Bergen#2950438`.
  public var value: String

  /// Kilometres along the great circle to another place (haversine on a sphere of 6,371 km).
  public func distance(to other: Place) -> Double {
    func radians(_ degrees: Double) -> Double { degrees * .pi / 180 }
    let north = sin(radians(other.latitude - latitude) / 2)
    let east = sin(radians(other.longitude - longitude) / 2)
    let chord =
      north * north
      + cos(radians(latitude)) * cos(radians(other.latitude)) * east * east
    return 2 * 6371 * asin(min(1, chord).squareRoot())
  }
}
