import CrawlFrontier
import Testing
import Vocabulary

/// Pauses, allowances, and the gate that groups on one address share.
@Suite struct FrontierGateTests {
  /// Groups of one source each, with robots.txt that allows everything.
  struct Sites {
    var frontier: Frontier
    let names: [String]

    init(_ names: [String], spacing: Double = 1, delay: Double = 5) throws {
      var politeness = Politeness()
      politeness.addressSpacing = spacing
      frontier = Frontier(politeness: politeness)
      self.names = names
      for name in names {
        frontier.add(
          source: try source(
            "politeness: {delay: \(delay)s}", name: name, start: "https://\(name).example/"))
        frontier.add(group: GroupState(key: "\(name).example", delay: delay), due: noon)
      }
    }

    func batch(of name: String) -> Frontier.Batch {
      let all = (0..<20).map { number in
        QueuedAddress(
          id: Int64(number), address: address("https://\(name).example/\(number)"), source: name,
          group: "\(name).example", kind: .other, priority: .other, due: noon)
      }
      return Frontier.Batch(
        group: "\(name).example", addresses: all,
        robots: ["https://\(name).example": RobotsState(status: 404, body: [], at: noon)])
    }

    /// Performs everything until `end`, with answers after a tenth of a second; the starts by time.
    mutating func starts(
      from start: Timestamp, until end: Timestamp, peers: [String: [String]]
    ) -> [(group: String, at: Timestamp)] {
      var starts: [(group: String, at: Timestamp)] = []
      var time = start
      while time < end {
        var wait: Timestamp?
        for action in frontier.next(at: time) {
          switch action {
          case .load(let group, _, let without):
            let name = String(group.prefix { $0 != "." })
            let batch =
              without.contains(name)
              ? Frontier.Batch(group: group, addresses: []) : batch(of: name)
            _ = frontier.handle(.loaded(batch), at: time)
          case .resolve(let group, _, _):
            _ = frontier.handle(.resolved(group: group, peers: peers[group] ?? []), at: time)
          case .fetch(let ticket):
            starts.append((ticket.group, time))
            _ = frontier.handle(.finished(ticket, FetchFacts(status: 200, latency: 0.1)), at: time)
          case .wait(let until, _): wait = until
          default: break
          }
        }
        time = max(time.plus(0.05), min(wait ?? end, time.plus(0.05)))
      }
      return starts
    }
  }

  @Test func groupsOnOneAddressShareAMinimumSpacing() throws {
    var sites = try Sites(["a", "b", "c", "d"])
    let shared = ["a.example", "b.example", "c.example"]
    var peers = Dictionary(uniqueKeysWithValues: shared.map { ($0, ["192.0.2.1"]) })
    peers["d.example"] = ["192.0.2.9"]
    let starts = sites.starts(from: noon, until: noon.plus(60), peers: peers)
    let times = starts.filter { shared.contains($0.group) }.map(\.at)
    for (first, second) in zip(times, times.dropFirst()) { #expect(second - first >= 1) }
    for group in shared { #expect(starts.filter { $0.group == group }.count >= 9, "\(group)") }
    #expect(starts.contains { $0.group == "d.example" && $0.at <= noon.plus(0.1) })
  }

  @Test func theGateHoldsOverARestart() throws {
    var sites = try Sites(["a", "b"])
    let peers = ["a.example": ["192.0.2.1"], "b.example": ["192.0.2.1"]]
    _ = sites.starts(from: noon, until: noon.plus(0.5), peers: peers)
    let asked = try #require(sites.frontier.state(of: "a.example"))
    var again = try Sites(["a", "b"])
    again.frontier.add(group: asked, due: noon)
    var other = GroupState(key: "b.example", delay: 5)
    other.peers = ["192.0.2.1"]
    again.frontier.add(group: other, due: noon)
    let starts = again.starts(from: noon.plus(0.1), until: noon.plus(3), peers: peers)
    let first = try #require(starts.first)
    #expect(first.group == "b.example" && first.at >= noon.plus(1))
  }

  @Test func whatIsPausedMakesNoRequestAndGoesOnWhenResumed() throws {
    var sites = try Sites(["a", "b"], spacing: 0)
    sites.frontier.pause(sources: ["a"], groups: [], at: noon)
    #expect(
      Set(sites.starts(from: noon, until: noon.plus(20), peers: [:]).map(\.group)) == ["b.example"])
    sites.frontier.pause(sources: [], groups: ["b.example"], at: noon.plus(20))
    let later = sites.starts(from: noon.plus(20), until: noon.plus(40), peers: [:])
    #expect(Set(later.map(\.group)) == ["a.example"])
    sites.frontier.pause(sources: [], groups: [], at: noon.plus(40))
    let both = sites.starts(from: noon.plus(40), until: noon.plus(60), peers: [:])
    #expect(Set(both.map(\.group)) == ["a.example", "b.example"])
    for group in ["a.example", "b.example"] {
      let times = both.filter { $0.group == group }.map(\.at)
      for (first, second) in zip(times, times.dropFirst()) { #expect(second - first >= 5) }
    }
  }

  @Test func anAllowanceIsKeptToTheRequest() throws {
    var sites = try Sites(["a", "b", "c"], spacing: 0)
    sites.frontier.allowance = 7
    let starts = sites.starts(from: noon, until: noon.plus(100), peers: [:])
    #expect(starts.count == 7)
    #expect(sites.frontier.next(at: noon.plus(100)).last == .idle)
  }
}
