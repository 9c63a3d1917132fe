import Bytes
import Vocabulary

/// The one-line header of an ARC record (Internet Archive, *Arc File Format*, 1996), as WARC fields.
enum ARCHeader {
  /// Reads the fields from the right, because addresses were written with spaces in them.
  ///
  /// Version 1: address, IP, date, type, length. Version 2 has five more before the length.
  static func parse(_ line: ArraySlice<UInt8>, version: Int) -> WARCHeader? {
    var line = line
    if line.last == 0x0D { line = line.dropLast() }
    let words = line.split(separator: 0x20, omittingEmptySubsequences: false)
    let tail = version == 2 ? 9 : 4
    guard words.count > tail else { return nil }
    let right = words.suffix(tail).map { String(decoding: $0, as: UTF8.self) }
    let address = String(
      decoding: Array(words.dropLast(tail).joined(separator: Array("%20".utf8))), as: UTF8.self)
    guard address.contains(":"), let date = date(right[1]) else { return nil }
    let isInfo = address.hasPrefix("filedesc://")
    let isHTTP = address.hasPrefix("http://") || address.hasPrefix("https://")
    let type: WARCType = isInfo ? .warcinfo : isHTTP ? .response : .resource
    let pairs = [
      ("WARC-Type", type.rawValue), (isInfo ? "WARC-Filename" : "WARC-Target-URI", address),
      ("WARC-IP-Address", right[0]), ("WARC-Date", date.rfc3339),
      ("Content-Type", isHTTP ? WARCField.httpResponse.value : right[2]),
      ("Content-Length", right[tail - 1]),
    ]
    return WARCHeader(
      version: "ARC", fields: pairs.compactMap { WARCField(escaping: $0.1, name: $0.0) })
  }

  /// Fourteen digits; some writers padded them with more.
  private static func date(_ text: String) -> Timestamp? {
    let digits = Array(text.utf8)
    guard digits.count >= 14, digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
    func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + Int($1 - 48) } }
    let civil = Timestamp.Civil(
      year: number(0..<4), month: number(4..<6), day: number(6..<8), hour: number(8..<10),
      minute: number(10..<12), second: number(12..<14))
    guard (1...12).contains(civil.month), (1...31).contains(civil.day) else { return nil }
    return Timestamp(civil: civil)
  }
}
