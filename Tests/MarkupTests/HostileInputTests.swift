import Testing

@testable import Markup

/// Pages that were written to break the reader of them.
@Suite struct HostileInputTests {
  /// What holds of every document.
  static func check(_ document: Document, _ limits: MarkupLimits = MarkupLimits()) {
    let text = document.text
    let isValid = text.withUnsafeBufferPointer { UTF8Decoding.firstFault($0) == nil }
    #expect(isValid)
    func isBoundary(_ offset: Int) -> Bool {
      offset >= 0 && offset <= text.count && (offset == text.count || text[offset] & 0xC0 != 0x80)
    }
    func isRange(_ range: Range<Int>) -> Bool {
      isBoundary(range.lowerBound) && isBoundary(range.upperBound)
    }
    #expect(document.elements.allSatisfy { isRange($0.range) })
    #expect(document.links.allSatisfy { isRange($0.range) })
    #expect(document.marks.allSatisfy { isRange($0.range) && !$0.range.isEmpty })
    #expect(document.forms.allSatisfy { isRange($0.range) })
    #expect(document.hidden.allSatisfy { isBoundary($0.at) && !$0.text.isEmpty })
    let hiddenIsValid = document.hidden.allSatisfy {
      $0.text.withUnsafeBufferPointer { UTF8Decoding.firstFault($0) == nil }
    }
    #expect(hiddenIsValid)
    #expect(document.images.allSatisfy { isBoundary($0.at) })
    #expect(document.elements.allSatisfy { $0.linkBytes >= 0 && $0.linkBytes <= $0.range.count })
    #expect(text.count <= limits.maximumTextBytes)
    #expect(document.elements.count <= limits.maximumElements)
    #expect(document.links.count <= limits.maximumLinks)
    let runs = document.sourceMap.runs
    #expect(zip(runs, runs.dropFirst()).allSatisfy { $0.text <= $1.text })
    let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)
    if !text.isEmpty {
      #expect(lines.allSatisfy { !$0.isEmpty && $0.first != 0x20 && $0.last != 0x20 })
    }
  }

  @Test func randomBytes() {
    var random = SeededGenerator(1)
    for _ in 0..<400 {
      let bytes = (0..<Int.random(in: 0..<400, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      Self.check(Document(bytes: bytes, declaredEncoding: nil))
      Self.check(Document(decodedHTML: bytes))
    }
  }

  static let pieces: [String] = [
    "<div>", "</div>", "<p>", "</p>", "<a href=x>", "</a>", "<b style='display:none'>", "</b>",
    "<table>", "<tr>", "<td>", "</table>", "</td>", "<li>", "<ul>", "</ul>", "<form>", "</form>",
    "<select>", "<option>", "</select>", "<svg>", "</svg>", "<title>", "</title>", "<math><mi>",
    "</math>", "<foreignObject>", "<template>", "</template>", "<script>", "</script>", "<!--",
    "-->", "<![CDATA[", "]]>", "&#64;", "&amp", "é", "漢", " ", "\n", "x", "yz", "<br>", "<pre>",
    "</pre>", "<i hidden>", "</i>", "<button>", "</button>", "<h1>", "</h2>", "<dl><dt>", "<dd>",
    "<div itemscope>", "<i itemprop=a>", "<font color=red>", "</font>", "<x-y>", "</x-y>", "\0",
    "<textarea>", "</textarea>", "<object>", "</object>", "<caption>", "<p property=a typeof=b>",
    "<img src=a alt=b>", "<input name=a>", "<body hidden>", "</body>", "<iframe src=x>",
    "</iframe>", "<plaintext", "<div class='a b' id=c>", "<nav>", "<nobr>", "<ruby><rt>",
  ]

  @Test func randomMarkup() {
    var random = SeededGenerator(2)
    for round in 0..<1_500 {
      var limits = MarkupLimits()
      if round.isMultiple(of: 3) {
        limits.maximumDepth = Int.random(in: 1...8, using: &random)
        limits.maximumElements = 10
        limits.maximumLinks = 3
        limits.maximumTextBytes = 40
        limits.maximumHiddenBytes = 20
        limits.maximumAttributes = 1
        limits.maximumItems = 2
        limits.maximumFields = 2
        limits.maximumLinkTextBytes = 4
        limits.maximumEmbeddedBytes = 10
      }
      let html = (0..<40).map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined()
      Self.check(Document(decodedHTML: Array(html.utf8), limits: limits), limits)
    }
  }

  /// Inputs whose cost grows with their square in a careless reader.
  static let attacks: [(name: String, html: [UInt8])] = [
    ("nested", repeated("<div>", 100_000)), ("nested inline", repeated("<span>", 30_000)),
    ("links", repeated("<a href=x>", 30_000)), ("formatting", repeated("<p><b>", 25_000)),
    ("styled formatting", repeated("<p><b style=display:none>x", 20_000)),
    ("comments", repeated("<!--", 100_000)), ("dashes", repeated("-", 100_000, "<!--")),
    ("cdata", repeated("<svg><![CDATA[", 25_000)), ("ampersands", repeated("&", 100_000)),
    ("entities", repeated("&CounterClockwiseContourIntegra", 20_000)),
    ("numbers", repeated("&#99999999999999", 15_000)), ("less", repeated("<", 100_000)),
    ("closing", repeated("</div>", 40_000)), ("questions", repeated("<?", 100_000)),
    ("attributes", repeated(" a=b", 100_000, "<p")), ("quotes", repeated("<p a='", 100_000)),
    ("long value", Array("<p title='".utf8) + repeated("x&", 100_000) + Array("'>t".utf8)),
    ("raw", repeated("<textarea></x", 25_000)), ("scripts", repeated("<script><!--", 25_000)),
    ("misnested", repeated("<i><div></i>", 15_000)), ("tables", repeated("<table><td>", 15_000)),
    ("blocked end", Array("<li>".utf8) + repeated("<table><td></li>", 15_000)),
    ("same bucket", repeated("<x1>", 500) + repeated("</y1>", 25_000)),
    ("items", repeated("<i itemscope itemprop=a>x", 15_000)),
    ("captures", Array("<p itemscope>".utf8) + repeated("<i itemprop=a>xyz", 15_000)),
    ("hidden", repeated("<i hidden>x</i>y", 20_000)), ("foreign", repeated("<svg><g>", 25_000)),
    ("foreign ends", Array("<svg>".utf8) + repeated("<g></q>", 25_000)),
    ("forms", repeated("<form></form>", 15_000)), ("json", repeated("[", 100_000, ldJSON)),
    ("json comments", repeated("/*", 100_000, ldJSON)),
    ("doctype", repeated("<!doctype '", 15_000)),
    ("colons", repeated(";:", 100_000, "<p style='") + Array("'>".utf8)),
    ("spaces", repeated(" ", 100_000)), ("selects", repeated("<select><option>", 15_000)),
    ("pre", repeated("<pre>\n", 25_000)), ("nul", repeated("\0", 100_000, "<svg>")),
  ]
  static let ldJSON = "<script type=application/ld+json>"

  static func repeated(_ text: String, _ count: Int, _ start: String = "") -> [UInt8] {
    Array(start.utf8) + Array(repeatElement(Array(text.utf8), count: count).joined())
  }

  @Test(arguments: attacks.indices)
  func costStaysLinear(_ index: Int) {
    let attack = Self.attacks[index]
    let clock = ContinuousClock()
    let time = clock.measure { Self.check(Document(decodedHTML: attack.html)) }
    // In a debug build on a busy machine; squares would take minutes.
    #expect(time < .seconds(20), "\(attack.name)")
  }

  @Test func inputBeyondTheLimitIsCutBetweenScalars() {
    var limits = MarkupLimits()
    for maximum in 0...12 {
      limits.maximumBytes = maximum
      for document in [
        Document(decodedHTML: Array("aé漢😀é".utf8), limits: limits),
        Document(bytes: Array("aé漢😀é".utf8), declaredEncoding: "utf-8", limits: limits),
      ] {
        #expect(document.truncated == (maximum < 12))
        #expect("aé漢😀é".hasPrefix(String(decoding: document.text, as: UTF8.self)))
      }
    }
  }

  @Test func truncationIsTold() {
    var limits = MarkupLimits()
    limits.maximumTextBytes = 5
    let cut = Document(decodedHTML: Array("<p>abcé漢 x".utf8), limits: limits)
    #expect(cut.truncated)
    #expect(String(decoding: cut.text, as: UTF8.self) == "abcé")
    #expect(!Document(decodedHTML: Array("<p>abc".utf8)).truncated)
  }
}
