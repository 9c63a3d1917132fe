import Extraction
import Testing

@testable import Linking

@Suite struct ClustersTests {
  private func phone(_ name: String) -> LinkNode { .selector(.phone, name) }

  private func edges(_ pairs: [(Int64, String)]) -> [ClusterEdge] {
    pairs.map { ClusterEdge(advert: $0.0, node: phone($0.1), joins: true) }
  }

  private func decision(_ id: Int64, _ act: ClusterDecision.Act) -> ClusterDecision {
    ClusterDecision(id: id, when: day(Double(id)), who: "ana", why: "seen", act: act)
  }

  @Test func sharedNodesJoinAndTheLowestAdvertNames() {
    let clusters = Clusters(edges([(5, "a"), (9, "a"), (9, "b"), (12, "b"), (20, "c")]))
    #expect(clusters.assignments == [5: 5, 9: 5, 12: 5])
    #expect(clusters.members == [5: [5, 9, 12]])
  }

  @Test func weakTiesOnlySuggest() {
    var all = edges([(1, "a"), (2, "a"), (3, "b"), (4, "b")])
    all.append(ClusterEdge(advert: 2, node: .text(9), joins: false))
    all.append(ClusterEdge(advert: 3, node: .text(9), joins: true))
    let clusters = Clusters(all)
    #expect(clusters.assignments == [1: 1, 2: 1, 3: 3, 4: 3])
    #expect(
      clusters.suggestions == [ClusterSuggestion(a: 1, b: 3, node: .text(9), reason: .weak)])
  }

  @Test func orderDoesNotMatter() {
    var invented = Invented(31)
    for _ in 0..<30 {
      var all: [ClusterEdge] = []
      for _ in 0..<150 {
        all.append(
          ClusterEdge(
            advert: Int64(invented.number(1..<120)), node: phone("n\(invented.number(0..<60))"),
            joins: invented.number(0..<8) > 0))
      }
      var rule = LinkRule()
      rule.bulk = 6
      let decisions = [
        decision(1, .part([Int64(invented.number(1..<120)), Int64(invented.number(1..<120))])),
        decision(2, .join(3, 77)), decision(3, .disregard(phone("n1"))),
      ]
      let first = Clusters(all, decisions: decisions, rule: rule)
      let second = Clusters(
        invented.shuffled(all), decisions: invented.shuffled(decisions), rule: rule)
      #expect(first == second)
    }
  }

  @Test func namesLastWhileAdvertsAreAdded() {
    var invented = Invented(32)
    var all: [ClusterEdge] = []
    var before: [Int64: Int64] = [:]
    for advert in 1...300 as ClosedRange<Int64> {
      for _ in 0..<2 {
        all.append(
          ClusterEdge(advert: advert, node: phone("n\(invented.number(0..<200))"), joins: true))
      }
      let after = Clusters(all).assignments
      for (old, cluster) in before {
        // An advert keeps its cluster's name, unless the cluster went into an older one.
        let now = after[old] ?? 0
        #expect(now == cluster || now < cluster)
      }
      before = after
    }
  }

  @Test func aGiantIsNotMadeByOneTie() {
    var rule = LinkRule()
    rule.bulk = 10
    var all: [ClusterEdge] = []
    for advert in 1...20 as ClosedRange<Int64> {
      all.append(ClusterEdge(advert: advert, node: phone("left"), joins: true))
      all.append(ClusterEdge(advert: 100 + advert, node: phone("right"), joins: true))
    }
    all += edges([(7, "bridge"), (107, "bridge")])
    let one = Clusters(all, rule: rule)
    #expect(Set(one.assignments.values).count == 2)
    #expect(one.suggestions.map(\.reason) == [.bridge])
    all += edges([(8, "other"), (108, "other")])
    let two = Clusters(all, rule: rule)
    #expect(Set(two.assignments.values) == [1])
    #expect(two.suggestions.isEmpty)
  }

  /// Two networks of `size` adverts on ten telephones and five texts each, with ids from 1 and 10,001.
  private func twoNetworks(_ size: Int64) -> [ClusterEdge] {
    var all: [ClusterEdge] = []
    for network in 0..<2 as Range<Int64> {
      for advert in 0..<size {
        let id = network * 10_000 + 1 + advert
        all.append(ClusterEdge(advert: id, node: phone("\(network) \(advert % 10)"), joins: true))
        all.append(
          ClusterEdge(advert: id, node: .text(network * 5 + (advert / 3) % 5 + 1), joins: true))
      }
    }
    return all
  }

  @Test func oneAdvertAloneDoesNotJoinTwoNetworks() {
    var rule = LinkRule()
    rule.bulk = 20
    var all = twoNetworks(60)
    let apart = Clusters(all, rule: rule)
    #expect(Set(apart.assignments.values) == [1, 10_001])
    // It names telephones and has a text of both; none of the telephones alone has many adverts.
    all += edges([(20_001, "0 3"), (20_001, "0 4"), (20_001, "1 7")])
    all.append(ClusterEdge(advert: 20_001, node: .text(6), joins: true))
    let tied = Clusters(all, rule: rule)
    #expect(Set(tied.assignments.values) == [1, 10_001])
    #expect(Set(tied.suggestions.map(\.reason)) == [.bridge])
    #expect(Set(tied.suggestions.map(\.a)) == [1] && Set(tied.suggestions.map(\.b)) == [10_001])
    // It stays with those it has more ties to: two telephones weigh as much as one and a text, and
    // then the larger group is theirs.
    all += edges([(20_001, "0 5")])
    #expect(Clusters(all, rule: rule).assignments[20_001] == 1)
    // A second advert is another reason.
    all += edges([(20_002, "0 3"), (20_002, "1 2")])
    let joined = Clusters(all, rule: rule)
    #expect(Set(joined.assignments.values) == [1])
    #expect(joined.suggestions.isEmpty)
  }

  @Test func smallGroupsAreJoinedByOneAdvert() {
    var all = twoNetworks(40)
    all += edges([(20_001, "0 3"), (20_001, "1 7")])
    #expect(Set(Clusters(all).assignments.values) == [1])
  }

  @Test func loneTiesAreThoseWithoutWhichGroupsFallApart() {
    // Held against a search without cleverness: take an advert away and look what hangs together.
    var invented = Invented(36)
    for _ in 0..<200 {
      let adverts = 30
      let sides = (0..<26).map { _ in
        Set((0..<invented.number(1..<4)).map { _ in Int32(invented.number(0..<adverts)) }).sorted()
      }
      let bulk = invented.number(2..<8)
      let ties = LoneTies.find(adverts: adverts, sides: sides, bulk: bulk)
      for advert in 0..<Int32(adverts) {
        var sets = DisjointSets(adverts + sides.count)
        for (side, members) in sides.enumerated() {
          for member in members where member != advert {
            sets.join(member, Int32(adverts + side))
          }
        }
        let groups = Set(
          sides.indices.filter { sides[$0].contains(advert) && sides[$0].count > 1 }
            .map { sets.root(Int32(adverts + $0)) })
        let large = groups.filter { group in
          (0..<Int32(adverts)).count { $0 != advert && sets.root($0) == group } >= bulk
        }
        let cut = Set(
          ties.filter { $0.advert == advert }.map { sets.root(Int32(adverts) + $0.side) })
        #expect(cut.count == max(0, large.count - 1))
        #expect(cut.isSubset(of: large))
      }
    }
  }

  @Test func aLongChainIsWalkedWithoutRecursion() {
    let count = 200_000
    let chain = (0..<Int64(count - 1)).flatMap { edges([($0 + 1, "\($0)"), ($0 + 2, "\($0)")]) }
    // Every advert within holds two large groups together, and none is left alone for it.
    #expect(Clusters(chain).assignments.count == count)
  }

  @Test func aChainOfBridgesStaysApart() {
    var rule = LinkRule()
    rule.bulk = 10
    var all: [ClusterEdge] = []
    for block in 0..<50 as Range<Int64> {
      for advert in 1...12 as ClosedRange<Int64> {
        all.append(
          ClusterEdge(advert: block * 100 + advert, node: phone("block \(block)"), joins: true))
      }
      all += edges([(block * 100 + 3, "bridge \(block)"), (block * 100 + 104, "bridge \(block)")])
    }
    let clusters = Clusters(all, rule: rule)
    let largest = clusters.members.values.map(\.count).max() ?? 0
    #expect(largest <= 13, "\(largest)")
    let free = Clusters(all)
    #expect(free.members.values.map(\.count).max() ?? 0 > 300, "the test joins nothing")
  }

  @Test func partingIsUndoneByALaterEntry() {
    let all = edges([(1, "a"), (2, "a"), (3, "a"), (4, "a")])
    var log = [decision(1, .part([2, 4]))]
    let parted = Clusters(all, decisions: log)
    #expect(parted.assignments == [1: 1, 3: 1, 2: 2, 4: 2])
    #expect(parted.suggestions.map(\.reason) == [.parted])
    log.append(decision(2, .undo(1)))
    #expect(Clusters(all, decisions: log).assignments == [1: 1, 2: 1, 3: 1, 4: 1])
    log.append(decision(3, .undo(2)))
    #expect(Clusters(all, decisions: log) == parted)
  }

  @Test func joiningAfterPartingWins() {
    let all = edges([(1, "a"), (2, "a"), (3, "a")])
    let log = [decision(1, .part([3])), decision(2, .join(1, 3))]
    #expect(Clusters(all, decisions: log).assignments == [1: 1, 2: 1, 3: 1])
  }

  @Test func aNodeThatAPersonDisregardsJoinsNothing() {
    let all = edges([(1, "a"), (2, "a"), (2, "b"), (3, "b")])
    let log = [decision(1, .disregard(phone("a")))]
    #expect(Clusters(all, decisions: log).assignments == [2: 2, 3: 2])
  }

  @Test func decisionsAreReadFromTheirText() {
    let acts: [ClusterDecision.Act] = [
      .join(5, 9), .part([1, 2, 3]), .disregard(phone("+44 20")), .undo(4),
      .trust(.account(source: "one", key: "a b")), .disregard(.text(7)), .trust(.likeness(.max)),
      .disregard(.image("ab")),
    ]
    for act in acts { #expect(ClusterDecision.Act(text: act.text) == act) }
    for text in ["", "join", "join 1", "join 1 x", "undo 1 2", "part", "disregard x", "what 1"] {
      #expect(ClusterDecision.Act(text: text) == nil)
    }
  }

  @Test func changesSayWhatBecameOfAClustersAdverts() {
    func kinds(_ before: [Int64: Int64], _ after: [Int64: Int64]) -> [ClusterChange.Kind] {
      ClusterChange.between(before, after).map(\.kind)
    }
    #expect(kinds([:], [1: 1, 2: 1]) == [.founded])
    #expect(kinds([1: 1, 2: 1], [1: 1, 2: 1, 3: 1]) == [.grew])
    #expect(kinds([1: 1, 2: 1, 3: 3, 4: 3], [1: 1, 2: 1, 3: 1, 4: 1]) == [.merged])
    #expect(kinds([1: 1, 2: 1, 3: 1, 4: 1], [1: 1, 2: 1, 3: 3, 4: 3]) == [.split])
    #expect(kinds([1: 1, 2: 1], [:]) == [.dissolved])
    #expect(kinds([1: 1, 2: 1, 3: 1], [2: 2, 3: 2]) == [.renamed, .shrank])
    #expect(kinds([1: 1, 2: 1, 3: 1], [1: 1, 2: 1]) == [.shrank])
    #expect(kinds([1: 1, 2: 1], [1: 1, 2: 1]).isEmpty)
  }
}
