import CaseStore
import CrawlFrontier
import Fetching
import Vocabulary
import WebAddress

/// A visit to a page that may lie behind a gate: the page, the steps through the gate, the page again.
///
/// Each request asks the frontier for leave, waits for its time and becomes evidence of its own. What
/// is not the page never counts as the page: a visit that ends at the gate ends blocked.
struct Visit {
  let ticket: Ticket
  let source: Source
  let crawler: Crawler
  private var session: GateSession
  private var hops: [Hop] = []
  /// Why the last request was not made.
  private var problem = ""
  /// Whether that was for a reason of our own.
  private var isGivenUp = false
  /// Steps that this visit has done.
  private var done: Set<Int> = []
  private var hasRenewed = false
  private var hasReturned = false

  init(_ ticket: Ticket, of source: Source, session: GateSession, crawler: Crawler) {
    self.ticket = ticket
    self.source = source
    self.session = session
    self.crawler = crawler
  }

  /// Makes the visit; at least one exchange comes of it.
  mutating func run() async -> VisitResult {
    if !session.isOpen { await openSession() }
    guard var exchange = await page() else { return await blocked(problem) }
    while true {
      guard exchange.outcome.isResponse, !Task.isCancelled,
        !Politeness.asksForRest(exchange.status ?? 0)
      else { break }
      switch turn(after: exchange) {
      case .arrived: return await finished()
      case .closed(let why): return await blocked(why)
      case .renew:
        hasRenewed = true
        demote()
        await openSession()
        guard let next = await page() else { return await blocked(problem) }
        exchange = next
      case .again:
        demote()
        guard let next = await page() else { return await blocked(problem) }
        exchange = next
      case .fetch(let address):
        demote()
        guard let next = await request(address, .page) else { return await blocked(problem) }
        exchange = next
      case .step(let index, let gate):
        done.insert(index)
        demote()
        guard let next = await perform(index, on: gate) else { return await blocked(problem) }
        exchange = next
      }
    }
    return await finished()
  }

  private enum Turn {
    /// This is the page.
    case arrived
    /// A gate stays closed.
    case closed(String)
    /// The session is over.
    case renew
    /// The page has to be asked for again.
    case again
    /// A gate is behind this address.
    case fetch(Address)
    /// A gate is here, and this step is for it.
    case step(Int, GatePage)
  }

  /// What an exchange asks for.
  private func turn(after exchange: Exchange) -> Turn {
    let marks = source.steps.compactMap(\.mark)
    if case .target(let target, _) = Redirect.target(of: exchange) {
      for (index, step) in source.steps.enumerated() where step.mark?.isAt(target) == true {
        return done.contains(index)
          ? .closed("step \(index + 1) was done and the site asks for it again") : .fetch(target)
      }
      // A site that sets a cookie and sends back to the same address.
      if isPage(target), !hasReturned { return .again }
      return isPage(exchange.address) ? .arrived : .again
    }
    let gate = GatePage(exchange, marks: marks)
    for (index, step) in source.steps.enumerated() {
      guard let mark = step.mark, gate.bears(mark) else { continue }
      return done.contains(index)
        ? .closed("step \(index + 1) was done and the gate is still there") : .step(index, gate)
    }
    if [401, 403].contains(exchange.status ?? 0), !hasRenewed, !openings.isEmpty { return .renew }
    return isPage(exchange.address) && exchange.method == .get ? .arrived : .again
  }

  private func isPage(_ address: Address) -> Bool {
    address.withoutFragment.canonical == ticket.address.withoutFragment.canonical
  }

  /// The steps of a session's beginning.
  private var openings: [(offset: Int, element: GateStep)] {
    source.steps.enumerated().filter { $0.element.trigger == .session }
  }

  private mutating func openSession() async {
    for (index, step) in openings {
      switch step.action {
      case .cookies(let cookies): cookies.forEach { session.set($0) }
      case .open(let address):
        guard let exchange = await request(address, .step, note: note(index)) else { return }
        // The gate's own steps are for what the pages show.
        guard exchange.outcome.isResponse else { return }
      case .submit, .follow: break
      }
    }
    session.isOpen = true
  }

