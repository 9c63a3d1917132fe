public import WebAddress

/// A named legal order by which addresses are fetched although robots.txt forbids them.
///
/// Everything it does not name obeys robots.txt as ever.
public struct RobotsOrder: Sendable, Hashable {
  /// Court or authority, file number and date, as they go to the custody log.
  public var name: String
  /// The addresses that it covers.
  public var covers: [URLPattern]

  public init(name: String, covers: [URLPattern]) {
    self.name = name
    self.covers = covers
  }

  /// Whether the order covers an address.
  public func covers(_ address: Address) -> Bool { covers.contains { $0.matches(address) } }
}
