/// An item of structured data in the markup: microdata (HTML, section 5) or RDFa Lite 1.1.
public struct MicrodataItem: Sendable, Hashable {
  /// How it is written.
  public enum Syntax: String, Sendable, Hashable, CaseIterable {
    /// `itemscope`, `itemtype`, `itemprop`.
    case microdata
    /// `vocab`, `typeof`, `property`.
    case rdfa
  }

  /// A value of a property.
  public indirect enum Value: Sendable, Hashable {
    /// Text, or a URL as written.
    case text(String)
    /// An item in the item.
    case item(MicrodataItem)
  }

  /// A property: a name and one value; one with many values comes many times.
  public struct Property: Sendable, Hashable {
    /// The name as written.
    public let name: String
    /// The value.
    public let value: Value
  }

  /// How it is written.
  public let syntax: Syntax
  /// The types; for RDFa with the vocabulary in front.
  public let types: [String]
  /// `itemid` or `resource`.
  public let id: String?
  /// The properties in order.
  public internal(set) var properties: [Property]

  /// The values of a property.
  public subscript(name: String) -> [Value] {
    properties.filter { $0.name == name }.map(\.value)
  }

  /// The first textual value of a property.
  public func text(of name: String) -> String? {
    for property in properties where property.name == name {
      if case .text(let text) = property.value { return text }
    }
    return nil
  }
}
