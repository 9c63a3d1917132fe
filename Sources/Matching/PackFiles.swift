public import Configuration
import Glibc

/// Finds pattern packs on disk.
public enum PackFiles {
  /// How far below the directory packs are looked for.
  static let maximumDepth = 8

  /// Reads the `*.yaml` files under a directory whose format is a pack's, sorted by path.
  ///
  /// Files and directories that begin with a dot are passed over, and so are files of other formats,
  /// such as the assessment rule. Symbolic links to files are followed, those to directories are not.
  /// Throws every problem: a directory or file that cannot be read, or text that is not UTF-8.
  public static func read(
    directory: String
  ) throws(ConfigurationProblems) -> [(name: String, text: String)] {
    let (files, problems) = readable(directory: directory)
    guard problems.isEmpty else { throw ConfigurationProblems(problems) }
    return files
  }

  /// The same files as far as they can be read, with the problems of those that cannot.
  public static func readable(
    directory: String
  ) -> (files: [(name: String, text: String)], problems: [ConfigurationProblem]) {
    let listed = paths(below: directory)
    var problems = listed.problems
    var files: [(name: String, text: String)] = []
    for path in listed.paths {
      do {
        let text = try ConfigurationNode.loadText(path: path)
        if isPack(text) { files.append((path, text)) }
      } catch {
        problems += error.problems
      }
    }
    return (files, problems)
  }

  /// The `*.yaml` files under a directory, sorted, and what could not be listed.
  public static func paths(
    below directory: String
  ) -> (paths: [String], problems: [ConfigurationProblem]) {
    var problems: [ConfigurationProblem] = []
    var paths: [String] = []
    list(directory, depth: 0, &paths, &problems)
    return (paths.sorted(), problems)
  }

  /// Whether a text is meant as a pack: its format is not that of something else of ours.
  ///
  /// A file that states no format is taken for a pack, so that its author is told what is missing.
  private static func isPack(_ text: String) -> Bool {
    for line in text.split(separator: "\n", maxSplits: 200) where line.hasPrefix("format:") {
      return !line.contains("adwatch.") || line.contains("adwatch.pack")
    }
    return true
  }

  private static func list(
    _ directory: String, depth: Int, _ paths: inout [String],
    _ problems: inout [ConfigurationProblem]
  ) {
    guard depth <= maximumDepth else {
      problems.append(
        ConfigurationProblem(
          file: directory, message: "directories are nested more than \(maximumDepth) deep"))
      return
    }
    guard let handle = opendir(directory) else {
      problems.append(
        ConfigurationProblem(
          file: directory, message: "cannot be read: \(String(cString: strerror(errno)))"))
      return
    }
    defer { closedir(handle) }
    while let entry = readdir(handle) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard !name.hasPrefix(".") else { continue }
      let path = directory.hasSuffix("/") ? directory + name : directory + "/" + name
      var status = stat()
      guard lstat(path, &status) == 0 else { continue }
      if status.st_mode & S_IFMT == S_IFDIR {
        list(path, depth: depth + 1, &paths, &problems)
      } else if name.hasSuffix(".yaml") {
        paths.append(path)
      }
    }
  }
}
