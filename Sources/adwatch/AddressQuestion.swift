import CaseStore
import CrawlFrontier
import Crawling
import Vocabulary
import WebAddress

/// Would an address be fetched for a source, when, and why not: what is known put together.
struct AddressQuestion {
  var address: Address
  var store: CaseStore?
  var at: Timestamp

  /// An answer as the terminal shows it.
  struct Answer {
    var isFetched: Bool
    var text: String
  }

  /// The answer for one source.
  func answer(for source: Source) throws -> Answer {
    let known = try store?.addressStatus(url: address.href).first { $0.source == source.name }
    let decision = Scope(source).judge(address, depth: known?.depth ?? 0)
    guard case .accepted(let accepted) = decision else {
      if case .rejected(let reason) = decision {
        return Answer(isFetched: false, text: "no. \(reason.explanation)")
      }
      return Answer(isFetched: false, text: "no.")
    }
    if let refusal = try robotsRefusal(source) { return Answer(isFetched: false, text: refusal) }
    var lines = ["yes, as \(accepted.kind.rawValue) of the group \(accepted.group)."]
    lines += try groupLines(accepted.group)
    if let known {
      lines += visitLines(known)
    } else {
      lines.append("No link to it was found yet.")
    }
    return Answer(isFetched: true, text: lines.joined(separator: "\n  "))
  }

  private func robotsRefusal(_ source: Source) throws -> String? {
    guard source.politeness.robots == .obey,
      let stored = try store?.robots(origin: address.origin)
    else { return nil }
    switch RobotsState(stored: stored).decision(for: address, agent: UserAgent.token, at: at) {
    case .disallowed(let rule): return "no. robots.txt line \(rule.line): \(shown(rule.text))"
    case .unreachable(let since, let retryAt):
      return "not now. robots.txt could not be fetched since \(since.rfc3339), which means no; "
        + "it is asked for again at \(retryAt.rfc3339)."
    case .allowed, .unasked, .ignored: return nil
    }
  }

  private func groupLines(_ key: String) throws -> [String] {
    guard let group = try store?.groups().first(where: { $0.key == key }) else { return [] }
    var lines = ["The group makes one request every \(group.delay) s."]
    if let blocked = group.blockedUntil, blocked > at {
      lines.append("Its server asked for patience until \(blocked.rfc3339).")
    }
    return lines
  }

  private func visitLines(_ known: CaseStore.AddressStatus) -> [String] {
    var lines: [String] = []
    if let visited = known.visitedAt {
      let status = known.status.map { " \($0)" } ?? ""
      lines.append("Last visited \(visited.rfc3339): \(known.outcome ?? "")\(status).")
    } else {
      lines.append("Never visited.")
    }
    if let note = known.note { lines.append(shown(note)) }
    if let due = known.dueAt {
      lines.append(due <= at ? "Due now." : "Due \(due.rfc3339).")
    } else {
      lines.append("Not to be visited again.")
    }
    if let found = known.foundOn { lines.append("Found on \(shown(found))") }
    return lines
  }
}
