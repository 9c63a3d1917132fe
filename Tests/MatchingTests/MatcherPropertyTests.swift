import Foundation
import Matching
import Testing

/// The filtered engine gives exactly what brute force gives.
@Suite struct MatcherPropertyTests {
  private func compare(_ matcher: Matcher, _ text: [UInt8], _ note: String) {
    let filtered = matcher.match(text)
    let exhaustive = matcher.match(text, mode: .exhaustive)
    #expect(
      filtered.hits == exhaustive.hits,
      "\(note) in \(String(decoding: text, as: UTF8.self).debugDescription)")
    #expect(filtered.cancelled == exhaustive.cancelled)
    #expect(Set(filtered.limited).isSubset(of: exhaustive.limited))
  }

  @Test(arguments: PatternView.allCases)
  func generatedPatternsAndTexts(_ view: PatternView) throws {
    var random = Generator(seed: view == .plain ? 11 : 12)
    var hits = 0
    for _ in 0..<250 {
      var sources: [String] = []
      while sources.count < 6 {
        let source = PatternMaker.pattern(&random)
        guard (try? Packs.matcher([source])) != nil else { continue }
        sources.append(source)
      }
      let unless = Bool.random(using: &random) ? ["in|girl"] : []
      let matcher = try Packs.matcher(sources, unless: unless, view: view)
      for _ in 0..<8 {
        let text = PatternMaker.text(&random)
        compare(matcher, text, "\(sources)")
        hits += matcher.match(text).hits.count
      }
    }
    #expect(hits > 2000)
  }

  /// Every shipped pack and the bench patterns, over examples, mutated.
  @Test(.enabled(if: !ShippedPatterns.sources.isEmpty))
  func shippedPatterns() throws {
    let sources = ShippedPatterns.sources.filter { (try? Packs.matcher([$0])) != nil }
    let matcher = try Packs.matcher(sources)
    var random = Generator(seed: 5)
    for text in ShippedPatterns.texts.prefix(400) {
      compare(matcher, Array(text.utf8), "shipped")
      compare(matcher, PatternMaker.mutate(Array(text.utf8), &random), "shipped")
    }
  }

  @Test func manyOccurrencesOfALiteral() throws {
    let matcher = try Packs.matcher(["girl\\d", "(?:new|my)?.{0,200}girl\\b", "x.*girl"])
    compare(matcher, Array(String(repeating: "girl ", count: 3000).utf8), "repeated")
    let far = (0..<300).map { "girl\($0 % 7 == 0 ? "5" : "x")" + String(repeating: "·", count: 90) }
    compare(matcher, Array(far.joined().utf8), "apart")
  }
}

/// What is shipped under `Patterns/`, and the frozen bench set where it is at hand.
enum ShippedPatterns {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private static let libraries: PatternLibrary? = {
    let directory =
      ProcessInfo.processInfo.environment["ADWATCH_PATTERNS"]
      ?? root.appending(path: "Patterns").path
    guard let files = try? PackFiles.read(directory: directory), !files.isEmpty else { return nil }
    return try? PatternLibrary(files: files)
  }()

  private static let bench: [String] = {
    let data =
      ProcessInfo.processInfo.environment["ADWATCH_DATA_SETS"]
      ?? root.deletingLastPathComponent().appending(path: "shared/data").path
    let file = URL(filePath: data).deletingLastPathComponent()
      .appending(path: "bench/patterns-200.txt")
    return (try? String(contentsOf: file, encoding: .utf8))?.split(separator: "\n").map(String.init)
      ?? []
  }()

  static let sources: [String] =
    (libraries?.packs.flatMap(\.indicators).flatMap(\.patterns).map(\.source) ?? []) + bench

  static let texts: [String] =
    (libraries?.packs.flatMap(\.indicators).flatMap(\.examples.values)
      .flatMap { $0.match + $0.miss }.map(\.text) ?? [])
    + bench.map { pattern in
      // What a pattern says without its syntax comes near to what it matches.
      String(pattern.filter { $0.isLetter || $0.isNumber || " .@+€-".contains($0) })
        .replacing("s+", with: " ").replacing("b", with: " ")
    }
}

