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
    let truths = try ["title", "company", "location", "date_posted"].map { field in
      try truth(folder + "job-monster-\(field).txt")
    }
    var right = [0, 0, 0, 0]
    let pages = DataSets.names("jobs/monster/html")
    for page in pages {
      let document = Document(
        bytes: try DataSets.bytes("jobs/monster/html/" + page), declaredEncoding: nil)
      let found = Extractor.extract(document, hints: PageHints(country: "US", kind: .advert))
      let fields = try #require(found.adverts.first?.fields)
      #expect(found.language == "en")
      let name = String(page.prefix(4))
      for (index, value) in [
        fields.title, fields.employer, fields.place, fields.posted ?? "<NULL>",
      ].enumerated()
      where value == truths[index][name] {
        right[index] += 1
      }
    }
    #expect(right == Array(repeating: pages.count, count: 4))
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

  /// What the schema's examples state, by the number of the example.
  private static let stated: [String: AdvertFields] = [
    "eg-0028": AdvertFields(
      title: "Software Engineer", employer: "ABC Company Inc.", place: "Kirkland, WA",
      posted: "2011-10-31", wage: "USD 100000", hours: "40 hours per week",
      employment: "Full-time"),
    "eg-0251": AdvertFields(title: "Mobile App Developer", employer: "ACME Software"),
    "eg-0268": AdvertFields(title: "Telecommute from anywhere in USA!", place: "USA"),
    "eg-0280": AdvertFields(title: "Systems Research Engineer"),
    "eg-0281": AdvertFields(title: "Junior software developer", employer: "ACME Corp."),
    "eg-0283": AdvertFields(title: "electrician"),
    "eg-0284": AdvertFields(title: "Stone mason"),
    "eg-0285": AdvertFields(title: "Systems Research Engineer", contact: "info@example.com"),
    "eg-0286": AdvertFields(title: "Systems Research Engineer"),
    "eg-0287": AdvertFields(title: "Systems Research Engineer"),
  ]

  @Test func `every example of the schema, in every syntax`() throws {
    var score = Score()
    var seen: Set<String> = []
    var wrong: [String] = []
    for name in DataSets.names("jobs/schemaorg") where name.hasSuffix("examples.txt") {
      let text = String(decoding: try DataSets.bytes("jobs/schemaorg/" + name), as: UTF8.self)
      for example in text.components(separatedBy: "TYPES: ").dropFirst() {
        let number = String(example.drop { $0 == "#" }.prefix { $0 != " " && !$0.isNewline })
        for syntax in ["MICRODATA:", "RDFA:", "JSON:"] {
          guard let start = example.range(of: "\n" + syntax) else { continue }
          let rest = example[start.upperBound...]
          let end =
            ["\nMICRODATA:", "\nRDFA:", "\nJSON:"].compactMap { rest.range(of: $0)?.lowerBound }
            .min() ?? rest.endIndex
          let markup = String(rest[..<end])
          guard markup.contains("JobPosting"), markup.contains("<") else { continue }
          let page = extract("<body>" + markup + "</body>", PageHints(kind: .advert))
          let found = page.adverts.first?.fields ?? AdvertFields()
          guard let expected = Self.stated[number] else {
            wrong.append("\(number) \(syntax) is not labelled: \(found)")
            continue
          }
          seen.insert(number + syntax)
          let before = score
          score.add(found: Self.list(found), expected: Self.list(expected))
          if score.extra + score.missed > before.extra + before.missed {
            wrong.append("\(name) \(number) \(syntax) \(found)")
          }
        }
      }
    }
    let mean = 2 * score.precision * score.recall / (score.precision + score.recall)
    #expect(mean >= 0.95, "F1 \(mean) \(score): \(wrong.joined(separator: "\n"))")
    #expect(seen.count >= 11, "\(seen.sorted())")
  }

  private static func list(_ fields: AdvertFields) -> [String] {
    [
      ("title", fields.title), ("employer", fields.employer), ("place", fields.place),
      ("posted", fields.posted), ("wage", fields.wage), ("hours", fields.hours),
      ("employment", fields.employment), ("contact", fields.contact),
    ].compactMap { name, value in value.map { name + "=" + $0 } }
  }

  @Test func `no page of the collection is taken for a wall`() throws {
    // Read by hand: notices that an advert is gone, and one page that is a 404.
    let truly: Set<String> = [
      "this_post_has_expired_old.html", "this_post_has_expired.html",
      "this_post_has_been_deleted_by_its_author.html", "posting5.html", "notaform.html",
    ]
    let root = DataSets.root.appendingPathComponent("jobs")
    let names =
      FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
    var pages = 0
    for name in names where name.hasSuffix(".html") || name.hasSuffix(".htm") {
      let document = Document(bytes: try DataSets.bytes("jobs/" + name), declaredEncoding: nil)
      let kind = Extractor.extract(document, hints: PageHints()).kind
      let file = name.split(separator: "/").last.map(String.init) ?? name
      #expect((kind == .blocked || kind == .gone) == truly.contains(file), "\(name) \(kind)")
      pages += 1
    }
    #expect(pages >= 90)
  }
}

/// Measured as the collection's own evaluation does it: every segment of text that has to be kept or
/// left out counts once, and a segment is kept where the content has it letter by letter.
@Suite(.enabled(if: DataSets.exists("pages/trafilatura"), "data sets are absent"))
struct ArticlePageTests {
  @Test func `content keeps what it must and leaves out the rest`() throws {
    let data = try #require(
      try DataSets.json("pages/trafilatura/evaldata.json") as? [String: [String: Any]])
    var score = Score()
    var pages = 0
    var others = 0
    var walls: [String] = []
    for entry in data.sorted(by: { $0.key < $1.key }) {
      guard let file = entry.value["file"] as? String,
        let path = ["cache/", "eval/"].map({ "pages/trafilatura/" + $0 + file })
          .first(where: DataSets.exists)
      else { continue }
      let document = Document(bytes: try DataSets.bytes(path), declaredEncoding: nil)
      let address = Address(entry.key)
      let content = ContentFinder.find(
        in: document, outline: Outline(document), host: address?.hostname)
      // Bytes, not characters: these take a minute.
      let own = Data(
        content.own.map { document.text[$0] }.joined(separator: [0x0A]))
      for segment in entry.value["with"] as? [String] ?? [] {
        if own.range(of: Data(segment.utf8)) != nil { score.hits += 1 } else { score.missed += 1 }
      }
      for segment in entry.value["without"] as? [String] ?? []
      where own.range(of: Data(segment.utf8)) != nil {
        score.extra += 1
      }
      pages += 1
      let kind = Extractor.extract(document, hints: PageHints(url: address)).kind
      if kind == .other { others += 1 }
      if kind == .blocked || kind == .gone { walls.append(file) }
    }
    #expect(pages > 950)
    let mean = 2 * score.precision * score.recall / (score.precision + score.recall)
    #expect(mean >= 0.92, "F1 \(mean): \(score)")
    #expect(score.recall >= 0.955, "\(score)")
    #expect(Double(others) >= 0.96 * Double(pages), "\(others) of \(pages)")
    #expect(walls.isEmpty)
  }
}
