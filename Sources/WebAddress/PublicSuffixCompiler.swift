/// Turns the text of the public suffix list into rules and a table (publicsuffix.org/list).
struct PublicSuffixCompiler {
  private(set) var rules: [PublicSuffixList.Rule] = []
  private(set) var arena: [UInt8] = []
  private(set) var longestRule = 1

  /// FNV-1a over the bytes of a name from its last to its first.
  static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

  @inline(__always)
  static func step(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
    (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
  }

  /// A name in ASCII and lower case; nil when it is empty or no domain.
  static func ascii(_ name: ArraySlice<UInt8>) -> [UInt8]? {
    guard !name.isEmpty else { return nil }
    guard name.contains(where: { $0 >= 0x80 }) else { return name.map(\.asciiLowercased) }
    return try? DomainName.ascii(Array(name))
  }

  /// A rule is a line up to its first white space; comments begin with `//`.
  mutating func read(_ text: [UInt8]) {
    var isPrivate = false
    var rest = text[...]
    while !rest.isEmpty {
      let end = rest.firstIndex(of: 0x0A) ?? rest.endIndex
      let line = rest[..<end]
      rest = end < rest.endIndex ? rest[(end + 1)...] : []
      if line.starts(with: "// ===BEGIN PRIVATE".utf8) { isPrivate = true }
      if line.starts(with: "// ===END PRIVATE".utf8) { isPrivate = false }
      guard !line.starts(with: "//".utf8) else { continue }
      let word = line.prefix { $0 > 0x20 }
      if !word.isEmpty { add(word, isPrivate: isPrivate) }
    }
  }

  private mutating func add(_ word: ArraySlice<UInt8>, isPrivate: Bool) {
    var name = word
    var flag = PublicSuffixList.Rule.plain
    if name.first == 0x21 {
      flag = PublicSuffixList.Rule.exception
      name = name.dropFirst()
    } else if name.starts(with: "*.".utf8) {
      flag = PublicSuffixList.Rule.wildcard
      name = name.dropFirst(2)
    }
    // A wildcard anywhere else is not in the list and has no meaning here.
    guard !name.contains(0x2A), let ascii = PublicSuffixCompiler.ascii(name), ascii.count <= 253
    else { return }
    let depth = ascii.count { $0 == 0x2E } + 1 + (flag == PublicSuffixList.Rule.wildcard ? 1 : 0)
    longestRule = max(longestRule, depth)
    let hash = ascii.reversed().reduce(PublicSuffixCompiler.seed, PublicSuffixCompiler.step)
    rules.append(
      PublicSuffixList.Rule(
        hash: hash, start: UInt32(truncatingIfNeeded: arena.count), length: UInt16(ascii.count),
        flags: isPrivate ? flag << PublicSuffixList.Rule.privateShift : flag))
    arena.append(contentsOf: ascii)
  }

  /// At most half full, so that there is always a free slot to end a search.
  func table() -> [PublicSuffixList.Rule] {
    var capacity = 16
    while capacity < rules.count * 2 { capacity *= 2 }
    var slots = [PublicSuffixList.Rule](repeating: PublicSuffixList.Rule(), count: capacity)
    for rule in rules {
      var slot = Int(truncatingIfNeeded: rule.hash) & (capacity - 1)
      while slots[slot].flags != 0, !isSame(slots[slot], rule) {
        slot = (slot + 1) & (capacity - 1)
      }
      let flags = slots[slot].flags | rule.flags
      slots[slot] = rule
      slots[slot].flags = flags
    }
    return slots
  }

  private func isSame(_ one: PublicSuffixList.Rule, _ other: PublicSuffixList.Rule) -> Bool {
    one.hash == other.hash && bytes(of: one).elementsEqual(bytes(of: other))
  }

  private func bytes(of rule: PublicSuffixList.Rule) -> ArraySlice<UInt8> {
    arena[Int(rule.start)..<(Int(rule.start) + Int(rule.length))]
  }
}
