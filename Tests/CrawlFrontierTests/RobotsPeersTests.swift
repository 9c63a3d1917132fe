import CrawlFrontier
import Foundation
import TestSupport
import Testing
import WebAddress

/// Verdicts on invented files, beside protego and gpyrobotstxt.
///
/// The files keep to what the standard settles; `ops/bench robots` asks about real ones, and decision
/// 32 explains where the three differ there.
@Suite(.enabled(if: RobotsPeers.isPresent, "protego and gpyrobotstxt are not in ADWATCH_TOOLS"))
struct RobotsPeersTests {
  @Test func verdictsAgreeOnInventedFiles() throws {
    var chance = Chance(state: 32)
    var questions: [RobotsPeers.Question] = []
    for _ in 0..<150 {
      let file = RobotsPeers.file(&chance)
      for _ in 0..<20 {
        questions.append(
          RobotsPeers.Question(
            file: file, agent: RobotsPeers.agents[chance.next(RobotsPeers.agents.count)],
            address: "http://site.example" + RobotsPeers.path(&chance)))
      }
    }
    let answers = try RobotsPeers.answers(to: questions)
    #expect(answers.count == questions.count)
    var forbidden = 0
    for (question, answer) in zip(questions, answers) {
      let rules = RobotsRules(parsing: bytes(question.file))
      let ours = rules.verdict(for: address(question.address), agent: question.agent).isAllowed
      #expect(answer == (ours ? "11" : "00"), "\(question)")
      forbidden += ours ? 0 : 1
    }
    #expect(forbidden > 500 && forbidden < 2500, "\(forbidden) of \(questions.count)")
  }
}

enum RobotsPeers {
  struct Question: Encodable {
    var file: String
    var agent: String
    var address: String
  }

  static let isPresent: Bool =
    Tools.have("python")
    && (try? Tools.run("python", ["-c", "import gpyrobotstxt, protego"]))?.status == 0
  static let agents = ["Adwatch", "Otherbot", "Thirdbot"]
  private static let words = ["jobs", "a", "b.html", "view", "c-7", "private", "de"]

  /// A path of few words, so that rules meet it often.
  static func path(_ chance: inout Chance) -> String {
    var path = ""
    for _ in 0...chance.next(3) { path += "/" + words[chance.next(words.count)] }
    if chance.next(3) == 0 { path += "/" }
    if chance.next(4) == 0 { path += "?id=" + String(chance.next(3)) }
    return path
  }

  private static func rule(_ chance: inout Chance) -> String {
    var pattern = path(&chance)
    switch chance.next(6) {
    case 0: pattern += "*"
    case 1: pattern += "$"
    case 2: pattern = "/*" + pattern.dropFirst(1 + chance.next(3))
    case 3: pattern = "/"
    case 4: pattern = String(pattern.prefix(1 + chance.next(pattern.utf8.count)))
    default: break
    }
    return (chance.next(3) == 0 ? "Allow: " : "Disallow: ") + pattern
  }

  /// Groups for some agents and for everyone, some of them in two places, with comments and blanks.
  static func file(_ chance: inout Chance) -> String {
    let names = agents + ["*", "*", "Elsebot"]
    var lines: [String] = []
    for _ in 0...chance.next(4) {
      for _ in 0...chance.next(2) { lines.append("User-agent: " + names[chance.next(names.count)]) }
      for _ in 0...chance.next(5) { lines.append(rule(&chance)) }
      if chance.next(3) == 0 { lines.append("# a remark") }
      if chance.next(2) == 0 { lines.append("") }
    }
    return lines.joined(separator: ["\n", "\r\n"][chance.next(2)]) + "\n"
  }

  /// Two digits for each question: what protego says, what gpyrobotstxt says.
  static func answers(to questions: [Question]) throws -> [String] {
    let encoder = JSONEncoder()
    let lines = try questions.map { String(decoding: try encoder.encode($0), as: UTF8.self) }
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("robots-questions-\(UUID().uuidString).jsonl")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Oracles/robots_verdicts.py")
    let run = try Tools.run("python", [script.path, file.path])
    try #require(run.status == 0, "\(run.output.suffix(500))")
    return run.output.split(separator: "\n").map(String.init)
  }
}
