import Glibc
import Yams

extension ConfigurationNode {
  /// Parses one YAML document.
  ///
  /// Throws a problem with its line when the text is not YAML, holds more than one document, repeats
  /// a key, or exceeds a limit.
  public init(
    yaml text: String, file: String, limits: ConfigurationLimits = ConfigurationLimits()
  ) throws(ConfigurationProblems) {
    guard text.utf8.count <= limits.maximumBytes else {
      throw ConfigurationProblems([
        ConfigurationProblem(
          file: file,
          message: "\(text.utf8.count) bytes; at most \(limits.maximumBytes) are read")
      ])
    }
    guard AliasBound.values(of: text) <= 4 * limits.maximumNodes else {
      throw ConfigurationProblems([
        ConfigurationProblem(
          file: file,
          message:
            "aliases of aliases stand for more than \(limits.maximumNodes) values; write them "
            + "out or leave them out")
      ])
    }
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw ConfigurationProblems([ConfigurationProblem(error, file: file)])
    } catch {
      throw ConfigurationProblems([ConfigurationProblem(file: file, message: "\(error)")])
    }
    guard let root else {
      throw ConfigurationProblems([ConfigurationProblem(file: file, message: "the file is empty")])
    }
    var builder = Builder(file: file, limits: limits)
    self = try builder.build(root, depth: 0)
  }

  /// Reads and parses the YAML file at `path`; throws a problem when it cannot be read.
  public static func load(
    path: String, limits: ConfigurationLimits = ConfigurationLimits()
  ) throws(ConfigurationProblems) -> ConfigurationNode {
    try ConfigurationNode(yaml: loadText(path: path), file: path, limits: limits)
  }

  /// Reads the UTF-8 file at `path`; throws a problem when it cannot be read or is not UTF-8.
  public static func loadText(path: String) throws(ConfigurationProblems) -> String {
    guard let file = fopen(path, "rb") else {
      throw ConfigurationProblems([
        ConfigurationProblem(
          file: path, message: "cannot be read: \(String(cString: strerror(errno)))")
      ])
    }
    defer { fclose(file) }
    var data: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 {
      data += chunk[..<count]
    }
    guard ferror(file) == 0 else {
      throw ConfigurationProblems([
        ConfigurationProblem(file: path, message: "cannot be read; is it a folder?")
      ])
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw ConfigurationProblems([
        ConfigurationProblem(file: path, message: "is not UTF-8; save it as UTF-8")
      ])
    }
    return text
  }
}

private struct Builder {
  let file: String
  let limits: ConfigurationLimits
  var nodes = 0

  mutating func build(_ node: Node, depth: Int) throws(ConfigurationProblems) -> ConfigurationNode {
    let line = node.mark?.line ?? 0
    let column = node.mark?.column ?? 0
    nodes += 1
    guard nodes <= limits.maximumNodes, depth <= limits.maximumDepth else {
      throw ConfigurationProblems([
        ConfigurationProblem(
          file: file, line: line, column: column,
          message: depth > limits.maximumDepth
            ? "nested more than \(limits.maximumDepth) levels deep"
            : "more than \(limits.maximumNodes) values (aliases count each time they are used)")
      ])
    }
    let value: ConfigurationNode.Value
    switch node {
    case .scalar(let scalar):
      let quoted = scalar.style != .plain && scalar.style != .any
      let empty = ["", "~", "null", "Null", "NULL"].contains(scalar.string)
      value = !quoted && empty ? .null : .scalar(scalar.string, quoted: quoted)
    case .sequence(let sequence):
      var items: [ConfigurationNode] = []
      for item in sequence { items.append(try build(item, depth: depth + 1)) }
      value = .sequence(items)
    case .mapping(let mapping):
      var entries: [(key: ConfigurationNode, value: ConfigurationNode)] = []
      for (key, item) in mapping {
        entries.append(
          (key: try build(key, depth: depth + 1), value: try build(item, depth: depth + 1)))
      }
      value = .mapping(entries)
    case .alias:
      throw ConfigurationProblems([
        ConfigurationProblem(
          file: file, line: line, column: column, message: "an alias that names nothing")
      ])
    }
    return ConfigurationNode(file: file, line: line, column: column, value: value)
  }
}

extension ConfigurationProblem {
  fileprivate init(_ error: YamlError, file: String) {
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let within = context.map { $0.text + " from line \($0.mark.line): " } ?? ""
      self.init(
        file: file, line: mark.line, column: mark.column,
        message: "not valid YAML: \(within)\(problem)")
    case .duplicatedKeysInMapping(let duplicates, let context):
      self.init(
        file: file, line: context.mark.line, column: context.mark.column,
        message: "a key is written twice: " + duplicates.sorted().joined(separator: ", "))
    case .reader(let problem, _, _, _):
      self.init(file: file, message: "not valid YAML: \(problem)")
    default:
      self.init(file: file, message: "not valid YAML: \(error)")
    }
  }
}
