import CrawlFrontier
import Foundation
import Testing
import WebAddress

/// Cases that Google published for parsers of robots.txt, as text protos.
@Suite(.enabled(if: RobotsConformance.isPresent, "no conformance files here"))
struct RobotsConformanceTests {
  /// Where the suite differs from the standard, we follow the standard.
  static func deviates(_ name: String, _ url: String) -> Bool {
    switch name {
    // The suite asks callers to encode URLs; addresses here cannot be anything else.
    case "non-ascii-paths" where url.hasSuffix("/ツ"): true
    // RFC 9309 section 2.2.2: encoded unreserved octets are decoded before they are compared.
    case "non-ascii-paths" where url.hasSuffix("/baz"): true
    // A rule for /x/index.html says nothing of /x/ in the standard.
    case "index-page" where url.hasSuffix("/allowed-slash/"): true
    // Not addresses at all.
    case "empty-string": url.isEmpty
    // RFC 9309 section 2.2.2: /robots.txt is always allowed.
    default: url.hasSuffix("/robots.txt")
    }
  }

  @Test(arguments: RobotsConformance.files)
  func file(_ path: String) throws {
    let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    let cases = try RobotsConformance.cases(Array(Data(contentsOf: URL(fileURLWithPath: path))))
    #expect(!cases.isEmpty)
    for item in cases where !Self.deviates(name, item.url) {
      let page = try #require(Address(item.url), "\(item.url)")
      let verdict = RobotsRules(parsing: item.robots).verdict(for: page, agent: item.agent)
      #expect(verdict.isAllowed == item.isAllowed, "\(name): \(item.url) for \(item.agent)")
    }
  }

  @Test func whatIsLeftOutIsCounted() throws {
    var kept = 0
    var left = 0
    for path in RobotsConformance.files {
      let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
      for item in try RobotsConformance.cases(Array(Data(contentsOf: URL(fileURLWithPath: path)))) {
        if Self.deviates(name, item.url) { left += 1 } else { kept += 1 }
      }
    }
    #expect(kept > 300 && left < 40, "\(kept) cases, \(left) left out")
  }
}

enum RobotsConformance {
  struct Case {
    var robots: [UInt8]
    var url: String
    var agent: String
    var isAllowed: Bool
  }

  static let folder =
    (ProcessInfo.processInfo.environment["ADWATCH_DATA_SETS"] ?? "../shared/data")
    + "/conformance/robots"
  static let files: [String] = {
    let all = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return all.filter { $0.hasSuffix(".textproto") }.sorted().map { folder + "/" + $0 }
  }()
  static var isPresent: Bool { !files.isEmpty }

  /// Reads the fields that matter: `name: "string" "string"…` and `name: WORD`, in order.
  static func cases(_ text: [UInt8]) throws -> [Case] {
    var result: [Case] = []
    var current = Case(robots: [], url: "", agent: "", isAllowed: false)
    var index = 0
    while let (name, value) = field(text, &index) {
      switch name {
      case "robotstxt": current.robots = value
      case "testurl": current.url = String(decoding: value, as: UTF8.self)
      case "useragent": current.agent = String(decoding: value, as: UTF8.self)
      case "expected_outcome":
        current.isAllowed = value == bytes("ALLOWED")
        result.append(current)
      default: break
      }
    }
    return result
  }

  private static func field(_ text: [UInt8], _ index: inout Int) -> (String, [UInt8])? {
    while index < text.count {
      if text[index] == UInt8(ascii: "#") {
        while index < text.count, text[index] != 10 { index += 1 }
      } else if isWord(text[index]) {
        let start = index
        while index < text.count, isWord(text[index]) { index += 1 }
        let name = String(decoding: text[start..<index], as: UTF8.self)
        guard index < text.count, text[index] == UInt8(ascii: ":") else { continue }
        index += 1
        return (name, value(text, &index))
      } else {
        index += 1
      }
    }
    return nil
  }

  private static func value(_ text: [UInt8], _ index: inout Int) -> [UInt8] {
    var result: [UInt8] = []
    var isQuoted = false
    while index < text.count {
      while index < text.count, text[index] <= 32 { index += 1 }
      guard index < text.count, text[index] == UInt8(ascii: "\"") else { break }
      isQuoted = true
      index += 1
      while index < text.count, text[index] != UInt8(ascii: "\"") {
        result.append(text[index] == UInt8(ascii: "\\") ? escape(text, &index) : text[index])
        index += 1
      }
      index += 1
    }
    if !isQuoted {
      while index < text.count, isWord(text[index]) {
        result.append(text[index])
        index += 1
      }
    }
    return result
  }

  private static func escape(_ text: [UInt8], _ index: inout Int) -> UInt8 {
    index += 1
    switch text[index] {
    case UInt8(ascii: "n"): return 10
    case UInt8(ascii: "r"): return 13
    case UInt8(ascii: "t"): return 9
    case UInt8(ascii: "x"):
      let digits = String(decoding: text[(index + 1)...(index + 2)], as: UTF8.self)
      index += 2
      return UInt8(digits, radix: 16) ?? 0
    default: return text[index]
    }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (97...122).contains(byte) || (65...90).contains(byte) || byte == UInt8(ascii: "_")
  }
}
