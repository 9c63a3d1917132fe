public import Logging
import Dispatch
import Vocabulary
public import WebAddress

/// Sends requests and answers with what became of them, many at once, within limits.
///
/// libcurl does the HTTP; it is driven by Dispatch sources on one serial queue, which is this
/// actor's executor. Requests wait in order of arrival for one of `maximumConcurrent` places, and
/// for one of their group's. Call `shutdown()` at the end.
public actor Fetcher {
  private let executor: QueueExecutor
  private let configuration: FetcherConfiguration
  private let logger: Logger
  private let sockets = DispatchGroup()

  private var jobs: [Int: FetchJob] = [:]
  private var lastID = 0
  private var admissions: AdmissionQueue
  private var names: NameCache
  private var pools: [NetworkPolicy: TransferPool] = [:]
  /// Who only asks for addresses.
  private var lookups: [Int: CheckedContinuation<[IPAddress], Never>] = [:]
  private var isStarting = false
  private var isShutDown = false

  /// Seconds after which the connections of a policy that nobody uses are closed.
  private static let poolLifetime = 120.0
  /// Policies whose connections are kept at once, unless more are in use.
  private static let maximumPools = 64

  public nonisolated var unownedExecutor: UnownedSerialExecutor {
    executor.asUnownedSerialExecutor()
  }

  public init(configuration: FetcherConfiguration = FetcherConfiguration(), logger: Logger) {
    executor = QueueExecutor(label: "adwatch.fetcher")
    self.configuration = configuration
    self.logger = logger
    admissions = AdmissionQueue(maximum: configuration.maximumConcurrent)
    names = NameCache(lifetime: configuration.nameLifetime)
  }

  /// Sends one request and waits for its end, however it ends.
  ///
  /// Redirects are not followed: see `Redirect`. Cancelling the task aborts the transfer and answers
  /// with `FetchOutcome.cancelled` at once.
  public func fetch(_ request: FetchRequest) async -> Exchange {
    lastID += 1
    let id = lastID
    let exchange = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        submit(FetchJob(id: id, request: request, continuation: continuation))
      }
    } onCancel: {
      executor.queue.async { self.assumeIsolated { $0.cancel(id) } }
    }
    log(exchange)
    return exchange
  }

  /// The addresses of an address's host, as a fetch without a proxy would find them; none when nobody
  /// knows any within `seconds`.
  public func addresses(of address: Address, within seconds: Double = 10) async -> [IPAddress] {
    let name: String
    switch address.host {
    case .ipv4(let literal)?, .ipv6(let literal)?: return [literal]
    case .domain(let domain)?: name = domain
    default: return []
    }
    if let known = names.addresses(of: name, now: monotonicSeconds()) { return known }
    lastID += 1
    let id = lastID
    return await withCheckedContinuation { continuation in
      lookups[id] = continuation
      if names.ask(name, for: id) { lookUpNext() }
      let delay = DispatchTimeInterval.milliseconds(Int(max(0, min(seconds, 3600)) * 1000))
      executor.queue.asyncAfter(deadline: .now() + delay) { [weak self] in
        self?.assumeIsolated { $0.lookups.removeValue(forKey: id)?.resume(returning: []) }
      }
      if isShutDown { lookups.removeValue(forKey: id)?.resume(returning: []) }
    }
  }

  /// Cancels everything, closes every connection and waits until the last socket is closed.
  ///
  /// Later fetches answer with `FetchOutcome.cancelled`.
  public func shutdown() async {
    isShutDown = true
    for id in jobs.keys.sorted() { cancel(id) }
    for lookup in lookups.values { lookup.resume(returning: []) }
    lookups = [:]
    for pool in pools.values { pool.close() }
    pools = [:]
    await withCheckedContinuation { continuation in
      sockets.notify(queue: executor.queue) { continuation.resume() }
    }
  }

  private func log(_ exchange: Exchange) {
    let level: Logger.Level = exchange.outcome == .internalError ? .error : .debug
    logger.log(
      level: level, "fetched",
      metadata: [
        "url": "\(exchange.address)", "outcome": "\(exchange.outcome.rawValue)",
        "status": "\(exchange.status.map(String.init) ?? "-")",
        "bytes": "\(exchange.body.count)", "detail": "\(exchange.detail ?? "")",
      ])
  }
}

// MARK: - The way of a request

extension Fetcher {
  private func submit(_ job: FetchJob) {
    var job = job
    if isShutDown { return job.fail(.cancelled, "the fetcher was shut down") }
    switch RequestCheck.check(job.request) {
    case .refused(let outcome, let reason): return job.fail(outcome, reason)
    case .fit(let headers):
      job.headerLines = headers.lines
      job.cookies = headers.cookies
    }
    jobs[job.id] = job
    admissions.enqueue(
      job.id, group: job.request.group,
      limit: job.request.maximumPerGroup ?? configuration.maximumPerGroup)
    startNext()
  }

