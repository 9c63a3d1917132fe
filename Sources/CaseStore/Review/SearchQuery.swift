/// What somebody looks for in the texts: words, phrases, `OR`, `-word` and `word*`.
///
/// Reading never fails and nothing of the question reaches the engine but as a quoted string, so that
/// no operator of the engine can be spelled.
public struct SearchQuery: Sendable, Hashable {
  /// The question in the engine's own language; nil when there is nothing to look for.
  public let expression: String?

  /// Bytes of a question that are read.
  public static let mostBytes = 500
  /// Words and phrases of a question that are read.
  public static let mostTerms = 20

  private struct Term {
    var text: String
    var isPrefix = false
    var isExcluded = false
  }

  public init(_ question: String) {
    var groups: [[Term]] = []
    var excluded: [Term] = []
    var joinsNext = false
    for piece in Self.pieces(question).prefix(Self.mostTerms) {
      if !piece.isPhrase, piece.text == "OR" {
        joinsNext = !groups.isEmpty
        continue
      }
      guard let term = Self.term(piece) else { continue }
      if term.isExcluded {
        excluded.append(term)
      } else if joinsNext {
        groups[groups.count - 1].append(term)
      } else {
        groups.append([term])
      }
      joinsNext = false
    }
    guard !groups.isEmpty else {
      expression = nil
      return
    }
    let wanted = groups.map { "(" + $0.map(Self.quoted).joined(separator: " OR ") + ")" }
      .joined(separator: " AND ")
    let unwanted = excluded.map { " NOT " + Self.quoted($0) }.joined()
    expression = excluded.isEmpty ? wanted : "(" + wanted + ")" + unwanted
  }

  private struct Piece {
    var text: String
    var isPhrase: Bool
    var isExcluded: Bool
  }

  /// Words between white space and phrases between quotation marks; an open one ends at the end.
  private static func pieces(_ question: String) -> [Piece] {
    var pieces: [Piece] = []
    var word = String.UnicodeScalarView()
    var inPhrase = false
    var excluded = false
    func flush(asPhrase: Bool) {
      if !word.isEmpty {
        pieces.append(Piece(text: String(word), isPhrase: asPhrase, isExcluded: excluded))
      }
      word = String.UnicodeScalarView()
      excluded = false
    }
    var bytes = 0
    for scalar in question.unicodeScalars {
      bytes += UTF8.width(scalar)
      guard bytes <= mostBytes else { break }
      if scalar == "\"" {
        flush(asPhrase: inPhrase)
        inPhrase.toggle()
      } else if !inPhrase, scalar.properties.isWhitespace {
        flush(asPhrase: false)
      } else if !inPhrase, word.isEmpty, scalar == "-" {
        excluded = true
      } else if scalar != "\0" {
        word.append(scalar)
      }
    }
    flush(asPhrase: inPhrase)
    return pieces
  }

  private static func term(_ piece: Piece) -> Term? {
    var term = Term(text: piece.text, isExcluded: piece.isExcluded)
    if !piece.isPhrase, term.text.hasSuffix("*") {
      term.isPrefix = true
      while term.text.hasSuffix("*") { term.text.removeLast() }
    }
    // A string without letters or digits is no term to the engine.
    let hasWord = term.text.unicodeScalars.contains {
      $0.properties.isAlphabetic || $0.properties.numericType != nil
    }
    return hasWord ? term : nil
  }

  private static func quoted(_ term: Term) -> String {
    "\"" + term.text.split(separator: "\"").joined(separator: " ") + "\""
      + (term.isPrefix ? "*" : "")
  }
}
