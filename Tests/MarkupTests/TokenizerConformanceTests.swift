import Foundation
import Testing

@testable import Markup

/// A token as the html5lib tests write it.
enum RecordedToken: Equatable, CustomStringConvertible {
  case doctype(String?, String?, String?, Bool)
  case start(String, [String: String], Bool)
  case end(String)
  case comment(String)
  case characters(String)

  var description: String {
    switch self {
    case .doctype(let name, let publicID, let systemID, let correct):
      "DOCTYPE(\(name ?? "nil"),\(publicID ?? "nil"),\(systemID ?? "nil"),\(correct))"
    case .start(let name, let attributes, let closing):
      "<\(name) \(attributes.sorted { $0.key < $1.key })\(closing ? "/" : "")>"
    case .end(let name): "</\(name)>"
    case .comment(let text): "<!--\(text.debugDescription)-->"
    case .characters(let text): text.debugDescription
    }
  }
}

/// Writes down the token stream without making anything of it.
struct RecordingSink: TokenSink {
  var tokens: [RecordedToken] = []
  var text: [UInt8] = []
  var allowsCDATA: Bool { false }

  mutating func flush() {
    guard !text.isEmpty else { return }
    tokens.append(.characters(String(decoding: text, as: UTF8.self)))
    text = []
  }

  mutating func characters(
    _ range: Range<Int>, model: ContentModel, in source: UnsafeBufferPointer<UInt8>
  ) {
    let keeps = model == .data || model == .cdata
    text += SourceText.normalised(range, in: source, keepingNUL: keeps)
  }

  mutating func reference(_ reference: CharacterReference, at start: Int, model: ContentModel) {
    text.append(scalar: reference.first)
    if reference.second != 0 { text.append(scalar: reference.second) }
  }

  mutating func startTag(
    _ tag: TagToken, _ attributes: UnsafeBufferPointer<RawAttribute>,
    in source: UnsafeBufferPointer<UInt8>
  ) -> ContentModel {
    flush()
    var values: [String: String] = [:]
    for attribute in attributes {
      let name = String(decoding: SourceText.name(attribute.name, in: source), as: UTF8.self)
      guard values[name] == nil else { continue }
      values[name] = String(
        decoding: SourceText.attribute(attribute.value, in: source), as: UTF8.self)
    }
    let name = String(decoding: SourceText.name(tag.name, in: source), as: UTF8.self)
    if tag.tag != .other { #expect(tag.tag.name == name) }
    tokens.append(.start(name, values, tag.isSelfClosing))
    return .data
  }

  mutating func endTag(_ tag: TagToken, in source: UnsafeBufferPointer<UInt8>) {
    flush()
    tokens.append(.end(String(decoding: SourceText.name(tag.name, in: source), as: UTF8.self)))
  }

  mutating func comment(_ range: Range<Int>, in source: UnsafeBufferPointer<UInt8>) {
    flush()
    let text = SourceText.normalised(range, in: source)
    tokens.append(.comment(String(decoding: text, as: UTF8.self)))
  }

  mutating func doctype(_ doctype: DoctypeToken) {
    flush()
    func text(_ bytes: [UInt8]?) -> String? { bytes.map { String(decoding: $0, as: UTF8.self) } }
    tokens.append(
      .doctype(
        text(doctype.name), text(doctype.publicIdentifier), text(doctype.systemIdentifier),
        !doctype.forcesQuirks))
  }

  static func tokens(
    of input: [UInt8], model: ContentModel = .data, lastStartTag: String = ""
  ) -> [RecordedToken] {
    input.withUnsafeBufferPointer { bytes in
      var sink = RecordingSink()
      var tokenizer = Tokenizer<RecordingSink>(bytes)
      tokenizer.model = model
      tokenizer.closingName = Array(lastStartTag.utf8)
      tokenizer.run(&sink)
      sink.flush()
      return sink.tokens
    }
  }
}

@Suite struct TokenizerConformanceTests {
  static let folder = "conformance/html5lib/tokenizer"

