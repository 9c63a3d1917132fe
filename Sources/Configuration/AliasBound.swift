/// How many values the aliases of a YAML text could stand for, found without parsing it.
///
/// The parser compares keys by all they contain, aliases written out, before any of our limits is
/// asked: a few lines of aliases of aliases as a key would keep it busy for years.
enum AliasBound {
  /// At least as many values as the text's aliases stand for; saturates.
  ///
  /// An alias cannot stand within what it names, so that what is named ends before the first alias to
  /// it: it holds no more than what is written up to there. That does not hold for a name that is
  /// given again, because an alias within the new one means the old; such a one is taken to go on.
  /// Text in quotes counts too, which only raises the bound, and only where the same names follow both
  /// `&` and `*`.
  static func values(of text: String) -> Int {
    var total = 0
    var written = 0
    var anchors: [ArraySlice<UInt8>: Anchor] = [:]
    let bytes = Array(text.utf8)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "&"), UInt8(ascii: "*"):
        guard index < 2 || mayPrecede(bytes[index - 2]) else { continue }
        let end = bytes[index...].firstIndex { !isNameByte($0) } ?? bytes.count
        let name = bytes[index..<end]
        index = end
        guard !name.isEmpty else { continue }
        if byte == UInt8(ascii: "&") {
          anchors[name] = Anchor(start: written, before: anchors[name]?.size(at: written))
        } else if let size = anchors[name]?.size(at: written) {
          written = sum(written, size)
          total = sum(total, size)
        }
      case UInt8(ascii: "\n"), UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "-"),
        UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "?"):
        written = sum(written, 1)
      default: break
      }
    }
    return total
  }

  private struct Anchor {
    /// Values written, aliases written out, when the anchor came.
    let start: Int
    /// What the name stood for before; nil when it is new.
    let before: Int?
    private var known: Int?

    init(start: Int, before: Int?) {
      self.start = start
      self.before = before
    }

    /// What it holds at most.
    mutating func size(at written: Int) -> Int {
      if let known { return known }
      let size = written - start + 1
      if let before { return max(before, size) }
      known = size
      return size
    }
  }

  private static func sum(_ left: Int, _ right: Int) -> Int {
    min(left, 1 << 60) + min(right, 1 << 60)
  }

  /// Whether an anchor or alias may come right after this byte; in the middle of a word it is text.
  private static func mayPrecede(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...0x20, 0x80..., UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "{"),
      UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: "?"):
      true
    default: false
    }
  }

  /// What libyaml takes for part of an anchor's name.
  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
