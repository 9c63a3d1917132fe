extension Tokenizer where Sink: ~Copyable {
  /// Reads a document type from behind its keyword on (sections 13.2.5.53 to 13.2.5.68).
  mutating func readDoctype(from start: Int, _ sink: inout Sink) {
    var reader = DoctypeReader(source: source, index: start)
    reader.read()
    position = reader.index
    sink.doctype(reader.token)
  }
}

/// Reads one document type.
private struct DoctypeReader {
  let source: UnsafeBufferPointer<UInt8>
  var index: Int
  var token = DoctypeToken()

  private var byte: UInt8? { index < source.count ? source[index] : nil }

  private mutating func skipSpace() {
    while let byte, byte.isHTMLSpace { index += 1 }
  }

  mutating func read() {
    skipSpace()
    guard let first = byte, first != 0x3E else { return finish(forcingQuirks: true) }
    let start = index
    while let byte, byte != 0x3E, !byte.isHTMLSpace { index += 1 }
    token.name = SourceText.name(start..<index, in: source)
    skipSpace()
    guard let next = byte else { return finish(forcingQuirks: true) }
    if next == 0x3E { return finish(forcingQuirks: false) }
    if source.matches("public", at: index) {
      index += 6
      readPublic()
    } else if source.matches("system", at: index) {
      index += 6
      skipSpace()
      readSystem()
    } else {
      finish(forcingQuirks: true)
    }
  }

  private mutating func readPublic() {
    skipSpace()
    guard isQuote else { return finish(forcingQuirks: true) }
    let (identifier, isClosed) = readQuoted()
    token.publicIdentifier = identifier
    guard isClosed else { return finish(forcingQuirks: true) }
    skipSpace()
    if byte == 0x3E { return finish(forcingQuirks: false) }
    readSystem()
  }

  private mutating func readSystem() {
    guard isQuote else { return finish(forcingQuirks: true) }
    let (identifier, isClosed) = readQuoted()
    token.systemIdentifier = identifier
    guard isClosed else { return finish(forcingQuirks: true) }
    skipSpace()
    finish(forcingQuirks: byte == nil)
  }

  private var isQuote: Bool { byte == 0x22 || byte == 0x27 }

  /// Reads a quoted identifier; ">" ends it too, and then it was not closed.
  private mutating func readQuoted() -> ([UInt8], Bool) {
    let quote = source[index]
    index += 1
    let start = index
    while let byte, byte != quote, byte != 0x3E { index += 1 }
    let identifier = SourceText.normalised(start..<index, in: source)
    guard byte == quote else { return (identifier, false) }
    index += 1
    return (identifier, true)
  }

  /// Skips to behind the next ">".
  private mutating func finish(forcingQuirks: Bool) {
    token.forcesQuirks = forcingQuirks
    index =
      source.first(0x3E, in: min(index, source.count)..<source.count).map { $0 + 1 }
      ?? source.count
  }
}
