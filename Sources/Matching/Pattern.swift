/// One regular expression of an indicator, with a name that survives editing.
public struct Pattern: Sendable, Hashable {
  /// `indicator/language/id`, as in `L11/en/kept`: never positional.
  public let name: String
  /// The language it was written for; it runs on texts of every language.
  public let language: String
  /// PCRE2 syntax, run caseless with Unicode properties.
  public let source: String
  /// Which rendering of the text it reads.
  public let view: PatternView
  /// Where it stands in its pack.
  public let place: PackPlace

  public init(
    name: String, language: String, source: String, view: PatternView, place: PackPlace
  ) {
    self.name = name
    self.language = language
    self.source = source
    self.view = view
    self.place = place
  }
}

/// Which rendering of a text a pattern reads.
public enum PatternView: String, Sendable, Hashable, CaseIterable {
  /// The text as a browser shows it.
  case plain
  /// The text with disguises undone, as `FoldedView` describes; spans still point into the text.
  case folded
}

/// A place in a pack's file.
public struct PackPlace: Sendable, Hashable {
  /// The file as the user named it.
  public let file: String
  /// Line, from 1.
  public let line: Int
  /// Column in Unicode scalars, from 1.
  public let column: Int

  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }
}

/// A text that an indicator has to find, or has to leave alone.
public struct Example: Sendable, Hashable {
  /// The example, invented.
  public let text: String
  /// Where it stands in its pack.
  public let place: PackPlace

  public init(text: String, place: PackPlace) {
    self.text = text
    self.place = place
  }
}

/// The examples of an indicator in one language.
public struct Examples: Sendable, Hashable {
  /// At least one pattern of the indicator has to hit each of these.
  public let match: [Example]
  /// No pattern of the indicator may hit any of these.
  public let miss: [Example]

  public init(match: [Example], miss: [Example]) {
    self.match = match
    self.miss = miss
  }
}

/// An expression that cancels the hits of its indicator in the sentence where it matches.
public struct Exception: Sendable, Hashable {
  /// The language it was written for; it cancels hits of patterns of every language.
  public let language: String
  /// PCRE2 syntax, as a pattern's.
  public let source: String
  /// Where it stands in its pack.
  public let place: PackPlace

  public init(language: String, source: String, place: PackPlace) {
    self.language = language
    self.source = source
    self.place = place
  }
}
