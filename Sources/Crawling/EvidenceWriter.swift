import Archive
import Bytes
import CaseStore
import CrawlFrontier
import Fetching
import Vocabulary
import WebAddress

/// A capture that is evidence now.
struct CommittedArrival: Sendable {
  /// What was committed.
  var arrival: Arrival
  /// The number of the last hop's capture.
  var capture: Int64
  /// What it meant for its address; nil for robots.txt.
  var judgement: VisitJudgement?
  /// Addresses that it named itself.
  var found: [FoundAddress]
}

/// Turns exchanges into records and rows: first the archive, synced, then one transaction.
///
/// Used by one caller at a time.
final class EvidenceWriter {
  let store: CaseStore
  private let folder: String
  private let run: CaseStore.Run
  private let options: CrawlOptions
  let sources: [String: Source]
  let scopes: [String: Scope]
  /// Digests of the sources' definitions.
  private let definitions: [String: String]
  /// What is known of each origin's robots.txt, read once for each file.
  private var robots: [String: (stored: StoredRobots, state: RobotsState)] = [:]
  private let book: VisitBook
  /// Uses of legal orders that are in the custody log already, in this run.
  private var loggedOrders: Set<String> = []
  private var writers: [String: WARCWriter] = [:]
  private var generator = SystemRandomNumberGenerator()

  init(
    store: CaseStore, folder: String, run: CaseStore.Run, options: CrawlOptions,
    sources: [String: Source], scopes: [String: Scope], definitions: [String: String],
    book: VisitBook
  ) {
    self.book = book
    self.store = store
    self.folder = folder
    self.run = run
    self.options = options
    self.sources = sources
    self.scopes = scopes
    self.definitions = definitions
  }

  /// Makes the arrivals evidence; when it throws, none of them is.
  ///
  /// `admit` says whether a redirect's target, new to its source, is taken up.
  func commit(
    _ arrivals: [Arrival], at now: Timestamp, admit: (FoundAddress, String) -> FoundAddress?
  ) throws -> [CommittedArrival] {
    var captures: [CaptureCommit] = []
    var committed: [CommittedArrival] = []
    var lastCaptures: [Int] = []
    var written: [StoredMember] = []
    var ends: [String: Int64] = [:]
    for arrival in arrivals {
      var result = CommittedArrival(arrival: arrival, capture: 0, judgement: nil, found: [])
      for (index, hop) in arrival.hops.enumerated() {
        let isLast = index == arrival.hops.count - 1
        var capture = try record(hop, of: arrival, &written, &ends, &result, admit)
        capture.robots = hop.robots
        if isLast {
          capture.group = arrival.group
          capture.robots = arrival.robots
          try takeUpSitemaps(of: arrival, &capture, &result, admit)
        }
        captures.append(capture)
      }
      lastCaptures.append(captures.count - 1)
      committed.append(result)
    }
    for writer in writers.values { try writer.sync() }
    let ids = try store.commit(
      captures, written: written, ends: ends, run: run, by: options.actor, at: now)
    for (index, place) in lastCaptures.enumerated() { committed[index].capture = ids[place] }
    return committed
  }

  private func record(
    _ hop: Hop, of arrival: Arrival, _ written: inout [StoredMember],
    _ ends: inout [String: Int64], _ result: inout CommittedArrival,
    _ admit: (FoundAddress, String) -> FoundAddress?
  ) throws -> CaptureCommit {
    let exchange = hop.exchange
    let page = hop.role == .page ? arrival.ticket.page : nil
    let basis = try page.flatMap { try store.visitBasis(address: $0.id) }
    let mayRevisit =
      arrival.gate == nil && arrival.rendering == nil
      && ((200..<300).contains(exchange.status ?? 0) || exchange.status == 304)
    var archived = ArchivedExchange(
      exchange, notes: try notes(for: arrival, hop, at: exchange.started))
    if page != nil, let image = arrival.image { image.describe(in: &archived) }
    let records = CaptureRecords(
      archived, earlier: mayRevisit ? basis?.payload.flatMap(EarlierCapture.init) : nil,
      using: &generator)
    var all = records.records
    if page != nil, let rendering = arrival.rendering {
      all += rendering.records(of: records, using: &generator)
    }
    let locations = try writer(for: arrival.ticket.source).append(all, at: exchange.started)
    for location in locations { ends[location.file] = location.end }
    let members = locations.map(StoredMember.init)
    written += members.filter { $0.type == WARCType.warcinfo.rawValue }
    var capture = CaptureCommit(
      address: page?.id, source: arrival.ticket.source, url: exchange.address.withoutFragment.href,
      purpose: page?.kind == .image ? "image" : hop.role.rawValue, beganAt: exchange.started,
      endedAt: exchange.finished, outcome: exchange.outcome.rawValue, detail: exchange.detail,
      status: exchange.status, mediaType: exchange.headers["content-type"],
      payloadDigest: records.payloadDigest?.bytes, payloadLength: Int64(exchange.body.count),
      payloadOf: nil, retention: sources[arrival.ticket.source]?.retention.map { Int64($0) },
      members: members.filter { $0.type != WARCType.warcinfo.rawValue },
      analysis: .none, visit: nil, group: nil, robots: nil, found: [])
    capture.image = page == nil ? nil : arrival.image?.kept
    if page != nil, let refusal = arrival.image?.refusal { capture.detail = refusal }
    if let page {
      judge(
        exchange, of: page, basis, records.kind, gate: arrival.gate, &capture, &result)
      if let gate = arrival.gate {
        capture.detail = gate.explanation
      } else {
        try takeUpRedirect(of: exchange, from: page, &capture, &result, admit)
      }
    }
    return capture
  }

