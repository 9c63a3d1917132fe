public import Vocabulary

/// The header of a record: its version and its named fields, in their order.
public struct WARCHeader: Sendable, Hashable {
  /// `1.1`, `1.0` or what else stood there; `ARC` for a record of the older format.
  public var version: String
  /// The fields in their order; names keep the case they were written in.
  public var fields: [WARCField]

  public init(version: String = "1.1", fields: [WARCField]) {
    self.version = version
    self.fields = fields
  }

  /// The value of the first field of this name, in any case.
  public subscript(name: String) -> String? {
    fields.first { sameName($0.name, name) }?.value
  }

  /// The values of all fields of this name, in any case.
  public func values(of name: String) -> [String] {
    fields.filter { sameName($0.name, name) }.map(\.value)
  }

  /// Nil when missing or none of WARC 1.1.
  public var type: WARCType? { self["WARC-Type"].flatMap { WARCType(rawValue: $0.lowercased()) } }

  /// `WARC-Record-ID` without its angle brackets.
  public var recordID: String? { self["WARC-Record-ID"].map(withoutBrackets) }

  /// `WARC-Date`: when the capture began.
  public var date: Timestamp? { self["WARC-Date"].flatMap(Timestamp.init(rfc3339:)) }

  /// `WARC-Target-URI`, without the angle brackets that some programs write around it.
  public var targetURI: String? { self["WARC-Target-URI"].map(withoutBrackets) }

  /// `Content-Type` as written.
  public var contentType: String? { self["Content-Type"] }

  /// `Content-Length` in bytes; nil when missing or no number.
  public var contentLength: Int64? { self["Content-Length"].flatMap(lengthValue) }

  /// The identifiers of all records of the same capture, without angle brackets.
  public var concurrentTo: [String] { values(of: "WARC-Concurrent-To").map(withoutBrackets) }

  /// `WARC-Refers-To` without its angle brackets.
  public var refersTo: String? { self["WARC-Refers-To"].map(withoutBrackets) }
}

func withoutBrackets(_ text: String) -> String {
  guard text.utf8.count > 1, text.hasPrefix("<"), text.hasSuffix(">") else { return text }
  return String(text.dropFirst().dropLast())
}

/// Digits only: `Int64(_:)` alone would take a sign.
func lengthValue(_ text: String) -> Int64? {
  text.utf8.allSatisfy { (48...57).contains($0) } ? Int64(text) : nil
}
