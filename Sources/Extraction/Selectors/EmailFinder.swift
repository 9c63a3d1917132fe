/// Finds mailbox addresses, also those whose "@" and "." are spelled out.
///
/// The syntax is what mail providers give out (dot-atom, RFC 5322 section 3.2.3, without its rarer
/// signs), not all that the standard allows.
struct EmailFinder {
  private static let atWords = Set(
    "at arroba arobase malpa apenstaartje apenstaart chiocciola kukac arond klammeraffe chez собака собачка маймунско маймунка кльомба aet"
      .split(separator: " ").map { Folding.hash(String($0)) })
  /// The words before the last of an "@" that is spelled in several.
  private static let atTails: [UInt64: [[UInt8]]] = [
    Folding.hash("rond"): [Folding.key("a")],
    Folding.hash("maimuta"): [Folding.key("de"), Folding.key("coada")],
    Folding.hash("а"): [Folding.key("маймунско")],
  ]
  private static let dotWords = words(
    "dot punt punkt point punto ponto punct pont kropka точка tecka bodka dott")
  /// The words that may be an "@".
  static var spellings: [UInt64] { Array(atWords) + Array(atTails.keys) }
  private static let providers = words(
    """
    gmail googlemail hotmail outlook yahoo ymail live msn icloud me mac aol proton protonmail pm
    tutanota tuta gmx web mail email yandex rambler bk list inbox wp o2 onet interia op abv dir
    freemail citromail indamail ziggo kpnmail kpnplanet planet xs4all hetnet home telenet skynet
    orange free laposte wanadoo sfr libero virgilio tiscali alice t-online freenet arcor seznam
    btinternet sky virginmedia ukr sapo zoho
    """)

  private static func words(_ list: String) -> Set<[UInt8]> {
    Set(list.split(whereSeparator: \.isWhitespace).map { Folding.key(String($0)) })
  }

  let text: [UInt8]

  /// The address whose "@" stands at `index`, nil when there is none.
  func plain(at index: Int) -> Selector? {
    address(atStart: index, atEnd: index + 1, spelled: false, bare: false)
  }

  /// The address whose spelled-out "@" is the word in `word`, nil when there is none.
  func spelled(_ word: Range<Int>, hash: UInt64) -> Selector? {
    var start = word.lowerBound
    if let before = Self.atTails[hash] {
      guard let first = phrase(before, endingAt: start) else { return nil }
      start = first
    } else if !Self.atWords.contains(hash) {
      return nil
    }
    var end = word.upperBound
    let bracketed = strip(&start, &end)
    guard bracketed || start > 0 && text[start - 1] == 0x20 else { return nil }
    return address(atStart: start, atEnd: end, spelled: true, bare: !bracketed)
  }

  /// Where a row of words before `end` begins, nearest word first; nil when other words stand there.
  private func phrase(_ words: [[UInt8]], endingAt end: Int) -> Int? {
    var end = end
    for word in words {
      guard end > 0, text[end - 1] == 0x20 else { return nil }
      let start = TextRange.backward(from: end - 1, in: text, limit: 32) {
        $0.isLetter || $0 >= 0x80
      }
      guard Folding.key(text, start..<end - 1) == word else { return nil }
      end = start
    }
    return end
  }

  /// Widens a range over the brackets and dashes around it.
  private func strip(_ start: inout Int, _ end: inout Int) -> Bool {
    let pairs: [(UInt8, UInt8)] = [
      (0x28, 0x29), (0x5B, 0x5D), (0x7B, 0x7D), (0x3C, 0x3E), (0x2D, 0x2D), (0x5F, 0x5F),
      (0x2A, 0x2A), (0x7C, 0x7C),
    ]
    var from = start
    var to = end
    while from > 0, start - from < 2, text[from - 1] == 0x20 { from -= 1 }
    while to < text.count, to - end < 2, text[to] == 0x20 { to += 1 }
    guard from > 0, to < text.count else { return false }
    guard pairs.contains(where: { $0 == (text[from - 1], text[to]) }) else { return false }
    start = from - 1
    end = to + 1
    return true
  }

  private func address(
    atStart: Int, atEnd: Int, spelled: Bool, bare: Bool
  ) -> Selector? {
    guard let local = local(before: atStart), let domain = domain(after: atEnd) else { return nil }
    let spaced = local.end != atStart || domain.start != atEnd
    let provider = domain.labels.dropLast().contains { Self.providers.contains(Array($0.utf8)) }
    // "me at home.nl" and "@ amsterdam.nl" are prose unless something says otherwise.
    if bare, !domain.spelled, !provider { return nil }
    if !spelled, spaced, !provider, !domain.spelled { return nil }
    let suffix = domain.labels.last ?? ""
    guard suffix.utf8.count >= 2, suffix.utf8.allSatisfy({ $0.isLetter || $0 >= 0x80 }) else {
      return nil
    }
    let value = local.text.lowercased() + "@" + domain.labels.joined(separator: ".")
    let disguised = spelled || spaced || domain.spelled || local.spelled
    let known = DomainSuffixes.isKnown(suffix)
    guard known || !disguised else { return nil }
    return Selector(
      kind: .email, value: value, raw: TextRange.string(text, local.start..<domain.end),
      range: local.start..<domain.end, valid: known,
      confidence: (disguised ? 0.9 : 0.99) * (known ? 1 : 0.7),
      trick: spelled || domain.spelled || local.spelled ? "words" : spaced ? "spacing" : nil)
  }

  private struct Local {
    var start: Int
    var end: Int
    var text: String
    var spelled: Bool
  }