  private func judge(
    _ exchange: Exchange, of page: QueuedAddress, _ basis: CaseStore.VisitBasis?,
    _ kind: CaptureRecords.Kind, gate: GateEnd?, _ capture: inout CaptureCommit,
    _ result: inout CommittedArrival
  ) {
    var history = basis?.history ?? VisitHistory()
    var judgement = VisitJudgement(
      exchange, isRevisit: kind == .revisit, gate: gate, history: history)
    if kind == .withheld { judgement.withholdPayload() }
    history.record(judgement.outcome)
    result.judgement = judgement
    if judgement.payload == .same { capture.payloadOf = basis?.payload?.capture }
    if judgement.isAnalysed, kind == .response { capture.analysis = .waiting }
    let isStart = page.priority == .start
    let next = book.next(
      after: history, to: page, beganAt: exchange.started, at: exchange.finished)
    let validators = Validators(exchange, judgement, page: page, holds: basis?.payload != nil)
    capture.visit = AddressVisit(
      dueAt: judgement.staysDue ? exchange.finished : next.dueAt,
      priority: VisitPriority(kind: page.kind, isStart: isStart, wasVisited: true),
      etag: validators.etag, lastModified: validators.lastModified, history: history,
      holdsPayload: judgement.payload == .new, yield: next.yield)
  }

  /// A redirect's target is an address of its own, fetched in its turn: each hop is a capture.
  private func takeUpRedirect(
    of exchange: Exchange, from page: QueuedAddress, _ capture: inout CaptureCommit,
    _ result: inout CommittedArrival, _ admit: (FoundAddress, String) -> FoundAddress?
  ) throws {
    switch Redirect.target(of: exchange) {
    case .none: return
    case .bad(let why):
      capture.outcome = FetchOutcome.badRedirect.rawValue
      capture.detail = why
    case .target(let target, _):
      let decision = scopes[page.source]?.judge(
        target, depth: page.depth + 1, as: page.kind == .image ? .image : .other)
      switch decision {
      case .accepted(let accepted):
        capture.detail = "redirected to \(accepted.address.href)"
        var found = FoundAddress(
          url: accepted.address.href, group: accepted.group, kind: accepted.kind,
          depth: page.depth + 1,
          priority: VisitPriority(kind: accepted.kind, isStart: false, wasVisited: false),
          dueAt: exchange.finished)
        if try !store.knows(found.url, of: page.source) {
          guard let admitted = admit(found, page.source) else {
            capture.detail = "redirected to \(found.url): not taken up"
            return
          }
          found = admitted
        }
        capture.found.append(found)
        result.found.append(found)
      case .rejected(let reason):
        capture.detail = "redirected to \(target.href): \(reason.rawValue)"
      case nil: return
      }
    }
  }

  private func notes(
    for arrival: Arrival, _ hop: Hop, at time: Timestamp
  ) throws -> [(name: String, value: String)] {
    let ticket = arrival.ticket
    guard let source = sources[ticket.source] else { return [] }
    var notes = [
      ("source", source.name), ("sourceDigest", definitions[source.name] ?? "unknown"),
      ("purpose", source.purpose), ("legalBasis", source.legalBasis),
      ("retention", source.retention.map { "\(Int64($0)) s" } ?? "general rule"),
      ("actor", options.actor.name), ("run", String(run.id)), ("software", options.software),
      (
        "robotsPolicy",
        source.politeness.robotsOrder.map { "obey, except by order: \($0.name)" } ?? "obey"
      ),
      ("robotsDecision", try robotsDecision(hop, source, at: time)),
      ("identity", identity(of: source)),
      ("via", source.network.proxy == nil ? "direct" : "proxy"),
    ]
    if source.network.proxy != nil {
      notes.append(("exitAddress", arrival.exit ?? "unknown"))
      notes.append(
        ("addressGuard", "the proxy resolves names: the server's address was not seen"))
    }
    notes += ClockState.now.notes
    if let page = ticket.page, hop.role != .page { notes.append(("visitOf", page.address.href)) }
    if hop.role == .page, let rendering = arrival.rendering {
      notes.append(("rendering", rendering.note))
    }
    return notes + hop.notes
  }

