import Crawling
import Vocabulary

/// Shows how a crawl goes: a line that is rewritten on a terminal, plain lines otherwise.
final class ProgressDisplay: Sendable {
  /// Time between two updates.
  let interval: Duration = Output.isInteractive ? .milliseconds(250) : .seconds(5)

  /// Shows where the crawl stands.
  func show(_ progress: CrawlProgress, at now: Timestamp) {
    let line = summary(progress, at: now) + waiting(progress, at: now)
    if Output.isInteractive {
      Output.complain(bytes: Array("\r\u{1B}[K\(line.prefix(200))".utf8))
    } else if progress.exchanges > 0 {
      Output.complain(line)
    }
  }

  /// Takes the rewritten line away.
  func clear() {
    if Output.isInteractive { Output.complain(bytes: Array("\r\u{1B}[K".utf8)) }
  }

  /// Shows where it ended.
  func finish(_ progress: CrawlProgress, at now: Timestamp) {
    clear()
    Output.complain(summary(progress, at: now))
    for wait in progress.waiting where wait.until > now {
      Output.complain(
        "  \(wait.group) asked for patience until \(wait.until.rfc3339); the next start goes on")
    }
  }

  private func summary(_ progress: CrawlProgress, at now: Timestamp) -> String {
    let seconds = max(0.001, now - progress.startedAt)
    var parts = [
      "\(progress.pages) pages (\(progress.unchanged) unchanged)",
      "\(progress.adverts) new adverts", "\(progress.flagged) new for review",
      Self.bytes(progress.bytes), Self.rate(Double(progress.exchanges) / seconds),
    ]
    if progress.failures > 0 { parts.append("\(progress.failures) failed") }
    if progress.refused > 0 { parts.append("\(progress.refused) not allowed") }
    if progress.quarantined > 0 { parts.append("\(progress.quarantined) set aside") }
    return parts.joined(separator: ", ")
  }

  private func waiting(_ progress: CrawlProgress, at now: Timestamp) -> String {
    var text = progress.inFlight > 0 ? "; \(progress.inFlight) under way" : ""
    let shown = progress.waiting.prefix(3).map { wait in
      let seconds = Int(max(0, wait.until - now).rounded(.up))
      return "\(wait.group) \(wait.isBlocked ? "asked for" : "in") \(seconds) s"
    }
    if !shown.isEmpty { text += "; waiting: " + shown.joined(separator: ", ") }
    if progress.waiting.count > shown.count {
      text += " and \(progress.waiting.count - shown.count) more"
    }
    return text
  }

  /// Bytes in the unit that gives the shortest number.
  static func bytes(_ count: Int) -> String {
    var value = Double(count)
    for unit in ["B", "kB", "MB", "GB"] {
      if value < 1000 { return "\(tenths(value)) \(unit)" }
      value /= 1000
    }
    return "\(tenths(value)) TB"
  }

  private static func rate(_ value: Double) -> String { "\(tenths(value)) requests/s" }

  private static func tenths(_ value: Double) -> String {
    value >= 100 || value == value.rounded()
      ? String(Int(value.rounded())) : "\((value * 10).rounded() / 10)"
  }
}
