import CrawlFrontier
import Testing
import Vocabulary

/// Whole crawls in a simulated world, judged by the servers' access log.
@Suite struct FrontierSimulationTests {
  static let groups = 40
  static let pages = 80

  struct Setting: Sendable, CustomTestStringConvertible {
    var seed: UInt64
    var crashes: Int
    var limits: FrontierLimits
    var testDescription: String { "seed \(seed), \(crashes) crashes, window \(limits.window)" }
  }

  static let settings = [
    Setting(seed: 1, crashes: 0, limits: FrontierLimits()),
    Setting(seed: 2, crashes: 40, limits: FrontierLimits(concurrency: 8, window: 16)),
    Setting(seed: 3, crashes: 200, limits: FrontierLimits(concurrency: 24, window: 5)),
    Setting(seed: 4, crashes: 100, limits: FrontierLimits(concurrency: 3, window: 1, held: 100)),
  ]

  @Test(arguments: settings) func aCrawl(_ setting: Setting) throws {
    var world = try SimulatedWorld(
      seed: setting.seed, groups: Self.groups, pages: Self.pages, limits: setting.limits)
    world.run(crashEvery: 60, crashes: setting.crashes)
    #expect(world.faults.isEmpty, "\(world.faults.prefix(5))")
    #expect(world.crashes == setting.crashes)
    judgeCompleteness(world)
    judgePoliteness(world)
    judgeConcurrency(world)
    let window = min(setting.limits.window, max(4, setting.limits.held / Self.groups))
    #expect(world.mostHeld <= Self.groups * window)
    #expect(world.saves >= world.log.count)
  }

  /// Every address was fetched or, where robots.txt forbids it, refused; none was fetched in vain.
  func judgeCompleteness(_ world: SimulatedWorld) {
    let all = Self.groups * Self.pages
    #expect(world.pending.values.map(\.count).max() == 0)
    #expect(world.refused.count == all / 10)
    #expect(world.done.count == all - all / 10)
    #expect(world.done.values.allSatisfy { $0 == 1 })
    #expect(world.log.allSatisfy { !$0.path.hasPrefix("/private") })
    // Without crashes nothing is asked for twice except after trouble.
    let successes = world.log.filter { $0.status == 200 && $0.path != "/robots.txt" }.count
    #expect(successes <= world.done.count + world.lost)
  }

  func judgePoliteness(_ world: SimulatedWorld) {
    for source in world.sources {
      let accesses = world.log.filter { $0.group == source.name }
        .sorted { $0.start < $1.start }
      for (before, after) in zip(accesses, accesses.dropFirst()) {
        var delay = source.politeness.delay
        if after.path != "/robots.txt" {
          delay = max(delay, world.sites[after.origin]?.crawlDelay ?? 0)
        }
        #expect(
          after.start - before.start >= delay,
          "\(before.path) and \(after.path) of \(source.name) are too close")
      }
      // From the end of an answer that asked for rest, nothing before that rest is over.
      for access in accesses {
        guard access.isDelivered, let until = access.blockedUntil else { continue }
        let early = accesses.filter { $0.start > access.end && $0.start < until }
        #expect(early.isEmpty, "\(source.name) was not left alone")
      }
      // Pages of an origin come only after its robots.txt.
      for origin in Set(accesses.map(\.origin)) {
        #expect(accesses.first { $0.origin == origin }?.path == "/robots.txt")
      }
    }
  }

  func judgeConcurrency(_ world: SimulatedWorld) {
    var changes: [(time: Timestamp, change: Int, group: String)] = []
    for access in world.log where access.end > access.start {
      changes.append((access.start, 1, access.group))
      changes.append((access.end, -1, access.group))
    }
    changes.sort { ($0.time, $0.change) < ($1.time, $1.change) }
    var total = 0
    var most = 0
    var byGroup: [String: Int] = [:]
    let allowed = Dictionary(
      uniqueKeysWithValues: world.sources.map { ($0.name, $0.politeness.concurrency) })
    for (_, change, group) in changes {
      total += change
      most = max(most, total)
      byGroup[group, default: 0] += change
      #expect(byGroup[group, default: 0] <= allowed[group, default: 0])
    }
    #expect(most <= world.limits.concurrency)
    #expect(most > 1)
  }
}
