/// Templates in flat arrays: six bytes a word and twelve a sentence.
struct TemplateTable: Sendable {
  private var places: [Int64: UInt32] = [:]
  private(set) var ids: [Int64] = []
  private var groups: [Int64] = []
  private var isGone: [Bool] = []
  private var starts: [Int] = [0]
  private var hashes: [UInt32] = []
  private var weights: [UInt8] = []
  private var slots: [UInt8] = []
  private var sentenceStarts: [Int] = [0]
  private var stops: [UInt32] = []
  private var sentenceKeys: [UInt64] = []
  /// Templates of groups that have more than one.
  private var shared: [Int64: [Int64]] = [:]
  private(set) var count = 0

  func place(of id: Int64) -> UInt32? { places[id] }

  func isHere(_ place: UInt32) -> Bool { !isGone[Int(place)] }

  func template(_ id: Int64) -> TextTemplate? {
    guard let place = places[id] else { return nil }
    let range = starts[Int(place)]..<starts[Int(place) + 1]
    // Each template has one slot more than words.
    let slotStart = range.lowerBound + Int(place)
    let sentences = sentenceStarts[Int(place)]..<sentenceStarts[Int(place) + 1]
    return TextTemplate(
      id: id, group: groups[Int(place)], hashes: Array(hashes[range]),
      weights: Array(weights[range]),
      slots: Array(slots[slotStart..<(slotStart + range.count + 1)]),
      stops: Array(stops[sentences]), sentenceKeys: Array(sentenceKeys[sentences]))
  }

  func templates(ofGroup group: Int64) -> [Int64] {
    if let found = shared[group] { return found }
    guard let place = places[group], groups[Int(place)] == group else { return [] }
    return [group]
  }

  /// Inserts a template, or replaces its slots and its group: its words never change.
  mutating func save(_ template: TextTemplate) {
    if let place = places[template.id] {
      let old = groups[Int(place)]
      if old != template.group {
        let left = templates(ofGroup: old).filter { $0 != template.id }
        groups[Int(place)] = template.group
        setGroup(old, left)
        setGroup(template.group, (templates(ofGroup: template.group) + [template.id]))
      }
      let slotStart = starts[Int(place)] + Int(place)
      for (offset, slot) in template.slots.enumerated() { slots[slotStart + offset] = slot }
      return
    }
    let siblings = template.id == template.group ? [] : templates(ofGroup: template.group)
    places[template.id] = UInt32(ids.count)
    ids.append(template.id)
    groups.append(template.group)
    isGone.append(false)
    hashes += template.hashes
    weights += template.weights
    slots += template.slots
    starts.append(hashes.count)
    stops += template.stops
    sentenceKeys += template.sentenceKeys
    sentenceStarts.append(stops.count)
    count += 1
    if template.id != template.group { setGroup(template.group, siblings + [template.id]) }
  }

  mutating func remove(_ id: Int64) {
    guard let place = places.removeValue(forKey: id) else { return }
    isGone[Int(place)] = true
    count -= 1
    let group = groups[Int(place)]
    if let members = shared[group] { setGroup(group, members.filter { $0 != id }) }
  }

  private mutating func setGroup(_ group: Int64, _ members: [Int64]) {
    let sorted = Set(members).sorted()
    shared[group] = sorted == [group] ? nil : sorted
  }
}