  /// Starts whoever may start.
  private func startNext() {
    // A start that fails at once comes back here through `finish`; the loop below goes on by itself.
    guard !isStarting else { return }
    isStarting = true
    defer { isStarting = false }
    while let id = admissions.next() {
      jobs[id]?.begin()
      guard let job = jobs[id] else { continue }
      guard let name = job.nameToResolve else {
        transfer(id, resolved: [])
        continue
      }
      if let known = names.addresses(of: name, now: monotonicSeconds()) {
        transfer(id, resolved: known)
      } else {
        resolve(name, for: id, within: job.request.limits.connectTimeout)
      }
    }
  }

  private func resolve(_ name: String, for id: Int, within seconds: Double) {
    if names.ask(name, for: id) { lookUpNext() }
    let delay = DispatchTimeInterval.milliseconds(Int(max(0, min(seconds, 3600)) * 1000))
    executor.queue.asyncAfter(deadline: .now() + delay) { [weak self] in
      self?.assumeIsolated { fetcher in
        guard fetcher.jobs[id]?.isResolving == true else { return }
        fetcher.fail(id, .dnsFailure, "no answer for \(name) within \(seconds) s")
      }
    }
  }

  private func lookUpNext() {
    while let (name, thread) = names.nextLookup() {
      let (resolver, queue) = (configuration.resolver, executor.queue)
      thread.async { [weak self] in
        let answer: NameCache.Answer
        do throws(NameFailure) {
          let addresses = try resolver.addresses(of: name)
          answer = .success(Array(addresses.prefix(NameCache.maximumAddresses)))
        } catch {
          answer = .failure(error)
        }
        queue.async { [weak self] in
          self?.assumeIsolated { $0.resolved(name, answer, thread: thread) }
        }
      }
    }
  }

  private func resolved(_ name: String, _ answer: NameCache.Answer, thread: DispatchQueue) {
    for id in names.answered(name, answer, thread: thread, now: monotonicSeconds()) {
      if let lookup = lookups.removeValue(forKey: id) {
        lookup.resume(returning: (try? answer.get()) ?? [])
        continue
      }
      guard jobs[id]?.isResolving == true else { continue }
      switch answer {
      case .success(let addresses) where !addresses.isEmpty: transfer(id, resolved: addresses)
      case .success: fail(id, .dnsFailure, "\(name) has no address")
      case .failure(let failure): fail(id, .dnsFailure, "\(name): \(failure.reason)")
      }
    }
    lookUpNext()
  }

  private func transfer(_ id: Int, resolved: [IPAddress]) {
    guard let order = jobs[id]?.order(resolved: resolved) else { return }
    guard let pool = pool(for: order.request.network) else {
      return fail(id, .internalError, "curl cannot begin")
    }
    if let exchange = pool.add(order, configuration: configuration) { finish(id, exchange) }
  }

  private func fail(_ id: Int, _ outcome: FetchOutcome, _ reason: String) {
    guard let job = jobs[id] else { return }
    finish(id, job.exchange(outcome, reason))
  }

  private func cancel(_ id: Int) {
    guard let job = jobs[id] else { return }
    if job.isWaiting {
      _ = admissions.remove(id, group: job.request.group)
      jobs[id] = nil
      job.fail(.cancelled, "cancelled")
    } else if let exchange = pools[job.request.network]?.cancel(id) {
      finish(id, exchange)
    } else {
      fail(id, .cancelled, "cancelled")
    }
  }

  /// Answers the caller and gives the place to the next.
  private func finish(_ id: Int, _ exchange: Exchange) {
    guard let job = jobs.removeValue(forKey: id) else { return }
    admissions.finished(group: job.request.group)
    job.continuation.resume(returning: exchange)
    if !isShutDown { startNext() }
  }

  private func pool(for policy: NetworkPolicy) -> TransferPool? {
    if let pool = pools[policy] { return pool }
    retirePools()
    let pool = TransferPool(
      cookies: policy.cookies, maximumIdleConnections: configuration.maximumIdleConnections,
      queue: executor.queue, sockets: sockets
    ) { [weak self] id, exchange in
      self?.assumeIsolated { $0.finish(id, exchange) }
    }
    pools[policy] = pool
    return pool
  }

  /// Closes the connections of policies that have not been used for long, or of too many.
  ///
  /// Jars with cookies are kept: they are what the site thinks of us.
  private func retirePools() {
    let now = monotonicSeconds()
    let idle = pools.filter { $0.value.isIdle && $0.key.cookies == .none }
      .sorted { $0.value.lastUsed < $1.value.lastUsed }
    var surplus = pools.count + 1 - Self.maximumPools
    for (policy, pool) in idle {
      guard surplus > 0 || now - pool.lastUsed > Self.poolLifetime else { break }
      pool.close()
      pools[policy] = nil
      surplus -= 1
    }
  }
}
