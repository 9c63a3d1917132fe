import Vocabulary

/// Groups by the time at which something can next happen to them; ties go to who queued first.
///
/// A binary heap with lazy deletion: a group has at most one valid entry, its latest.
struct WakeQueue: Sendable {
  private struct Entry {
    var time: Timestamp
    var order: UInt64
    var group: Int

    func precedes(_ other: Entry) -> Bool {
      time != other.time ? time < other.time : order < other.order
    }
  }

  private var heap: [Entry] = []
  /// The order number of each group's valid entry; 0 for none.
  private var valid: [UInt64] = []
  private var counter: UInt64 = 0

  /// Sets a group's time; nil takes it out.
  mutating func set(_ group: Int, _ time: Timestamp?) {
    while valid.count <= group { valid.append(0) }
    valid[group] = 0
    guard let time else { return }
    counter += 1
    valid[group] = counter
    heap.append(Entry(time: time, order: counter, group: group))
    siftUp(heap.count - 1)
    if heap.count > 4 * valid.count + 64 { compact() }
  }

  /// The first group and its time.
  mutating func first() -> (group: Int, time: Timestamp)? {
    while let top = heap.first {
      if valid[top.group] == top.order { return (top.group, top.time) }
      removeTop()
    }
    return nil
  }

  private mutating func compact() {
    heap = heap.filter { valid[$0.group] == $0.order }.sorted { $0.precedes($1) }
  }

  private mutating func removeTop() {
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < heap.count && heap[child].precedes(heap[least]) {
        least = child
      }
      guard least != parent else { return }
      heap.swapAt(least, parent)
      parent = least
    }
  }

  private mutating func siftUp(_ start: Int) {
    var child = start
    while child > 0, heap[child].precedes(heap[(child - 1) / 2]) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }
}
