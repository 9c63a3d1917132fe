/// What a word may begin or announce, so that most words of a text cost one look-up.
struct SelectorTriggers: OptionSet, Sendable {
  let rawValue: Int32

  /// An "@" in words.
  static let email = SelectorTriggers(rawValue: 1)
  /// A platform's name.
  static let handle = SelectorTriggers(rawValue: 2)
  /// A word for a vehicle's registration.
  static let plate = SelectorTriggers(rawValue: 4)

  private static let table: WordTable = {
    var found: [UInt64: Int32] = [:]
    for (trigger, hashes) in [
      (email, EmailFinder.spellings), (handle, Platform.spellings), (plate, PlateFinder.spellings),
    ] {
      for hash in hashes { found[hash, default: 0] |= trigger.rawValue }
    }
    return WordTable(found.map { ($0.key, $0.value) })
  }()

  /// The look-up to use in a loop.
  static var all: WordTable { table }

  /// What the word with this hash may announce.
  @inline(__always)
  static func of(_ hash: UInt64, _ table: WordTable) -> SelectorTriggers {
    let value = table[hash]
    return value < 0 ? [] : SelectorTriggers(rawValue: value)
  }
}
