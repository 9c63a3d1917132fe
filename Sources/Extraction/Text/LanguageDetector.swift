import CLanguage

/// Tells which language a text is in, offline, with CLD2.
enum LanguageDetector {
  /// ISO 639 code of the language most of the given ranges are in; nil when the text is too short
  /// or too mixed to tell.
  ///
  /// `declared` is what the page says of itself; it counts as a hint only, because templates are
  /// seldom translated with the adverts in them.
  static func detect(
    _ text: [UInt8], in ranges: [Range<Int>], declared: String? = nil, domain: String? = nil,
    limit: Int = 6 << 10
  ) -> String? {
    var sample: [UInt8] = []
    for range in ranges where sample.count < limit {
      sample += text[range].prefix(limit - sample.count)
      sample.append(0x0A)
    }
    while let last = sample.last, last >= 0x80, sample.count >= limit {
      sample.removeLast()
      if last & 0xC0 == 0xC0 { break }
    }
    guard let guess = guess(sample[...], declared, domain), guess.reliable else { return nil }
    return guess.code
  }

  static func guess(
    _ sample: ArraySlice<UInt8>, _ declared: String?, _ domain: String?
  ) -> (code: String, reliable: Bool, percent: Int)? {
    let found = sample.withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { text in
        withOptional(declared) { declared in
          withOptional(domain) { domain in
            clanguage_detect(text.baseAddress, text.count, declared, domain)
          }
        }
      }
    }
    let code = withUnsafeBytes(of: found.code) {
      String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
    }
    guard !code.isEmpty, code != "un" else { return nil }
    return (modern(code), found.reliable, Int(found.percent))
  }

  /// CLD2 keeps a few withdrawn codes.
  private static func modern(_ code: String) -> String {
    switch code {
    case "iw": "he"
    case "in": "id"
    case "ji": "yi"
    case "jw": "jv"
    case "mo": "ro"
    default: code
    }
  }

  private static func withOptional<T>(
    _ string: String?, _ body: (UnsafePointer<CChar>?) -> T
  ) -> T {
    guard let string else { return body(nil) }
    return string.withCString(body)
  }
}
