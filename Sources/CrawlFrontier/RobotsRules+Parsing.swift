extension RobotsRules {
  /// Reads a robots.txt file: lines ended by CR, LF or CRLF, an optional (even broken) byte order mark.
  public init(parsing bytes: [UInt8]) {
    var parser = RobotsParser()
    var rest = bytes[...]
    let truncated = rest.count > Self.maximumBytes
    if truncated {
      rest = rest.prefix(Self.maximumBytes)
      // A rule cut in two would mean something else, so the unfinished line goes.
      if let end = rest.lastIndex(where: { $0 == 10 || $0 == 13 }) { rest = rest[...end] }
    }
    for mark: UInt8 in [0xef, 0xbb, 0xbf] where rest.first == mark { rest = rest.dropFirst() }

    var line = 1
    while !rest.isEmpty {
      let end = rest.firstIndex { $0 == 10 || $0 == 13 } ?? rest.endIndex
      parser.read(rest[..<end], line: line)
      line += 1
      guard end < rest.endIndex else { break }
      let isPair = rest[end] == 13 && end + 1 < rest.endIndex && rest[end + 1] == 10
      rest = rest[(end + (isPair ? 2 : 1))...]
    }
    groups = parser.groups
    delays = parser.delays
    sitemaps = parser.sitemaps
    self.truncated = truncated
  }
}

private struct RobotsParser {
  var groups: [RobotsRules.Group] = []
  var delays: [(agent: [UInt8], seconds: Double)] = []
  var sitemaps: [String] = []
  /// A rule was seen since the last `User-agent` line, so the next such line starts a new group.
  private var closed = true

  private static let maximumSitemaps = 1000
  private static let maximumDelays = 10_000

  mutating func read(_ line: ArraySlice<UInt8>, line number: Int) {
    guard let (key, value) = Self.field(line) else { return }
    switch key {
    case .userAgent: addAgent(value)
    case .allow: addRule(value, allows: true, line: number)
    case .disallow: addRule(value, allows: false, line: number)
    case .crawlDelay: addDelay(value)
    case .sitemap:
      if sitemaps.count < Self.maximumSitemaps, !value.isEmpty {
        sitemaps.append(String(decoding: value, as: UTF8.self))
      }
    }
  }

  /// Only `Allow` and `Disallow` end a run of `User-agent` lines (RFC 9309 section 2.2.4).
  private mutating func addAgent(_ value: ArraySlice<UInt8>) {
    if closed {
      groups.append(RobotsRules.Group(agents: [], rules: []))
      closed = false
    }
    let isEveryone =
      value.first == UInt8(ascii: "*") && (value.count == 1 || isBlank(value.dropFirst()))
    let token = isEveryone ? RobotsRules.everyone : Self.productToken(value)
    guard !token.isEmpty else { return }
    groups[groups.count - 1].agents.append(token)
  }

  private mutating func addRule(_ value: ArraySlice<UInt8>, allows: Bool, line: Int) {
    closed = true
    guard !groups.isEmpty, !value.isEmpty else { return }
    groups[groups.count - 1].rules.append(RobotsPattern(value, allows: allows, line: line))
  }

  /// A delay holds for the agents named so far, so that a delay in a group without rules does not
  /// spill over to the agents of the lines below.
  private mutating func addDelay(_ value: ArraySlice<UInt8>) {
    guard let group = groups.last, let seconds = Self.seconds(value) else { return }
    for agent in group.agents where delays.count < Self.maximumDelays {
      delays.append((agent, seconds))
    }
  }

  private enum Key { case userAgent, allow, disallow, crawlDelay, sitemap }

  private static func field(_ line: ArraySlice<UInt8>) -> (Key, ArraySlice<UInt8>)? {
    let text = trim(line.prefix { $0 != UInt8(ascii: "#") })
    if let colon = text.firstIndex(of: UInt8(ascii: ":")), let key = key(trim(text[..<colon])) {
      return (key, trim(text[(colon + 1)...]))
    }
    guard !text.contains(UInt8(ascii: ":")) else { return nil }
    // The forgotten colon: `disallow /x`, two words and no more.
    let words = text.split(maxSplits: 2, whereSeparator: isSpace)
    guard words.count == 2, let key = key(words[0]) else { return nil }
    return (key, words[1])
  }

  private static func key(_ name: ArraySlice<UInt8>) -> Key? {
    guard name.count <= 16 else { return nil }
    switch String(decoding: name.map(RobotsRules.lowercased), as: UTF8.self) {
    case "user-agent", "useragent", "user agent": return .userAgent
    case "allow": return .allow
    case "disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw": return .disallow
    case "crawl-delay", "crawldelay", "crawl delay": return .crawlDelay
    case "sitemap", "site-map": return .sitemap
    default: return nil
    }
  }

  /// The leading letters, hyphens and underscores of a value, in lower case (section 2.2.1).
  private static func productToken(_ value: ArraySlice<UInt8>) -> [UInt8] {
    value.prefix {
      switch $0 {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "-"), UInt8(ascii: "_"):
        true
      default: false
      }
    }.map(RobotsRules.lowercased)
  }

  private static func seconds(_ value: ArraySlice<UInt8>) -> Double? {
    let word = value.prefix { !isSpace($0) }
    guard word.count <= 32 else { return nil }
    guard let number = Double(String(decoding: word, as: UTF8.self)), !number.isNaN, number >= 0
    else { return nil }
    return min(number, 315_360_000)
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 32 || (9...13).contains(byte) || byte == 0
  }

  private func isBlank(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.first.map(Self.isSpace) ?? true
  }

  /// Takes white space off both ends, the Unicode kinds included that word processors leave behind.
  private static func trim(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var rest = bytes
    while let length = spaceLength(rest, atEnd: false) { rest = rest.dropFirst(length) }
    while let length = spaceLength(rest, atEnd: true) { rest = rest.dropLast(length) }
    return rest
  }

  /// Bytes of the white space character that begins or ends the text; nil when there is none.
  private static func spaceLength(_ bytes: ArraySlice<UInt8>, atEnd: Bool) -> Int? {
    guard let edge = atEnd ? bytes.last : bytes.first else { return nil }
    if isSpace(edge) { return 1 }
    guard edge >= 0x80 else { return nil }
    let two = atEnd ? bytes.suffix(2) : bytes.prefix(2)
    if two.elementsEqual([0xc2, 0xa0]) { return 2 }
    let three = atEnd ? bytes.suffix(3) : bytes.prefix(3)
    guard three.count == 3, let last = three.last else { return nil }
    // U+2000 to U+200B, U+2028, U+2029, U+202F, and U+3000.
    let isGeneral =
      three.starts(with: [0xe2, 0x80])
      && ((0x80...0x8b).contains(last) || [0xa8, 0xa9, 0xaf].contains(last))
    return isGeneral || three.elementsEqual([0xe3, 0x80, 0x80]) ? 3 : nil
  }
}
