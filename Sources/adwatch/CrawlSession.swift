import Archive
import CaseStore
import Crawling
import Dispatch
import Foundation
import Logging
import Operations
import Vocabulary

/// A crawl as the terminal and the service manager see it: progress, signals, figures, a summary.
struct CrawlSession {
  var folder: DataFolder
  var seeds: SeedFolder
  var analyser: any Analysing
  var options: CrawlOptions
  /// Where figures are served; nil for nowhere.
  var metrics: String?
  /// False when standard error is for log lines alone.
  var showsProgress = true

  /// Files of the archive, one a source, beside connections, database and children.
  private static let descriptors = 8192

  /// Crawls to the end and says what came of it.
  func run() async throws -> CrawlProgress {
    DescriptorLimit.raise(to: Self.descriptors)
    let crawler = Crawler(
      folder: folder, seeds: seeds, analyser: analyser, options: options,
      logger: ConsoleLog.logger)
    let server = try metrics.map { address throws(MetricsServer.Failure) in
      let source = MetricsSource(crawler: crawler, folder: folder)
      return try MetricsServer(address) { source.page() }
    }
    if let server {
      ConsoleLog.logger.notice("serving figures", metadata: ["port": "\(server.port)"])
    }
    defer { server?.stop() }
    let manager = ServiceManager()
    let signals = stopOnSignals(crawler, manager)
    defer { for signal in signals { signal.cancel() } }
    let display = ProgressDisplay()
    let reporting = Task {
      while !Task.isCancelled {
        let progress = await crawler.progress
        if showsProgress { display.show(progress, at: Timestamp.now) }
        // A crawler whose queue is stuck does not answer, and then nobody says that it is alive.
        manager?.alive("\(progress.pages) pages, \(progress.inFlight) requests under way")
        let pause = manager?.watchdog.map { min(display.interval, .seconds($0 / 3)) }
        try? await Task.sleep(for: pause ?? display.interval)
      }
    }
    defer { reporting.cancel() }
    manager?.ready()
    do {
      let result = try await crawler.run()
      reporting.cancel()
      if showsProgress {
        display.finish(result, at: Timestamp.now)
      } else {
        ConsoleLog.logger.notice(
          "the crawl ended", metadata: ["pages": "\(result.pages)", "flagged": "\(result.flagged)"])
      }
      return result
    } catch {
      display.clear()
      throw error
    }
  }

  private func stopOnSignals(
    _ crawler: Crawler, _ manager: ServiceManager?
  ) -> [any DispatchSourceSignal] {
    [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      let handler: @Sendable () -> Void = {
        ConsoleLog.logger.notice("stopping; what is under way comes in first")
        manager?.stopping()
        Task { await crawler.stop() }
      }
      source.setEventHandler(handler: handler)
      source.resume()
      return source
    }
  }
}

/// Gathers the figures of a crawl; what costs a pass over tables at most every fifteen seconds.
private final class MetricsSource: Sendable {
  private let crawler: Crawler
  private let folder: DataFolder
  private let cache: Cache

  /// What the store said last. Used by the server's one thread.
  private actor Cache {
    var stored: (at: Timestamp, status: StoreStatus, health: StoreHealth)?

    func get(_ folder: DataFolder, at now: Timestamp) throws -> (StoreStatus, StoreHealth) {
      if let stored, now - stored.at < 15, now - stored.at >= 0 {
        return (stored.status, stored.health)
      }
      let status = try folder.store.status(at: now)
      let health = try folder.store.health(at: now)
      stored = (now, status, health)
      return (status, health)
    }
  }

  init(crawler: Crawler, folder: DataFolder) {
    self.crawler = crawler
    self.folder = folder
    cache = Cache()
  }

  /// The page, or what keeps it from being made as a comment; for a thread that may wait.
  func page() -> String {
    let answer = PageBox()
    let done = DispatchSemaphore(value: 0)
    Task {
      answer.set(await made())
      done.signal()
    }
    guard done.wait(timeout: .now() + 10) == .success else {
      return "# the crawler does not answer\n"
    }
    return answer.get()
  }

  private func made() async -> String {
    let now = Timestamp.now
    do {
      let (status, health) = try await cache.get(folder, at: now)
      return CrawlMetrics(
        progress: await crawler.progress, status: status, health: health,
        diskFree: Disk.free(at: folder.path), version: Program.version, now: now
      ).page
    } catch {
      return "# the database does not answer\n"
    }
  }
}
