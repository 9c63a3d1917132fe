import Foundation

/// `frontier-bench robots` or `freshness`: what `ops/bench` asks of `CrawlFrontier`.
@main
struct Main {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    switch arguments.first {
    case "robots": RobotsAnswers.run()
    case "freshness": Freshness.run(Array(arguments.dropFirst()))
    default:
      FileHandle.standardError.write(Data("usage: frontier-bench robots | freshness [SEED]\n".utf8))
      exit(2)
    }
  }
}
