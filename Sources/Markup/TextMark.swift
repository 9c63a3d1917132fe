/// A stretch of text that was written in a disguise.
///
/// Nobody writes a plain letter or digit as a character reference but to hide it from programs:
/// `&#48;&#54;` for `06`, `&commat;` for `@`.
public struct TextMark: Sendable, Hashable {
  /// How it was written.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// By number: `&#64;`, `&#x40;`.
    case numericReference
    /// By name: `&commat;`.
    case namedReference
  }

  /// Where, in bytes of `Document.text`.
  public internal(set) var range: Range<Int>
  /// How it was written.
  public let kind: Kind
}
