import Bytes
import Vocabulary

/// The forms that the values of header fields must have (WARC 1.1 sections 4 and 5).
struct FieldForms {
  /// Whether only what we write ourselves is right.
  let isOwn: Bool
  /// Of the record, as its first line says.
  let version: String

  func isIdentifier(_ text: String) -> Bool {
    guard text.hasPrefix("<"), text.hasSuffix(">") else { return false }
    return isOwn ? RecordID(text) != nil : isURI(withoutBrackets(text))
  }

  /// Section 5.4: RFC 3339 in UTC; 1.0 knows no fractions, and neither do we.
  func isDate(_ text: String) -> Bool {
    guard text.hasSuffix("Z"), let date = Timestamp(rfc3339: text) else { return false }
    let isWhole = text == date.rfc3339
    return isWhole || (!isOwn && version == "1.1" && text.contains("."))
  }

  func isDigest(_ text: String) -> Bool {
    if isOwn { return SHA256Digest(labelled: text)?.labelled == text }
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return false }
    return colon != text.startIndex && text.utf8.index(after: colon) != text.endIndex
  }

  func isURI(_ text: String) -> Bool {
    let text = isOwn ? text : withoutBrackets(text)
    let isPrintable = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x3C && $0 != 0x3E }
    guard isPrintable, let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return false }
    let scheme = text.utf8[..<colon]
    guard let first = scheme.first, (97...122).contains(lowered(first)) else { return false }
    return text.utf8.index(after: colon) != text.endIndex && scheme.allSatisfy(isTokenByte)
  }

  func isIPAddress(_ text: String) -> Bool {
    text.utf8.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") }
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 48...58, 46, 97...102, 65...70: true
        default: false
        }
      }
  }

  func isMediaType(_ text: String) -> Bool {
    let type = text.utf8.prefix { $0 != UInt8(ascii: ";") && $0 != 0x20 }
    let parts = type.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(isTokenByte) }
  }
}
