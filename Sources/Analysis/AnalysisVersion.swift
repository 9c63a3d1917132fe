/// What an analysis depended on besides the page: program, reading, patterns, and the source.
///
/// The same page and the same version give the same result.
public struct AnalysisVersion: Sendable, Hashable {
  /// The program with its version, and the version of how it reads pages.
  public var reading: String
  /// Digest of the packs and the rule.
  public var patterns: String
  /// Digest of the source's definition; empty when there is none.
  public var source: String

  /// Digits of a digest that are kept.
  static let digits = 16

  init(software: String, patterns: String, source: String? = nil) {
    reading = "\(software)+r\(PageAnalyser.reading)"
    self.patterns = String(patterns.prefix(Self.digits))
    self.source = String((source ?? "").prefix(Self.digits))
  }

  /// Reads what `text` gives; nil for anything else, such as what an earlier version wrote.
  public init?(_ text: String) {
    let parts = text.split(separator: "+", omittingEmptySubsequences: false).map(String.init)
    // The program's own version may have a plus in it, digests have none.
    guard let mark = parts.lastIndex(where: Self.isReading), mark > 0,
      (1...2).contains(parts.count - mark - 1)
    else { return nil }
    reading = parts[...mark].joined(separator: "+")
    patterns = parts[mark + 1]
    source = parts.count > mark + 2 ? parts[mark + 2] : ""
  }

  private static func isReading(_ part: String) -> Bool {
    part.utf8.count > 1 && part.hasPrefix("r") && part.dropFirst().allSatisfy(\.isNumber)
  }

  /// `software+reading+patterns+source`: what stands beside every analysed page; without the last for
  /// no page in particular.
  public var text: String { "\(reading)+\(patterns)" + (source.isEmpty ? "" : "+\(source)") }

  /// The version of a page of the source with this definition.
  public func of(source digest: String?) -> AnalysisVersion {
    var version = self
    version.source = String((digest ?? "").prefix(Self.digits))
    return version
  }

  /// Whether both read a page alike, so that at most what was found in it differs.
  public func readsLike(_ other: AnalysisVersion) -> Bool {
    reading == other.reading && source == other.source && !source.isEmpty
  }
}
