import Foundation
import Testing

@testable import Markup

/// Pages of extruct's tests, whose expected JSON stands beside them.
@Suite struct StructuredDataConformanceTests {
  static let folder = "conformance/structured-data/tests/samples"

  /// JSON-LD blocks, compared as values: order of members does not count.
  @Test(.enabled(if: DataSets.has(folder), "extruct's pages are not beside the project"))
  func jsonLDAgrees() throws {
    var compared = 0
    for file in DataSets.files(Self.folder, endingIn: ".jsonld") {
      let page = String(file.dropLast(".jsonld".count)) + ".html"
      guard DataSets.has(page) else { continue }
      let document = Document(bytes: try DataSets.bytes(page), declaredEncoding: "utf-8")
      let found = document.jsonLD.flatMap(\.list).filter { $0.members != nil }
      let foundBytes = Data(JSONValue.array(found).serialized)
      let foundObject = try JSONSerialization.jsonObject(with: foundBytes) as? NSArray
      let expected = try JSONSerialization.jsonObject(with: Data(try DataSets.bytes(file)))
      // Pages with several extractions name this one; others hold a list of blocks.
      guard expected is NSArray else { continue }
      compared += 1
      #expect(foundObject == (expected as? NSArray), "\(file)")
    }
    #expect(compared > 5)
  }

  /// Types and property names of microdata, item by item.
  @Test(.enabled(if: DataSets.has(folder), "extruct's pages are not beside the project"))
  func microdataAgrees() throws {
    var compared = 0
    for file in DataSets.files("\(Self.folder)/schema.org", endingIn: ".json") {
      let page = String(file.dropLast(".json".count)) + ".html"
      guard DataSets.has(page) else { continue }
      let json = try JSONSerialization.jsonObject(with: Data(try DataSets.bytes(file)))
      // The expected files of other extractions hold an object.
      guard let expected = json as? [[String: Any]] else { continue }
      let document = Document(bytes: try DataSets.bytes(page), declaredEncoding: "utf-8")
      let items = document.microdata.filter { $0.syntax == .microdata }
      compared += 1
      #expect(items.map(Self.outline) == expected.map(Self.outline), "\(file)")
    }
    #expect(compared > 5)
  }

  /// Where extruct's tests say that a page was: it resolves addresses, a document has them as written.
  static let bases = [
    "w3c/microdata.7.1": "http://blog.example.com/progress-report",
    "w3c/microdata.object": "http://www.example.com/microdata/",
  ]

  /// The values of microdata, property by property, with those that `itemref` names; white space
  /// does not count.
  @Test(.enabled(if: DataSets.has(folder), "extruct's pages are not beside the project"))
  func microdataValuesAgree() throws {
    var equal = 0
    var references = 0
    for file in DataSets.files(Self.folder, endingIn: ".json") {
      let name = String(file.dropFirst(Self.folder.count + 1).dropLast(".json".count))
      let page = "\(Self.folder)/\(name).html"
      // Of the flat files the items are not in each other.
      guard DataSets.has(page), !file.contains("flat") else { continue }
      let json = try JSONSerialization.jsonObject(with: Data(try DataSets.bytes(file)))
      let items = (json as? [String: Any])?["microdata"] ?? json
      let bytes = try DataSets.bytes(page)
      let source = String(decoding: bytes, as: UTF8.self)
      guard let expected = items as? [[String: Any]], source.contains("itemscope"),
        expected.contains(where: { $0["properties"] is [String: Any] })
      else { continue }
      let document = Document(bytes: bytes, declaredEncoding: "utf-8")
      let base = Self.bases[name].flatMap { URL(string: $0) }
      let found = document.microdata.filter { $0.syntax == .microdata }.flatMap {
        Self.values(of: $0, in: "", base: base)
      }
      let wanted = expected.flatMap { Self.values(of: $0, in: "") }
      #expect(found.sorted() == wanted.sorted(), "\(file)")
      equal += 1
      if source.contains("itemref") { references += 1 }
    }
    #expect(equal >= 22)
    #expect(references >= 3)
  }

  static func values(of item: MicrodataItem, in path: String, base: URL?) -> [String] {
    item.properties.flatMap { property -> [String] in
      let place = "\(path)/\(property.name)"
      switch property.value {
      case .text(let text):
        // extruct writes the attributes of such an input as an object.
        if property.name.hasSuffix("-input") { return [] }
        let isAddress = base != nil && ["url", "object"].contains(property.name)
        let value = isAddress ? URL(string: text, relativeTo: base)?.absoluteString : text
        return ["\(place)=\((value ?? text).filter { !$0.isWhitespace })"]
      case .item(let inner): return values(of: inner, in: place, base: base)
      }
    }
  }

  static func values(of item: [String: Any], in path: String) -> [String] {
    (item["properties"] as? [String: Any] ?? [:]).flatMap { name, value in
      (value as? [Any] ?? [value]).flatMap { single -> [String] in
        // An item that stands elsewhere already comes as null.
        if single is NSNull { return [] }
        if let inner = single as? [String: Any] { return values(of: inner, in: "\(path)/\(name)") }
        return ["\(path)/\(name)=\("\(single)".filter { !$0.isWhitespace })"]
      }
    }
  }

  /// Open Graph as extruct reads it, property by property, in order.
  @Test(.enabled(if: DataSets.has(folder), "extruct's pages are not beside the project"))
  func openGraphAgrees() throws {
    var compared = 0
    for file in DataSets.files("\(Self.folder)/misc", endingIn: "_test.json") {
      let page = String(file.dropLast(".json".count)) + ".html"
      guard DataSets.has(page) else { continue }
      let json = try JSONSerialization.jsonObject(with: Data(try DataSets.bytes(file)))
      guard let graphs = json as? [[String: Any]], graphs.first?["namespace"] != nil,
        let pairs = graphs[0]["properties"] as? [[Any]]
      else { continue }
      compared += 1
      let expected = pairs.map { "\($0[0])=\($0[1])" }
      // extruct names the vocabularies whose properties it gives; others are left out.
      let spaces = (graphs[0]["namespace"] as? [String: String] ?? [:]).keys.map { $0 + ":" }
      let document = Document(bytes: try DataSets.bytes(page), declaredEncoding: "utf-8")
      let found = document.meta.filter { entry in
        entry.kind == .property && spaces.contains { entry.name.hasPrefix($0) }
      }
      #expect(found.map { "\($0.name)=\($0.content)" } == expected, "\(file)")
    }
    #expect(compared >= 2)
  }

  static func outline(_ item: MicrodataItem) -> String {
    let properties = item.properties.map { property in
      switch property.value {
      case .text: property.name
      case .item(let inner): "\(property.name)=\(outline(inner))"
      }
    }
    return "\(item.types.joined(separator: " "))[\(properties.sorted().joined(separator: ","))]"
  }

  static func outline(_ item: [String: Any]) -> String {
    let types = item["type"] as? [String] ?? [item["type"] as? String ?? ""]
    var properties: [String] = []
    for (name, value) in item["properties"] as? [String: Any] ?? [:] {
      for single in value as? [Any] ?? [value] {
        // extruct writes the value of an input as an object of its attributes.
        let inner = (single as? [String: Any]).flatMap { $0["type"] == nil ? nil : $0 }
        properties.append(inner.map { "\(name)=\(outline($0))" } ?? name)
      }
    }
    return "\(types.joined(separator: " "))[\(properties.sorted().joined(separator: ","))]"
  }
}
