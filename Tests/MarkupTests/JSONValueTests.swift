import Foundation
import Testing

@testable import Markup

@Suite struct JSONValueTests {
  static func parse(_ text: String) -> JSONValue? { JSONValue(parsing: Array(text.utf8)) }

  static let tolerated: [(text: String, written: String)] = [
    (#"{"a":[1,2.5,-3e2,true,false,null,"x"]}"#, #"{"a":[1,2.5,-300,true,false,null,"x"]}"#),
    (#" [1,,2,] "#, "[1,2]"),
    (#"{"a":1,}"#, #"{"a":1}"#),
    ("/* c */ {\"a\": // d\n 1}", #"{"a":1}"#),
    ("<![CDATA[ {\"a\":1} ]]>", #"{"a":1}"#),
    ("//<![CDATA[\n{\"a\":1}\n//]]>", #"{"a":1}"#),
    ("<!-- {\"a\":1} -->", #"{"a":1}"#),
    ("<!-- why -->\n{\"a\":1}", #"{"a":1}"#),
    ("{\"a\":1};", #"{"a":1}"#),
    ("\u{FEFF}[\"a\nb\tc\"]", #"["a\nb\tc"]"#),
    (#"["\ud83d\ude00\u00e9\ud800x"]"#, "[\"😀é\u{FFFD}x\"]"),
    (#"["\/\"\\\b"]"#, #"["/\"\\\u0008"]"#),
    ("[1e400]", ""), ("{", ""), ("[1 2]", ""), (#"{"a"}"#, ""), (#"["a]"#, ""), ("", ""),
    ("[1]x", ""), ("nul", ""), ("-", ""),
  ]

  @Test(arguments: tolerated)
  func readsWhatPagesWrite(_ text: String, _ written: String) {
    let value = Self.parse(text)
    #expect(value.map { String(decoding: $0.serialized, as: UTF8.self) } ?? "" == written)
  }

  @Test func depthAndSizeAreBounded() {
    #expect(Self.parse(String(repeating: "[", count: 100_000)) == nil)
    let deep = String(repeating: "[", count: 60) + String(repeating: "]", count: 60)
    #expect(Self.parse(deep) != nil)
    var limits = JSONLimits()
    limits.maximumValues = 3
    #expect(JSONValue(parsing: Array("[1,2,3]".utf8), limits: limits) == nil)
    #expect(JSONValue(parsing: Array("[1,2]".utf8), limits: limits) != nil)
  }

  /// Foundation's reader agrees on what is written.
  @Test func writingIsReadByOthers() throws {
    var random = SeededGenerator(7)
    for _ in 0..<300 {
      let value = Self.randomValue(&random, depth: 0)
      let bytes = JSONValue.array([value]).serialized
      #expect(JSONValue(parsing: bytes) == .array([value]))
      #expect(throws: Never.self) {
        try JSONSerialization.jsonObject(with: Data(bytes))
      }
    }
  }

  static func randomValue(_ random: inout SeededGenerator, depth: Int) -> JSONValue {
    switch Int.random(in: 0..<(depth < 4 ? 6 : 4), using: &random) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &random))
    case 2: return .number(Double.random(in: -1e9...1e9, using: &random))
    case 3:
      let scalars = (0..<5).map { _ in
        Unicode.Scalar(UInt32.random(in: 0...0x2FFF, using: &random)) ?? "x"
      }
      return .string(String(String.UnicodeScalarView(scalars)))
    case 4: return .array((0..<3).map { _ in randomValue(&random, depth: depth + 1) })
    default:
      return .object(
        (0..<3).map { JSONMember("k\($0)", randomValue(&random, depth: depth + 1)) })
    }
  }
}
