import CaseStore
import CrawlFrontier
import WebAddress

extension EvidenceWriter {
  /// Takes up the sitemaps that a robots.txt names (RFC 9309, section 2.2.4), where the source wants
  /// them: as listings, one link away from the start.
  func takeUpSitemaps(
    of arrival: Arrival, _ capture: inout CaptureCommit, _ result: inout CommittedArrival,
    _ admit: (FoundAddress, String) -> FoundAddress?
  ) throws {
    let name = arrival.ticket.source
    guard sources[name]?.sitemaps == true, let scope = scopes[name],
      let body = arrival.robots?.body,
      case .robots(let origin) = arrival.ticket.purpose
    else { return }
    for written in RobotsRules(parsing: body).sitemaps {
      guard let address = Address(written, base: Address(origin)),
        let accepted = scope.judge(address, depth: 1).accepted
      else { continue }
      let found = FoundAddress(
        url: accepted.address.href, group: accepted.group, kind: .listing, depth: 1,
        priority: VisitPriority(kind: .listing, isStart: false, wasVisited: false),
        dueAt: capture.endedAt)
      guard try !store.knows(found.url, of: name), let admitted = admit(found, name) else {
        continue
      }
      capture.found.append(admitted)
      result.found.append(admitted)
    }
  }
}
