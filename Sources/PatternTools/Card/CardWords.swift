import Vocabulary

/// The words of a card that do not come from the packs.
struct CardWords: Sendable {
  let language: String
  let titles: [Form: String]
  let barriers: [Barrier: String]
  let strengths: [Strength: String]
  let evidence: [EvidenceGrade: String]
  /// How to read the card, a sentence each.
  let reading: [String]
  let example: String
  let also: String
  let computed: String
  let minors: String
  let useless: String
  let untranslated: String
  let packs: String

  /// The words in a language; English where there are none in it.
  static func of(_ language: String) -> CardWords {
    language.split(separator: "-").first == "nl" ? dutch : english
  }

  static let english = CardWords(
    language: "en",
    titles: [
      .labour: "Indicators in adverts for work",
      .sex: "Indicators in adverts for sexual services",
      .recruitment: "Indicators in adverts that recruit into sex work",
    ],
    barriers: [
      .recruitment: "Recruitment", .entry: "Entry", .residence: "Residence",
      .administration: "Administration", .housing: "Housing", .work: "Work", .finance: "Finance",
    ],
    strengths: [.strong: "strong", .medium: "medium", .weak: "weak"],
    evidence: [
      .supported: "told cases apart in a study", .noEffect: "tested, told nothing",
      .inverse: "tested, pointed the other way", .expert: "experts’ list, never tested",
    ],
    reading: [
      "One indicator means nothing: each has innocent explanations.",
      "A combination over several barriers deserves a look.",
      "People decide. This card proves nothing about anyone.",
    ],
    example: "such as", also: "also", computed: "seen by comparing adverts or their details",
    minors: "May be about a minor: report at once.",
    useless: "Tested or known to mean little", untranslated: "not translated",
    packs: "patterns")

  static let dutch = CardWords(
    language: "nl",
    titles: [
      .labour: "Indicatoren in advertenties voor werk",
      .sex: "Indicatoren in advertenties voor seksuele dienstverlening",
      .recruitment: "Indicatoren in advertenties die voor sekswerk werven",
    ],
    barriers: [
      .recruitment: "Werving", .entry: "Binnenkomst", .residence: "Verblijf",
      .administration: "Administratie", .housing: "Huisvesting", .work: "Arbeid",
      .finance: "Financiën",
    ],
    strengths: [.strong: "sterk", .medium: "middelmatig", .weak: "zwak"],
    evidence: [
      .supported: "onderscheidde zaken in onderzoek", .noEffect: "getoetst, zei niets",
      .inverse: "getoetst, wees andersom", .expert: "lijst van deskundigen, nooit getoetst",
    ],
    reading: [
      "Eén indicator zegt niets: elke heeft onschuldige verklaringen.",
      "Een combinatie over meerdere barrières verdient een nadere blik.",
      "Mensen beslissen. Deze kaart bewijst niets over iemand.",
    ],
    example: "zoals", also: "ook", computed: "blijkt uit vergelijking van advertenties of gegevens",
    minors: "Kan over een minderjarige gaan: meld het meteen.",
    useless: "Getoetst, of bekend als weinigzeggend", untranslated: "niet vertaald",
    packs: "patronen")
}
