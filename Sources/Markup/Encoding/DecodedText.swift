/// A source in UTF-8 with the encoding it came in.
struct DecodedText {
  /// Well-formed UTF-8.
  let text: [UInt8]
  let encoding: TextEncoding
  /// Whether a limit cut it.
  let truncated: Bool

  /// Decodes bytes once and for all: nothing downstream decides about encodings again.
  ///
  /// In this order: byte-order mark, declared charset, for HTML what it says itself, validity as
  /// UTF-8, a guess (HTML standard, section 13.2.3; the last two in its step 8).
  init(bytes: [UInt8], declared: String?, isHTML: Bool, limits: MarkupLimits) {
    let bound = max(0, min(limits.maximumBytes, 1 << 30))
    let isCut = bytes.count > bound
    let bytes = isCut ? Array(bytes[0..<bound]) : bytes
    truncated = isCut
    if let mark = Self.byteOrderMark(of: bytes) {
      encoding = mark.encoding
      text = Self.bounded(
        ByteDecoding.decode(bytes, from: mark.length, as: mark.encoding), isCut: isCut)
      return
    }
    var isValid = false
    let found =
      declared.flatMap { TextEncoding(label: $0.utf8) }
      ?? Self.encoding(of: bytes, isHTML: isHTML, isCut: isCut, isValid: &isValid)
    encoding = found
    text =
      isValid
      ? bytes : Self.bounded(ByteDecoding.decode(bytes, from: 0, as: found), isCut: isCut)
  }

  /// A cut within a character leaves one U+FFFD at the end, which says nothing about the page.
  private static func bounded(_ text: [UInt8], isCut: Bool) -> [UInt8] {
    isCut && text.suffix(3).elementsEqual([0xEF, 0xBF, 0xBD]) ? text.dropLast(3) + [] : text
  }

  /// The encoding that a byte-order mark tells, and how long the mark is.
  static func byteOrderMark(
    of bytes: [UInt8]
  ) -> (encoding: TextEncoding, length: Int)? {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
    if bytes.starts(with: [0xFE, 0xFF]) { return (.utf16be, 2) }
    if bytes.starts(with: [0xFF, 0xFE]) { return (.utf16le, 2) }
    return nil
  }

  /// What the bytes say and look like; `isValid` where they were found to be well-formed UTF-8.
  private static func encoding(
    of bytes: [UInt8], isHTML: Bool, isCut: Bool, isValid: inout Bool
  ) -> TextEncoding {
    if isHTML, let found = MetaPrescan.encoding(of: bytes.prefix(MetaPrescan.length)) {
      return found
    }
    if let wide = EncodingGuess.wideEncoding(of: bytes) { return wide }
    let isUTF8 = bytes.withUnsafeBufferPointer { buffer in
      guard let fault = UTF8Decoding.firstFault(buffer) else {
        isValid = true
        return true
      }
      // A sequence that the limit cuts is no fault.
      return isCut && buffer.count - fault < 4
        && -UTF8Decoding.sequence(buffer, at: fault) == buffer.count - fault && fault > 0
    }
    // Seven-bit text may still be ISO-2022-JP.
    if isUTF8, !EncodingGuess.mayBeISO2022(bytes) { return .utf8 }
    isValid = false
    // Browsers change the encoding at a declaration further down in the head, too.
    if isHTML, let found = MetaPrescan.encoding(of: bytes.prefix(EncodingGuess.length)) {
      return found
    }
    return EncodingGuess.encoding(of: bytes)
  }
}