  /// The page itself.
  private mutating func page() async -> Exchange? {
    if !hops.isEmpty { hasReturned = true }
    return await request(ticket.address, .page, isOwn: hops.isEmpty)
  }

  /// Does a step on the page it is for; the page that came of it.
  private mutating func perform(_ index: Int, on gate: GatePage) async -> Exchange? {
    var next: Exchange?
    switch source.steps[index].action {
    case .cookies(let cookies):
      cookies.forEach { session.set($0) }
      return await page()
    case .open: return await page()
    case .follow(let pattern):
      guard let link = gate.link(to: pattern) else {
        problem = "step \(index + 1): the gate has no link to \(pattern)"
        return nil
      }
      if isPage(link) { return await page() }
      next = await request(link, .step, note: note(index))
    case .submit(let choice):
      guard let form = FormSubmission(choice, on: gate) else {
        problem =
          "step \(index + 1): the gate has no form with the fields "
          + choice.fields.map(\.name).joined(separator: ", ")
        return nil
      }
      next = await request(form.address, .step, form: form, note: note(index))
    }
    // Where it leads: 303 and its kin turn POST into GET, 307 and 308 are not followed with a form.
    while let exchange = next, case .target(let target, .get) = Redirect.target(of: exchange) {
      if isPage(target) { return await page() }
      let isGate = source.steps.contains { $0.mark?.isAt(target) == true }
      guard let further = await request(target, .step, note: note(index)) else {
        return await page()
      }
      if isGate { return further }
      next = further
    }
    return next
  }

  private func note(_ index: Int) -> String {
    let step = source.steps[index]
    let action =
      switch step.action {
      case .open: "open"
      case .submit: "submit"
      case .follow: "follow"
      case .cookies: "cookies"
      }
    return "\(index + 1) of \(source.steps.count): \(action)"
  }

  /// The exchange that was taken for the page is not the page.
  private mutating func demote() {
    guard !hops.isEmpty else { return }
    hops[hops.count - 1].role = .step
    hops[hops.count - 1].notes.append(("gate", "not the page that was asked for"))
  }

  /// The visit as it ended; what stands for the page is the last answer from its own address.
  private mutating func ended(_ gate: GateEnd?) async -> VisitResult {
    let latest = hops.last?.exchange
    if let last = hops.lastIndex(where: isOfPage) {
      hops.append(hops.remove(at: last))
    } else {
      // Nothing but steps of the beginning: the ticket is the leave for the page itself.
      _ = await request(ticket.address, .page, isOwn: true)
    }
    for index in hops.indices where hops[index].role == .page { hops[index].role = .step }
    var result = VisitResult(hops, gate: gate, session: session)
    result.latest = latest
    result.isGivenUp = isGivenUp
    result.hops[hops.count - 1].role = .page
    return result
  }

  private func isOfPage(_ hop: Hop) -> Bool {
    hop.role != .robots && hop.role != .part && hop.exchange.method == .get
      && hop.exchange.address.withoutFragment == ticket.address.withoutFragment
  }

  private mutating func finished() async -> VisitResult {
    guard let last = hops.last, isOfPage(last) else {
      let status = hops.last?.exchange.status.map { "status \($0)" }
      let why = status ?? hops.last?.exchange.outcome.rawValue ?? "nothing came"
      return await ended(.interrupted("a step ended with \(why)"))
    }
    let exchange = last.exchange
    let rendering = await render(exchange)
    var result = await ended(nil)
    result.rendering = rendering
    return result
  }

  /// Ends the visit at the gate; the session counts as lost.
  private mutating func blocked(_ why: String) async -> VisitResult {
    if !isGivenUp { session.isOpen = false }
    return await ended(.closed(why))
  }
}

// MARK: - Requests

