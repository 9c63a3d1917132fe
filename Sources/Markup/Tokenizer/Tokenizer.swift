/// The tokenizer of the HTML standard (section 13.2.5) in a single pass over UTF-8.
///
/// It tells its sink places in the source and decodes nothing by itself, as most of a page is
/// never looked at. Whole stretches that states only pass through are skipped by `memchr`. Parse
/// errors are not told. The input is well-formed UTF-8.
struct Tokenizer<Sink: TokenSink & ~Copyable>: ~Copyable {
  let source: UnsafeBufferPointer<UInt8>
  var position = 0
  var model: ContentModel = .data
  /// The name of the end tag that closes what a raw model reads, in lower case.
  var closingName: [UInt8] = []
  var attributes = GrowingBuffer<RawAttribute>(capacity: 64)
  /// The bits of the known ones.
  var present: UInt64 = 0
  let maximumAttributes: Int
  let tags = NameTable.tags
  let keys = NameTable.attributes

  init(_ source: UnsafeBufferPointer<UInt8>, maximumAttributes: Int = .max) {
    self.source = source
    self.maximumAttributes = maximumAttributes
  }

  /// Tells the sink all tokens up to the end of the source.
  mutating func run(_ sink: inout Sink) {
    while position < source.count {
      switch model {
      case .data: readData(&sink)
      case .rcdata, .rawtext, .scriptData: readRaw(&sink)
      case .plaintext:
        sink.characters(position..<source.count, model: .plaintext, in: source)
        position = source.count
      case .cdata: readCDATA(&sink)
      }
    }
  }

  @inline(__always)
  private mutating func readData(_ sink: inout Sink) {
    let start = position
    var end = source.firstNear(0x3C, 0x26, from: start)
    if end < source.count, source[end] == 0x26 {
      end = source.first(0x3C, in: end..<source.count) ?? source.count
      tell(start..<end, .data, &sink)
    } else if end > start {
      sink.characters(start..<end, model: .data, in: source)
    }
    position = end
    if end < source.count { readMarkup(&sink) }
  }

  /// Tells text in which character references count.
  @inline(__always)
  mutating func tell(_ range: Range<Int>, _ model: ContentModel, _ sink: inout Sink) {
    guard var ampersand = source.first(0x26, in: range) else {
      sink.characters(range, model: model, in: source)
      return
    }
    var start = range.lowerBound
    while true {
      if let found = CharacterReference.match(in: source, at: ampersand, inAttribute: false) {
        if ampersand > start {
          sink.characters(start..<ampersand, model: model, in: source)
        }
        sink.reference(found, at: ampersand, model: model)
        start = ampersand + found.length
      }
      let from = max(start, ampersand + 1)
      guard from < range.upperBound, let next = source.first(0x26, in: from..<range.upperBound)
      else { break }
      ampersand = next
    }
    if start < range.upperBound {
      sink.characters(start..<range.upperBound, model: model, in: source)
    }
  }

  private mutating func readCDATA(_ sink: inout Sink) {
    let start = position
    model = .data
    var from = start
    while let bracket = source.first(0x5D, in: from..<source.count) {
      if source.matches("]]>", at: bracket) {
        if bracket > start { sink.characters(start..<bracket, model: .cdata, in: source) }
        position = bracket + 3
        return
      }
      from = bracket + 1
    }
    sink.characters(start..<source.count, model: .cdata, in: source)
    position = source.count
  }

  /// Reads what a "<" in data begins (tag open state and markup declaration open state).
  private mutating func readMarkup(_ sink: inout Sink) {
    let open = position
    guard open + 1 < source.count else {
      sink.characters(open..<open + 1, model: .data, in: source)
      position = open + 1
      return
    }
    let next = source[open + 1]
    if next.isASCIILetter {
      readStartTag(&sink)
    } else if next == 0x2F {
      readEndTagOpen(&sink)
    } else if next == 0x21 {
      readDeclaration(&sink)
    } else if next == 0x3F {
      readBogusComment(from: open + 1, &sink)
    } else {
      sink.characters(open..<open + 1, model: .data, in: source)
      position = open + 1
    }
  }

  private mutating func readEndTagOpen(_ sink: inout Sink) {
    let open = position
    guard open + 2 < source.count else {
      sink.characters(open..<source.count, model: .data, in: source)
      position = source.count
      return
    }
    let next = source[open + 2]
    if next.isASCIILetter {
      readEndTag(&sink)
    } else if next == 0x3E {
      position = open + 3
    } else {
      readBogusComment(from: open + 2, &sink)
    }
  }

  private mutating func readDeclaration(_ sink: inout Sink) {
    let start = position + 2
    if source.matches("--", at: start) {
      readComment(from: start + 2, &sink)
    } else if source.matches("doctype", at: start) {
      readDoctype(from: start + 7, &sink)
    } else if sink.allowsCDATA, isCDATA(at: start) {
      position = start + 7
      model = .cdata
    } else {
      readBogusComment(from: start, &sink)
    }
  }

  private func isCDATA(at index: Int) -> Bool {
    // The letters count in upper case only.
    index + 7 <= source.count && source.matches("[cdata[", at: index)
      && source[index + 1..<index + 6].allSatisfy { $0 < 0x60 }
  }
}
