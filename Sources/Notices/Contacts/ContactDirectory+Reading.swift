import CNotices
public import Configuration
import Vocabulary
import WebAddress

extension ContactDirectory {
  /// Reads a file; throws everything that is wrong with it, each with file and line.
  public init(path: String, rules: ContactRules) throws(ConfigurationProblems) {
    try self.init(node: ConfigurationNode.load(path: path), rules: rules)
  }

  /// Reads a file's text.
  public init(yaml: String, file: String, rules: ContactRules) throws(ConfigurationProblems) {
    try self.init(
      node: ConfigurationNode(yaml: yaml, file: file, limits: ConfigurationLimits()), rules: rules)
  }

  private init(node: ConfigurationNode, rules: ContactRules) throws(ConfigurationProblems) {
    var reader = ConfigurationReader()
    var entries: [Entry] = []
    if let root = reader.mapping(
      node, keys: ["format", "contacts"], required: ["format", "contacts"])
    {
      if let format = root["format"], reader.string(format) != "adwatch.contacts/1" {
        reader.report("expected adwatch.contacts/1", at: format)
      }
      let items = root["contacts"].flatMap { reader.sequence($0) } ?? []
      if items.count > Self.mostEntries {
        reader.report("more than \(Self.mostEntries) contacts", at: node)
      }
      for item in items.prefix(Self.mostEntries) {
        if let entry = Self.entry(item, rules, &reader) { entries.append(entry) }
      }
      Self.findDoubles(entries, items, &reader)
    }
    try reader.finish()
    self.init(entries: entries)
  }

  private static let keys = [
    "name", "kind", "write_to", "domains", "aliases", "networks", "systems", "source", "checked",
  ]

  private static func entry(
    _ node: ConfigurationNode, _ rules: ContactRules, _ reader: inout ConfigurationReader
  ) -> Entry? {
    guard
      let fields = reader.mapping(
        node, keys: keys, required: ["name", "kind", "source"]),
      let name = fields["name"].flatMap({ reader.string($0) }),
      let kind = fields["kind"].flatMap({ reader.choice($0, Kind.self) }),
      let source = fields["source"].flatMap({ reader.string($0) })
    else { return nil }
    var entry = Entry(
      name: name, kind: kind, source: source, file: node.file, line: node.line)
    entry.checked = fields["checked"].flatMap { day($0, &reader) }
    if fields["write_to"] != nil, fields["checked"] == nil {
      reader.report("'checked' is missing: the day when 'write_to' was last looked at", at: node)
    }
    if let writeTo = fields["write_to"], let text = reader.string(writeTo) {
      do throws(ContactRefusal) {
        entry.way = try rules.read(text)
      } catch {
        reader.report("'\(text.prefix(80))' \(error.words)", at: writeTo)
      }
    } else if kind != .cdn {
      reader.report("'write_to' is missing; only a cdn may be without", at: node)
    }
    entry.domains = names(fields["domains"], &reader)
    entry.aliases = names(fields["aliases"], &reader)
    for (text, node) in texts(fields["networks"], &reader) {
      if let range = AddressRange(text) {
        entry.networks.append(range)
      } else {
        reader.report("'\(text.prefix(60))' is no network such as 192.0.2.0/24", at: node)
      }
    }
    for (text, node) in texts(fields["systems"], &reader) {
      let digits = text.uppercased().hasPrefix("AS") ? String(text.dropFirst(2)) : text
      if let number = UInt32(digits), number > 0 {
        entry.systems.append(number)
      } else {
        reader.report("'\(text.prefix(60))' is no number of an autonomous system", at: node)
      }
    }
    let isFindable =
      !(entry.domains.isEmpty && entry.aliases.isEmpty && entry.networks.isEmpty
      && entry.systems.isEmpty)
    if kind != .partner, !isFindable {
      reader.report(
        "nothing says what it answers for: domains, aliases, networks or systems", at: node)
    }
    return entry
  }

  private static func texts(
    _ node: ConfigurationNode?, _ reader: inout ConfigurationReader
  ) -> [(String, ConfigurationNode)] {
    guard let node, let items = reader.sequence(node) else { return [] }
    var texts: [(String, ConfigurationNode)] = []
    for item in items { if let text = reader.string(item) { texts.append((text, item)) } }
    return texts
  }

  private static func names(
    _ node: ConfigurationNode?, _ reader: inout ConfigurationReader
  ) -> [String] {
    var names: [String] = []
    for (text, item) in texts(node, &reader) {
      guard let address = Address("https://\(text)/"), case .domain(let name)? = address.host,
        address.href == "https://\(name)/"
      else {
        reader.report("'\(text.prefix(80))' is no name of a domain", at: item)
        continue
      }
      names.append(name)
    }
    return names
  }

  private static func day(
    _ node: ConfigurationNode, _ reader: inout ConfigurationReader
  ) -> Day? {
    guard let text = reader.string(node) else { return nil }
    guard text.utf8.count == 10, let midnight = Timestamp(rfc3339: text + "T00:00:00Z") else {
      reader.report("expected a day such as 2026-01-31, found '\(text.prefix(40))'", at: node)
      return nil
    }
    return Day(description: text, number: Int(midnight.seconds / 86_400))
  }

  /// Two entries of a kind with the same name are one that was pasted twice.
  private static func findDoubles(
    _ entries: [Entry], _ nodes: [ConfigurationNode], _ reader: inout ConfigurationReader
  ) {
    var seen: [String: Int] = [:]
    for entry in entries {
      let key = "\(entry.kind.rawValue) \(entry.name.lowercased())"
      if let line = seen[key] {
        let node = nodes.first { $0.line == entry.line }
        if let node {
          reader.report(
            "\(entry.kind.rawValue) '\(entry.name)' stands in line \(line) too", at: node)
        }
      } else {
        seen[key] = entry.line
      }
    }
  }
}

extension ContactDirectory {
  /// The networks in front of sites that are linked in; a test holds that nothing is wrong with them.
  public static func fronts() throws(ConfigurationProblems) -> ContactDirectory {
    var length = 0
    let bytes = cnotices_fronts(&length)
    let text = String(decoding: UnsafeBufferPointer(start: bytes, count: length), as: UTF8.self)
    return try ContactDirectory(yaml: text, file: "fronts.yaml", rules: ContactRules())
  }
}
