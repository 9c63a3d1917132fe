import Foundation
import Markup
import Testing
import Vocabulary
import WebAddress
@testable import Extraction
@Test func scratch() throws {
  for i in 0..<10 {
    let d = Document(bytes: try DataSets.bytes("jobs/monster/html/000\(i).htm"), declaredEncoding: nil)
    let p = Extractor.extract(d, hints: PageHints(country: "US", kind: .advert))
    let a = p.adverts.first
    print("MON", i, p.kind, p.language ?? "-", a?.fields as Any, a?.content.map(\.count).reduce(0,+) ?? 0, d.text.count, a?.form as Any)
  }
  func sweep(_ dir: String, _ status: String) throws {
    var kinds: [String: [String]] = [:]
    var n = 0
    let clock = ContinuousClock(); var parse = Duration.zero, ext = Duration.zero; var bytes = 0
    for name in FileManager.default.enumerator(atPath: DataSets.root.appendingPathComponent(dir).path)!.compactMap({ $0 as? String }).sorted() where name.hasSuffix(".html") && !name.hasSuffix("expected.html") {
      n += 1
      if n > 1100 { break }
      let b = try DataSets.bytes(dir + "/" + name)
      var d = Document(plainText: [])
      parse += clock.measure { d = Document(bytes: b, declaredEncoding: nil) }
      bytes += b.count
      var p: PageExtraction?
      ext += clock.measure { p = Extractor.extract(d, hints: PageHints()) }
      kinds["\(p!.kind)", default: []].append(name)
    }
    print("SWEEP", dir, kinds.mapValues(\.count), "parse", parse, "extract", ext, bytes)
    for (k, v) in kinds where k != status { print("  ", k, v.prefix(400).joined(separator: " ")) }
  }
  for dir in (ProcessInfo.processInfo.environment["SWEEP"] ?? "").split(separator: ",") { try sweep(String(dir), "other") }
}
