public import Assessment
import Bytes
public import Configuration
import Foundation
public import Matching

/// The pattern packs and the assessment rule of a `Patterns/` folder, read and checked.
public struct PatternFolder: Sendable {
  /// The packs.
  public let library: PatternLibrary
  /// The rule that combines what they find.
  public let rule: AssessmentRule
  /// SHA-256 over the names and contents of all files, hex: what an assessment is recorded with.
  public let digest: String

  /// Reads every `.yaml` file below `path`.
  ///
  /// Throws all problems of all files at once; a folder without packs or without `assessment.yaml`
  /// is a problem too.
  public init(path: String) throws(ConfigurationProblems) {
    let names = Self.yamlFiles(below: path)
    let ruleName = "assessment.yaml"
    var packs: [(name: String, text: String)] = []
    var ruleText: String?
    var problems: [ConfigurationProblem] = []
    for name in names {
      let full = path + "/" + name
      do {
        let text = try ConfigurationNode.loadText(path: full)
        if name == ruleName { ruleText = text } else { packs.append((full, text)) }
      } catch {
        problems += error.problems
      }
    }
    if packs.isEmpty, problems.isEmpty {
      problems.append(
        ConfigurationProblem(
          file: path,
          message: "no pattern packs here; name the folder with --patterns or $ADWATCH_PATTERNS"))
    } else if ruleText == nil {
      problems.append(
        ConfigurationProblem(file: path + "/" + ruleName, message: "the assessment rule is missing"))
    }
    do {
      library = try PatternLibrary(files: packs)
      rule = try AssessmentRule(
        node: ConfigurationNode(yaml: ruleText ?? "{}", file: path + "/" + ruleName))
    } catch {
      throw ConfigurationProblems(problems.isEmpty ? error.problems : problems)
    }
    guard problems.isEmpty else { throw ConfigurationProblems(problems) }
    digest = Self.digest(packs + [(ruleName, ruleText ?? "")], below: path)
  }

  private static func yamlFiles(below path: String) -> [String] {
    let all = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    return all.filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }.sorted()
  }

  /// Names relative to the folder, so that the same packs elsewhere have the same digest.
  private static func digest(_ files: [(name: String, text: String)], below path: String) -> String {
    var hash = SHA256()
    for (name, text) in files.sorted(by: { $0.name < $1.name }) {
      let relative = name.hasPrefix(path + "/") ? String(name.dropFirst(path.count + 1)) : name
      hash.update(Array("\(relative)\0\(text.utf8.count)\0".utf8))
      hash.update(Array(text.utf8))
    }
    return hash.finish().hex
  }
}
