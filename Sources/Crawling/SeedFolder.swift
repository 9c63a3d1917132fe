import Bytes
public import Configuration
public import CrawlFrontier
import Foundation

/// The sources of a `Seeds/` folder, read and checked.
public struct SeedFolder: Sendable {
  /// A source with the file it was read from.
  public struct Entry: Sendable {
    /// The source.
    public var source: Source
    /// The file's text, which is kept with what the source brings.
    public var definition: String
    /// SHA-256 over the text, hex.
    public var digest: String
  }

  /// By name.
  public let entries: [Entry]

  /// Digests of the definitions by name.
  var definitions: [String: String] {
    Dictionary(uniqueKeysWithValues: entries.map { ($0.source.name, $0.digest) })
  }

  /// Reads every `.yaml` file in the folder, or the one file that `path` names.
  ///
  /// Throws all problems of all files at once; two sources of one name are a problem too.
  public init(path: String) throws(ConfigurationProblems) {
    var problems: [ConfigurationProblem] = []
    var entries: [Entry] = []
    let files = Self.files(path)
    for file in files {
      do {
        let text = try ConfigurationNode.loadText(path: file)
        let source = try Source(ConfigurationNode(yaml: text, file: file))
        entries.append(
          Entry(
            source: source, definition: text, digest: SHA256.hash(Array(text.utf8)).hex))
      } catch {
        problems += error.problems
      }
    }
    if files.isEmpty {
      problems.append(
        ConfigurationProblem(
          file: path, message: "no sources here; write one or name the folder with --seeds"))
    }
    entries.sort { ($0.source.name, $0.source.file) < ($1.source.name, $1.source.file) }
    for (first, second) in zip(entries, entries.dropFirst())
    where first.source.name == second.source.name {
      problems.append(
        ConfigurationProblem(
          file: second.source.file,
          message: "the source '\(second.source.name)' is declared in \(first.source.file) too"))
    }
    guard problems.isEmpty else { throw ConfigurationProblems(problems) }
    self.entries = entries
  }

  private static func files(_ path: String) -> [String] {
    guard !path.hasSuffix(".yaml") else { return [path] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }.sorted()
      .map { path + "/" + $0 }
  }
}
