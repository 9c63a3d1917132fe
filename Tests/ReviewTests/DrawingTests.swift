import Bytes
import Foundation
import Testing
import Vocabulary

@testable import Review

@Suite struct DrawingTests {
  @Test func outlinesAreReadAndPlacesLieInTheirCountries() throws {
    #expect(WorldMap.shared.count > 150)
    // Mercator's own values: the equator, and 85.0511° is half the world's width.
    #expect(abs(WorldMap.northing(0)) < 1e-9)
    #expect(abs(WorldMap.northing(45) + 504.98) < 0.01)
    #expect(WorldMap.northing(89) == WorldMap.northing(84))
    let leiden = WorldMap.Spot(name: "Leiden", latitude: 52.16, longitude: 4.49, weight: 1)
    let drawing = try #require(WorldMap.shared.drawing([leiden], legs: [(0, 5)], label: "m"))
    let shapes = try #require(drawing.context["shapes"] as? [[String: Any]])
    let names = shapes.compactMap { ($0["svgoutline"] as? [String: Any])?["tip"] as? String }
    #expect(names.contains("Netherlands") && names.contains("Belgium"))
    #expect(!names.contains("Japan") && !names.contains("Brazil"))
    #expect(WorldMap.shared.drawing([], legs: [], label: "m") == nil)
  }

  @Test func numbersAreWrittenShortAndSafely() {
    #expect(Drawing.text(1.04) == "1")
    #expect(Drawing.text(-0.26) == "-0.3")
    #expect(Drawing.text(-12.5) == "-12.5")
    #expect(Drawing.text(.nan) == "0")
    #expect(Drawing.text(.infinity) == "0")
    #expect(Drawing.short("abcdef", 3) == "abc…")
  }

  @Test func graphvizSeesNumbersAlone() {
    let picture = NetworkPicture(
      adverts: ["\"];x[label=<b>", "b"],
      nodes: [
        .init(name: "phone\"]", joins: true, ties: [(0, true), (1, true), (7, true)]),
        .init(name: "alone", joins: true, ties: [(0, true)]),
      ])
    #expect(picture.nodes.count == 1, "a node of one advert joins nothing")
    #expect(picture.question.hasSuffix("a0--n0;a1--n0;}"))
    #expect(!picture.question.contains("phone") && !picture.question.contains("<b>"))
  }

  @Test func plainAnswersAreDrawnAndNonsenseIsNot() throws {
    let picture = NetworkPicture(
      adverts: ["a", "b"], nodes: [.init(name: "n", joins: true, ties: [(0, true), (1, true)])])
    let plain = """
      graph 1 4 2
      node a0 1 0.5 1 0.3 "" solid box black lightgrey
      node n0 3 1 1 0.3 "" solid box black lightgrey
      node a9 3 1 1 0.3 "" solid box black lightgrey
      edge a0 n0 4 1 1 2 1 2 1 3 1 solid black
      edge a0 n0 99999999999 1 1 solid black
      edge a0 n0 4 nan 1 2 1 2 1 3 1 solid black
      stop
      """
    let drawing = try #require(picture.drawing(plain: plain, label: "x"))
    let shapes = try #require(drawing.context["shapes"] as? [[String: Any]])
    #expect(shapes.count { $0["svgpath"] != nil } == 1)
    #expect(shapes.count { $0["svgrect"] != nil } == 2)
    #expect(picture.drawing(plain: "", label: "x") == nil)
  }

  @Test func stripsShowWhatWasSeenOnceToo() throws {
    let day = Timestamp(seconds: 1_700_000_000)
    let strip = try #require(
      SpanStrip.drawing([.init(name: "once", spans: [(day, day)])], label: "s"))
    let shapes = try #require(strip.context["shapes"] as? [[String: Any]])
    #expect(shapes.count { $0["svgrect"] != nil } == 1)
    #expect(SpanStrip.drawing([.init(name: "none", spans: [])], label: "s") == nil)
  }

  @Test func cellsAreQuotedAndNeverFormulas() {
    var table = CommaTable(["a", "b"])
    table.add(["=HYPERLINK(\"x\")", "one, \"two\"\nthree"])
    table.add(["+31", "-"])
    #expect(
      table.text
        == "a,b\r\n\"'=HYPERLINK(\"\"x\"\")\",\"one, \"\"two\"\"\nthree\"\r\n'+31,'-\r\n")
  }
}
