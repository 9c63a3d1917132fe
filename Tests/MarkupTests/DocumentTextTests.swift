import Testing

@testable import Markup

/// What pages read like.
@Suite struct DocumentTextTests {
  static func text(_ html: String) -> String {
    String(decoding: Document(decodedHTML: Array(html.utf8)).text, as: UTF8.self)
  }

  static let cases: [(html: String, text: String)] = [
    ("<p>one<p>two", "one\ntwo"),
    ("  a \n\t b  ", "a b"),
    ("a<br>b<br><br>c", "a\nb\nc"),
    ("<b>a</b><i>b</i> c", "ab c"),
    ("<div>a<div>b</div>c</div>d", "a\nb\nc\nd"),
    ("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>", "a\nb\nc\nd"),
    ("<dl><dt>k<dd>v<dt>k2<dd>v2</dl>", "k\nv\nk2\nv2"),
    ("<table><tr><td>a<td>b<tr><td>c</td><td>d</td></table>e", "a b\nc d\ne"),
    ("<table><td>a<tr><td>b</table>", "a\nb"),
    ("<pre>a\n  b\r\nc</pre>", "a\nb\nc"),
    ("<textarea>a\n<b>x</b></textarea>", "a\n<b>x</b>"),
    ("<select><option>a<option>b</select>c", "a\nb\nc"),
    ("a<img alt='not this'>b", "ab"),
    ("<title>t</title>a<script>x</script><style>y</style><noscript>z</noscript>b", "ab"),
    ("<template><p>x</template>a<iframe>y</iframe><noembed>z</noembed>", "a"),
    ("<input value=no>a<button>b</button>", "ab"),
    ("a&nbsp;b", "a\u{A0}b"),
    ("a&#32;&#10; b", "a b"),
    ("a\0b", "ab"),
    ("<svg><title>no</title><text>yes</text><style>x</style></svg>b", "yesb"),
    ("<svg><foreignObject><p>a</p></foreignObject></svg>b", "a\nb"),
    ("<svg><title>x</title></svg><p>a", "a"),
    ("<svg><g><p>out</svg>a", "outa"),
    ("<svg><![CDATA[x<b>]]></svg>", "x<b>"),
    ("<math><mi>x</mi><mo>=</mo></math>", "x="),
    ("<p>a</p></body></html>b", "a\nb"),
    ("a</p>b", "a\nb"),
    ("<h1>a</h2>b", "a\nb"),
    ("<td>a<td>b", "a b"),
    ("<!-- a --!>b<!-->c<!--->d<!doctype html>e", "bcde"),
    ("<xmp><b>a</b></xmp>", "<b>a</b>"),
    ("a<plaintext><b>c</plaintext>", "a\n<b>c</plaintext>"),
    ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", "漢kan"),
    ("a <b> b</b> <i>c </i>d", "a b c d"),
    ("< b & c &unknown; &#; &#x;", "< b & c &unknown; &#; &#x;"),
  ]

  @Test(arguments: cases)
  func showsWhatBrowsersShow(_ html: String, _ text: String) {
    #expect(Self.text(html) == text)
  }

  /// What libxml2's HTML parser gets wrong, and people use to hide words from programs.
  static let losses: [(html: String, text: String)] = [
    ("&#128;50 &#150;", "€50 –"),
    ("a&commat;b&period;c &plus;44 &num; &lpar; &dollar;50", "a@b.c +44 # ( $50"),
    ("caf&eacute x &pound50", "café x £50"),
    ("<script src=x />code</script>shown", "shown"),
    ("<textarea><b>x</b></textarea>", "<b>x</b>"),
    ("<html><body>a</body></html><p>after", "a\nafter"),
    ("A<!-->B", "AB"),
    ("<![CDATA[x]]>y", "y"),
    ("<template>x</template>y", "y"),
    ("<script><!--<script>a</script>b</script>c", "c"),
  ]

  @Test(arguments: losses)
  func keepsWhatLibxml2Loses(_ html: String, _ text: String) {
    #expect(Self.text(html) == text)
  }

  @Test func headerBeatsContradictingMeta() {
    let html = "<meta charset=windows-1251><p>caf\u{E9}"
    let document = Document(bytes: Array(html.utf8), declaredEncoding: "utf-8")
    #expect(document.encoding == "utf-8")
    #expect(String(decoding: document.text, as: UTF8.self) == "café")
  }

  @Test func invalidByteIsReplacedAlone() {
    let bytes = Array("<meta charset=utf-8>a".utf8) + [0xFF] + Array("é".utf8)
    let document = Document(bytes: bytes, declaredEncoding: nil)
    #expect(String(decoding: document.text, as: UTF8.self) == "a\u{FFFD}é")
  }

  @Test func deepAndLongTextsStay() {
    let deep = String(repeating: "<div>", count: 3_000) + "x"
    #expect(Self.text(deep) == "x")
    let long = String(repeating: "abcdefghi ", count: 1_200_000)
    #expect(Document(decodedHTML: Array(long.utf8)).text.count == long.utf8.count - 1)
  }

  @Test func offsetsLeadBackToTheSource() {
    let html = "<p>one &commat; <b>two</b>\n\n<p>caf&eacute; three"
    let source = Array(html.utf8)
    let document = Document(decodedHTML: source)
    let text = String(decoding: document.text, as: UTF8.self)
    #expect(text == "one @ two\ncafé three")
    for word in ["one", "two", "caf", "three"] {
      let place = Array(text.utf8).firstRange(of: Array(word.utf8))?.lowerBound ?? -1
      let origin = document.sourceOffset(ofText: place)
      #expect(source[origin...].starts(with: word.utf8), "\(word)")
    }
    #expect(source[document.sourceOffset(ofText: 4)...].starts(with: "&commat;".utf8))
  }

  @Test func plainTextIsTakenAsItIs() {
    let document = Document(plainText: Array("a  <b>\n\n x ".utf8))
    #expect(document.text == Array("a  <b>\n\n x ".utf8))
    #expect(document.sourceOffset(ofText: 5) == 5)
  }

  @Test func disguisedCharactersAreMarked() {
    let document = Document(
      decodedHTML: Array("a &#48;&#x36;12 &amp; &#233; x&commat;y.z &lt;".utf8))
    #expect(String(decoding: document.text, as: UTF8.self) == "a 0612 & é x@y.z <")
    #expect(
      document.marks == [
        TextMark(range: 2..<4, kind: .numericReference),
        TextMark(range: 13..<14, kind: .namedReference),
      ])
  }
}
