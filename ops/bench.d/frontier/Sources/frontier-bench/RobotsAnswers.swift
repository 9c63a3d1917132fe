import CrawlFrontier
import Foundation
import WebAddress

/// Answers questions about robots.txt files: `file TAB agent TAB address` a line, those of a file
/// together; the answer is `allowed TAB delay TAB line`, with `-` for what there is not.
enum RobotsAnswers {
  static func run() {
    var file = ""
    var rules = RobotsRules.allowingAll
    var output = ""
    while let line = readLine() {
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard parts.count == 3, let address = Address(String(parts[2])) else {
        output += "?\t-\t-\n"
        continue
      }
      if parts[0] != file {
        file = String(parts[0])
        rules = RobotsRules(parsing: [UInt8](FileManager.default.contents(atPath: file) ?? Data()))
      }
      let agent = String(parts[1])
      let delay = rules.crawlDelay(agent: agent).map { "\($0)" } ?? "-"
      switch rules.verdict(for: address, agent: agent) {
      case .allowed(let rule): output += "1\t\(delay)\t\(rule.map { "\($0.line)" } ?? "-")\n"
      case .disallowed(let rule): output += "0\t\(delay)\t\(rule.line)\n"
      }
      if output.utf8.count > 1 << 20 {
        FileHandle.standardOutput.write(Data(output.utf8))
        output = ""
      }
    }
    FileHandle.standardOutput.write(Data(output.utf8))
  }
}
