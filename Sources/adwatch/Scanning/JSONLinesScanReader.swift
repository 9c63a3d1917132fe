import Analysis
import Bytes
import Extraction
import Markup
import Measurement
import Vocabulary
import WebAddress

/// The lines of a JSON Lines file:
/// `{"id", "url"?, "html" | "text", "date"?, "country"?, "form"?, "source"?}`.
struct JSONLinesScanReader: ScanReader {
  /// Bytes of one line; a longer one is passed over with an error.
  static let maximumLineBytes = 64 << 20

  private let name: String
  private var lines: LineReader
  private let labels: LabelField?

  init(name: String, source: any ByteSource, labels: LabelField? = nil) {
    self.name = name
    self.labels = labels
    lines = LineReader(source: source, maximumBytes: Self.maximumLineBytes)
  }

  mutating func next() throws -> ScanInput? {
    while let line = try lines.next() {
      let place = "\(name):\(line.number)"
      guard let bytes = line.bytes else {
        return .unreadable(
          id: place, why: "the line has more than \(Self.maximumLineBytes) bytes")
      }
      if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
      do {
        return .page(try page(bytes, at: place))
      } catch {
        return .unreadable(id: error.id ?? place, why: "\(place): \(error.why)")
      }
    }
    return nil
  }

  private struct LineProblem: Error {
    var id: String?
    var why: String
  }

  private static let limits: JSONLimits = {
    var limits = JSONLimits()
    limits.maximumBytes = maximumLineBytes
    return limits
  }()

  /// The text of an `id`: a string, or a whole number that JSON carries exactly.
  private func identifier(_ value: JSONValue?) throws(LineProblem) -> String? {
    switch value {
    case nil, .null?: return nil
    case .string(let text)?: return text
    case .number(let number)?:
      if let whole = Int(exactly: number), abs(whole) < 1 << 53 { return String(whole) }
      fallthrough
    default: throw LineProblem(id: nil, why: "'id' has to be a string")
    }
  }

  private func page(_ bytes: [UInt8], at place: String) throws(LineProblem) -> PageInput {
    // Read like the JSON of pages: what programs write has lone surrogates and byte order marks.
    guard let object = JSONValue(parsing: bytes, limits: Self.limits) else {
      throw LineProblem(id: nil, why: "not JSON")
    }
    guard object.members != nil else { throw LineProblem(id: nil, why: "expected an object") }
    let id = try identifier(object["id"])
    func text(_ key: String) throws(LineProblem) -> String? {
      guard let value = object[key], value != .null else { return nil }
      guard let text = value.string else {
        throw LineProblem(id: id, why: "'\(key)' has to be a string")
      }
      return text
    }
    let url = try text("url")
    let address = url.flatMap { Address($0) }
    if url != nil, address == nil { throw LineProblem(id: id, why: "'url' is no address") }
    let formName = try text("form")
    let form = formName.flatMap(Form.init(rawValue:))
    if formName != nil, form == nil {
      let forms = Form.allCases.map(\.rawValue).joined(separator: ", ")
      throw LineProblem(id: id, why: "'form' is one of \(forms)")
    }
    let dateText = try text("date")
    let date = dateText.flatMap { Timestamp(rfc3339: $0) }
    if dateText != nil, date == nil {
      throw LineProblem(id: id, why: "'date' is no time as in 2026-01-31T09:30:00Z")
    }
    var hints = PageHints(
      url: address, country: try text("country")?.uppercased(), form: form,
      source: try text("source"))
    let body: PageInput.Body
    if let html = try text("html") {
      body = .html(Array(html.utf8))
    } else if let text = try text("text") {
      // Whoever gives a text gives an advert's text.
      hints.kind = .advert
      body = .text(Array(text.utf8))
    } else {
      throw LineProblem(id: id, why: "neither 'html' nor 'text'")
    }
    do {
      try labels?.take(from: object, of: id ?? place)
    } catch {
      throw LineProblem(id: id, why: error.message)
    }
    return PageInput(id: id ?? place, body: body, hints: hints, date: date)
  }
}

/// The lines of a stream, each with its number from 1; memory is bounded by the longest line allowed.
struct LineReader {
  /// A line without its end; nil bytes when it was longer than allowed.
  struct Line {
    var number: Int
    var bytes: [UInt8]?
  }

  private var source: any ByteSource
  private let maximumBytes: Int
  private var buffer: [UInt8] = []
  private var position = 0
  private var number = 0
  private var isAtEnd = false

  init(source: any ByteSource, maximumBytes: Int) {
    self.source = source
    self.maximumBytes = maximumBytes
  }

  /// The next line; nil at the end.
  mutating func next() throws -> Line? {
    var line: [UInt8] = []
    var isTooLong = false
    while true {
      if position == buffer.count {
        guard !isAtEnd else { break }
        buffer = try source.read(upTo: 1 << 18)
        position = 0
        if buffer.isEmpty { isAtEnd = true }
        continue
      }
      let end = buffer[position...].firstIndex(of: 0x0A)
      let piece = buffer[position..<(end ?? buffer.count)]
      if line.count + piece.count > maximumBytes { isTooLong = true } else { line += piece }
      position = end.map { $0 + 1 } ?? buffer.count
      if end != nil {
        number += 1
        return Line(number: number, bytes: isTooLong ? nil : line)
      }
    }
    guard !line.isEmpty || isTooLong else { return nil }
    number += 1
    return Line(number: number, bytes: isTooLong ? nil : line)
  }
}
