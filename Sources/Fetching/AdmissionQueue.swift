/// Who may start: first come first served, within a limit for all and one for each group.
///
/// A group that is full holds up nobody else.
struct AdmissionQueue {
  private struct Waiting {
    var id: Int
    var limit: Int
  }

  private struct Group {
    var active = 0
    /// Identifiers rise with time, so the order of arrival is the order of identifiers.
    var waiting: [Waiting] = []
    var head = 0
    /// The identifier under which the group is in `eligible`.
    var listed: Int?

    var first: Waiting? { head < waiting.count ? waiting[head] : nil }
    var isIdle: Bool { active == 0 && first == nil }

    mutating func removeFirst() {
      head += 1
      if head > 32, head * 2 > waiting.count {
        waiting.removeFirst(head)
        head = 0
      }
    }
  }

  private let maximum: Int
  private var active = 0
  private var groups: [String: Group] = [:]
  /// First waiting identifier of each group that may start one, smallest at the end.
  private var eligible: [(id: Int, group: String)] = []

  init(maximum: Int) { self.maximum = max(1, maximum) }

  /// Adds a request; `id` must be higher than those before it.
  mutating func enqueue(_ id: Int, group: String, limit: Int) {
    groups[group, default: Group()].waiting.append(Waiting(id: id, limit: max(1, limit)))
    refresh(group)
  }

  /// The next request that may start now; it counts as active until `finished`.
  mutating func next() -> Int? {
    guard active < maximum, let (id, group) = eligible.popLast() else { return nil }
    active += 1
    groups[group]?.listed = nil
    groups[group]?.active += 1
    groups[group]?.removeFirst()
    refresh(group)
    return id
  }

  /// Gives back the place of a request that `next` returned.
  mutating func finished(group: String) {
    active -= 1
    groups[group]?.active -= 1
    refresh(group)
  }

  /// Removes a request that still waits; false if it does not wait.
  mutating func remove(_ id: Int, group: String) -> Bool {
    guard var found = groups[group],
      let index = found.waiting[found.head...].firstIndex(where: { $0.id == id })
    else { return false }
    found.waiting.remove(at: index)
    groups[group] = found
    refresh(group)
    return true
  }

  /// Brings `eligible` up to date for one group.
  private mutating func refresh(_ name: String) {
    guard var group = groups[name] else { return }
    if let listed = group.listed, case let place = place(of: listed), place < eligible.count,
      eligible[place].id == listed
    {
      eligible.remove(at: place)
    }
    group.listed = nil
    if let first = group.first, group.active < first.limit {
      group.listed = first.id
      eligible.insert((first.id, name), at: place(of: first.id))
    }
    groups[name] = group.isIdle ? nil : group
  }

  /// Where an identifier is in `eligible`, or would be.
  private func place(of id: Int) -> Int {
    var (low, high) = (0, eligible.count)
    while low < high {
      let middle = (low + high) / 2
      if eligible[middle].id > id { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
