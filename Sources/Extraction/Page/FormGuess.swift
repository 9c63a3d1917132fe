import Vocabulary

/// Guesses what an advert offers from its words.
enum FormGuess {
  private static let sex: Set<UInt64> = words(
    """
    escort escorts escortservice incall outcall gfe erotic erotisch erotische erotica erotique
    sensual sensueel massage massages ontvangst prive privehuis thuisontvangst overnight quickie
    dominatrix mistress fetish tantra striptease callgirl escorta escorte masaj erotik hostess
    sexwork kinky roses lovemaking dinnerdate masaż masaz prywatnie dyskretnie dyskrecja discretie
    discreet discrete discretion intim интим эскорт ескорт еротичен еротика масаж массаж
    """)
  private static let labour: Set<UInt64> = words(
    """
    vacature vacatures vacancy vacancies job jobs baan werk work worker workers solliciteer
    solliciteren sollicitatie cv resume apply application employer employee employment salary
    werkzaamheden medewerker medewerkers functie functieomschrijving dienstverband uitzendbureau
    shift shifts warehouse magazijn productiemedewerker orderpicker inpakker oogst bouw construction
    cleaner cleaning schoonmaak driver chauffeur lasser welder horeca keuken seizoenswerk seizoen
    stelle stellenangebot bewerbung bewerben mitarbeiter arbeit lagerhelfer erntehelfer emploi poste
    candidature travail ouvrier empleo trabajo empleado oferta angajare angajam angajeaza muncitor
    muncitori munca loc praca pracownik pracownikow zatrudnimy zatrudni magazynier pracy работа
    работник работники вакансия вакансии персонал сотрудник munka dolgozo allas lavoro lavoratore
    trabalho emprego wage wages overtime overuren contract uurloon housing accommodation huisvesting
    """)
  private static let recruit: Set<UInt64> = words(
    """
    gezocht zoeken hiring recruit recruiting recruitment wanted seeking searching looking gesucht
    suchen cherche recherche recherchons recrute busca buscamos busco cautam caut căutăm angajam
    angajăm szukamy poszukujemy zatrudnimy ищем требуются требуется приглашаем търсим keresunk
    cerchiamo verdien verdienen earn earnings verdienst castig zarobki доход заработок
    """)

  /// What each word speaks for, one bit a list; most words are in none, which one look-up tells.
  private static let kinds: [UInt64: UInt8] = {
    var kinds: [UInt64: UInt8] = [:]
    for (bit, list) in [(isSexual, sex), (isLabour, labour), (isRecruiting, recruit)] {
      for word in list { kinds[word, default: 0] |= bit }
    }
    return kinds
  }()
  private static let isSexual: UInt8 = 1
  private static let isLabour: UInt8 = 2
  private static let isRecruiting: UInt8 = 4

  private static func words(_ list: String) -> Set<UInt64> {
    Set(list.split(whereSeparator: \.isWhitespace).map { Folding.hash(String($0)) })
  }

  /// The form, nil when the words do not agree; words count once each.
  static func guess(
    _ tokens: [FactToken], content: [Range<Int>], hasVacancy: Bool
  ) -> Form? {
    var sexual: Set<UInt64> = []
    var labouring: Set<UInt64> = []
    var recruiting: Set<UInt64> = []
    let kinds = kinds
    for token in tokens where token.kind == .word {
      guard let kind = kinds[token.hash], RangeSet.holds(token.start..<token.end, content) else {
        continue
      }
      if kind & isSexual != 0 { sexual.insert(token.hash) }
      if kind & isLabour != 0 { labouring.insert(token.hash) }
      if kind & isRecruiting != 0 { recruiting.insert(token.hash) }
    }
    if sexual.count >= 2, !recruiting.isEmpty, labouring.count >= 1 || hasVacancy {
      return .recruitment
    }
    if hasVacancy { return sexual.count >= 3 ? .recruitment : .labour }
    if sexual.count >= 2, labouring.count <= 1 { return .sex }
    // Long texts have such words by chance.
    let length = content.reduce(0) { $0 + $1.count }
    let enough = length > 6_000 ? 6 : 3
    if labouring.count >= enough, sexual.isEmpty { return .labour }
    if labouring.count >= enough - 1, sexual.isEmpty, !recruiting.isEmpty { return .labour }
    return nil
  }
}
