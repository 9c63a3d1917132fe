extension Document {
  /// The page in some bytes as they came, in the encoding the standard finds for them.
  ///
  /// `declaredEncoding` is the charset parameter of the Content-Type header. A byte-order mark
  /// goes before it; then come `meta`, validity as UTF-8, and a guess.
  public init(
    bytes: [UInt8], declaredEncoding: String?, limits: MarkupLimits = MarkupLimits()
  ) {
    let decoded = DecodedText(
      bytes: bytes, declared: declaredEncoding, isHTML: true, limits: limits)
    self.init(decoded: decoded.text, limits: limits)
    encoding = decoded.encoding.name
    truncated = truncated || decoded.truncated
  }

  /// The page in HTML that is decoded already: UTF-8, charset declarations in it do not count.
  public init(decodedHTML: [UInt8], limits: MarkupLimits = MarkupLimits()) {
    let bounded = UTF8Decoding.repaired(decodedHTML, maximum: limits.maximumBytes)
    self.init(decoded: bounded.text, limits: limits)
    truncated = truncated || bounded.truncated
  }

  /// The page in text without markup: UTF-8, taken as it is.
  public init(plainText: [UInt8], limits: MarkupLimits = MarkupLimits()) {
    self.init()
    let bounded = UTF8Decoding.repaired(plainText, maximum: limits.maximumTextBytes)
    text = bounded.text
    truncated = bounded.truncated
    sourceMap.runs = [SourceMap.Run(text: 0, source: 0)]
  }

  /// The page in text of an unknown encoding without markup.
  public init(
    plainBytes: [UInt8], declaredEncoding: String?, limits: MarkupLimits = MarkupLimits()
  ) {
    let decoded = DecodedText(
      bytes: plainBytes, declared: declaredEncoding, isHTML: false, limits: limits)
    self.init(plainText: decoded.text, limits: limits)
    encoding = decoded.encoding.name
    truncated = truncated || decoded.truncated
  }
}
