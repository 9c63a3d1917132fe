import Foundation
import Markup
import Testing
import Vocabulary
import WebAddress

@testable import Extraction

/// Measured on pages of others; the floors are what was reached, less a little.
@Suite(.enabled(if: DataSets.exists("jobs"), "data sets are absent"))
struct JobBoardTests {
  @Test func `a job board's ground truth`() throws {
    let folder = "jobs/monster/groundtruth/"
    let truths = try ["title", "company", "location"].map { field in
      try truth(folder + "job-monster-\(field).txt")
    }
    var right = [0, 0, 0]
    let pages = DataSets.names("jobs/monster/html")
    for page in pages {
      let document = Document(
        bytes: try DataSets.bytes("jobs/monster/html/" + page), declaredEncoding: nil)
      let found = Extractor.extract(document, hints: PageHints(country: "US", kind: .advert))
      let fields = try #require(found.adverts.first?.fields)
      #expect(found.language == "en")
      let name = String(page.prefix(4))
      for (index, value) in [fields.title, fields.employer, fields.place].enumerated()
      where value == truths[index][name] {
        right[index] += 1
      }
    }
    #expect(right == [pages.count, pages.count, pages.count])
  }

  private func truth(_ path: String) throws -> [String: String] {
    var values: [String: String] = [:]
    for line in String(decoding: try DataSets.bytes(path), as: UTF8.self).split(separator: "\n") {
      let parts = line.split(separator: "\t").map { $0.trimmingCharacters(in: .whitespaces) }
      if parts.count >= 3, parts[0].count == 4 { values[parts[0]] = parts[2] }
    }
    return values
  }

  @Test func `kinds of saved classified pages`() throws {
    var right = 0
    var total = 0
    for folder in ["jobs/craigslist/spec/assets/", "jobs/craigslist/test/post_samples/"] {
      for name in DataSets.names(folder) where name.hasSuffix(".html") {
        let expected: PageKind
        if name.hasPrefix("this_post") || name == "posting5.html" {
          expected = .gone
        } else if name.hasPrefix("listing") {
          expected = .listing
        } else if name.hasPrefix("posting") {
          expected = .advert
        } else {
          continue
        }
        total += 1
        let document = Document(bytes: try DataSets.bytes(folder + name), declaredEncoding: nil)
        if Extractor.extract(document, hints: PageHints(country: "US")).kind == expected {
          right += 1
        }
      }
    }
    // Goods offered without a price have only an address for answers: too little without rules.
    #expect(Double(right) >= 0.75 * Double(total), "\(right) of \(total)")
  }

  @Test func `vacancies in the schema's own examples`() throws {
    var postings = 0
    for name in DataSets.names("jobs/schemaorg") where name.hasSuffix(".txt") {
      let document = Document(
        bytes: try DataSets.bytes("jobs/schemaorg/" + name), declaredEncoding: nil)
      postings += JobPosting.all(in: document).filter { $0.title != nil }.count
    }
    #expect(postings >= 5, "\(postings)")
  }
}

@Suite(.enabled(if: DataSets.exists("pages/trafilatura"), "data sets are absent"))
struct ArticlePageTests {
  @Test func `content keeps what it must, and articles are no adverts`() throws {
    let data = try #require(
      try DataSets.json("pages/trafilatura/evaldata.json") as? [String: [String: Any]])
    var kept = Score()
    var foreign = 0
    var foreignKept = 0
    var pages = 0
    var others = 0
    for (index, entry) in data.sorted(by: { $0.key < $1.key }).enumerated() where index % 9 == 0 {
      guard let file = entry.value["file"] as? String,
        let path = ["cache/", "eval/"].map({ "pages/trafilatura/" + $0 + file })
          .first(where: DataSets.exists)
      else { continue }
      let document = Document(bytes: try DataSets.bytes(path), declaredEncoding: nil)
      let content = ContentFinder.find(in: document, outline: Outline(document))
      let own = content.map { document.string(in: $0) }.joined(separator: "\n")
      let whole = String(decoding: document.text, as: UTF8.self)
      for segment in entry.value["with"] as? [String] ?? [] where whole.contains(segment) {
        if own.contains(segment) { kept.hits += 1 } else { kept.missed += 1 }
      }
      for segment in entry.value["without"] as? [String] ?? [] where whole.contains(segment) {
        foreign += 1
        if own.contains(segment) { foreignKept += 1 }
      }
      pages += 1
      let hints = PageHints(url: Address(entry.key))
      if Extractor.extract(document, hints: hints).kind == .other { others += 1 }
    }
    #expect(pages > 90)
    #expect(kept.recall >= 0.97, "\(kept)")
    #expect(Double(foreignKept) <= 0.40 * Double(foreign), "\(foreignKept) of \(foreign)")
    #expect(Double(others) >= 0.96 * Double(pages), "\(others) of \(pages)")
  }
}
