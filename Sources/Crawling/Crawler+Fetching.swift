import Bytes
import CaseStore
import CrawlFrontier
import Fetching
import Vocabulary
import WebAddress

extension Crawler {
  /// Starts the request that the frontier gave leave for.
  func begin(_ ticket: Ticket) {
    requests += 1
    let request = request(for: ticket.address, of: ticket)
    let fetcher = fetcher
    transfers[ticket.number] = Task { [weak self] in
      let exchange = await fetcher.fetch(request)
      await self?.arrived([exchange], for: ticket)
    }
  }

  private func request(for address: Address, of ticket: Ticket) -> FetchRequest {
    let source = sources[ticket.source]
    let settings = source?.network ?? Source.NetworkSettings()
    let isOwnHost = address.origin == ticket.address.origin
    var headers: [HeaderField] = []
    if isOwnHost, !settings.cookies.isEmpty {
      let pairs = settings.cookies.map { "\($0.name)=\($0.value)" }
      headers.append(HeaderField("Cookie", pairs.joined(separator: "; ")))
    }
    return FetchRequest(
      address, headers: headers, etag: ticket.page?.etag,
      lastModified: ticket.page?.lastModified,
      userAgent: UserAgent.text(
        software: options.software, contact: source?.operator.contact ?? options.contact),
      limits: options.limits,
      network: NetworkPolicy(
        allow: settings.allow, proxy: settings.proxy, caFile: settings.ca,
        httpVersion: settings.http2 ? .http2 : .http1),
      group: ticket.group, maximumPerGroup: options.concurrency)
  }

  /// An answer came in: for a redirected robots.txt, the next hop; else it is handed over.
  func arrived(_ hops: [Exchange], for ticket: Ticket) {
    guard let exchange = hops.last else { return }
    if case .robots = ticket.purpose, hops.count <= RobotsFile.maximumRedirects, !isStopping,
      case .target(let target, _) = Redirect.target(of: exchange)
    {
      requests += 1
      frontier.allowance = frontier.allowance.map { max(0, $0 - 1) }
      let request = request(for: target, of: ticket)
      let fetcher = fetcher
      transfers[ticket.number] = Task { [weak self] in
        let next = await fetcher.fetch(request)
        await self?.arrived(hops + [next], for: ticket)
      }
      return
    }
    transfers[ticket.number] = nil
    guard failure == nil else { return endIfDone() }
    perform(frontier.handle(.started(ticket), at: exchange.started))
    if exchange.outcome == .cancelled {
      // It was us who gave up: nothing was learned, the address stays due.
      perform(frontier.handle(.finished(ticket, FetchFacts(exchange)), at: clock()))
      return endIfDone()
    }
    let facts = FetchFacts(exchange, hops: hops.count)
    committing += 1
    commits?.submit(
      .arrival(
        Arrival(
          ticket: ticket, hops: hops, group: frontier.outlook(ticket, facts, at: clock()),
          robots: robots(from: exchange, for: ticket))))
  }

  private func robots(from exchange: Exchange, for ticket: Ticket) -> StoredRobots? {
    guard case .robots(let origin) = ticket.purpose else { return nil }
    // Stopped before the file itself came: nothing was learned.
    if isStopping, case .target = Redirect.target(of: exchange) { return nil }
    return RobotsFile.stored(
      exchange, origin: origin, previous: try? folder.store.robots(origin: origin), at: clock())
  }

  /// Something is evidence now, or an analysis is committed; or neither could be.
  func committed(_ result: CommitLane.Result) {
    switch result {
    case .arrived(let arrivals):
      committing -= arrivals.count
      for arrival in arrivals { tookIn(arrival) }
    case .analysed(let analysed, let linked, let pages, let bytes):
      analysing -= pages
      lane.release(bytes: bytes)
      totals.adverts += analysed.newAdverts
      totals.flagged += analysed.newlyFlagged
      add(linked)
      discovered(analysed.found)
      for (group, due) in analysed.due {
        perform(frontier.handle(.discovered(group: group, due: due), at: clock()))
      }
    case .failed(let error):
      fail(error)
    }
    pump()
  }

  private func tookIn(_ committed: CommittedArrival) {
    let ticket = committed.arrival.ticket
    guard let exchange = committed.arrival.hops.last else { return }
    let now = clock()
    totals.exchanges += committed.arrival.hops.count
    totals.bytes += committed.arrival.hops.reduce(0) { $0 + $1.body.count + $1.responseHead.count }
    if case .robots(let origin) = ticket.purpose, let stored = committed.arrival.robots {
      perform(
        frontier.handle(
          .robots(group: ticket.group, origin: origin, RobotsState(stored: stored)), at: now))
    }
    let facts = FetchFacts(exchange, hops: committed.arrival.hops.count)
    perform(frontier.handle(.finished(ticket, facts), at: now))
    guard let page = ticket.page, let judgement = committed.judgement else { return }
    totals.pages += 1
    switch judgement.outcome {
    case .unchanged, .sameText: totals.unchanged += 1
    case .failed, .blocked, .refused: totals.failures += 1
    case .changed, .gone: break
    }
    discovered(committed.found)
    if judgement.staysDue {
      _ = frontier.handle(.discovered(group: ticket.group, due: now), at: now)
    }
    if judgement.isAnalysed { analyse(exchange, of: page, capture: committed.capture) }
  }

  private func discovered(_ found: [FoundAddress]) {
    let now = clock()
    var earliest: [String: Timestamp] = [:]
    for address in found {
      earliest[address.group] = min(earliest[address.group] ?? address.dueAt, address.dueAt)
    }
    for (group, due) in earliest {
      perform(frontier.handle(.discovered(group: group, due: due), at: now))
    }
  }
}
