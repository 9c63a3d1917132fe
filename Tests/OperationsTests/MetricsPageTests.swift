import Operations
import Testing

@Suite struct MetricsPageTests {
  @Test func writesTheTextFormat() {
    var page = MetricsPage()
    page.add("a_total", .counter, "Back\\slash\nand line.", 3)
    page.add("b", .gauge, "Two.", [([("x", "a\"b\\c\nd")], 0.5), ([("x", "é"), ("y", "")], -2)])
    #expect(
      page.text == """
        # HELP a_total Back\\\\slash\\nand line.
        # TYPE a_total counter
        a_total 3
        # HELP b Two.
        # TYPE b gauge
        b{x="a\\"b\\\\c\\nd"} 0.5
        b{x="é",y=""} -2

        """)
  }

  @Test func leavesOutWhatTheFormatDoesNotHave() {
    var page = MetricsPage()
    page.add("1a", .gauge, "", 1)
    page.add("a-b", .gauge, "", 1)
    page.add("", .gauge, "", 1)
    page.add("none", .gauge, "", [])
    #expect(page.text == "")
    page.add("a", .gauge, "x", .infinity)
    page.add("a", .gauge, "again", 2)
    #expect(page.text == "# HELP a x\n# TYPE a gauge\na +Inf\n")
  }
}
