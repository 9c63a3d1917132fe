/// Why a key, a head or a time stamp cannot be used; the words are for people.
public struct CustodyFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong.
  public var description: String

  public init(_ description: String) { self.description = description }
}
