import Foundation
import Testing

@Suite(.timeLimit(.minutes(15))) struct MeasureTests {
  private let flagged =
    "We keep your passport in the office. You travel on a tourist visa, we arrange the rest. "
    + "You pay a registration fee of 250 euros before you start. "
    + "Wages are paid in cash at the end of the season."

  /// Sixty adverts, 24 of them positive; the rule flags 20 of these and 10 others.
  private func write(in folder: Program.Folder) throws -> (adverts: String, labels: String) {
    var adverts = ""
    var labels = "id,label\n"
    for number in 0..<60 {
      let isPositive = number < 24
      let isFlagged = number < 20 || number >= 50
      let text = isFlagged ? flagged : "You bake bread from Monday to Friday."
      let object: [String: Any] = [
        "id": "\(number)", "text": text, "form": "labour", "said": isPositive,
      ]
      let line = try JSONSerialization.data(withJSONObject: object)
      adverts += String(decoding: line, as: UTF8.self) + "\n"
      labels += "\(number),\(isPositive)\n"
    }
    return (
      try folder.write("adverts.jsonl", adverts), try folder.write("labels.csv", labels)
    )
  }

  private func figure(_ object: Any?, _ key: String) -> [String: Any]? {
    (object as? [String: Any])?[key] as? [String: Any]
  }

  @Test func figuresComeWithTheirIntervals() throws {
    let folder = try Program.Folder()
    let files = try write(in: folder)
    let result = try Program.run(
      "patterns", "measure", files.adverts, "--labels", files.labels, "--json", "--label-means",
      "a test")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.isEmpty)
    let report = try #require(result.objects.first)
    #expect(report["adverts"] as? Int == 60)
    #expect(report["positive"] as? Int == 24)
    #expect(report["label_means"] as? String == "a test")
    let rule = try #require(report["rule"] as? [String: Any])
    #expect(rule["support"] as? Int == 30)
    #expect(rule["true_positives"] as? Int == 20)
    #expect(figure(rule, "recall")?["value"] as? Double == 20.0 / 24)
    // Of 30 hits 20 are right: the interval is wider than 0.3, so there is no figure.
    #expect(figure(rule, "precision")?["value"] is NSNull)
    #expect(figure(rule, "precision")?["withheld"] as? String == "wide")
    let lift = try #require(figure(rule, "lift"))
    #expect(abs((lift["value"] as? Double ?? 0) - 20.0 * 60 / (30 * 24)) < 1e-9)
    #expect(report["left_out"] as? [String] == ["L03", "R05"])
  }

  @Test func aMemberOfTheLinesServesAsLabelAndItsMeaningIsAskedFor() throws {
    let folder = try Program.Folder()
    let files = try write(in: folder)
    let result = try Program.run("patterns", "measure", files.adverts, "--label-field", "said")
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("60 labelled adverts, 24 of them positive."))
    #expect(result.output.contains("recall    0.83 (0.64 to 0.93)"))
    #expect(result.errors.contains("not labels of trafficking"))
  }

  @Test func advertsWithoutALabelAreLeftOut() throws {
    let folder = try Program.Folder()
    let adverts = try folder.write(
      "a.jsonl",
      """
      {"id":"1","text":"Bread","said":true}
      {"id":"2","text":"Bread","said":null}
      {"id":"3","text":"Bread"}
      """)
    let result = try Program.run("patterns", "measure", adverts, "--label-field", "said")
    #expect(result.output.contains("1 labelled adverts"))
    #expect(result.output.contains("Left out: 2 adverts without a label"))
    #expect(result.output.contains("cannot be told"))
  }

  @Test func withoutLabelsItSaysWhatToDo() throws {
    let result = try Program.run("patterns", "measure", "-", input: "")
    #expect(result.status == 2)
    #expect(result.errors.contains("--labels"))
    let folder = try Program.Folder()
    let labels = try folder.write("labels.csv", "id,label\n1,perhaps\n")
    let wrong = try Program.run("patterns", "measure", "-", "--labels", labels, input: "")
    #expect(wrong.status == 2)
    #expect(wrong.errors.contains("\(labels):2:1: 'perhaps' is no label"))
    let field = try Program.run(
      "patterns", "measure", "-", "--label-field", "said",
      input: #"{"id":"1","text":"x","said":"perhaps"}"#)
    #expect(field.status == 2)
    #expect(field.errors.contains("'said': 'perhaps' is no label"))
  }
}
