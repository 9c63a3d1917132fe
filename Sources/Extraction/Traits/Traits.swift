/// How an advert speaks: counts of pronouns by person.
public struct Perspective: Sendable, Hashable {
  /// First person singular ("I", "my").
  public var i: Int
  /// First person plural ("we", "our").
  public var we: Int
  /// Third person ("she", "her", "they").
  public var they: Int

  public init(i: Int = 0, we: Int = 0, they: Int = 0) {
    self.i = i
    self.we = we
    self.they = they
  }
}

/// How an advert is written, as opposed to what it says.
public struct Traits: Sendable, Hashable {
  /// Pronouns by person, counted in the advert's own words.
  public var perspective: Perspective
  /// How many people are offered; nil when the text does not tell.
  public var persons: Int?
  /// The names of the people offered, as written, each once.
  public var names: [String]
  /// The languages of the advert's blocks where it is written in several, else empty.
  public var blocks: [LanguageBlock]

  public init(
    perspective: Perspective = Perspective(), persons: Int? = nil, names: [String] = [],
    blocks: [LanguageBlock] = []
  ) {
    self.perspective = perspective
    self.persons = persons
    self.names = names
    self.blocks = blocks
  }
}
