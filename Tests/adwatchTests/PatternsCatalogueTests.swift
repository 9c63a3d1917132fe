import Foundation
import Testing

/// Holds `docs/manual/indicators.md` to the packs.
@Suite(.timeLimit(.minutes(2))) struct PatternsCatalogueTests {
  @Test func thePageIsWhatThePacksGive() throws {
    let result = try Program.run("patterns", "catalogue")
    #expect(result.status == 0, "\(result.errors)")
    let page = Program.repository.appendingPathComponent("docs/manual/indicators.md")
    let isSame = try String(contentsOf: page, encoding: .utf8) == result.output
    #expect(
      isSame,
      "out of date; run: adwatch patterns catalogue --output docs/manual/indicators.md")
  }

  @Test func aFileThatCannotBeWrittenIsSaid() throws {
    let result = try Program.run("patterns", "catalogue", "--output", "/nowhere/page.md")
    #expect(result.status != 0 && result.errors.contains("cannot be written"))
  }
}
