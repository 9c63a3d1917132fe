public import Assessment
import Bytes
public import Configuration
public import Matching

/// The pattern packs and the assessment rule of a `Patterns/` folder, read and checked.
public struct PatternFolder: Sendable {
  /// The packs.
  public let library: PatternLibrary
  /// The rule that combines what they find.
  public let rule: AssessmentRule
  /// SHA-256 over the names and contents of all files, hex: what an assessment is recorded with.
  public let digest: String

  /// Reads the packs below `path` and `assessment.yaml` in it.
  ///
  /// Throws all problems of all files at once; a folder without packs or without the rule is a
  /// problem too.
  public init(path: String) throws(ConfigurationProblems) {
    let (packs, unreadable) = PackFiles.readable(directory: path)
    guard !packs.isEmpty || !unreadable.isEmpty else {
      throw ConfigurationProblems([
        ConfigurationProblem(
          file: path,
          message: "no pattern packs here; name the folder with --patterns or $ADWATCH_PATTERNS")
      ])
    }
    let rulePath = Self.rulePath(in: path)
    var reader = ConfigurationReader()
    if !unreadable.isEmpty { reader.report(ConfigurationProblems(unreadable)) }
    var library: PatternLibrary?
    var rule: AssessmentRule?
    var ruleText = ""
    do {
      library = try PatternLibrary(files: packs)
    } catch {
      reader.report(error)
    }
    do {
      ruleText = try ConfigurationNode.loadText(path: rulePath)
      rule = try AssessmentRule(yaml: ruleText, file: rulePath)
    } catch {
      reader.report(error)
    }
    try reader.finish()
    guard let library, let rule else { throw ConfigurationProblems(reader.problems) }
    self.library = library
    self.rule = rule
    digest = Self.digest(packs + [(rulePath, ruleText)], below: path)
  }

  /// The file of the assessment rule in a folder.
  public static func rulePath(in path: String) -> String { path + "/assessment.yaml" }

  /// Names relative to the folder, so that the same packs elsewhere have the same digest.
  private static func digest(_ files: [(name: String, text: String)], below path: String) -> String
  {
    var hash = SHA256()
    for (name, text) in files.sorted(by: { $0.name < $1.name }) {
      let relative = name.hasPrefix(path + "/") ? String(name.dropFirst(path.count + 1)) : name
      hash.update(Array("\(relative)\0\(text.utf8.count)\0".utf8))
      hash.update(Array(text.utf8))
    }
    return hash.finish().hex
  }
}
