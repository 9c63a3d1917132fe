import WebAddress

/// Finds web addresses in running text, with and without a scheme.
struct LinkFinder {
  let text: [UInt8]

  /// A web address and where it stands.
  struct Found {
    var range: Range<Int>
    var address: Address
    var scheme: Bool
    var confidence: Double
  }

  private static func isHost(_ byte: UInt8) -> Bool {
    byte.isAlphanumeric || byte == 0x2D || byte == 0x2E
  }

  private static func isPath(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte != 0x22 && byte != 0x3C && byte != 0x3E && byte != 0x5C && byte != 0x5E
      && byte != 0x60 && byte != 0x7B && byte != 0x7D && byte != 0x7C && byte != 0x7F
  }

  /// The address whose "://" has its colon at `colon`.
  func schemed(at colon: Int) -> Found? {
    guard colon + 3 < text.count, text[colon + 1] == 0x2F, text[colon + 2] == 0x2F else {
      return nil
    }
    let start = TextRange.backward(from: colon, in: text, limit: 8) { $0.isLetter }
    let scheme = TextRange.string(text, start..<colon).lowercased()
    guard scheme == "http" || scheme == "https" || scheme == "ftp" else { return nil }
    let end = trimmed(
      start, TextRange.forward(from: colon + 3, in: text, limit: 2048, Self.isPath))
    guard end > colon + 3, let address = Address(TextRange.string(text, start..<end)),
      text[colon..<end].contains(0x2E) || text[colon + 3] == 0x5B
    else { return nil }
    return Found(range: start..<end, address: address, scheme: true, confidence: 0.99)
  }

  /// The address without scheme whose host name has a full stop at `dot`.
  func bare(at dot: Int) -> Found? {
    guard dot > 0, dot + 2 < text.count, text[dot - 1].isAlphanumeric, text[dot + 1].isAlphanumeric
    else { return nil }
    let start = TextRange.backward(from: dot, in: text, limit: 128, Self.isHost)
    if start > 0 {
      let before = text[start - 1]
      if before == 0x40 || before == 0x2F || before == 0x5F { return nil }
      if TextRange.isLetter(before: start, in: text) { return nil }
    }
    var hostEnd = TextRange.forward(from: dot, in: text, limit: 128, Self.isHost)
    while hostEnd > dot, !text[hostEnd - 1].isAlphanumeric { hostEnd -= 1 }
    if hostEnd < text.count, text[hostEnd] == 0x40 || isLetter(at: hostEnd) { return nil }
    let host = TextRange.string(text, start..<hostEnd)
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count >= 2, !labels.contains(where: \.isEmpty), let suffix = labels.last,
      DomainSuffixes.isKnown(suffix.lowercased())
    else { return nil }
    var end = hostEnd
    var hasPath = false
    if end < text.count, text[end] == 0x2F || text[end] == 0x3F || text[end] == 0x3A {
      end = trimmed(start, TextRange.forward(from: end, in: text, limit: 2048, Self.isPath))
      hasPath = end > hostEnd + 1
    }
    guard isSite(labels, hasPath: hasPath || isAnnounced(start) && labels[0].utf8.count >= 4) else {
      return nil
    }
    guard let address = Address("http://" + TextRange.string(text, start..<end)) else {
      return nil
    }
    let www = labels[0].lowercased() == "www"
    return Found(
      range: start..<end, address: address, scheme: false,
      confidence: www || hasPath ? 0.95 : 0.85)
  }

  /// Where the run ends that a colon or full stop at `index` stands in: no later sign in it can
  /// make it an address.
  func runEnd(at index: Int) -> Int {
    if text[index] == 0x2E {
      return TextRange.forward(from: index, in: text, limit: 128, Self.isHost)
    }
    guard index + 2 < text.count, text[index + 1] == 0x2F, text[index + 2] == 0x2F, index > 0,
      text[index - 1] | 0x20 == UInt8(ascii: "p") || text[index - 1] | 0x20 == UInt8(ascii: "s")
    else { return index }
    return TextRange.forward(from: index, in: text, limit: 2048, Self.isPath)
  }

  private func isLetter(at index: Int) -> Bool {
    let found = scalar(in: text, at: index)
    return found.value >= 0x80 && found.value < 0x2E80 && role(ofScalar: found.value) == .letter
  }

  /// Whether a colon or an arrow stands before: "site: firma.be".
  private func isAnnounced(_ start: Int) -> Bool {
    guard start > 1, text[start - 1] == 0x20 else { return false }
    return text[start - 2] == 0x3A
      || text[start - 2] >= 0x80
        && role(ofScalar: scalar(in: text, before: start - 1).value) == .symbol
  }

  /// Whether a dotted word is a site and no missing space, abbreviation or number.
  private func isSite(_ labels: [Substring], hasPath: Bool) -> Bool {
    guard let suffix = labels.last, let name = labels.dropLast().last else { return false }
    if labels[0].lowercased() == "www", labels.count >= 3 { return true }
    if name.utf8.allSatisfy({ $0.isDigit }) { return false }
    // "kamer.De" misses a space.
    let capital = suffix.utf8.first.map { !($0 | 0x20 == $0) } ?? false
    let shouting = !name.utf8.contains { $0.isLetter && $0 & 0x20 != 0 }
    if capital, !shouting, !hasPath { return false }
    if DomainSuffixes.isWord(suffix.lowercased()) {
      return hasPath || labels.count >= 3 || name.utf8.contains(0x2D)
    }
    return name.utf8.count >= 2 || hasPath
  }

  /// The end without the punctuation of the sentence around the address.
  private func trimmed(_ start: Int, _ end: Int) -> Int {
    var end = end
    var brackets = 0
    for byte in text[start..<end] {
      if byte == 0x28 { brackets += 1 }
      if byte == 0x29 { brackets -= 1 }
    }
    while end > start {
      switch text[end - 1] {
      case 0x2E, 0x2C, 0x3B, 0x3A, 0x21, 0x3F, 0x27, 0x2A, 0x5D: end -= 1
      case 0x29:
        guard brackets < 0 else { return end }
        brackets += 1
        end -= 1
      default: return end
      }
    }
    return end
  }
}
