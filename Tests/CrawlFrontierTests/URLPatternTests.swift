import CrawlFrontier
import Testing
import WebAddress

@Suite struct URLPatternTests {
  @Test(arguments: [
    ("/jobs/*", "/jobs/12", true), ("/jobs/*", "/jobs/", false), ("/jobs/*", "/jobs/1/2", false),
    ("/jobs/*", "/jobs", false), ("/jobs/**", "/jobs/1/2", true), ("/jobs/**", "/jobs/", true),
    ("/jobs/**", "/jobs", false), ("/**/jobs", "/a/b/jobs", true), ("/**jobs", "/jobs", true),
    ("/a*b", "/ab", true), ("/a*b", "/a/b", false), ("/*.html", "/x.html", true),
    ("/*.html", "/.html", true), ("/x", "/x?a=1", true), ("/x", "/X", false), ("/", "/", true),
    ("/x?id=*", "/x?id=5", true), ("/x?id=*", "/x?b=1&id=5", true), ("/x?id=*", "/x?ids=5", false),
    ("/x?id=*", "/x", false), ("/x?a=1&b=2", "/x?b=2&c=3&a=1", true), ("/x?a=1", "/x?a=10", false),
    ("/x?a", "/x?a", true), ("/x?a=", "/x?a=1", false), ("/für-*", "/f%C3%BCr-alle", true),
    ("/a%2fb", "/a%2Fb", true), ("/a.b", "/axb", false),
  ])
  func paths(_ pattern: String, _ path: String, _ matches: Bool) throws {
    let pattern = try URLPattern(pattern)
    #expect(pattern.matches(address("https://jobs.example" + path)) == matches)
  }

  @Test(arguments: [
    ("//jobs.example/*", "http://jobs.example/x", true),
    ("//jobs.example/*", "http://a.jobs.example/x", false),
    ("//*.jobs.example/*", "https://a.b.jobs.example/x", true),
    ("//*.jobs.example/*", "https://jobs.example/x", false),
    ("https://jobs.example/*", "http://jobs.example/x", false),
    ("https://jobs.example/*", "https://jobs.example/x", true),
    ("//127.0.0.1:8080/**", "http://127.0.0.1:8080/x", true),
    ("//127.0.0.1:8080/**", "http://127.0.0.1:8081/x", false),
    ("//jobs.example", "https://jobs.example/", true),
  ])
  func hosts(_ pattern: String, _ text: String, _ matches: Bool) throws {
    #expect(try URLPattern(pattern).matches(address(text)) == matches)
  }

  @Test(arguments: [
    ("/advert/{id}", "/advert/123", "123"), ("/advert/{id}", "/advert/123?ref=x", "123"),
    ("/**-{id}.html", "/nl/work-in-kitchen-99.html", "99"),
    ("/job-{id}-*", "/job-7-cook-wanted", "7"),
    ("/*/{id}.html", "/nl/99.html", "99"), ("/view?id={id}", "/view?lang=nl&id=7", "7"),
    ("/a/{id}/**", "/a/x/y/z", "x"), ("/job-{id}-*", "/job-1-2", "1"),
  ])
  func identifiers(_ pattern: String, _ path: String, _ id: String) throws {
    let found = try URLPattern(pattern).identifier(in: address("https://jobs.example" + path))
    #expect(found == id)
  }

  @Test(arguments: [("/advert/{id}", "/advert/"), ("/advert/{id}", "/advert/1/2"), ("/x", "/x")])
  func noIdentifier(_ pattern: String, _ path: String) throws {
    #expect(try URLPattern(pattern).identifier(in: address("https://jobs.example" + path)) == nil)
  }

  @Test(arguments: [
    "", "jobs/*", "/a b", "/{id}/{id}", "/{name}", "//ho st/", "/x?=1", "/x#y", "//*/",
  ])
  func faults(_ text: String) { #expect(throws: URLPatternError.self) { try URLPattern(text) } }

  @Test func specificityCountsLiterals() throws {
    #expect(try URLPattern("/jobs/page-*").specificity > URLPattern("/jobs/*").specificity)
  }

  @Test(.timeLimit(.minutes(15))) func starsTakeLinearTime() throws {
    let pattern = try URLPattern("/" + String(repeating: "a**", count: 200) + "{id}b")
    let path = "/" + String(repeating: "a", count: 2000)
    #expect(!pattern.matches(address("https://jobs.example" + path)))
  }

  /// Against the plainest matcher there is, on short texts over a small alphabet.
  @Test func agreesWithANaiveMatcher() throws {
    var chance = Chance(state: 3)
    let words = ["a", "b", "/", "*", "**", "-"]
    for _ in 0..<3000 {
      var pattern = "/"
      for _ in 0..<chance.next(6) { pattern += words[chance.next(words.count)] }
      guard !pattern.hasPrefix("//") else { continue }
      var path = "/"
      for _ in 0..<chance.next(7) { path += ["a", "b", "/", "-"][chance.next(4)] }
      guard let page = Address("https://jobs.example" + path), page.pathname == path else {
        continue
      }
      #expect(
        try URLPattern(pattern).matches(page) == naive(bytes(pattern), 0, bytes(path)[...]),
        "\(pattern) \(path)")
    }
  }

  private func naive(_ pattern: [UInt8], _ place: Int, _ text: ArraySlice<UInt8>) -> Bool {
    let star = UInt8(ascii: "*")
    let slash = UInt8(ascii: "/")
    guard place < pattern.count else { return text.isEmpty }
    guard pattern[place] == star else {
      return text.first == pattern[place] && naive(pattern, place + 1, text.dropFirst())
    }
    let rest = pattern[place...].firstIndex { $0 != star } ?? pattern.count
    let isSingle = rest - place == 1
    let isSegment =
      isSingle && pattern[place - 1] == slash && (rest == pattern.count || pattern[rest] == slash)
    var length = isSegment ? 1 : 0
    while length <= text.count {
      if isSingle, text.prefix(length).contains(slash) { return false }
      if naive(pattern, rest, text.dropFirst(length)) { return true }
      length += 1
    }
    return false
  }
}
