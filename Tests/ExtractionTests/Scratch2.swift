import Foundation
import Markup
import Testing
import Vocabulary
import WebAddress
@testable import Extraction
@Test func scratch2() throws {
  for n in ["jobs/craigslist/test/post_samples/brw_reb_1224008903.html","jobs/craigslist/test/post_samples/posting4.html","jobs/craigslist/test/post_samples/posting5.html","pages/readability/test/test-pages/heise/source.html","pages/readability/test/test-pages/ebb-org/source.html", "jobs/craigslist/test/post_samples/posting1.html"] {
    let d = Document(bytes: try DataSets.bytes(n), declaredEncoding: nil)
    let p = Extractor.extract(d, hints: PageHints())
    print("PAGE", n, p.kind, p.adverts.count, p.adverts.first?.title ?? "-", p.adverts.first?.selectors.filter(\.inContent).map(\.value) as Any, p.adverts.first?.facts.filter(\.inContent).map { "\($0.kind) \($0.raw)" } as Any, String(decoding: d.text.prefix(700), as: UTF8.self).replacing("\n", with: "¶"))
  }
}
@Test func scratch3() throws {
  guard let data = try DataSets.json("pages/trafilatura/evaldata.json") as? [String: [String: Any]] else { return }
  var kept = Score(), keptAll = 0, n = 0, foreign = 0, foreignIn = 0, bytes = 0, own = 0
  var kinds: [String: Int] = [:]
  var worst: [String] = []
  for (url, entry) in data.sorted(by: { $0.key < $1.key }) {
    guard let file = entry["file"] as? String else { continue }
    let path = ["pages/trafilatura/cache/", "pages/trafilatura/eval/"].map { $0 + file }.first { DataSets.exists($0) }
    guard let path else { continue }
    n += 1
    if n % 3 != 0 { continue }
    let d = Document(bytes: try DataSets.bytes(path), declaredEncoding: nil)
    let content = ContentFinder.find(in: d, outline: Outline(d))
    bytes += d.text.count; own += content.map(\.count).reduce(0, +)
    let text = content.map { String(decoding: d.text[$0], as: UTF8.self) }.joined(separator: "\n")
    let whole = String(decoding: d.text, as: UTF8.self)
    for s in entry["with"] as? [String] ?? [] where whole.contains(s) {
      keptAll += 1
      if text.contains(s) { kept.hits += 1 } else { kept.missed += 1; worst.append("MISS \(file): \(s)") }
    }
    for s in entry["without"] as? [String] ?? [] where whole.contains(s) {
      foreign += 1
      if text.contains(s) { foreignIn += 1; kept.extra += 1 }
    }
    let p = Extractor.extract(d, hints: PageHints(url: Address(url)))
    kinds["\(p.kind)", default: 0] += 1
    if p.kind != .other { worst.append("KIND \(p.kind) \(file) \(p.adverts.first?.selectors.filter(\.inContent).prefix(3).map(\.value) ?? []) \(p.adverts.first?.facts.filter(\.inContent).prefix(4).map(\.raw) ?? [])") }
  }
  print("TRAF", n, kept, "recall", kept.recall, "foreign kept", foreignIn, "of", foreign, "bytes", own, bytes, kinds)
  for w in worst { print("W", w) }
}
