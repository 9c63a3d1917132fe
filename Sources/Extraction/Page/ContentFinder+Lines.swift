import Markup

/// The lines of the content, one by one: what of them are the site's remarks.
extension ContentFinder {
  /// One line of content.
  private struct Line {
    var range: Range<Int>
    /// Bytes that stand in links, and how many these are.
    var linkBytes = 0
    var links = 0

    /// Whether it is nothing but links.
    var isLink: Bool { links > 0 && linkBytes * 10 >= range.count * 9 }
  }

  /// The content without the lines that are the site's own remarks.
  ///
  /// A line with a way to reach somebody or a sum of money is never one.
  func cleaned(_ content: [Range<Int>]) -> [Range<Int>] {
    let lines = lines(of: content)
    guard lines.count > 1 else { return content }
    var dropped = [Bool](repeating: false, count: lines.count)
    for index in lines.indices {
      let line = lines[index]
      guard line.range.count <= 120, !isHeading(line.range) else { continue }
      if LinePhrases.remarks.match(document.text, line.range) {
        dropped[index] = !carriesContact(line.range)
      }
    }
    dropRecurring(lines, &dropped)
    dropLinks(lines, &dropped)
    dropLeading(lines, &dropped)
    guard dropped.contains(true) else { return content }
    var kept: [Range<Int>] = []
    for (line, isDropped) in zip(lines, dropped) where !isDropped { kept.append(line.range) }
    return kept.isEmpty ? content : joined(kept)
  }

  /// Lines that the site's template has, where many stand together or one is a sentence.
  ///
  /// A page that would lose most of its words is one that somebody put up many times: that is for
  /// linking to find, and no template.
  private func dropRecurring(_ lines: [Line], _ dropped: inout [Bool]) {
    guard let template else { return }
    var found: [Int] = []
    var start = 0
    while start < lines.count {
      var end = start
      while end < lines.count, !isHeading(lines[end].range),
        template.holds(document.text, lines[end].range)
      {
        end += 1
      }
      for index in start..<end
      where end - start >= Self.recurringLines || lines[index].range.count >= Self.recurringBytes {
        found.append(index)
      }
      start = max(end, start + 1)
    }
    found = found.filter { !isLabelled(lines[$0].range) && !carriesContact(lines[$0].range) }
    let own = lines.reduce(0) { $0 + $1.range.count }
    let lost = found.reduce(0) { $0 + lines[$1].range.count }
    guard lost * 2 <= own else { return }
    for index in found { dropped[index] = true }
  }

  /// "Employment: full time" is the advert's, however many say so.
  private func isLabelled(_ range: Range<Int>) -> Bool {
    range.count <= 200 && range.prefix(40).contains { document.text[$0] == 0x3A }
  }

  /// Lines in a row that are a template's for sure, and bytes of a line that is one alone.
  private static let recurringLines = 5
  private static let recurringBytes = 60

  /// Lines that are nothing but a link to another page of the site, and what is left at the end once
  /// these are gone.
  private func dropLinks(_ lines: [Line], _ dropped: inout [Bool]) {
    var words = 0
    var linked = 0
    for line in lines {
      if line.isLink { linked += line.range.count } else { words += line.range.count }
    }
    // A list that is all links is what the page is about.
    guard words >= 200, linked * 2 < words else { return }
    var isEnd = true
    for index in lines.indices.reversed() where index > 0 && !dropped[index] {
      let line = lines[index]
      let isForeign =
        line.isLink && !isHeading(line.range) && !leadsAway(line.range)
        && !carriesContact(line.range)
      if isForeign, isEnd || line.range.count >= 25 {
        dropped[index] = true
      } else if isEnd, isBareHeading(line.range) {
        dropped[index] = true
      } else {
        isEnd = false
      }
    }
  }

  /// A section's heading without a section.
  private func isBareHeading(_ range: Range<Int>) -> Bool {
    guard range.count <= 100, !isHeading(range), !carriesContact(range),
      let found = outline.element(containing: range)
    else { return false }
    var index = Int32(found)
    for _ in 0..<3 where index >= 0 {
      let element = document.elements[Int(index)]
      guard element.range.count <= range.count + 2 else { return false }
      switch element.tag {
      case .h1, .h2, .h3, .h4, .h5, .h6: return true
      default: index = element.parent
      }
    }
    return false
  }

  /// Sections, dates and slogans above the heading; an age or a sum stays.
  private func dropLeading(_ lines: [Line], _ dropped: inout [Bool]) {
    guard let end = lines.firstIndex(where: { isHeading($0.range) }), end > 0 else { return }
    let bytes = lines[..<end].reduce(0) { $0 + $1.range.count }
    guard bytes <= 240 else { return }
    for index in lines[..<end].indices where lines[index].range.count <= 100 {
      let range = lines[index].range
      let digits = range.reduce(0) { $0 + (document.text[$1].isDigit ? 1 : 0) }
      if digits == 0 || digits >= 6 && range.count <= 50, !carriesContact(range) {
        dropped[index] = true
      }
    }
  }

  private func isHeading(_ range: Range<Int>) -> Bool {
    heading.map { $0.overlaps(range) } ?? false
  }

  private func lines(of content: [Range<Int>]) -> [Line] {
    var lines: [Line] = []
    for range in content {
      var start = range.lowerBound
      var index = start
      while index < range.upperBound {
        if document.text[index] == 0x0A {
          if index > start { lines.append(Line(range: start..<index)) }
          start = index + 1
        }
        index += 1
      }
      if start < range.upperBound { lines.append(Line(range: start..<range.upperBound)) }
    }
    var line = 0
    for link in outline.shownLinks {
      while line < lines.count, lines[line].range.upperBound <= link.lowerBound { line += 1 }
      guard line < lines.count else { break }
      let shared = link.clamped(to: lines[line].range)
      guard !shared.isEmpty else { continue }
      lines[line].links += 1
      lines[line].linkBytes += shared.count
    }
    return lines
  }

  /// Lines side by side as one range.
  private func joined(_ lines: [Range<Int>]) -> [Range<Int>] {
    var joined: [Range<Int>] = []
    for line in lines {
      if let last = joined.last, isBlank(last.upperBound..<line.lowerBound) {
        joined[joined.count - 1] = last.lowerBound..<line.upperBound
      } else {
        joined.append(line)
      }
    }
    return joined
  }

  private func isBlank(_ gap: Range<Int>) -> Bool {
    guard gap.count <= 4 else { return false }
    return gap.allSatisfy { document.text[$0] <= 0x20 }
  }
}