  /// What the site can know us by.
  private func identity(of source: Source) -> String {
    var parts: [String] = []
    let names = source.network.cookies.map(\.name)
    if !names.isEmpty { parts.append("cookies \(names.joined(separator: ", "))") }
    if !source.steps.isEmpty { parts.append("a session with the site's own cookies") }
    return parts.isEmpty ? "none" : parts.joined(separator: "; ")
  }

  /// By which rule of which robots.txt a request was allowed.
  private func robotsDecision(
    _ hop: Hop, _ source: Source, at time: Timestamp
  ) throws -> String {
    guard hop.role != .robots else { return "not asked: this is robots.txt" }
    guard hop.role != .exit else { return "not asked: this is the operator's own choice" }
    let address = hop.exchange.address
    let origin = address.origin
    guard let stored = try store.robots(origin: origin) else { return "unknown" }
    let file =
      stored.body.map { "robots.txt \(SHA256.hash($0).labelled)" } ?? "no robots.txt"
    let seen = "\(file) of \(stored.fetchedAt.rfc3339)"
    if robots[origin]?.stored != stored {
      robots[origin] = (stored, RobotsState(stored: stored))
    }
    let decision = robots[origin]?.state.decision(
      for: address, agent: UserAgent.token, order: source.politeness.robotsOrder, at: time)
    switch decision {
    case .ordered(let rule, let order):
      let aside = rule.map { "line \($0.line) (\($0.text)) of \(seen)" } ?? "unreachable robots.txt"
      try log(order, against: aside, of: source, at: time)
      return "against \(aside), by order: \(order)"
    case .allowed(let rule?): return "allowed by line \(rule.line) (\(rule.text)) of \(seen)"
    case .allowed(nil): return "allowed, no rule of \(seen)"
    default: return "allowed when it was begun, \(seen)"
    }
  }

  /// The first use of an order against a rule, in each run, is an event of its own.
  private func log(
    _ order: String, against rule: String, of source: Source, at time: Timestamp
  ) throws {
    guard loggedOrders.insert("\(source.name) \(rule)").inserted else { return }
    try store.record(
      action: "robots.order", subject: "source:\(source.name)",
      payload: ["order": order, "set_aside": rule, "run": String(run.id)], by: options.actor,
      at: time)
  }

  private func writer(for source: String) throws -> WARCWriter {
    if let writer = writers[source] { return writer }
    let settings = sources[source]
    var info: [(name: String, value: String)] = [
      ("software", options.software),
      ("operator", settings?.operator.name ?? options.actor.name),
      ("robots", settings?.politeness.robotsOrder == nil ? "obey" : "obey, except by order"),
      ("isPartOf", source),
    ]
    if let contact = settings?.operator.contact ?? options.contact {
      info.append(("http-header-from", contact))
    }
    if let settings {
      info.append(("description", "\(settings.purpose) (legal basis: \(settings.legalBasis))"))
    }
    let writer = try WARCWriter(
      WARCWriterOptions(
        dataDirectory: folder, source: source, maximumFileBytes: options.maximumFileBytes,
        warcinfo: info))
    writers[source] = writer
    return writer
  }
}

/// What the next request for an address asks on the condition of.
///
/// Only a server's word on the payload that is held: a validator of anything else would bring 304
/// for something that nobody has.
private struct Validators {
  var etag: String?
  var lastModified: String?

  init(_ exchange: Exchange, _ judgement: VisitJudgement, page: QueuedAddress, holds: Bool) {
    switch judgement.payload {
    case .new:
      etag = exchange.headers["etag"]
      lastModified = exchange.headers["last-modified"]
    case .same:
      etag = exchange.headers["etag"] ?? page.etag
      lastModified = exchange.headers["last-modified"] ?? page.lastModified
    case .none where holds:
      etag = page.etag
      lastModified = page.lastModified
    case .none: break
    }
  }
}

extension EarlierCapture {
  fileprivate init?(_ payload: CaseStore.VisitBasis.Payload) {
    guard let digest = SHA256Digest(payload.digest) else { return nil }
    self.init(
      recordID: payload.recordID, targetURI: payload.url, date: payload.beganAt,
      payloadDigest: digest)
  }
}

extension StoredMember {
  init(_ location: MemberLocation) {
    self.init(
      file: location.file, offset: location.offset, length: location.length,
      digest: location.digest.bytes, recordID: location.recordID, type: location.type.rawValue)
  }
}