extension Visit {
  /// Makes one request, with leave and in its time; nil when it may not be made, with `problem` set.
  ///
  /// `isOwn` says that the ticket itself is the leave.
  private mutating func request(
    _ address: Address, _ role: Hop.Role, form: FormSubmission? = nil, note: String? = nil,
    isOwn: Bool = false
  ) async -> Exchange? {
    guard hops.count <= GateStep.maximumRequests else {
      problem = "more than \(GateStep.maximumRequests) requests for one page"
      return nil
    }
    if !isOwn, await !waitForLeave(to: address) { return nil }
    var request = crawler.request(
      for: address, of: ticket, cookies: session.cookies,
      isConditional: isPage(address) && source.render == .none)
    if let form {
      request.method = form.method
      request.body = form.body
      if form.method == .post {
        request.headers.append(HeaderField("Content-Type", FormSubmission.contentType))
      }
    }
    let exchange = await crawler.fetcher.fetch(request)
    await crawler.went(exchange, for: ticket)
    hops.append(Hop(exchange, role, notes: note.map { [("step", $0)] } ?? []))
    return exchange
  }

  /// Makes a request of a page that is rendered; nil when it may not be made.
  mutating func request(
    part address: Address, method: HTTPMethod, headers: [HeaderField], body: [UInt8], note: String
  ) async -> Exchange? {
    guard await waitForLeave(to: address) else { return nil }
    var request = crawler.request(
      for: address, of: ticket, cookies: session.cookies, isConditional: false)
    request.method = method
    request.headers += headers
    if method == .post { request.body = body }
    let exchange = await crawler.fetcher.fetch(request)
    await crawler.went(exchange, for: ticket)
    hops.append(Hop(exchange, .part, notes: [("part", note)]))
    return exchange
  }

  /// Asks for leave and waits for its time; robots.txt of another origin is fetched first.
  private mutating func waitForLeave(to address: Address) async -> Bool {
    for _ in 0..<2 {
      switch await crawler.leave(for: ticket, to: address, isRobots: false) {
      case .refused(let why):
        problem = why
        return false
      case .notNow(let why):
        problem = why
        isGivenUp = true
        return false
      case .granted(let start, _):
        await Self.sleep(until: start, crawler)
        return true
      case .robotsFirst(let origin):
        guard await fetchRobots(of: origin, for: address) else { return false }
      }
    }
    problem = "robots.txt of \(address.origin) cannot be had"
    return false
  }

  private mutating func fetchRobots(of origin: String, for address: Address) async -> Bool {
    guard var target = address.resolving("/robots.txt") else { return false }
    for _ in 0...RobotsFile.maximumRedirects {
      guard
        case .granted(let start, _) = await crawler.leave(
          for: ticket, to: target, isRobots: true)
      else {
        problem = "no leave for robots.txt of \(origin)"
        return false
      }
      await Self.sleep(until: start, crawler)
      let exchange = await crawler.fetcher.fetch(
        crawler.request(for: target, of: ticket, isConditional: false))
      await crawler.went(exchange, for: ticket)
      // Before what it is for: the last hop stays the visit's own.
      hops.append(Hop(exchange, .robots))
      if case .target(let next, _) = Redirect.target(of: exchange) {
        target = next
        continue
      }
      if exchange.outcome == .cancelled { return false }
      let stored = RobotsFile.stored(
        exchange, origin: origin, previous: await crawler.earlierRobots(of: origin),
        at: crawler.clock())
      hops[hops.count - 1].robots = stored
      await crawler.learn(stored, for: ticket, from: address)
      return true
    }
    problem = "robots.txt of \(origin) is redirected without end"
    return false
  }

  private static func sleep(until start: Timestamp, _ crawler: Crawler) async {
    let seconds = start - crawler.clock()
    if seconds > 0 { try? await Task.sleep(for: .seconds(seconds)) }
  }
}

extension GateStep {
  /// By what its gate is recognised; nil for a step of the session's beginning.
  var mark: GateMark? {
    if case .page(let mark) = trigger { return mark }
    return nil
  }
}
