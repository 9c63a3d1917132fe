/// A form of a page: a search, a log-in, an age gate.
public struct FormElement: Sendable, Hashable {
  /// A control of a form.
  public struct Field: Sendable, Hashable {
    /// The element or, for `input`, its type: `text`, `hidden`, `submit`, `select`, `textarea`,
    /// `button`.
    public let type: String
    /// Its name; empty if it has none.
    public let name: String
    /// Its preset value; empty if it has none.
    public let value: String
  }

  /// Where it is sent, as written; empty for the page itself.
  public let action: String
  /// `get`, `post` or `dialog`.
  public let method: String
  /// Its controls in order.
  public internal(set) var fields: [Field]
  /// Where it stands in `Document.text`.
  public internal(set) var range: Range<Int>
}
