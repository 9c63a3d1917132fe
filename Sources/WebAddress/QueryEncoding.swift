import CICU

/// The legacy encoding a query is written in (URL standard §4.4, query state).
struct QueryEncoding {
  private let converter: String

  /// Nil for UTF-8, for UTF-16 and the replacement encoding (which forms send as UTF-8), and for
  /// what is not known.
  init?(label: String?) {
    guard let label, !label.isEmpty, label.utf8.count <= 64 else { return nil }
    let name = String(decoding: label.utf8.map(\.asciiLowercased), as: UTF8.self)
    guard !name.hasPrefix("utf"), name != "replacement", name != "us-ascii" else { return nil }
    let converter = QueryEncoding.converters[name] ?? name
    guard cicu_has_converter(converter) else { return nil }
    self.converter = converter
  }

  /// Where ICU's converter of the same name is not the one browsers mean.
  private static let converters = [
    "euc-kr": "windows-949", "shift_jis": "windows-31j",
    "gbk": "gb18030",
    "iso-8859-8-i": "iso-8859-8",
  ]

  /// Percent-encode after encoding (URL standard §1.3); what the encoding lacks becomes `&#N;`.
  func append(_ text: ArraySlice<UInt8>, encoding set: PercentEncodeSet, to output: inout [UInt8]) {
    // Runs of ASCII stay as they are; a stateful encoding would only add escape sequences.
    guard text.contains(where: { $0 >= 0x80 }) else {
      PercentCoding.append(text, encoding: set, to: &output)
      return
    }
    var rest = text
    while let start = rest.firstIndex(where: { $0 >= 0x80 }) {
      PercentCoding.append(rest[..<start], encoding: set, to: &output)
      let end = rest[start...].firstIndex { $0 < 0x80 } ?? rest.endIndex
      appendEncoded(Array(rest[start..<end]), encoding: set, to: &output)
      rest = rest[end...]
    }
    PercentCoding.append(rest, encoding: set, to: &output)
  }

  private func appendEncoded(
    _ text: [UInt8], encoding set: PercentEncodeSet, to output: inout [UInt8]
  ) {
    let encoded = ICUCall.bytes(guess: text.count * 4 + 16) { buffer, capacity in
      text.withUnsafeBufferPointer { input in
        cicu_charset_from_utf8(converter, input.baseAddress, input.count, buffer, capacity)
      }
    }
    guard let encoded else {
      PercentCoding.append(text[...], encoding: set, to: &output)
      return
    }
    var index = 0
    while index < encoded.count {
      // `&#`, digits, `;` can only come from a character that the encoding lacks.
      if let end = substitute(in: encoded, at: index) {
        output.append(contentsOf: "%26%23".utf8)
        output.append(contentsOf: encoded[(index + 2)..<end])
        output.append(contentsOf: "%3B".utf8)
        index = end + 1
      } else {
        PercentCoding.append(encoded[index...index], encoding: set, to: &output)
        index += 1
      }
    }
  }

  private func substitute(in bytes: [UInt8], at index: Int) -> Int? {
    guard bytes.count - index >= 4, bytes[index] == 0x26, bytes[index + 1] == 0x23 else {
      return nil
    }
    guard let end = bytes[(index + 2)...].firstIndex(where: { !$0.isASCIIDigit }),
      end > index + 2, bytes[end] == 0x3B
    else { return nil }
    return end
  }
}
