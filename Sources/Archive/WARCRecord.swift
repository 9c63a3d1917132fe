import Bytes
public import Vocabulary

/// A record: its header and its block.
public struct WARCRecord: Sendable, Hashable {
  public var header: WARCHeader
  /// What the record holds, without the blank lines after it.
  public var block: [UInt8]
  /// Whether the block is mostly compressed already, so that compressing it again is a waste.
  public var isCompressedAlready = false

  /// A record as it was read.
  init(header: WARCHeader, block: [UInt8]) {
    self.header = header
    self.block = block
  }

  /// A record to be written, with the block's length and SHA-256 digest.
  ///
  /// The date is written in whole seconds. `fields` stand between the date and the digests; they
  /// must not repeat `WARC-Type`, `WARC-Record-ID`, `WARC-Date`, `WARC-Block-Digest`,
  /// `Content-Type` or `Content-Length`, which are dropped from them.
  public init(
    type: WARCType, id: RecordID, date: Timestamp, fields: [WARCField] = [],
    contentType: WARCField? = nil, block: [UInt8], isCompressedAlready: Bool = false
  ) {
    let own = [
      "WARC-Type", "WARC-Record-ID", "WARC-Date", "WARC-Block-Digest", "Content-Type",
      "Content-Length",
    ]
    var all = [
      WARCField(read: "WARC-Type", type.rawValue),
      WARCField(read: "WARC-Record-ID", id.bracketed),
      WARCField(read: "WARC-Date", date.rfc3339),
    ]
    all += fields.filter { field in !own.contains { sameName($0, field.name) } }
    all.append(WARCField(read: "WARC-Block-Digest", SHA256.hash(block).labelled))
    if let contentType { all.append(WARCField(read: "Content-Type", contentType.value)) }
    all.append(WARCField(read: "Content-Length", String(block.count)))
    header = WARCHeader(fields: all)
    self.block = block
    self.isCompressedAlready = isCompressedAlready
  }

  /// The record as WARC 1.1 section 4 writes it, with further fields at the end of the header.
  func serialised(adding extra: [WARCField] = []) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(block.count + 1024)
    bytes += "WARC/\(header.version)\r\n".utf8
    for field in header.fields + extra {
      bytes += "\(field.name): \(field.value)\r\n".utf8
    }
    bytes += "\r\n".utf8
    bytes += block
    bytes += "\r\n\r\n".utf8
    return bytes
  }
}

extension WARCRecord {
  /// A `warcinfo` record of ordered pairs (`application/warc-fields`); control characters are escaped.
  ///
  /// Pairs whose name is no token are dropped.
  public static func warcinfo(
    id: RecordID, date: Timestamp, filename: String, pairs: [(name: String, value: String)]
  ) -> WARCRecord {
    WARCRecord(
      type: .warcinfo, id: id, date: date,
      fields: [WARCField(escaping: filename, name: "WARC-Filename")].compactMap(\.self),
      contentType: .warcFields, block: warcFields(pairs))
  }

  /// A `metadata` record of ordered pairs; control characters are escaped.
  public static func metadata(
    id: RecordID, date: Timestamp, fields: [WARCField], pairs: [(name: String, value: String)]
  ) -> WARCRecord {
    WARCRecord(
      type: .metadata, id: id, date: date, fields: fields, contentType: .warcFields,
      block: warcFields(pairs))
  }

  /// A block of `application/warc-fields` (WARC 1.1 section 6.2 and 6.5): a line for each pair.
  static func warcFields(_ pairs: [(name: String, value: String)]) -> [UInt8] {
    var block: [UInt8] = []
    for pair in pairs {
      guard let field = WARCField(escaping: pair.value, name: pair.name) else { continue }
      block += "\(field.name): \(field.value)\r\n".utf8
    }
    return block
  }
}

extension WARCField {
  static let warcFields = WARCField(read: "Content-Type", "application/warc-fields")
  static let httpRequest = WARCField(read: "Content-Type", "application/http;msgtype=request")
  static let httpResponse = WARCField(read: "Content-Type", "application/http;msgtype=response")
}
