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
  /// Cells of a part that is aligned exactly: a slot or a sentence, not two pages.
  static let exactCells = 1 << 13

  /// The edits, ascending.
  var edits: [TextEdit] = []
  /// What they cost together.
  var cost: Int32 = 0

  /// What opening an edit costs where none was before.
  static func opening(_ count: Int) -> Int32 {
    bit * (3 + Int32(Int.bitWidth - count.leadingZeroBitCount))
  }

  /// Aligns `words` (with their weights) with the template.
  ///
  /// The alignment is the cheapest where both sides have at most `exact` cells between two anchors,
  /// and follows the anchors otherwise.
  init(
    _ template: TextTemplate, _ words: [UInt32], _ weights: [Int32],
    exact: Int = TextAlignment.exactCells
  ) {
    align(template, words, weights, 0..<template.count, 0..<words.count, exact)
  }

  /// Aligns a part of both whose neighbours match.
  mutating func align(
    _ template: TextTemplate, _ words: [UInt32], _ weights: [Int32], _ rows: Range<Int>,
    _ columns: Range<Int>, _ exact: Int
  ) {
    var (rows, columns) = (rows, columns)
    // What is equal at both ends is matched in the best alignment too, as long as no slot is near.
    while let row = rows.first, let column = columns.first,
      template.hashes[row] == words[column], !template.isSlot(row)
    {
      rows.removeFirst()
      columns.removeFirst()
    }
    while let row = rows.last, let column = columns.last, template.hashes[row] == words[column],
      !template.isSlot(row + 1), !template.isSlot(row)
    {
      rows.removeLast()
      columns.removeLast()
    }
    guard !rows.isEmpty || !columns.isEmpty else { return }
    guard rows.count * columns.count > exact else {
      return solve(template, words, weights, rows, columns)
    }
    let anchors = TextAnchors.chain(template.hashes, rows, words, columns)
    guard !anchors.isEmpty else {
      if rows.count * columns.count > exact * 4 {
        replace(template, weights, rows, columns)
      } else {
        solve(template, words, weights, rows, columns)
      }
      return
    }
    var (row, column) = (rows.lowerBound, columns.lowerBound)
    for anchor in anchors {
      align(template, words, weights, row..<anchor.row, column..<anchor.column, exact)
      row = anchor.row + anchor.count
      column = anchor.column + anchor.count
    }
    align(template, words, weights, row..<rows.upperBound, column..<columns.upperBound, exact)
  }

  /// Writes a part as one edit.
  private mutating func replace(
    _ template: TextTemplate, _ weights: [Int32], _ rows: Range<Int>, _ columns: Range<Int>
  ) {
    let isKnown = template.isSlot(rows.lowerBound)
    cost += (isKnown ? 4 * Self.bit : Self.opening(template.count)) + Int32(rows.count) * Self.bit
    for column in columns { cost += weights[column] + Self.bit }
    edits.append(TextEdit(template: rows, text: columns))
  }

  // Per cell two states: M, the last words match; E, within an edit. Each remembers where it came from.
  private static let fromEdit: UInt8 = 1
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
    let open = (rows.lowerBound...rows.upperBound).map { template.isSlot($0) ? known : opening }
    let words = Array(words[columns])
    let costs = columns.map { weights[$0] + Self.bit }
    var match = [Int32](repeating: Self.endless, count: width)
    var edit = match
    var steps = [UInt8](repeating: 0, count: width * (rows.count + 1))
    match[0] = 0
    for column in 1..<width {
      let continued = edit[column - 1] + costs[column - 1]
      let opened = match[column - 1] + open[0] + costs[column - 1]
      edit[column] = min(continued, opened, Self.endless)
      steps[column] = opened < continued ? Self.opens : 0
    }
    for row in 1..<(rows.count + 1) {
      Self.fill(
        word: template.hashes[rows.lowerBound + row - 1], open: open[row],
        openAbove: open[row - 1], words.span, costs.span, &match, &edit, &steps,
        from: row * width)
    }
    cost += min(match[width - 1], edit[width - 1])
    trace(steps, rows, columns, endsInEdit: edit[width - 1] < match[width - 1])
  }

  /// Turns the costs of the row above into those of the row of `word`.
  ///
  /// A deletion opens its edit before the word that goes. Costs are below `endless` and what is added
  /// to one below 2^20, so sums do not overflow; the lists are one longer than `words`, so no index
  /// does. Most of the time of linking goes by here.
  @inline(__always)
  private static func fill(
    word: UInt32, open: Int32, openAbove: Int32, _ words: Span<UInt32>, _ costs: Span<Int32>,
    _ match: inout [Int32], _ edit: inout [Int32], _ steps: inout [UInt8], from first: Int
  ) {
    var match = match.mutableSpan
    var edit = edit.mutableSpan
    var steps = steps.mutableSpan
    var diagonalMatch = match[0]
    var diagonalEdit = edit[0]
    var leftMatch = endless
    var leftEdit = min(diagonalEdit &+ bit, diagonalMatch &+ openAbove &+ bit, endless)
    let opensFirst = diagonalMatch &+ openAbove < diagonalEdit
    steps[first] = byDeletion | (opensFirst ? opens : 0)
    match[0] = leftMatch
    edit[0] = leftEdit
    for column in 0..<words.count {
      let aboveMatch = match[column + 1]
      let aboveEdit = edit[column + 1]
      let isSame = word == words[column]
      let bestMatch = isSame ? min(diagonalEdit, diagonalMatch) : endless
      var step = isSame && diagonalEdit < diagonalMatch ? fromEdit : 0
      let goneAgain = aboveEdit &+ bit
      let gone = aboveMatch &+ openAbove &+ bit
      let newAgain = leftEdit &+ costs[column]
      let new = leftMatch &+ open &+ costs[column]
      let deletes = min(newAgain, new) >= min(goneAgain, gone)
      let isOpened = deletes ? gone < goneAgain : new < newAgain
      step |= (deletes ? byDeletion : 0) | (isOpened ? opens : 0)
      diagonalMatch = aboveMatch
      diagonalEdit = aboveEdit
      leftMatch = bestMatch
      leftEdit = min(goneAgain, gone, min(newAgain, new, endless))
      match[column + 1] = leftMatch
      edit[column + 1] = leftEdit
      steps[first + column + 1] = step
    }
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
    edits += reversed.reversed()
  }
}
