/// The name of an attribute that means something here, interned.
enum AttributeKey: UInt8, BitwiseCopyable, CaseIterable, Sendable {
  case other
  case action, alt, bgcolor, charset, `class`, color, content, datetime, encoding, face, hidden
  case href, id, itemid, itemprop, itemref, itemscope, itemtype, lang, method, name, open, property,
    rel
  case resource, role, size, src, srcset, style, type, typeof, value, vocab, data, title, prefix
  case httpEquiv, dataSrc, dataHref, ariaHidden, label

  /// The name in lower case; empty for `other`.
  var name: String {
    switch self {
    case .other: ""
    case .httpEquiv: "http-equiv"
    case .dataSrc: "data-src"
    case .dataHref: "data-href"
    case .ariaHidden: "aria-hidden"
    default: "\(self)"
    }
  }

  /// How long the longest name is.
  static let greatestLength = 11

  /// A bit of its own.
  @inline(__always)
  var bit: UInt64 { 1 &<< UInt64(rawValue) }
}
