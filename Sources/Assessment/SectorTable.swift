import Extraction
public import Vocabulary

/// What is known of an advert that may tell the kind of work.
public struct SectorEvidence: Sendable, Hashable {
  /// What it offers; nil when that is unsure.
  public var form: Form?
  /// ISO 639 code; nil when it cannot be told.
  public var language: String?
  /// Its title.
  public var title: String?
  /// The occupation that its structured data or a labelled line states.
  public var occupation: String?
  /// The line of business stated there.
  public var industry: String?

  public init(
    form: Form? = nil, language: String? = nil, title: String? = nil, occupation: String? = nil,
    industry: String? = nil
  ) {
    self.form = form
    self.language = language
    self.title = title
    self.occupation = occupation
    self.industry = industry
  }
}

/// The kinds of work that adverts are counted by, and the words that tell them: data, read from
/// `Patterns/sectors.yaml`.
///
/// No assessment rests on it. What no word tells is unknown, and no kind is taken as the likeliest.
public struct SectorTable: Sendable {
  /// A kind of work.
  public struct Sector: Sendable, Hashable {
    /// How it is named in figures.
    public var key: String
    /// By language code.
    public var name: [String: String]
    /// Adverts of these forms are of this kind whatever they say.
    public var forms: Set<Form>
    /// How its codes of the Standard Occupational Classification begin.
    public var codes: [String]
  }

  /// The kinds in the order of the file.
  public let sectors: [Sector]
  private let words: SectorWords

  /// A table that knows no kind.
  public init() {
    sectors = []
    words = SectorWords()
  }

  init(_ sectors: [Sector], words: SectorWords) {
    self.sectors = sectors
    self.words = words
  }

  /// The name of a kind in a language, else in English; nil for a key that is not in the table.
  public func name(_ key: String, in language: String) -> String? {
    guard let sector = sectors.first(where: { $0.key == key }) else { return nil }
    return sector.name[language] ?? sector.name["en"]
  }

  /// The key of the kind of work that an advert offers; nil when nothing tells.
  ///
  /// The form goes first, then the stated occupation and line of business, then the title. In each,
  /// what somebody does goes before where it is done: a cleaner of a hotel cleans.
  public func sector(of advert: SectorEvidence) -> String? {
    if let form = advert.form, let sector = sectors.first(where: { $0.forms.contains(form) }) {
      return sector.key
    }
    if let code = advert.occupation.flatMap(sector(ofCodesIn:)) { return code }
    for text in [advert.occupation, advert.industry, advert.title] {
      guard let text else { continue }
      let found = words.sector(in: FoldedWords.words(of: text), language: advert.language)
      if let found { return sectors[found].key }
    }
    return nil
  }

  /// The kind that the first code in a text belongs to: the longest beginning of it that is known.
  private func sector(ofCodesIn text: String) -> String? {
    for word in text.split(whereSeparator: { " ,;:()[]|".contains($0) }) {
      guard word.utf8.count >= 7, word.utf8.first.map({ (0x30...0x39).contains($0) }) ?? false,
        word.dropFirst(2).first == "-"
      else { continue }
      let known = sectors.flatMap { sector in sector.codes.map { ($0, sector.key) } }
      let best = known.filter { word.hasPrefix($0.0) }.max { $0.0.utf8.count < $1.0.utf8.count }
      if let best { return best.1 }
    }
    return nil
  }
}
