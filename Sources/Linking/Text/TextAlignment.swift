/// Words of the template that other words stand for; either side may be empty.
struct TextEdit: Sendable, Hashable {
  var template: Range<Int>
  var text: Range<Int>
}

/// The cheapest way to write a text as a template and edits.
///
/// What an edit costs, in eighths of a bit: a flag that there is one, where it stands (one bit at a
/// known slot), both lengths in unary and the words themselves. So matching a common word by itself
/// inside a long difference does not pay, and slots come out whole.
struct TextAlignment: Sendable {
  static let bit: Int32 = 8

  /// The edits, ascending.
  var edits: [TextEdit] = []
  /// What they cost together.
  var cost: Int32 = 0

  /// What opening an edit costs where none was before.
  static func opening(_ count: Int) -> Int32 {
    bit * (3 + Int32(Int.bitWidth - count.leadingZeroBitCount))
  }

  /// Aligns `words` (with their weights) with the template.
  init(_ template: TextTemplate, _ words: [UInt32], _ weights: [Int32]) {
    let n = template.count
    let m = words.count
    // What is equal at both ends is matched in the best alignment too, as long as no slot is near.
    var head = 0
    while head < n, head < m, template.hashes[head] == words[head], !template.isSlot(head) {
      head += 1
    }
    var tail = 0
    while head + tail < n, head + tail < m,
      template.hashes[n - 1 - tail] == words[m - 1 - tail], !template.isSlot(n - tail),
      !template.isSlot(n - 1 - tail)
    {
      tail += 1
    }
    if head == n, head == m { return }
    solve(template, words, weights, head..<(n - tail), head..<(m - tail))
  }

  // Per cell two states: M, the last words match; E, within an edit. Each remembers where it came from.
  private static let fromEdit: UInt8 = 1
  private static let canMatch: UInt8 = 2
  private static let byDeletion: UInt8 = 4
  private static let opens: UInt8 = 8
  private static let endless: Int32 = .max / 2

  private mutating func solve(
    _ template: TextTemplate, _ words: [UInt32], _ weights: [Int32], _ rows: Range<Int>,
    _ columns: Range<Int>
  ) {
    let width = columns.count + 1
    let opening = Self.opening(template.count)
    let known = 4 * Self.bit
    var match = [Int32](repeating: Self.endless, count: width)
    var edit = [Int32](repeating: Self.endless, count: width)
    var steps = [UInt8](repeating: 0, count: width * (rows.count + 1))
    match[0] = 0
    for row in 0...rows.count {
      let place = rows.lowerBound + row
      let open = template.isSlot(place) ? known : opening
      // A deletion opens its edit before the word that goes.
      let openAbove = row > 0 && template.isSlot(place - 1) ? known : opening
      let word = row > 0 ? template.hashes[place - 1] : 0
      var diagonalMatch = Self.endless
      var diagonalEdit = Self.endless
      for column in 0..<width {
        let aboveMatch = match[column]
        let aboveEdit = edit[column]
        var step: UInt8 = 0
        var bestMatch = row == 0 && column == 0 ? 0 : Self.endless
        if row > 0, column > 0, word == words[columns.lowerBound + column - 1] {
          step |= Self.canMatch
          if diagonalEdit < diagonalMatch {
            bestMatch = diagonalEdit
            step |= Self.fromEdit
          } else {
            bestMatch = diagonalMatch
          }
        }
        var bestEdit = Self.endless
        if row > 0 {
          let continued = aboveEdit + Self.bit
          let opened = aboveMatch + openAbove + Self.bit
          bestEdit = min(continued, opened)
          step |= Self.byDeletion | (opened < continued ? Self.opens : 0)
        }
        if column > 0 {
          let weight = weights[columns.lowerBound + column - 1] + Self.bit
          let continued = edit[column - 1] + weight
          let opened = match[column - 1] + open + weight
          if min(continued, opened) < bestEdit {
            bestEdit = min(continued, opened)
            step &= ~(Self.byDeletion | Self.opens)
            step |= opened < continued ? Self.opens : 0
          }
        }
        diagonalMatch = aboveMatch
        diagonalEdit = aboveEdit
        match[column] = min(bestMatch, Self.endless)
        edit[column] = min(bestEdit, Self.endless)
        steps[row * width + column] = step
      }
    }
    cost = min(match[width - 1], edit[width - 1])
    trace(steps, rows, columns, endsInEdit: edit[width - 1] < match[width - 1])
  }

  private mutating func trace(
    _ steps: [UInt8], _ rows: Range<Int>, _ columns: Range<Int>, endsInEdit: Bool
  ) {
    let width = columns.count + 1
    var row = rows.count
    var column = columns.count
    var inEdit = endsInEdit
    var end = (row, column)
    var reversed: [TextEdit] = []
    while row > 0 || column > 0 {
      let step = steps[row * width + column]
      if inEdit {
        if step & Self.byDeletion != 0 { row -= 1 } else { column -= 1 }
        if step & Self.opens != 0 {
          reversed.append(
            TextEdit(
              template: (rows.lowerBound + row)..<(rows.lowerBound + end.0),
              text: (columns.lowerBound + column)..<(columns.lowerBound + end.1)))
          inEdit = false
        }
      } else {
        row -= 1
        column -= 1
        inEdit = step & Self.fromEdit != 0
        if inEdit { end = (row, column) }
      }
    }
    edits = reversed.reversed()
  }
}
