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

  /// The answer for one source: the rule that decides first, then what else is known.
  func answer(for source: Source) throws -> Answer {
    let known = try store?.addressStatus(url: address.href).first { $0.source == source.name }
    let robots = try store?.robots(origin: address.origin).map(RobotsState.init(stored:))
    let group = source.group(for: address)
    let why = Why(
      address, scope: Scope(source),
      memory: try store?.scopeMemories()[source.name] ?? ScopeMemory(),
      robots: robots ?? .unknown, agent: UserAgent.token,
      group: try store?.groups().first { $0.key == group },
      visit: known.map { ($0.depth, $0.dueAt, $0.history) },
      paused: try pause(of: source.name, group), at: at)
    var lines = why.sentences.map(shown)
    if let known {
      lines += try visitLines(known)
    } else if why.wouldBeFetched {
      lines.append("No link to it was found yet.")
    }
    return Answer(isFetched: why.wouldBeFetched, text: lines.joined(separator: "\n  "))
  }

  private func pause(of source: String, _ group: String) throws -> String? {
    let pause = try store?.pauses().first {
      switch $0.kind {
      case .source: $0.name == source
      case .group: $0.name == group
      }
    }
    return pause.map {
      "\($0.actor) paused the \($0.kind.rawValue) \($0.name) at \($0.since.rfc3339): \($0.reason)"
    }
  }

  private func visitLines(_ known: CaseStore.AddressStatus) throws -> [String] {
    var lines: [String] = []
    if let visited = known.visitedAt {
      let status = known.status.map { " \($0)" } ?? ""
      lines.append(
        "Last visited \(visited.rfc3339): \(known.outcome ?? "")\(status)\(Self.came(known.history))."
      )
    } else {
      lines.append("Never visited.")
    }
    if let note = known.note { lines.append(shown(note)) }
    if let yield = try store?.listingYield(url: address.href, source: known.source) {
      lines.append(
        "New adverts that its visits brought: \(tenths(yield.adverts)), in "
          + "\(tenths(yield.seconds / 3600)) h; older visits count less.")
    }
    let changes = try store?.advertChanges(url: address.href, source: known.source) ?? []
    if !changes.isEmpty {
      let states = changes.suffix(10).map { "\($0.state.rawValue) \($0.at.rfc3339)" }
      lines.append("Its advert: \(states.joined(separator: ", ")).")
    }
    if let found = known.foundOn { lines.append("Found on \(shown(found))") }
    return lines
  }

  /// How the page of the last visit compares with that of the one before.
  private static func came(_ history: VisitHistory) -> String {
    switch history.last {
    case .unchanged: ", the page as it was"
    case .sameText: ", other bytes with the same text"
    case .changed where history.visits > 1: ", another text"
    default: ""
    }
  }

  private func tenths(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
}
