import Analysis
import Bytes
import Extraction
import Foundation
import Vocabulary
import WebAddress

/// The lines of a JSON Lines file: `{"id", "url"?, "html" | "text", "country"?, "form"?, "source"?}`.
struct JSONLinesScanReader: ScanReader {
  /// Bytes of one line; a longer one is passed over with an error.
  static let maximumLineBytes = 64 << 20

  private let name: String
  private var lines: LineReader

  init(name: String, source: any ByteSource) {
    self.name = name
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

  private func page(_ bytes: [UInt8], at place: String) throws(LineProblem) -> PageInput {
    guard let object = try? JSONSerialization.jsonObject(with: Data(bytes)) else {
      throw LineProblem(id: nil, why: "not JSON")
    }
    guard let members = object as? [String: Any] else {
      throw LineProblem(id: nil, why: "expected an object")
    }
    let id = (members["id"] as? String) ?? (members["id"] as? NSNumber).map { "\($0)" }
    func text(_ key: String) throws(LineProblem) -> String? {
      guard let value = members[key], !(value is NSNull) else { return nil }
      guard let text = value as? String else {
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
    return PageInput(id: id ?? place, body: body, hints: hints)
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
