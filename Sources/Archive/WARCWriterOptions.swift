/// Where a writer puts its files, and what it says about itself in each of them.
public struct WARCWriterOptions: Sendable {
  /// The directory under which `warc/<source>/YYYY/MM/DD/` is made.
  public var dataDirectory: String
  /// The source's name: letters, digits, `-`, `_` and `.`, not beginning with a dot, at most 100.
  public var source: String
  /// A file that has reached this many bytes is not written to any more.
  public var maximumFileBytes: Int64
  /// libdeflate's level for what is not compressed already: 1 to 12.
  public var level: Int
  /// What each file's `warcinfo` record says (software, operator, robots, host…), in this order.
  ///
  /// `format` and `conformsTo` are put in by the writer.
  public var warcinfo: [(name: String, value: String)]

  public init(
    dataDirectory: String, source: String, maximumFileBytes: Int64 = 1 << 30, level: Int = 6,
    warcinfo: [(name: String, value: String)] = []
  ) {
    self.dataDirectory = dataDirectory
    self.source = source
    self.maximumFileBytes = maximumFileBytes
    self.level = level
    self.warcinfo = warcinfo
  }

  /// Whether the source's name can be part of a path, whatever is written there.
  var hasValidSource: Bool {
    let name = source.utf8
    return (1...100).contains(name.count) && name.first != UInt8(ascii: ".")
      && name.allSatisfy { byte in
        switch byte {
        case 48...57, 65...90, 97...122, 45, 46, 95: true
        default: false
        }
      }
  }
}
