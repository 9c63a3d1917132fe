import Foundation
import Testing
import Vocabulary

@testable import Extraction

/// Labelled texts of ours, a file a kind, measured against floors that are pinned beside them.
///
/// A line has hints (form, country, language; `-` for none), the text with `\n` for line ends, and
/// what is expected in it, parted by ` | `.
struct Corpus {
  struct Case {
    var form: Form?
    var country: String?
    var language: String?
    var text: String
    var expected: [String]
  }

  struct Floor: CustomTestStringConvertible {
    var kind: String
    var precision: Double
    var recall: Double
    var testDescription: String { kind }
  }

  private static let folder = Bundle.module.resourceURL?.appendingPathComponent("Corpus")

  private static func lines(_ name: String) -> [[String]] {
    guard let folder,
      let text = try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    else { return [] }
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }

  static let floors: [Floor] = lines("floors.tsv").compactMap { fields in
    guard fields.count == 3, let precision = Double(fields[1]), let recall = Double(fields[2])
    else { return nil }
    return Floor(kind: fields[0], precision: precision, recall: recall)
  }

  static func cases(_ kind: String) -> [Case] {
    lines(kind + ".tsv").compactMap { fields in
      guard fields.count >= 2 else { return nil }
      var test = Case(
        text: fields[1].replacing("\\n", with: "\n"),
        expected: fields.count > 2 && !fields[2].isEmpty
          ? fields[2].components(separatedBy: " | ") : [])
      for hint in fields[0].split(separator: ",") where hint != "-" {
        if let form = Form(rawValue: String(hint)) {
          test.form = form
        } else if hint.first?.isUppercase == true {
          test.country = String(hint)
        } else {
          test.language = String(hint)
        }
      }
      return test
    }
  }
}

@Suite struct CorpusTests {
  @Test func `every kind has a floor`() {
    let kinds = Set(Corpus.floors.map(\.kind))
    for kind in SelectorKind.allCases where kind != .phone {
      #expect(kinds.contains(kind.rawValue))
    }
    for kind in FactKind.allCases { #expect(kinds.contains(kind.rawValue)) }
    for trait in ["perspective", "persons", "names", "language"] { #expect(kinds.contains(trait)) }
  }

  @Test(arguments: Corpus.floors) func `precision and recall hold`(floor: Corpus.Floor) {
    let cases = Corpus.cases(floor.kind)
    #expect(cases.count >= 60, "\(cases.count) cases")
    #expect(cases.count { $0.expected.isEmpty } >= 6 || floor.kind == "perspective", "near misses")
    var score = Score()
    var wrong: [String] = []
    for test in cases {
      let found = CorpusReader.read(floor.kind, test)
      score.add(found: found, expected: test.expected)
      if found.sorted() != test.expected.sorted() {
        wrong.append("\(test.text.debugDescription): \(found), not \(test.expected)")
      }
    }
    let figures =
      "\(floor.kind): \(cases.count) texts, precision \(score.precision), recall \(score.recall)"
    print(figures)
    if ProcessInfo.processInfo.environment["CORPUS_MISSES"] != nil {
      print(wrong.joined(separator: "\n"))
    }
    #expect(score.precision >= floor.precision, "\(wrong.joined(separator: "\n"))")
    #expect(score.recall >= floor.recall, "\(wrong.joined(separator: "\n"))")
  }
}

/// What the product finds of a kind, as the corpus writes it.
enum CorpusReader {
  static func read(_ kind: String, _ test: Corpus.Case) -> [String] {
    let text = Array(test.text.utf8)
    let whole = [0..<text.count]
    let regions = PhoneRegions(country: test.country, domain: nil, language: test.language)
    if kind == "language" {
      return LanguageDetector.blocks(in: text, whole).map(\.language)
    }
    let selectors = SelectorFinder.find(in: text, regions: regions)
    if let kind = SelectorKind(rawValue: kind) {
      return selectors.filter { $0.kind == kind }.map(\.value)
    }
    let masks = RangeSet.normalised(selectors.filter { $0.kind != .handle }.map(\.range))
    let tokens = FactTokens.read(text, 0..<text.count)
    let facts = FactFinder.find(
      in: text, tokens: tokens, form: test.form, masks: masks, countries: regions.codes)
    if let kind = FactKind(rawValue: kind) {
      return facts.filter { $0.kind == kind }.map(describe)
    }
    let traits = TraitReader.read(
      tokens, text: text, content: whole, language: test.language, form: test.form, facts: facts)
    switch kind {
    case "persons": return traits.persons.map { ["\($0)"] } ?? []
    case "names": return traits.names
    default:
      let perspective = traits.perspective
      return [("i", perspective.i), ("we", perspective.we), ("they", perspective.they)]
        .filter { $0.1 > 0 }.map { "\($0.0) \($0.1)" }
    }
  }

  private static func number(_ value: Double) -> String {
    value == value.rounded() ? "\(Int(value))" : "\(value)"
  }

  private static func describe(_ fact: Fact) -> String {
    var text: String
    switch fact.value {
    case .number(let value): text = number(value)
    case .text(let value): text = value
    }
    if let max = fact.max { text += "-" + number(max) }
    if let currency = fact.currency { text += " " + currency }
    if let minutes = fact.minutes { text += " \(minutes)min" }
    if let period = fact.period { text += " /\(period)" }
    return text
  }
}
