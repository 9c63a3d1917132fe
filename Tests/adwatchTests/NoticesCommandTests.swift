import Foundation
import Testing

/// The commands of notices, from the outside.
@Suite(.timeLimit(.minutes(3))) struct NoticesCommandTests {
  private static let password = "correct horse battery"

  /// A data directory with an author.
  private func folder() throws -> Program.Folder {
    let folder = try Program.Folder()
    // An address that the guard refuses: the crawl makes the directory and fetches nothing.
    _ = try folder.write(
      "seeds/site.yaml",
      """
      format: adwatch.source/1
      source: site
      start: ["http://127.0.0.1:9/"]
      scope: {hosts: ["127.0.0.1:9"]}
      purpose: test
      legal_basis: none needed
      """)
    let made = try Program.run(
      "crawl", "--once", "--data", folder.path + "/data", "--seeds", folder.path + "/seeds")
    try #require(
      FileManager.default.fileExists(atPath: folder.path + "/data/adwatch.sqlite"), "\(made)")
    let added = try Program.run(
      "account", "add", "author", "--role", "notice-officer", "--data", folder.path + "/data",
      input: Self.password + "\n")
    try #require(added.status == 0, "\(added)")
    return folder
  }

  @Test func sendingIsOffUntilSomebodySwitchesItOn() throws {
    let folder = try folder()
    let data = folder.path + "/data"
    let nobody = try Program.run("notices", "switch", "on", "--why", "start", "--data", data)
    #expect(nobody.status == 2)
    let wrong = try Program.run(
      "notices", "switch", "on", "--why", "start", "--as", "author", "--data", data,
      input: "wrong password\n")
    #expect(wrong.status == 4, "\(wrong)")
    let right = try Program.run(
      "notices", "switch", "on", "--why", "start", "--as", "author", "--data", data,
      input: Self.password + "\n")
    #expect(right.status == 0, "\(right)")
    let off = try Program.run("notices", "switch", "off", "--why", "stop", "--data", data)
    #expect(off.status == 0, "\(off)")
  }

  @Test func nobodyDecidedNothingIsDrafted() throws {
    let folder = try folder()
    let data = folder.path + "/data"
    let draft = try Program.run(
      "notices", "draft", "--as", "author", "--act", "terms", "--to", "abuse@host.example",
      "--rung", "1", "--data", data, "17", input: Self.password + "\n")
    #expect(draft.status == 4, "\(draft)")
    #expect(draft.errors.contains("nobody decided to refer advert 17"))
    let list = try Program.run("notices", "list", "--data", data)
    #expect(list.status == 0 && list.output.isEmpty, "\(list)")
    #expect(try Program.run("notices", "show", "1", "--data", data).status == 2)
  }

  @Test func guessingIsSlowedDown() throws {
    let folder = try folder()
    let data = folder.path + "/data"
    for attempt in 1...11 {
      let result = try Program.run(
        "notices", "hold", "--as", "nobody", "--why", "x", "--data", data, input: "guess\n")
      #expect(result.status == 4)
      #expect(result.errors.contains("too many attempts") == (attempt == 11))
    }
  }
}
