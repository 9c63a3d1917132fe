/// The public suffix list: under which names different people register domains.
///
/// Compiled once into one open-addressing table over the bytes of the rules; a look-up hashes the
/// host from its end, allocates nothing, and stops after as many labels as the longest rule has.
/// Rules beyond ASCII are held in Punycode, so hosts are looked up as addresses have them.
public struct PublicSuffixList: Sendable {
  /// Which sections of the list count.
  public enum Sections: Sendable, Hashable {
    /// Suffixes that registries delegate: `co.uk`.
    case registries
    /// Also those that hosters declared for their customers: `github.io`, `blogspot.com`.
    case registriesAndHosters
  }

  /// How many rules it holds; zero for ``fallback``.
  public let ruleCount: Int

  private let arena: [UInt8]
  private let slots: [Rule]
  private let longestRule: Int

  /// A list with the implicit rule `*` only: every suffix has one label.
  public static let fallback = PublicSuffixList(text: "")

  /// Reads the list's text; lines that are no rules are skipped.
  public init(text: String) {
    var compiler = PublicSuffixCompiler()
    compiler.read(Array(text.utf8))
    ruleCount = compiler.rules.count
    arena = compiler.arena
    longestRule = compiler.longestRule
    slots = compiler.table()
  }

  /// One rule: its labels are bytes of the arena.
  ///
  /// A slot without flags is free.
  struct Rule: Sendable {
    static let plain: UInt8 = 1
    static let wildcard: UInt8 = 2
    static let exception: UInt8 = 4
    /// The same three flags again, shifted by this, when the hosters' section says it.
    static let privateShift: UInt8 = 3

    var hash: UInt64 = 0
    var start: UInt32 = 0
    var length: UInt16 = 0
    var flags: UInt8 = 0
  }

  /// The public suffix of a host in ASCII and lower case, as a number of bytes at its end, a final
  /// dot not counted; nil when the host has an empty label.
  func suffixLength(of host: ArraySlice<UInt8>, sections: Sections) -> Int? {
    guard !host.isEmpty else { return nil }
    var hash = PublicSuffixCompiler.seed
    var labels = 0
    var best = 0
    var bestLabels = 0
    var wildcardBelow = false
    var labelEnd = host.endIndex
    var index = host.endIndex
    while labels <= longestRule {
      let atStart = index == host.startIndex
      if !atStart, host[index - 1] != 0x2E {
        index -= 1
        hash = PublicSuffixCompiler.step(hash, host[index])
        continue
      }
      guard index < labelEnd else { return nil }
      labels += 1
      let flags = self.flags(of: host[index...], hash: hash, sections: sections)
      if flags & Rule.exception != 0 {
        // The exception's own leftmost label is not part of the suffix.
        return host.endIndex - min(labelEnd + 1, host.endIndex)
      }
      if labels == 1 || wildcardBelow || flags & Rule.plain != 0, labels > bestLabels {
        best = host.endIndex - index
        bestLabels = labels
      }
      wildcardBelow = flags & Rule.wildcard != 0
      guard !atStart else { break }
      labelEnd = index - 1
      index -= 1
      hash = PublicSuffixCompiler.step(hash, 0x2E)
    }
    return best
  }

  /// The registrable domain (eTLD+1) as a range of the host, whose final dot is left out; nil when
  /// the host is a public suffix itself or has an empty label at its end.
  func registrableRange(of host: ArraySlice<UInt8>, sections: Sections) -> Range<Int>? {
    let name = host.last == 0x2E ? host.dropLast() : host
    guard name.first != 0x2E, let length = suffixLength(of: name, sections: sections),
      name.count > length + 1
    else { return nil }
    let suffix = name.endIndex - length
    let label = name[..<(suffix - 1)]
    let start = label.lastIndex(of: 0x2E).map { $0 + 1 } ?? label.startIndex
    guard start < label.endIndex else { return nil }
    return start..<name.endIndex
  }

  /// The domain that one person or firm registered, in ASCII and lower case: `example.co.uk` for
  /// `www.example.co.uk`.
  ///
  /// Nil for a public suffix, for the empty string and for names with empty labels there. `host` may
  /// be in Unicode and in any case, and end in a dot, which the result does not have.
  public func registrableDomain(
    of host: String, sections: Sections = .registriesAndHosters
  ) -> String? {
    guard let name = PublicSuffixCompiler.ascii(Array(host.utf8)[...]),
      let range = registrableRange(of: name[...], sections: sections)
    else { return nil }
    return String(decoding: name[range], as: UTF8.self)
  }

  /// The public suffix of a host: `co.uk` for `www.example.co.uk`; nil for the empty string.
  public func publicSuffix(
    of host: String, sections: Sections = .registriesAndHosters
  ) -> String? {
    guard var name = PublicSuffixCompiler.ascii(Array(host.utf8)[...]) else { return nil }
    if name.last == 0x2E { name.removeLast() }
    guard let length = suffixLength(of: name[...], sections: sections) else { return nil }
    return String(decoding: name.suffix(length), as: UTF8.self)
  }

  private func flags(of name: ArraySlice<UInt8>, hash: UInt64, sections: Sections) -> UInt8 {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot].flags != 0 {
      let rule = slots[slot]
      if rule.hash == hash, Int(rule.length) == name.count {
        let start = Int(rule.start)
        if arena[start..<(start + name.count)].elementsEqual(name) {
          let hosters = rule.flags &>> Rule.privateShift
          return sections == .registries ? rule.flags & 7 : (rule.flags | hosters) & 7
        }
      }
      slot = (slot + 1) & mask
    }
    return 0
  }
}
