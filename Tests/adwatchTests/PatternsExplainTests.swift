import Foundation
import Testing

/// `adwatch patterns explain` and `card` as their users run them.
@Suite(.timeLimit(.minutes(15))) struct PatternsExplainTests {
  private let packs = """
      - id: X1
        title: {en: Spare room}
        barriers: [housing]
        strength: strong
        evidence: expert
        sources: [A study]
        note: Common in hotels.
        patterns: {en: [{id: room, re: 'spare room'}, {id: in-it, re: 'room in it'}]}
        unless: {en: ['for guests']}
        examples: {en: {match: ["a spare room"], miss: ["no room"]}}
      - id: X2
        title: {en: House}
        barriers: [housing]
        strength: weak
        evidence: supported
        sources: [Another study]
        patterns: {en: [{id: house, re: 'the house'}]}
        examples: {en: {match: ["the house"], miss: ["no home"]}}

    """

  @Test func hitsStandInBracketsWithTheirReasons() throws {
    let folder = try PatternsCheckTests.folder(packs)
    let result = try Program.run(
      "patterns", "explain", "The house has a spare room. A spare room for guests.", "--patterns",
      folder.path)
    #expect(result.status == 0, "\(result.errors)")
    for part in [
      "[The house][1] has a [spare room][2]. A [spare room][3] for guests.",
      "[1] X2 House\n    “The house”  X2/en/house\n    barrier housing; weak; evidence supported: told",
      "[2] X1 Spare room\n", "after A study", "Common in hotels.",
      "[3] X1 Spare room  not counted: 'unless' cancels it",
      "“for guests” matches unless: for guests", "housing: positive through X1 strong, X2 weak",
      "Not flagged: 1 barrier is positive, 2 needed",
    ] {
      #expect(result.output.contains(part), "\(part) is not in: \(result.output)")
    }
    #expect(!result.output.contains("\u{1B}"))
  }

  @Test func whatDoesNotCountSaysWhy() throws {
    let folder = try PatternsCheckTests.folder(
      packs.replacingOccurrences(of: "'the house'", with: "'spare'"))
    let result = try Program.run(
      "patterns", "explain", "a spare room", "--patterns", folder.path)
    #expect(result.output.contains("not counted: X1, which is stronger, covers the same words"))
  }

  @Test func aFileIsReadByItsContent() throws {
    let folder = try PatternsCheckTests.folder(packs)
    let html = try folder.write("page", "<!DOCTYPE html><p>a <b>spare</b> room</p>")
    let page = try Program.run("patterns", "explain", html, "--patterns", folder.path)
    #expect(page.output.contains("a [spare room][1]"), "\(page.output)")
    let text = try folder.write("text", "1 < 2, a spare room\u{1B}[31m")
    let plain = try Program.run("patterns", "explain", text, "--patterns", folder.path)
    #expect(plain.output.contains("1 < 2, a [spare room][1] [31m"), "\(plain.output)")
    let piped = try Program.run(
      "patterns", "explain", "-", "--patterns", folder.path, input: "a spare room")
    #expect(piped.output.contains("standard input") && piped.output.contains("[spare room][1]"))
  }

  @Test func jsonIsTheScanRecord() throws {
    let folder = try PatternsCheckTests.folder(packs)
    let result = try Program.run(
      "patterns", "explain", "a spare room", "--json", "--patterns", folder.path)
    #expect(result.objects.first?["schema"] as? String == "adwatch.scan/1")
    #expect((result.objects.first?["hits"] as? [[String: Any]])?.count == 1)
  }

  @Test func aFileThatIsNotThereIsNotExplained() throws {
    let result = try Program.run("patterns", "explain", "nowhere/page.html")
    #expect(result.status == 2 && result.errors.contains("there is no file"))
    #expect(try Program.run("patterns", "explain", "Patterns").status == 2)
  }

  @Test func aCardIsWrittenOrPrinted() throws {
    let folder = try Program.Folder()
    let path = folder.path + "/card.html"
    let result = try Program.run(
      "patterns", "card", "--form", "labour", "--lang", "nl", "--output", path)
    #expect(result.status == 0 && result.output.isEmpty, "\(result.errors)")
    let html = try String(contentsOfFile: path, encoding: .utf8)
    #expect(html.contains("Identiteitsbewijs") && html.contains("sha256:"))
    #expect(try Program.run("patterns", "card", "--form", "labour").output.hasPrefix("<!DOCTYPE"))
  }

  @Test func wrongFormsLanguagesAndPlacesAreRefused() throws {
    #expect(try Program.run("patterns", "card", "--form", "job").status == 2)
    let language = try Program.run("patterns", "card", "--form", "sex", "--lang", "xx")
    #expect(language.status == 2 && language.errors.contains("there are titles in bg, de, en"))
    let folder = try Program.Folder()
    let place = try Program.run(
      "patterns", "card", "--form", "sex", "--output", folder.path + "/missing/card.html")
    #expect(place.status == 3 && place.errors.contains("cannot be written"))
  }
}
