public import Vocabulary

/// An order that something has to be kept, whatever its retention: it stops a purge.
public struct LegalHold: Sendable, Hashable {
  /// What a hold keeps.
  public enum Target: Sendable, Hashable {
    /// All that is held.
    case everything
    /// What a source brought, and brings.
    case source(String)
    /// Captures of this address.
    case url(String)
    /// Captures that showed this advert, by its number.
    case advert(Int64)
    /// This capture.
    case capture(Int64)

    /// Reads `everything`, `source:NAME`, `url:URL`, `advert:NUMBER` or `capture:NUMBER`.
    public init?(_ text: String) {
      let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      let value = parts.count == 2 ? String(parts[1]) : ""
      switch parts[0] {
      case "everything" where parts.count == 1: self = .everything
      case "source" where !value.isEmpty: self = .source(value)
      case "url" where !value.isEmpty: self = .url(value)
      case "advert":
        guard let number = Int64(value) else { return nil }
        self = .advert(number)
      case "capture":
        guard let number = Int64(value) else { return nil }
        self = .capture(number)
      default: return nil
      }
    }

    /// As it is written.
    public var text: String {
      switch self {
      case .everything: "everything"
      case .source(let name): "source:\(name)"
      case .url(let url): "url:\(url)"
      case .advert(let number): "advert:\(number)"
      case .capture(let number): "capture:\(number)"
      }
    }

    var kind: String {
      switch self {
      case .everything: "everything"
      case .source: "source"
      case .url: "url"
      case .advert: "advert"
      case .capture: "capture"
      }
    }

    var number: Int64? {
      switch self {
      case .advert(let number), .capture(let number): number
      default: nil
      }
    }

    var value: String {
      switch self {
      case .source(let value), .url(let value): value
      default: ""
      }
    }
  }

  /// Its number.
  public var id: Int64
  /// What it keeps.
  public var target: Target
  /// Why, in the words of who placed it.
  public var why: String
  /// The file or order that it goes back to.
  public var reference: String?
  /// When it was placed.
  public var placedAt: Timestamp
  /// By whom.
  public var placedBy: String
  /// When it ended; nil while it holds.
  public var liftedAt: Timestamp?
  /// Who ended it.
  public var liftedBy: String?
  /// Why it was ended.
  public var liftedWhy: String?
}
