public import Configuration
import Matching

/// Something in a pack that is allowed and probably not meant, or costs more than its author knows.
public struct LintFinding: Sendable, Hashable {
  /// What kinds there are; the raw value is the name in JSON.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// No literal by which texts can be passed over.
    case unfiltered
    /// The syntax allows catastrophic backtracking.
    case backtracking
    /// A text was found on which the engine's limit is reached.
    case slow
    /// The same expression is there already.
    case duplicate
    /// Another pattern of the indicator finds all that this one's examples show.
    case shadowed
    /// No example shows that the pattern works.
    case unproven
    /// A source that says nothing.
    case source
    /// No English title.
    case title
    /// Language and letters disagree.
    case script
    /// The assessment rule names an indicator that is not there.
    case linkage
  }

  /// What kind it is.
  public let kind: Kind
  /// The pattern's name, where the finding is about one.
  public let pattern: String?
  /// Where it is, what is wrong, and what to do.
  public let problem: ConfigurationProblem

  public init(_ kind: Kind, pattern: String? = nil, problem: ConfigurationProblem) {
    self.kind = kind
    self.pattern = pattern
    self.problem = problem
  }

  init(
    _ kind: Kind, _ pattern: String? = nil, at place: PackPlace, _ message: String,
    suggestion: String? = nil
  ) {
    self.init(
      kind, pattern: pattern,
      problem: ConfigurationProblem(
        file: place.file, line: place.line, column: place.column, message: message,
        suggestion: suggestion))
  }
}

extension LintFinding: Comparable {
  /// Orders by place, then message.
  public static func < (left: LintFinding, right: LintFinding) -> Bool {
    let (a, b) = (left.problem, right.problem)
    return (a.file, a.line, a.column, a.message) < (b.file, b.line, b.column, b.message)
  }
}
