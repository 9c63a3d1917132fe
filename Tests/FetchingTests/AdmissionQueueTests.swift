import Testing

@testable import Fetching

@Suite struct AdmissionQueueTests {
  @Test func `first come first served within the limit for all`() {
    var queue = AdmissionQueue(maximum: 2)
    for id in 1...4 { queue.enqueue(id, group: "g\(id)", limit: 1) }
    #expect([queue.next(), queue.next(), queue.next()] == [1, 2, nil])
    queue.finished(group: "g1")
    #expect(queue.next() == 3)
  }

  @Test func `a full group holds up nobody else`() {
    var queue = AdmissionQueue(maximum: 9)
    queue.enqueue(1, group: "a", limit: 1)
    queue.enqueue(2, group: "a", limit: 1)
    queue.enqueue(3, group: "b", limit: 1)
    #expect([queue.next(), queue.next(), queue.next()] == [1, 3, nil])
    queue.finished(group: "a")
    #expect(queue.next() == 2)
  }

  @Test func `who left the queue is not started`() {
    var queue = AdmissionQueue(maximum: 1)
    for id in 1...3 { queue.enqueue(id, group: "a", limit: 2) }
    #expect(queue.next() == 1)
    let removed = queue.remove(2, group: "a")
    let removedAgain = queue.remove(2, group: "a")
    #expect(removed && !removedAgain)
    queue.finished(group: "a")
    #expect(queue.next() == 3)
  }

  /// Against the plain rule: of those waiting whose group has room, the one that came first.
  @Test(arguments: 1...20)
  func `agrees with the plain rule on random histories`(_ seed: UInt64) {
    var random = SplitMix(state: seed)
    var queue = AdmissionQueue(maximum: 4)
    var waiting: [(id: Int, group: String)] = []
    var active: [(id: Int, group: String)] = []
    let limits = ["a": 1, "b": 2, "c": 3]
    var lastID = 0
    for _ in 0..<500 {
      switch random.next() % 4 {
      case 0, 1:
        lastID += 1
        let group = ["a", "b", "c"][Int(random.next() % 3)]
        waiting.append((lastID, group))
        queue.enqueue(lastID, group: group, limit: limits[group] ?? 1)
      case 2 where !active.isEmpty:
        let ended = active.remove(at: Int(random.next() % UInt64(active.count)))
        queue.finished(group: ended.group)
      case 3 where !waiting.isEmpty:
        let left = waiting.remove(at: Int(random.next() % UInt64(waiting.count)))
        let removed = queue.remove(left.id, group: left.group)
        #expect(removed)
      default: break
      }
      while true {
        let expected =
          active.count >= 4
          ? nil
          : waiting.firstIndex { candidate in
            active.count { $0.group == candidate.group } < limits[candidate.group] ?? 1
          }
        let next = queue.next()
        #expect(next == expected.map { waiting[$0].id })
        guard let expected else { break }
        active.append(waiting.remove(at: expected))
      }
    }
  }
}

/// Sebastiano Vigna's SplitMix64, so that random tests repeat.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
