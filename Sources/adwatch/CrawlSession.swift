import CaseStore
import Crawling
import Dispatch
import Foundation
import Logging
import Vocabulary

/// A crawl as the terminal sees it: progress, Ctrl-C, a summary at the end.
struct CrawlSession {
  var folder: DataFolder
  var seeds: SeedFolder
  var analyser: any Analysing
  var options: CrawlOptions

  /// Crawls to the end and says what came of it.
  func run() async throws -> CrawlProgress {
    let crawler = Crawler(
      folder: folder, seeds: seeds, analyser: analyser, options: options,
      logger: ConsoleLog.logger)
    let signals = stopOnSignals(crawler)
    defer { for signal in signals { signal.cancel() } }
    let display = ProgressDisplay()
    let reporting = Task {
      while !Task.isCancelled {
        display.show(await crawler.progress, at: Timestamp.now)
        try? await Task.sleep(for: display.interval)
      }
    }
    defer { reporting.cancel() }
    do {
      let result = try await crawler.run()
      reporting.cancel()
      display.finish(result, at: Timestamp.now)
      return result
    } catch {
      display.clear()
      throw error
    }
  }

  private func stopOnSignals(_ crawler: Crawler) -> [any DispatchSourceSignal] {
    [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      let handler: @Sendable () -> Void = {
        Output.complain("\nadwatch: stopping; what is under way comes in first")
        Task { await crawler.stop() }
      }
      source.setEventHandler(handler: handler)
      source.resume()
      return source
    }
  }
}

/// Log lines on standard error, from notices up.
struct ConsoleLog: LogHandler {
  /// The program's log.
  static let logger = Logger(label: "adwatch") { _ in ConsoleLog() }

  var logLevel: Logger.Level = .notice
  var metadata: Logger.Metadata = [:]

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let details = (event.metadata ?? [:]).sorted { $0.key < $1.key }
      .map { " \($0.key)=\(shown($0.value.description))" }.joined()
    Output.complain("adwatch: \(event.level): \(event.message)\(details)")
  }
}
