import Analysis
import Assessment
import Bytes
import Configuration
import Foundation
import Matching
import PatternTools

/// Everything that is wrong with a folder of packs, or looks as if it were.
struct PackReport {
  private(set) var errors: [ConfigurationProblem] = []
  private(set) var warnings: [LintFinding] = []
  private var library: PatternLibrary?

  /// Reads the folder; where some packs have errors, warnings are about the others.
  init(path: String) {
    do {
      let folder = try PatternFolder(path: path)
      library = folder.library
      warnings = Self.lint(folder.library)
      warnings += folder.rule.linkageIndicators.filter { folder.library.indicator($0) == nil }
        .map { id in
          LintFinding(
            .linkage,
            problem: ConfigurationProblem(
              file: PatternFolder.rulePath(in: path),
              message: "flag.linkage names '\(id)', which no pack defines; add the indicator or "
                + "take it out of the rule"))
        }
    } catch {
      errors = error.problems
      let broken = Set(errors.map(\.file))
      let sound = PackFiles.readable(directory: path).files.filter { !broken.contains($0.name) }
      library = try? PatternLibrary(files: sound)
      warnings = library.map(Self.lint) ?? []
    }
  }

  private static func lint(_ library: PatternLibrary) -> [LintFinding] {
    guard let matcher = try? Matcher(library) else { return [] }
    let linter = PatternLinter(matcher)
    return Parallel.map(linter.indicators) { linter.findings(on: $0) }.flatMap { $0 }
  }

  private var indicators: [Indicator] { library?.packs.flatMap(\.indicators) ?? [] }

  /// One finding a line, errors first, then the counts.
  var text: String {
    var lines = errors.map { Self.line($0, Output.styled("error", .red)) }
    lines += warnings.map {
      Self.line($0.problem, Output.styled("warning", .yellow)) + " [\($0.kind.rawValue)]"
    }
    lines.append(summary)
    return lines.joined(separator: "\n")
  }

  private static func line(_ problem: ConfigurationProblem, _ word: String) -> String {
    var place = problem
    place.message = ""
    return shown("\(place)") + "\(word): " + shown(problem.message)
  }

  private var summary: String {
    let packs = library?.packs.count ?? 0
    let patterns = indicators.reduce(0) { $0 + $1.patterns.count }
    let counts = "\(packs) packs, \(indicators.count) indicators, \(patterns) patterns"
    if errors.isEmpty, warnings.isEmpty { return counts + ", nothing wrong." }
    let unread = errors.isEmpty ? "" : " without those that have errors"
    return counts + unread + ": \(errors.count) errors, \(warnings.count) warnings."
  }

  /// `errors` and `warnings` with their places, and what was counted.
  var json: String {
    var json = JSONWriter()
    json.object { json in
      json.key("packs")
      json.integer(library?.packs.count ?? 0)
      json.key("indicators")
      json.integer(indicators.count)
      json.key("patterns")
      json.integer(indicators.reduce(0) { $0 + $1.patterns.count })
      json.key("errors")
      json.array { json in
        for problem in errors {
          json.object { Self.write(problem, to: &$0) }
        }
      }
      json.key("warnings")
      json.array { json in
        for finding in warnings {
          json.object { json in
            Self.write(finding.problem, to: &json)
            json.member("kind", finding.kind.rawValue)
            json.member("pattern", finding.pattern)
          }
        }
      }
    }
    return json.text
  }

  private static func write(_ problem: ConfigurationProblem, to json: inout JSONWriter) {
    json.member("file", problem.file)
    json.key("line")
    json.integer(problem.line == 0 ? nil : problem.line)
    json.key("column")
    json.integer(problem.line == 0 ? nil : problem.column)
    json.member("message", problem.message)
    json.member("suggestion", problem.suggestion)
  }
}
