public import Extraction

/// What adverts share: the other side of the graph.
public enum LinkNode: Sendable, Hashable {
  /// An identifier in its normal form.
  case selector(SelectorKind, String)
  /// Who placed adverts at a source.
  case account(source: String, key: String)
  /// A group of nearly the same texts.
  case text(Int64)
  /// An image file, by the hexadecimal text of its SHA-256.
  case image(String)
  /// Images that look alike, by the difference hash of the first of them.
  case likeness(UInt64)

  /// The form in which a node is stored and named: `phone:+31…`, `text:17`.
  public var text: String {
    switch self {
    case .selector(let kind, let value): "\(kind.rawValue):\(value)"
    case .account(let source, let key): "account:\(source) \(key)"
    case .text(let group): "text:\(group)"
    case .image(let digest): "image:\(digest)"
    case .likeness(let hash): "likeness:\(hash)"
    }
  }

  /// Reads `text`; nil for anything else.
  public init?(text: String) {
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let value = text[text.utf8.index(after: colon)...]
    guard !value.isEmpty else { return nil }
    switch text[..<colon] {
    case "account":
      guard let space = value.utf8.firstIndex(of: UInt8(ascii: " ")) else { return nil }
      self = .account(
        source: String(value[..<space]), key: String(value[value.utf8.index(after: space)...]))
    case "text":
      guard let group = Int64(value) else { return nil }
      self = .text(group)
    case "image": self = .image(String(value))
    case "likeness":
      guard let hash = UInt64(value) else { return nil }
      self = .likeness(hash)
    case let kind:
      guard let kind = SelectorKind(rawValue: String(kind)) else { return nil }
      self = .selector(kind, String(value))
    }
  }
}

extension LinkNode: Comparable {
  /// An order that does not change from run to run: by kind, then by value.
  public static func < (a: Self, b: Self) -> Bool {
    switch (a, b) {
    case (.selector(let a, let first), .selector(let b, let second)):
      a == b ? first < second : a.rawValue < b.rawValue
    case (.account(let a, let first), .account(let b, let second)): (a, first) < (b, second)
    case (.text(let a), .text(let b)): a < b
    case (.image(let a), .image(let b)): a < b
    case (.likeness(let a), .likeness(let b)): a < b
    default: a.rank < b.rank
    }
  }

  private var rank: Int {
    switch self {
    case .selector: 0
    case .account: 1
    case .text: 2
    case .image: 3
    case .likeness: 4
    }
  }
}