  private static func isLocal(_ byte: UInt8) -> Bool {
    byte.isAlphanumeric || byte == 0x2E || byte == 0x5F || byte == 0x2D || byte == 0x2B
      || byte == 0x25
  }

  private func local(before index: Int) -> Local? {
    var end = index
    while end > 0, index - end < 2, text[end - 1] == 0x20 { end -= 1 }
    var start = TextRange.backward(from: end, in: text, limit: 64, Self.isLocal)
    guard start < end, !TextRange.isLetter(before: start, in: text) else { return nil }
    while start < end, !text[start].isAlphanumeric, text[start] != 0x5F { start += 1 }
    guard start < end,
      text[end - 1].isAlphanumeric || text[end - 1] == 0x5F
        || text[end - 1] == 0x2D
    else { return nil }
    var parts = [TextRange.string(text, start..<end)]
    var from = start
    var spelled = false
    // "jan (dot) smit": the part before the dot belongs to the name, at most three of them.
    while parts.count < 4, let dot = dot(before: from) {
      let earlier = TextRange.backward(from: dot, in: text, limit: 64, Self.isLocal)
      guard earlier < dot else { break }
      parts.insert(TextRange.string(text, earlier..<dot), at: 0)
      from = earlier
      spelled = true
    }
    let whole = parts.joined(separator: ".")
    guard !whole.contains(".."), whole.utf8.count <= 64 else { return nil }
    return Local(start: from, end: end, text: whole, spelled: spelled)
  }

  /// Where the text before a spelled-out dot ends, when one stands before `index`.
  private func dot(before index: Int) -> Int? {
    var end = index
    while end > 0, index - end < 3,
      text[end - 1] == 0x20 || text[end - 1] == 0x29
        || text[end - 1] == 0x5D
    { end -= 1 }
    guard end < index else { return nil }
    var start = TextRange.backward(from: end, in: text, limit: 16) { $0.isLetter || $0 >= 0x80 }
    guard start < end, Self.dotWords.contains(Folding.key(text, start..<end)) else { return nil }
    let word = start
    while start > 0, word - start < 3,
      text[start - 1] == 0x20 || text[start - 1] == 0x28
        || text[start - 1] == 0x5B
    { start -= 1 }
    return start < word ? start : nil
  }

  private struct Domain {
    var start: Int
    var end: Int
    var labels: [String]
    var spelled: Bool
  }

  private func domain(after index: Int) -> Domain? {
    var start = index
    while start < text.count, start - index < 2, text[start] == 0x20 { start += 1 }
    var labels: [String] = []
    var position = start
    var end = start
    var spelled = false
    while labels.count < 6 {
      var last = TextRange.forward(from: position, in: text, limit: 64) {
        $0.isAlphanumeric || $0 == 0x2D
      }
      // "firma-dot-com" is no label of its own.
      if text[position..<last].contains(0x2D), let cut = spelledDot(in: position..<last) {
        last = cut
      }
      guard last > position, last - position <= 63, text[position] != 0x2D, text[last - 1] != 0x2D
      else { break }
      labels.append(TextRange.string(text, position..<last).lowercased())
      end = last
      if last + 1 < text.count, text[last] == 0x2E, text[last + 1].isAlphanumeric {
        position = last + 1
        continue
      }
      guard labels.count < 4, let next = dot(after: last) else { break }
      if next.spelled { spelled = true }
      position = next.end
    }
    guard labels.count >= 2 else { return nil }
    return Domain(start: start, end: end, labels: labels, spelled: spelled)
  }

  /// Where "-dot-" stands inside a label.
  private func spelledDot(in label: Range<Int>) -> Int? {
    var start = label.lowerBound
    while start < label.upperBound {
      let end = TextRange.forward(from: start, in: text, limit: 64) { $0.isAlphanumeric }
      if start > label.lowerBound + 1, end < label.upperBound, end > start,
        Self.dotWords.contains(Folding.key(text, start..<end))
      {
        return start - 1
      }
      start = end + 1
    }
    return nil
  }

  /// What may stand around a spelled-out dot.
  private static func isBefore(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x28 || byte == 0x5B || byte == 0x7B || byte == 0x2D || byte == 0x5F
      || byte == 0x2A
  }

  private static func isAfter(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x29 || byte == 0x5D || byte == 0x7D || byte == 0x2D || byte == 0x5F
      || byte == 0x2A
  }

  /// Where the text after a spelled-out or spaced dot begins.
  private func dot(after index: Int) -> (end: Int, spelled: Bool)? {
    let open = TextRange.forward(from: index, in: text, limit: 3, Self.isBefore)
    guard open > index, open < text.count else { return nil }
    if text[open] == 0x2E, open - index <= 2 {
      let next = TextRange.forward(from: open + 1, in: text, limit: 3) {
        $0 == 0x20 || $0 == 0x29 || $0 == 0x5D || $0 == 0x7D
      }
      // "gmail . com", but not a sentence's end before a capital.
      guard next > open + 1, next < text.count, !(0x41...0x5A).contains(text[next]) else {
        return nil
      }
      return (next, true)
    }
    let word = TextRange.forward(from: open, in: text, limit: 16) { $0.isLetter || $0 >= 0x80 }
    guard word > open, Self.dotWords.contains(Folding.key(text, open..<word)) else { return nil }
    let next = TextRange.forward(from: word, in: text, limit: 3, Self.isAfter)
    guard next > word, next < text.count else { return nil }
    return (next, true)
  }
}
