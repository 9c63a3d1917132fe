import CrawlFrontier
import Foundation
import Matching
import TestSupport
import Testing
import Vocabulary

/// Holds the JSON Schemas that editors use to what the readers accept.
@Suite struct SchemaTests {
  // MARK: By an independent validator

  private static let hasValidator: Bool =
    Tools.have("python")
    && (try? Tools.run("python", ["-c", "import jsonschema, yaml"]).status) == 0

  @Test(
    .enabled(if: hasValidator, "no python with jsonschema and yaml in ADWATCH_TOOLS"),
    arguments: [
      ("pack", ["Patterns"], ["assessment.yaml", "countries.yaml", "floors.yaml", "sectors.yaml"]),
      ("source", ["Seeds"], []),
      ("assessment", ["Patterns/assessment.yaml"], []),
      ("countries", ["Patterns/countries.yaml"], []),
      ("sectors", ["Patterns/sectors.yaml"], []),
    ])
  func whatIsShippedIsValidAndMisspellingsAreNot(
    _ name: String, _ places: [String], _ without: [String]
  ) throws {
    let files = places.flatMap(Self.files).filter { file in
      !without.contains(where: file.hasSuffix)
    }
    #expect(!files.isEmpty)
    let root = Program.repository.path
    let result = try Tools.run(
      "python",
      ["\(root)/Tests/adwatchTests/Oracles/validate.py", Self.path(name)]
        + files.map { "\(root)/\($0)" })
    #expect(result.status == 0 && result.output.isEmpty, "\(result.output)")
  }

  private static func files(_ place: String) -> [String] {
    guard !place.hasSuffix(".yaml") else { return [place] }
    let root = Program.repository.appendingPathComponent(place).path
    let names = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted().map { "\(place)/\($0)" }
  }

  // MARK: By the readers

  @Test(arguments: [
    ("pack", ["Sources/Matching/PackReader.swift", "Sources/Matching/IndicatorReader.swift"], []),
    (
      "source",
      [
        "Sources/CrawlFrontier/Source+Parsing.swift",
        "Sources/CrawlFrontier/Source+Schedule.swift",
        "Sources/CrawlFrontier/GateStep+Parsing.swift",
        "Sources/CrawlFrontier/Source+Proxy.swift",
      ], []
    ),
    ("countries", ["Sources/Assessment/CountryTable+Reading.swift"], []),
    ("sectors", ["Sources/Assessment/SectorTable+Reading.swift"], []),
    (
      "assessment", ["Sources/Assessment/AssessmentRule+Reading.swift"],
      Strength.allCases.map(\.rawValue) + EvidenceGrade.allCases.map(\.rawValue)
    ),
  ])
  func keysAreThoseOfTheReaders(_ name: String, _ files: [String], _ more: [String]) throws {
    var keys: Set<String> = []
    for file in files {
      let source = try String(
        contentsOf: Program.repository.appendingPathComponent(file), encoding: .utf8)
      for list in source.matches(of: #/\bkeys(?: =|:) \[([^\]]*)\]/#) {
        for word in list.1.matches(of: #/"([a-z0-9_]+)"/#) { keys.insert(String(word.1)) }
      }
    }
    let described = Self.properties(of: try Self.schema(name))
    #expect(keys.subtracting(described) == [], "in the reader only")
    #expect(described.subtracting(keys).subtracting(more) == [], "in the schema only")
  }

  @Test func vocabulariesAreThoseOfTheProgram() throws {
    let pack = try Self.schema("pack")
    let source = try Self.schema("source")
    let enumerations: [(Any?, [String])] = [
      (Self.at(pack, "$defs.indicator.properties.barriers.items.enum"), Self.words(Barrier.self)),
      (Self.at(pack, "$defs.indicator.properties.strength.enum"), Self.words(Strength.self)),
      (Self.at(pack, "$defs.indicator.properties.evidence.enum"), Self.words(EvidenceGrade.self)),
      (Self.at(pack, "$defs.indicator.properties.alone.enum"), Self.words(Solitude.self)),
      (
        Self.at(pack, "$defs.indicator.properties.rests_on.enum"), Self.words(IndicatorBasis.self)
      ),
      (Self.at(pack, "$defs.indicator.properties.lane.enum"), Self.words(IndicatorLane.self)),
      (Self.at(pack, "$defs.pattern.properties.view.enum"), Self.words(PatternView.self)),
      (Self.at(pack, "properties.forms.items.enum"), Self.words(Form.self)),
      (Self.at(source, "properties.form.enum"), Self.words(Form.self)),
      (Self.at(source, "properties.images.enum"), Self.words(Source.ImagePolicy.self)),
      (Self.at(source, "properties.render.enum"), Self.words(Source.RenderPolicy.self)),
      (Self.at(source, "$defs.weekday.enum"), Self.words(Weekday.self)),
    ]
    for (found, expected) in enumerations {
      #expect(Set(found as? [String] ?? []) == Set(expected))
    }
  }

  @Test(arguments: ["pack", "source", "assessment", "countries", "sectors"])
  func everythingIsDescribed(_ name: String) throws {
    let schema = try Self.schema(name)
    #expect(schema["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
    for (key, value) in Self.described(schema) {
      let isDescribed = value["description"] != nil || value["$ref"] != nil
      #expect(isDescribed, "\(key) has no description")
    }
  }

  // MARK: Reading

  private static func path(_ name: String) -> String {
    Program.repository.appendingPathComponent("docs/schemas/adwatch.\(name)-1.json").path
  }

  private static func schema(_ name: String) throws -> [String: Any] {
    let data = try Data(contentsOf: URL(fileURLWithPath: path(name)))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  private static func words<T: RawRepresentable & CaseIterable>(_ type: T.Type) -> [String]
  where T.RawValue == String {
    T.allCases.map(\.rawValue)
  }

  private static func at(_ value: Any, _ path: String) -> Any? {
    path.split(separator: ".").reduce(Optional(value)) { value, key in
      (value as? [String: Any])?[String(key)]
    }
  }

  private static func properties(of value: Any) -> Set<String> {
    Set(described(value).map(\.key))
  }

  /// The properties that a schema describes, at any depth; conditions over them are left out.
  private static func described(_ value: Any) -> [(key: String, value: [String: Any])] {
    if let list = value as? [Any] { return list.flatMap(described) }
    guard let object = value as? [String: Any] else { return [] }
    let own = (object["properties"] as? [String: Any] ?? [:])
      .compactMap { key, value in (value as? [String: Any]).map { (key: key, value: $0) } }
    return own + own.flatMap { described($0.value) }
      + object.filter { !["properties", "if", "then"].contains($0.key) }
      .flatMap { described($0.value) }
  }
}
