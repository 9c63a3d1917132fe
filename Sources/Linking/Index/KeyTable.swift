/// Keys of texts and who holds them, in flat arrays: 14 bytes a key and 8 bytes a holder.
///
/// Open addressing with linear steps; keys are hashes already and never 0.
struct KeyTable: Sendable {
  /// Holders of a key beyond this many are not kept: nobody asks for them.
  static let mostHolders = 64

  private var keys: [UInt64] = []
  private var heads: [UInt32] = []
  private var spreads: [UInt16] = []
  private var used = 0
  private var holders: [UInt32] = []
  private var nexts: [UInt32] = []
  private static let none = UInt32.max

  init() { resize(to: 1 << 10) }

  /// The holders of a key, in the order they came.
  func holders(of key: UInt64, most: Int) -> (holders: [UInt32], spread: Int) {
    guard let place = find(key) else { return ([], 0) }
    var found: [UInt32] = []
    var node = heads[place]
    while node != Self.none, found.count < most {
      found.append(holders[Int(node)])
      node = nexts[Int(node)]
    }
    return (found, Int(spreads[place]))
  }

  mutating func hold(_ key: UInt64, by holder: UInt32) {
    let place = insert(key)
    var last = Self.none
    var node = heads[place]
    var count = 0
    while node != Self.none {
      if holders[Int(node)] == holder { return }
      last = node
      node = nexts[Int(node)]
      count += 1
    }
    guard count < Self.mostHolders else { return }
    let new = UInt32(holders.count)
    holders.append(holder)
    nexts.append(Self.none)
    if last == Self.none { heads[place] = new } else { nexts[Int(last)] = new }
  }

  mutating func spread(_ key: UInt64, by change: Int) {
    let place = insert(key)
    spreads[place] = UInt16(clamping: Int(spreads[place]) + change)
  }

  private func find(_ key: UInt64) -> Int? {
    let mask = keys.count - 1
    var place = Int(truncatingIfNeeded: key) & mask
    while keys[place] != 0 {
      if keys[place] == key { return place }
      place = (place + 1) & mask
    }
    return nil
  }

  private mutating func insert(_ key: UInt64) -> Int {
    if used * 4 >= keys.count * 3 { resize(to: keys.count * 2) }
    let mask = keys.count - 1
    var place = Int(truncatingIfNeeded: key) & mask
    while keys[place] != 0 {
      if keys[place] == key { return place }
      place = (place + 1) & mask
    }
    keys[place] = key
    used += 1
    return place
  }

  private mutating func resize(to count: Int) {
    let old = (keys, heads, spreads)
    keys = [UInt64](repeating: 0, count: count)
    heads = [UInt32](repeating: Self.none, count: count)
    spreads = [UInt16](repeating: 0, count: count)
    let mask = count - 1
    for index in old.0.indices where old.0[index] != 0 {
      var place = Int(truncatingIfNeeded: old.0[index]) & mask
      while keys[place] != 0 { place = (place + 1) & mask }
      keys[place] = old.0[index]
      heads[place] = old.1[index]
      spreads[place] = old.2[index]
    }
  }
}