  /// The html5lib tokenizer cases, token by token.
  ///
  /// Left out are `xmlViolationTests`, which ask for an infoset that XML allows, and inputs with
  /// lone surrogates, which no UTF-8 can hold.
  @Test(.enabled(if: DataSets.has(folder), "html5lib's tests are not beside the project"))
  func html5lib() throws {
    var run = 0
    var withSurrogates = 0
    var failures: [String] = []
    for file in DataSets.files(Self.folder, endingIn: ".test") {
      let object = try JSONSerialization.jsonObject(with: Data(try DataSets.bytes(file)))
      let tests = (object as? [String: Any])?["tests"] as? [[String: Any]] ?? []
      for test in tests {
        let isEscaped = test["doubleEscaped"] as? Bool ?? false
        let raw = test["input"] as? String ?? ""
        guard let input = isEscaped ? Self.unescaped(raw) : raw,
          let expected = Self.expected(test["output"] as? [[Any]] ?? [], isEscaped)
        else {
          withSurrogates += 1
          continue
        }
        let states = test["initialStates"] as? [String] ?? ["Data state"]
        for state in states {
          run += 1
          let found = RecordingSink.tokens(
            of: Array(input.utf8), model: Self.model(state),
            lastStartTag: test["lastStartTag"] as? String ?? "")
          if found != expected {
            failures.append(
              "\(file.suffix(30)) [\(state)] \(input.debugDescription): \(found), not \(expected)")
          }
        }
      }
    }
    #expect(failures.isEmpty, "\(failures.count) of \(run): \(failures.prefix(20))")
    #expect(run > 6_700)
    #expect(withSurrogates < 30)
  }

  static func model(_ state: String) -> ContentModel {
    switch state {
    case "RCDATA state": .rcdata
    case "RAWTEXT state": .rawtext
    case "Script data state": .scriptData
    case "PLAINTEXT state": .plaintext
    case "CDATA section state": .cdata
    default: .data
    }
  }

  /// Adjacent texts are one token; nil when a text holds a lone surrogate.
  static func expected(_ output: [[Any]], _ isEscaped: Bool) -> [RecordedToken]? {
    var tokens: [RecordedToken] = []
    func text(_ value: Any) -> String? {
      guard let value = value as? String else { return nil }
      return isEscaped ? unescaped(value) : value
    }
    for item in output {
      switch item[0] as? String {
      case "DOCTYPE":
        tokens.append(
          .doctype(text(item[1]), text(item[2]), text(item[3]), item[4] as? Bool ?? false))
      case "StartTag":
        var attributes: [String: String] = [:]
        for (name, value) in item[2] as? [String: String] ?? [:] {
          guard let name = text(name), let value = text(value) else { return nil }
          attributes[name] = value
        }
        tokens.append(
          .start(text(item[1]) ?? "", attributes, item.count > 3 && item[3] as? Bool == true))
      case "EndTag": tokens.append(.end(text(item[1]) ?? ""))
      case "Comment":
        guard let comment = text(item[1]) else { return nil }
        tokens.append(.comment(comment))
      default:
        guard let characters = text(item[1]) else { return nil }
        if case .characters(let before) = tokens.last {
          tokens[tokens.count - 1] = .characters(before + characters)
        } else {
          tokens.append(.characters(characters))
        }
      }
    }
    return tokens
  }

  /// A text with its `\uXXXX` replaced; nil when that gives a lone surrogate.
  static func unescaped(_ text: String) -> String? {
    var units: [UInt16] = []
    let source = Array(text.utf16)
    var index = 0
    while index < source.count {
      if source[index] == 0x5C, index + 5 < source.count, source[index + 1] == 0x75,
        let unit = UInt16(
          String(decoding: source[index + 2..<index + 6], as: UTF16.self), radix: 16)
      {
        units.append(unit)
        index += 6
      } else {
        units.append(source[index])
        index += 1
      }
    }
    return String(validating: units, as: UTF16.self)
  }
}