/// A small generator with a seed, so that a failure can be seen again.
struct Generator: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    var value = state
    value = (value ^ value >> 33) &* 0xFF51_AFD7_ED55_8CCD
    return value ^ value >> 33
  }
}

/// Makes patterns and texts out of the same few words, so that matches are common.
enum PatternMaker {
  private static let words = [
    "girl", "new", "in", "town", "passport", "Kiss", "straße", "паспорт", "сайт", "σας", "ſ", "İ",
    "ı", "é", "e\u{301}", "ａｂ", "24", "٣", "50", "€", "@", "a", "b", "x", "st", "ß", "𝐚", "日本",
  ]
  private static let spaces = [
    " ", "  ", "\n", "\u{A0}", "\t", "\u{3000}", " \n ", "\u{180E}", "", " \u{A0}", "\u{3000}\n",
  ]

  static func pattern(_ random: inout Generator) -> String {
    (0..<Int.random(in: 1...4, using: &random)).map { _ in part(&random, 2) }.joined()
  }

  private static func part(_ random: inout Generator, _ depth: Int) -> String {
    let word = words.randomElement(using: &random) ?? "a"
    let other = words.randomElement(using: &random) ?? "b"
    switch Int.random(in: 0..<26, using: &random) {
    case 0...5: return word
    case 6, 24: return "\\s+"
    case 7: return "\\s*"
    case 8: return "\\b"
    case 9: return ".{0,\(Int.random(in: 1...9, using: &random))}"
    case 10: return "[\(word)\(other)]"
    case 11: return "[^\(word)]"
    case 12: return "\\d{1,2}"
    case 13: return "\\w+?"
    case 14: return "(?<!\(word))"
    case 15: return "(?=.{0,3}\(word))"
    case 16: return "[\\s.-]{0,2}"
    case 17 where depth > 0: return "(\(part(&random, depth - 1)))\\1?"
    case 18 where depth > 0:
      return "(?:\(part(&random, depth - 1))|\(part(&random, depth - 1))|\(word))"
    case 19 where depth > 0: return "(?:\(part(&random, depth - 1)))?"
    case 20 where depth > 0: return "(?:\(part(&random, depth - 1))){1,3}"
    case 21 where depth > 0: return "(?>\(part(&random, depth - 1)))+"
    case 22: return "\\s"
    case 23: return "\\K"
    default: return "\(word)?"
    }
  }

  static func text(_ random: inout Generator) -> [UInt8] {
    var text = ""
    for _ in 0..<Int.random(in: 0...30, using: &random) {
      let word = words.randomElement(using: &random) ?? ""
      switch Int.random(in: 0..<4, using: &random) {
      case 0: text += word.uppercased()
      case 1: text += word.lowercased()
      default: text += word
      }
      text += spaces.randomElement(using: &random) ?? ""
      if Int.random(in: 0..<6, using: &random) == 0 {
        text += ".-!".randomElement(using: &random).map(String.init) ?? ""
      }
    }
    let bytes = Array(text.utf8)
    return Int.random(in: 0..<4, using: &random) == 0 ? mutate(bytes, &random) : bytes
  }

  /// Damages a text so that it is no longer UTF-8 everywhere.
  static func mutate(_ text: [UInt8], _ random: inout Generator) -> [UInt8] {
    guard !text.isEmpty else { return text }
    var text = text
    for _ in 0..<(1 + text.count / 20) {
      let index = Int.random(in: 0..<text.count, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: text[index] = UInt8.random(in: .min ... .max, using: &random)
      case 1: text.insert(UInt8.random(in: 0x80 ... .max, using: &random), at: index)
      default: if text.count > 1 { text.remove(at: index) }
      }
    }
    return text
  }
}
