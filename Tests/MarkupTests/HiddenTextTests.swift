import Testing

@testable import Markup

@Suite struct HiddenTextTests {
  static func read(_ html: String) -> (text: String, hidden: [String], reasons: [HiddenText.Reason])
  {
    let document = Document(decodedHTML: Array(html.utf8))
    return (
      String(decoding: document.text, as: UTF8.self),
      document.hidden.map { String(decoding: $0.text, as: UTF8.self) },
      document.hidden.map(\.reason)
    )
  }

  static let cases: [(html: String, text: String, reason: HiddenText.Reason)] = [
    ("a<span hidden>x</span>b", "ab", .hiddenAttribute),
    ("a<div style='display:none'>x</div>b", "ab", .display),
    ("a<p style='DISPLAY : none !important'>x</p>b", "ab", .display),
    ("a<div style='color:red;/* */display/**/:none'>x</div>b", "ab", .display),
    ("a<b style='visibility:hidden'>x</b>b", "ab", .visibility),
    ("a<b style='font-size:0'>x</b>b", "ab", .fontSize),
    ("a<b style='font-size:.5px'>x</b>b", "ab", .fontSize),
    ("a<b style='font:0/0 a'>x</b>b", "ab", .fontSize),
    ("a<b style='opacity:0.0'>x</b>b", "ab", .opacity),
    ("a<b style='text-indent:-9999px'>x</b>b", "ab", .offscreen),
    ("a<b style='color:#fff;background:#FFFFFF'>x</b>b", "ab", .sameColour),
    (
      "<div style='background-color:rgb(255,255,255)'>a<font color=white>x</font>b</div>", "ab",
      .sameColour
    ),
    ("<table bgcolor=#000000><tr><td>a<font color=black>x</font>b</table>", "ab", .sameColour),
    ("a<b style='color:rgba(0,0,0,0)'>x</b>b", "ab", .sameColour),
    ("a<b aria-hidden=true>x</b>b", "ab", .ariaHidden),
    ("a<b ARIA-HIDDEN=' True '><i aria-hidden=false>x</i></b>b", "ab", .ariaHidden),
    ("a<div aria-hidden='true'>x</div>b", "a\nb", .ariaHidden),
    ("a<svg aria-hidden='true'><text>x</text></svg>b", "ab", .ariaHidden),
    ("a<b aria-hidden=true style='display:none'>x</b>b", "ab", .display),
    ("a<dialog>x</dialog>b", "ab", .element),
    ("a<video>x</video>b", "ab", .element),
    ("a<iframe>x</iframe>b", "ab", .element),
    ("a<noembed>x</noembed>b", "ab", .element),
    ("a<noframes>x</noframes>b", "ab", .element),
    ("<title>t</title>a<title>x</title>b", "ab", .element),
    ("<title>t</title>a<title>&#x78;</title>b", "ab", .element),
    ("a<svg><symbol><title>x</title></symbol></svg>b", "ab", .element),
    ("<div><b style='display:none'>x</div>", "", .display),
  ]

  @Test(arguments: cases)
  func isKeptApart(_ html: String, _ text: String, _ reason: HiddenText.Reason) {
    let found = Self.read(html)
    #expect(found.text == text)
    #expect(found.hidden == ["x"])
    #expect(found.reasons == [reason])
  }

  static let shown = [
    "<b style='display:block'>x</b>", "<b style='opacity:0.9'>x</b>",
    "<b style='font-size:12px'>x</b>", "<b style='font:700 12px a'>x</b>",
    "<b style='color:#fff'>x</b>", "<b style='color:#fff;background:#fff url(p.png)'>x</b>",
    "<b aria-hidden=false>x</b>", "<b aria-hidden>x</b>", "<body aria-hidden=true>x",
    "<dialog open>x</dialog>", "<details>x</details>",
    "<b style='visibility:hidden'><i style='visibility:visible'>x</i></b>",
    "<b style='font-size:0'><i style='font-size:10px'>x</i></b>",
    "<body style='display:none'>x", "<html style='opacity:0'>x",
    "<b hidden style='display:block'>x</b>",
    "<b style='color:white;background:white'><a href=y>x</a></b>",
    "<b style='display:none'></b>x",
  ]

  @Test(arguments: shown)
  func whatIsShownIsText(_ html: String) {
    #expect(Self.read(html).text == "x")
    #expect(Self.read(html).hidden.isEmpty)
  }

  /// What stands in for a frame is text to the tokenizer, and no content of the page.
  @Test func framesHideTheirMarkup() {
    let found = Self.read("<div itemscope><b itemprop=a>y<iframe><i>x</i>&amp;</iframe></b></div>")
    #expect(found.text == "y")
    #expect(found.hidden == ["<i>x</i>&amp;"])
    let inert = Self.read("a<template><iframe>x</iframe><title>y</title></template>b")
    #expect(inert.hidden.isEmpty)
  }

  /// Browsers reopen a formatting element that a block closed, with its style.
  @Test func formattingReopensHidden() {
    let found = Self.read("a<div><b style='display:none'>x</div>y<p>z</b>b")
    #expect(found.text == "a\nb")
    #expect(found.hidden == ["x\ny\nz"])
  }

  @Test func misnestedEndTagEndsTheStyle() {
    let found = Self.read("<i style='display:none'>x<div>y</i>z</div>w")
    #expect(found.text == "z\nw")
  }

  @Test func placesAreOffsetsInTheText() {
    let document = Document(decodedHTML: Array("<p>one<b hidden>x</b><p>two<b hidden>y</b>".utf8))
    #expect(document.hidden.map(\.at) == [3, 7])
  }
}
