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
    if let source = sources[ticket.source], ticket.page != nil, source.needsVisits {
      let session = sessions[source.name] ?? GateSession()
      transfers[ticket.number] = Task { [weak self] in
        guard let self else { return }
        let exit = await self.askForExit(of: ticket)
        var visit = Visit(ticket, of: source, session: session, crawler: self)
        var result = await visit.run()
        if let exit { result.hops.insert(exit, at: 0) }
        await self.arrived(result, for: ticket)
      }
      return
    }
    let request = request(for: ticket.address, of: ticket)
    let fetcher = fetcher
    let role: Hop.Role = ticket.page == nil ? .robots : .page
    transfers[ticket.number] = Task { [weak self] in
      let exit = await self?.askForExit(of: ticket)
      let exchange = await fetcher.fetch(request)
      let hops = (exit.map { [$0] } ?? []) + [Hop(exchange, role)]
      await self?.arrived(VisitResult(hops), for: ticket)
    }
  }

  /// The request for an address on behalf of a ticket; `cookies` besides those of the source.
  nonisolated func request(
    for address: Address, of ticket: Ticket, cookies: [Source.Cookie] = [],
    isConditional: Bool = true
  ) -> FetchRequest {
    let source = sources[ticket.source]
    let settings = source?.network ?? Source.NetworkSettings()
    let isOwnHost = address.origin == ticket.address.origin
    var headers: [HeaderField] = []
    let cookies = settings.cookies + cookies
    if isOwnHost, !cookies.isEmpty {
      let pairs = cookies.map { "\($0.name)=\($0.value)" }
      headers.append(HeaderField("Cookie", pairs.joined(separator: "; ")))
    }
    var limits = options.limits
    if ticket.page?.kind == .image {
      limits.maximumBodyBytes = min(limits.maximumBodyBytes, options.maximumImageBytes)
    }
    let hasSession = source?.needsVisits ?? false
    return FetchRequest(
      address, headers: headers, etag: isConditional ? ticket.page?.etag : nil,
      lastModified: isConditional ? ticket.page?.lastModified : nil,
      userAgent: UserAgent.text(
        software: options.software, contact: source?.operator.contact ?? options.contact),
      limits: limits,
      network: NetworkPolicy(
        allow: settings.allow, proxy: settings.proxy?.address,
        proxyLogin: proxyLogins.logins[ticket.source], caFile: settings.ca,
        cookies: hasSession ? .jar(name: ticket.source) : .none,
        httpVersion: settings.http2 ? .http2 : .http1),
      group: ticket.group, maximumPerGroup: options.concurrency)
  }

  /// An answer came in: for a redirected robots.txt, the next hop; else it is handed over.
  func arrived(_ result: VisitResult, for ticket: Ticket) {
    let hops = result.hops
    guard let exchange = hops.last?.exchange else { return }
    if let session = result.session { sessions[ticket.source] = session }
    if case .robots = ticket.purpose,
      hops.filter({ $0.role == .robots }).count <= RobotsFile.maximumRedirects,
      !isStopping,
      case .target(let target, _) = Redirect.target(of: exchange)
    {
      requests += 1
      frontier.allowance = frontier.allowance.map { max(0, $0 - 1) }
      let request = request(for: target, of: ticket)
      let fetcher = fetcher
      transfers[ticket.number] = Task { [weak self] in
        let next = await fetcher.fetch(request)
        await self?.arrived(VisitResult(hops + [Hop(next, .robots)]), for: ticket)
      }
      return
    }
    transfers[ticket.number] = nil
    guard failure == nil else { return endIfDone() }
    perform(frontier.handle(.started(ticket), at: exchange.started))
    if exchange.outcome == .cancelled || result.isGivenUp {
      // It was us who gave up: nothing was learned, the address stays due.
      perform(frontier.handle(.finished(ticket, FetchFacts(exchange)), at: clock()))
      return endIfDone()
    }
    let facts = FetchFacts(result.latest ?? exchange, hops: hops.count)
    committing += 1
    let arrival = Arrival(
      ticket: ticket, hops: hops, gate: result.gate, rendering: result.rendering, facts: facts,
      exit: exits[ticket.source]?.note, group: frontier.outlook(ticket, facts, at: clock()),
      robots: robots(from: exchange, for: ticket))
    guard let page = ticket.page, FetchedImage.isImage(exchange, for: page) else {
      commits?.submit(.arrival(arrival))
      return
    }
    takeIn(image: exchange, of: page, arrival)
  }

  /// A picture is read beside the analyses of pages, before anything of it is written.
  private func takeIn(image exchange: Exchange, of page: QueuedAddress, _ arrival: Arrival) {
    let (lane, commits, reader) = (lane, commits, options.imageReader)
    let policy = sources[page.source]?.images ?? .none
    let bytes = exchange.body.count
    lane.submit(bytes: bytes) {
      var arrival = arrival
      arrival.image = FetchedImage(exchange, for: page, policy: policy, reader: reader)
      lane.release(bytes: bytes)
      commits?.submit(.arrival(arrival))
    }
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
    guard let exchange = committed.arrival.hops.last?.exchange else { return }
    let now = clock()
    totals.exchanges += committed.arrival.hops.count
    totals.bytes += committed.arrival.hops.reduce(0) {
      $0 + $1.exchange.body.count + $1.exchange.responseHead.count
    }
    if case .robots(let origin) = ticket.purpose, let stored = committed.arrival.robots {
      perform(
        frontier.handle(
          .robots(group: ticket.group, origin: origin, RobotsState(stored: stored)), at: now))
    }
    perform(frontier.handle(.finished(ticket, committed.arrival.facts), at: now))
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
    if judgement.isAnalysed {
      analyse(
        exchange, rendered: committed.arrival.rendering?.html, of: page, capture: committed.capture)
    }
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
