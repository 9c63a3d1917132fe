import Configuration
import Measurement
import Testing

@Suite struct LabelsTests {
  private func labels(_ text: String) throws -> Labels {
    try Labels(Array(text.utf8), file: "labels")
  }

  private func problems(_ text: String) -> [String] {
    do {
      _ = try Labels(Array(text.utf8), file: "labels")
      return []
    } catch {
      return error.problems.map(\.description)
    }
  }

  @Test func jsonLinesAndTablesSayTheSame() throws {
    let lines = """
      {"id": "a", "label": true}

      {"id": 17, "label": false, "by": "somebody"}
      """
    let wanted = ["a": true, "17": false]
    #expect(try labels(lines).byID == wanted)
    #expect(try labels("id,label\r\na,true\r\n17,0\r\n").byID == wanted)
    #expect(try labels("\u{FEFF}note\tid\tlabel\nx\ta\tYES\ny\t17\tno\n").byID == wanted)
  }

  @Test func quotedFieldsMayHoldEverything() throws {
    let text = "id,note,label\n\"a,b\",\"two\nlines and \"\"quotes\"\"\",1\nc,,0\n"
    #expect(try labels(text).byID == ["a,b": true, "c": false])
  }

  @Test func aMissingLabelIsNotFalse() throws {
    let labels = try labels(
      "{\"id\": \"a\", \"label\": null}\n{\"id\": \"b\"}\n{\"id\": \"c\", \"label\": 1}")
    #expect(labels.byID == ["c": true])
    #expect(labels.unstated == 2)
    #expect(try self.labels("id,label\na,\nb,1\n").byID == ["b": true])
  }

  @Test func problemsNameTheirLines() {
    #expect(
      problems("id,label\na,maybe\n,true\nb\nc,true\nc,false\n") == [
        "labels:2:1: 'maybe' is no label; write true or false",
        "labels:3:1: 'id' is missing",
        "labels:4:1: expected 2 columns, found 1",
        "labels:6:1: 'c' has two labels, true and false",
      ])
    #expect(problems("name,verdict\na,1\n").first?.contains("columns id and label") == true)
    #expect(problems("{\"id\": \"a\", \"label\": true}\n{").first?.hasPrefix("labels:2:1:") == true)
    #expect(problems("id,label\n") == ["labels:1:1: no labels here"])
    #expect(problems("") != [])
  }
}
