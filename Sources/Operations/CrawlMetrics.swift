public import CaseStore
public import Crawling
public import Vocabulary

/// What a crawl service tells a monitoring system: counts and times, nothing of any page.
public struct CrawlMetrics: Sendable {
  /// What the running crawl did.
  public var progress: CrawlProgress
  /// What is held and waits.
  public var status: StoreStatus
  /// How it goes.
  public var health: StoreHealth
  /// Bytes that the data directory's file system has left; nil when it does not say.
  public var diskFree: Int64?
  /// The program's version.
  public var version: String
  /// Now.
  public var now: Timestamp

  public init(
    progress: CrawlProgress, status: StoreStatus, health: StoreHealth, diskFree: Int64?,
    version: String, now: Timestamp
  ) {
    self.progress = progress
    self.status = status
    self.health = health
    self.diskFree = diskFree
    self.version = version
    self.now = now
  }

  /// The page of figures.
  public var page: String {
    var page = MetricsPage()
    page.add("adwatch_build_info", .gauge, "The running version.", [([("version", version)], 1)])
    page.add(
      "adwatch_start_time_seconds", .gauge, "When the crawl began.", seconds(progress.startedAt))
    addProgress(to: &page)
    addStore(to: &page)
    addSources(to: &page)
    return page.text
  }

  private func seconds(_ time: Timestamp) -> Double { Double(time.milliseconds) / 1000 }

  private func addProgress(to page: inout MetricsPage) {
    for (name, help, value) in [
      ("exchanges", "Exchanges committed, robots.txt among them.", progress.exchanges),
      ("pages", "Pages committed.", progress.pages),
      ("pages_unchanged", "Pages that came as they were.", progress.unchanged),
      ("pages_failed", "Pages that brought no answer, or an error.", progress.failures),
      ("addresses_refused", "Addresses not fetched by robots.txt or scope.", progress.refused),
      ("received_bytes", "Bytes received.", progress.bytes),
      ("adverts_found", "Adverts never seen before.", progress.adverts),
      ("adverts_flagged", "Adverts newly for review.", progress.flagged),
    ] {
      page.add("adwatch_\(name)_total", .counter, "\(help) Since the start.", Double(value))
    }
    page.add("adwatch_requests_in_flight", .gauge, "Requests under way.", Double(progress.inFlight))
    let blocked = progress.waiting.filter(\.isBlocked).count
    page.add(
      "adwatch_groups_waiting", .gauge, "Politeness groups with something due that wait.",
      [
        ([("reason", "blocked")], Double(blocked)),
        ([("reason", "delay")], Double(progress.waiting.count - blocked)),
      ])
  }

  private func addStore(to page: inout MetricsPage) {
    for (name, help, value) in [
      ("captures", "Captures held.", status.captures),
      ("captures_waiting", "Captures that wait for their analysis.", status.waiting),
      ("captures_failed", "Captures that could not be analysed.", status.failed),
      ("captures_quarantined", "Captures set aside.", status.quarantined),
      ("archive_bytes", "Bytes of the archive.", status.archiveBytes),
      ("custody_events", "Entries of the custody log.", status.custodyEvents),
      ("adverts_open", "Adverts that wait for a decision.", Int64(health.open)),
      ("adverts_urgent", "Adverts of the urgent lane that wait.", Int64(health.urgent)),
      ("erasures_waiting", "Erasures begun and not done.", Int64(health.erasures)),
    ] {
      page.add("adwatch_\(name)", .gauge, help, Double(value))
    }
    if let diskFree {
      page.add("adwatch_disk_free_bytes", .gauge, "Bytes left on the disk.", Double(diskFree))
    }
  }

  private func addSources(to page: inout MetricsPage) {
    func family(
      _ name: String, _ help: String, _ value: (StoreStatus.SourceStatus) -> Double?
    ) {
      page.add(
        "adwatch_source_\(name)", .gauge, help,
        status.sources.compactMap { source in
          value(source).map { ([("source", source.name)], $0) }
        })
    }
    family("addresses", "Addresses known.") { Double($0.addresses) }
    family("due", "Addresses due.") { Double($0.due) }
    family("adverts", "Adverts seen.") { Double($0.adverts) }
    family("flagged", "Adverts for review.") { Double($0.flagged) }
    family("last_visit_timestamp_seconds", "When a page was last fetched.") {
      $0.lastVisit.map(seconds)
    }
    page.add(
      "adwatch_source_last_answer_timestamp_seconds", .gauge, "When a page last came.",
      health.sources.compactMap { source in
        source.lastAnswer.map { ([("source", source.name)], seconds($0)) }
      })
    page.add(
      "adwatch_source_blocked", .gauge, "1 while a server of the source asked for patience.",
      health.sources.map { ([("source", $0.name)], $0.blockedUntil == nil ? 0 : 1) })
    page.add(
      "adwatch_source_outcomes", .gauge, "Addresses by how their last visit ended.",
      status.sources.flatMap { source in
        source.outcomes.sorted { $0.key < $1.key }.map {
          ([("source", source.name), ("outcome", $0.key)], Double($0.value))
        }
      })
  }
}
