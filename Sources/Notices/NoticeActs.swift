import CNotices
public import Configuration

/// The acts with what each has to say, in every language; read from data that is linked in.
public struct NoticeActs: Sendable {
  /// One act.
  public struct Act: Sendable {
    /// Elements without which it may not be read by a second person.
    public var required: [String]
    /// Text by language.
    var title: [String: String]
    var basis: [String: String]
    var request: [String: String]
  }

  /// Languages that every text is there in.
  public static let languages = ["de", "en", "fr", "nl"]

  /// The act that takes another one back.
  public static let retraction = "retraction"

  /// Acts by name.
  public let acts: [String: Act]
  let phrases: [String: [String: String]]
  let roles: [String: [String: String]]

  /// Reads the data.
  ///
  /// Throws what is wrong with it; a test holds that nothing is.
  public init() throws(ConfigurationProblems) {
    var length = 0
    let bytes = cnotices_acts(&length)
    let text = String(decoding: UnsafeBufferPointer(start: bytes, count: length), as: UTF8.self)
    var reader = ConfigurationReader()
    let root = reader.mapping(
      try ConfigurationNode(yaml: text, file: "acts.yaml", limits: ConfigurationLimits()),
      keys: ["acts", "phrases", "roles"], required: ["acts", "phrases", "roles"])
    var acts: [String: Act] = [:]
    for (name, node, _) in root?["acts"].flatMap({ reader.entries($0) }) ?? [] {
      let keys = ["required", "title", "basis", "request"]
      guard let fields = reader.mapping(node, keys: keys, required: keys) else { continue }
      acts[name] = Act(
        required: fields["required"].flatMap { reader.strings($0) } ?? [],
        title: Self.texts(fields["title"], &reader), basis: Self.texts(fields["basis"], &reader),
        request: Self.texts(fields["request"], &reader))
    }
    self.acts = acts
    phrases = Self.table(root?["phrases"], &reader)
    roles = Self.table(root?["roles"], &reader)
    try reader.finish()
  }

  private static func table(
    _ node: ConfigurationNode?, _ reader: inout ConfigurationReader
  ) -> [String: [String: String]] {
    var table: [String: [String: String]] = [:]
    for (key, value, _) in node.flatMap({ reader.entries($0) }) ?? [] {
      table[key] = texts(value, &reader)
    }
    return table
  }

  private static func texts(
    _ node: ConfigurationNode?, _ reader: inout ConfigurationReader
  ) -> [String: String] {
    guard let node, let fields = reader.mapping(node, keys: languages, required: languages) else {
      return [:]
    }
    var texts: [String: String] = [:]
    for (language, node) in fields { texts[language] = reader.string(node) }
    return texts
  }
}
