import Foundation

/// `frontier-bench robots`: what `ops/bench` asks of `CrawlFrontier`.
@main
struct Main {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    switch arguments.first {
    case "robots": RobotsAnswers.run()
    default:
      FileHandle.standardError.write(Data("usage: frontier-bench robots\n".utf8))
      exit(2)
    }
  }
}
