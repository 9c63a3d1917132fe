/// What changed from one text to the next, word by word.
struct WordDiff {
  /// What became of a stretch.
  enum Kind: String { case same, added, removed }

  /// A stretch of words.
  struct Part: Hashable {
    var kind: Kind
    var text: String
  }

  let parts: [Part]

  /// Words between the common beginning and end that are compared one by one; with more, what was is
  /// shown as removed and what is as added: comparing takes time with the square of the differences.
  static let mostWords = 1500

  init(from old: String, to new: String) {
    let before = Self.words(old)
    let after = Self.words(new)
    var start = 0
    while start < min(before.count, after.count), before[start] == after[start] { start += 1 }
    var end = 0
    while end < min(before.count, after.count) - start,
      before[before.count - 1 - end] == after[after.count - 1 - end]
    { end += 1 }
    let olds = Array(before[start..<(before.count - end)])
    let news = Array(after[start..<(after.count - end)])
    var parts: [Part] = []
    func add(_ kind: Kind, _ text: some StringProtocol) {
      guard !text.isEmpty else { return }
      if let last = parts.last, last.kind == kind {
        parts[parts.count - 1].text += text
      } else {
        parts.append(Part(kind: kind, text: String(text)))
      }
    }
    add(.same, before[..<start].joined())
    if olds.count > Self.mostWords || news.count > Self.mostWords {
      add(.removed, olds.joined())
      add(.added, news.joined())
    } else {
      var removed: Set<Int> = []
      var added: Set<Int> = []
      for change in news.difference(from: olds) {
        switch change {
        case .remove(let offset, _, _): removed.insert(offset)
        case .insert(let offset, _, _): added.insert(offset)
        }
      }
      var place = 0
      var other = 0
      while place < olds.count || other < news.count {
        if removed.contains(place) {
          add(.removed, olds[place])
          place += 1
        } else if added.contains(other) {
          add(.added, news[other])
          other += 1
        } else if place < olds.count, other < news.count {
          add(.same, olds[place])
          place += 1
          other += 1
        } else {
          break
        }
      }
    }
    add(.same, before[(before.count - end)...].joined())
    self.parts = parts
  }

  /// Words with the white space after them.
  private static func words(_ text: String) -> [Substring] {
    var words: [Substring] = []
    let bytes = text.utf8
    var start = bytes.startIndex
    var place = start
    var inSpace = false
    while place < bytes.endIndex {
      let isSpace = bytes[place] == 0x20 || bytes[place] == 0x0A || bytes[place] == 0x09
      if inSpace, !isSpace {
        words.append(text[start..<place])
        start = place
      }
      inSpace = isSpace
      place = bytes.index(after: place)
    }
    if start < bytes.endIndex { words.append(text[start...]) }
    return words
  }
}
