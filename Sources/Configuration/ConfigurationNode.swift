/// A YAML value together with the place where it stands.
public struct ConfigurationNode: Sendable {
  /// What the node holds.
  public indirect enum Value: Sendable {
    /// A scalar's text; `quoted` tells `"1"` from `1`.
    case scalar(String, quoted: Bool)
    /// An empty value, `~` or `null`.
    case null
    /// A list.
    case sequence([ConfigurationNode])
    /// Keys and values in the order of the file.
    case mapping([(key: ConfigurationNode, value: ConfigurationNode)])
  }

  /// The file as the user named it.
  public let file: String
  /// Line, from 1.
  public let line: Int
  /// Column in Unicode scalars, from 1.
  public let column: Int
  /// What the node holds.
  public let value: Value

  public init(file: String, line: Int, column: Int, value: Value) {
    self.file = file
    self.line = line
    self.column = column
    self.value = value
  }
}

/// How large a configuration file may be before it is refused.
public struct ConfigurationLimits: Sendable {
  /// Bytes of the file.
  public var maximumBytes: Int
  /// Values after aliases are written out; what stops a "billion laughs" file.
  public var maximumNodes: Int
  /// Levels of nesting.
  public var maximumDepth: Int

  public init(
    maximumBytes: Int = 16 << 20, maximumNodes: Int = 2_000_000, maximumDepth: Int = 32
  ) {
    self.maximumBytes = maximumBytes
    self.maximumNodes = maximumNodes
    self.maximumDepth = maximumDepth
  }
}
