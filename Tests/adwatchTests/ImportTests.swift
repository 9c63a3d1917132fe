import Foundation
import TestSupport
import Testing

/// Pages of others, with where they came from.
@Suite(.timeLimit(.minutes(3))) struct ImportTests {
  private static let text =
    "We keep your passport in the office. You travel on a tourist visa, we arrange the rest. "
    + "You pay a registration fee of 250 euros before you start. "
    + "Wages are paid in cash at the end of the season."

  private func bring(_ folder: Program.Folder, _ paths: String...) throws -> Program.Result {
    try Program.run(
      ["import"] + paths + [
        "--name", "partner", "--from", "a partner, by courier", "--purpose", "case 26/12",
        "--legal-basis", "consent", "--retention", "52w", "--data", folder.path + "/data",
      ])
  }

  @Test func htmlJSONLinesAndWARCComeInAndAreNoCapturesOfOurOwn() throws {
    let folder = try Program.Folder()
    let page = "<!doctype html><title>Picker</title><main><h1>Picker</h1><p>\(Self.text)</p></main>"
    let html = try folder.write("in/page.html", page)
    let object = try JSONSerialization.data(
      withJSONObject: [
        "id": "7", "url": "https://board.example/job/7", "text": Self.text,
        "date": "2026-01-02T03:04:05Z",
      ])
    let lines = try folder.write(
      "in/export.jsonl", String(decoding: object, as: UTF8.self) + "\nno object\n")
    let body = page.replacingOccurrences(of: "Picker", with: "Packer")
    let http =
      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
      + body
    let warc = try folder.write(
      "in/foreign.warc",
      "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:6ba7b810-9dad-41d1-80b4-00c04fd430c8>\r\n"
        + "WARC-Date: 2025-06-01T00:00:00Z\r\nWARC-Target-URI: https://board.example/job/8\r\n"
        + "Content-Type: application/http; msgtype=response\r\nContent-Length: \(http.utf8.count)\r\n\r\n"
        + http + "\r\n\r\n")
    let result = try bring(folder, html, lines, warc)
    #expect(result.status == 1, "the line that is no object is told of: \(result.errors)")
    #expect(result.output.hasPrefix("3 pages imported, 3 adverts, 3 for review; 1 could not"))
    let data = folder.path + "/data"
    let verified = try Program.run("verify", "--data", data)
    #expect(verified.status == 0, "\(verified.output)")
    let flags = try Program.run("flags", "--json", "--data", data).objects
    #expect(
      Set(flags.compactMap { ($0["advert"] as? [String: Any])?["source"] as? String })
        == ["import.partner"])
    #expect(flags.contains { $0["date"] as? String == "2025-06-01T00:00:00Z" })
    let files = FileManager.default.enumerator(atPath: data)?.compactMap { $0 as? String } ?? []
    let written = files.filter { $0.hasSuffix(".warc.gz") }
    #expect(!written.isEmpty && written.allSatisfy { $0.hasPrefix("warc/import.partner/") })
    for (tool, words) in [("warcio", ["check"]), ("fastwarc", ["check"])] where Tools.have(tool) {
      for file in written {
        let checked = try Tools.run(tool, words + ["\(data)/\(file)"])
        #expect(checked.status == 0, "\(tool): \(checked.output)")
      }
    }
    if Tools.have("warcio") {
      let types = try Tools.run(
        "warcio", ["index", "-f", "warc-type", "\(data)/\(written[0])"]
      ).output
      #expect(types.contains("resource") && !types.contains("response"))
    }
    // When its time is over it goes like everything else.
    let plan = try Program.run(
      "purge", "--dry-run", "--json", "--as-of", "2099-01-01T00:00:00Z", "--data", data)
    let parts = plan.objects.first?["sources"] as? [[String: Any]]
    #expect(parts?.first?["captures"] as? Int == 3)
  }

  @Test func withoutProvenanceNothingComesIn() throws {
    let folder = try Program.Folder()
    let file = try folder.write("page.html", "<p>\(Self.text)</p>")
    let silent = try Program.run(
      "import", file, "--name", "a", "--from", " ", "--purpose", "p", "--legal-basis", "l",
      "--data", folder.path + "/data")
    #expect(silent.status == 2)
    let path = try Program.run(
      "import", file, "--name", "../a", "--from", "x", "--purpose", "p", "--legal-basis", "l",
      "--data", folder.path + "/data")
    #expect(path.status == 2)
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/data/adwatch.sqlite"))
  }
}
