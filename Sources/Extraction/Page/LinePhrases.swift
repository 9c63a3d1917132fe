/// Looks for phrases at the start of lines, by the hashes of their first words.
///
/// A line is read once, however many phrases there are.
struct LinePhrases: Sendable {
  /// Words of the longest phrase that are compared.
  private static let longest = 6

  private var starts: Set<UInt64> = []
  private var wholes: Set<UInt64> = []
  private var labels: Set<UInt64> = []

  /// One phrase a line; one with a full stop at its end has to be all of the line, after one with a
  /// colon has to stand a colon.
  init(_ list: String) {
    for phrase in list.split(separator: "\n") {
      let mark = phrase.utf8.last
      let text = Array(phrase.utf8.prefix { $0 != 0x2E && $0 != 0x3A })
      var last: UInt64?
      Self.prefixes(of: text, 0..<text.count) { hash, _, _ in
        last = hash
        return false
      }
      guard let last else { continue }
      switch mark {
      case 0x2E: wholes.insert(last)
      case 0x3A: labels.insert(last)
      default: starts.insert(last)
      }
    }
  }

  /// Whether a line begins with one of the phrases.
  func match(_ text: [UInt8], _ line: Range<Int>) -> Bool {
    Self.prefixes(of: text, line) { hash, next, isEnd in
      starts.contains(hash) || isEnd && wholes.contains(hash)
        || next == 0x3A && labels.contains(hash)
    }
  }

  /// Calls `body` with the hash of the first word, of the first two, and so on, until it says true.
  @discardableResult
  private static func prefixes(
    of text: [UInt8], _ line: Range<Int>, _ body: (UInt64, _ next: UInt32, _ isEnd: Bool) -> Bool
  ) -> Bool {
    var hash = Folding.seed
    var words = 0
    var inWord = false
    var pending: UInt64?
    var after: UInt32 = 0
    var index = line.lowerBound
    while index < line.upperBound {
      let found = scalar(in: text, at: index)
      index += max(1, found.length)
      // "3 comments"
      if words == 0, !inWord, found.value &- 0x30 < 10 { continue }
      if isWord(found.value) {
        if let complete = pending {
          if body(complete, after, false) { return true }
          pending = nil
          guard words < longest else { return false }
          Folding.feed(0x20, into: &hash)
        }
        inWord = true
        Folding.feed(found.value, into: &hash)
      } else if inWord {
        inWord = false
        words += 1
        pending = hash
        after = found.value
      }
    }
    if inWord {
      pending = hash
      after = 0
    }
    return pending.map { body($0, after, true) } ?? false
  }

  /// Apostrophes belong to words.
  private static func isWord(_ value: UInt32) -> Bool {
    if value < 0x80 { return UInt8(truncatingIfNeeded: value).isAlphanumeric || value == 0x27 }
    switch value {
    case 0xA0...0xBF, 0xD7, 0xF7, 0x2000...0x2BFF, 0x3000...0x303F, 0xFE00...0xFE0F,
      0x1F000...0x1FAFF:
      return false
    default: return true
    }
  }
}

extension LinePhrases {
  /// Lines of the site under and beside an advert; they end with a full stop where the whole line
  /// has to say it.
  static let remarks = LinePhrases(
    """
    read more
    read also
    read next
    see also.
    more on this topic
    more on this.
    share this
    share on
    share.
    tags.
    tags:
    filed under
    posted in
    posted by
    this entry was posted
    leave a comment
    leave a reply
    leave a review
    post a comment
    write a comment
    add a comment
    write a review
    comments are closed
    no comments
    your email address will not be published
    sign up for our
    subscribe to
    subscribe now
    follow us
    advertisement.
    back to
    print.
    print this
    download pdf
    email this
    report this
    last modified
    last updated
    copyright
    all rights reserved
    about the author
    related.
    explore further
    continue reading
    click here to subscribe
    photo credit
    skip to
    go to top
    photo:
    photo by
    image:
    source:
    categories.
    category:
    you are here
    view comments
    load more
    most popular
    most read
    latest news
    register now
    sign up now
    support us.
    credit:
    advertise with us
    comment by
    read the latest
    loading.
    meer lezen
    meest gelezen
    laatste nieuws
    deel dit artikel
    lees meer
    lees ook
    lees verder
    bekijk ook
    zie ook.
    deel deze
    deel dit
    deel op
    delen.
    delen via
    reageer.
    reacties.
    plaats een reactie
    geef een reactie
    laat een reactie achter
    terug naar
    advertentie.
    meer over dit onderwerp
    volg ons
    schrijf je in voor
    afdrukken.
    over de auteur
    alle rechten voorbehouden
    foto:
    bild:
    quelle:
    titelbild
    beitragsbild
    bildquelle
    abgelegt unter
    kategorie:
    kategorien.
    aktualisiert
    auch lesen
    schon gelesen
    verwandte themen
    zum weiterlesen
    weiterführende
    weiterführender
    das thema könnte
    keine kommentare
    wird geladen
    zum newsletter
    newsletter abonnieren
    lade weitere
    aktuelle news
    aktuelle artikel
    beliebteste artikel
    weitere aktuelle
    jetzt registrieren
    hier kostenlos anmelden
    jetzt kostenlos anmelden
    bitte registrieren sie sich
    zusatzinformationen.
    veröffentlicht:
    video verfügbar
    zum thema.
    themen:
    mehr über
    mehr aus
    auch auf
    externer inhalt.
    diese seite als pdf
    pdf herunterladen
    senden.
    alle termine.
    news teilen
    antworten zu
    mehr zum thema
    mehr zum
    mehr zu
    mehr themen
    mehr lesen
    mehr erfahren
    weiterlesen
    lesen sie auch
    lesen sie hier
    lesen sie mehr
    lies auch
    siehe auch
    auch interessant
    das könnte sie auch
    das könnte dich auch
    zurück.
    zurück zu
    zurück zum
    zurück zur
    zurück nach oben
    nach oben.
    kommentar verfassen
    kommentar schreiben
    kommentare schreiben
    kommentieren.
    kommentar hinterlassen
    schreibe einen kommentar
    kommentare.
    leider sind keine kommentare
    diesen artikel teilen
    diese seite teilen
    artikel teilen
    beitrag teilen
    teilen.
    teilen mit
    teilen sie
    artikel bewerten
    drucken.
    artikel drucken
    seite drucken
    anzeige.
    werbung.
    schlagworte
    schlagwörter
    themen.
    dieser eintrag wurde
    der beitrag wurde
    dieser beitrag wurde
    veröffentlicht in
    letzte änderung
    zuletzt aktualisiert
    über den autor
    über die autorin
    newsletter.
    folgen sie uns
    weitere informationen.
    weitere artikel
    weitere themen
    weitere beiträge
    weitere meldungen
    alle rechte vorbehalten
    crédit photo
    crédits photos
    les plus lus
    lire également
    lire aussi
    à lire aussi
    à lire.
    lire la suite
    lire plus
    voir aussi
    partager.
    partager sur
    partager cet
    laisser un commentaire
    ajouter un commentaire
    vos réactions
    commentaires.
    imprimer.
    retour à
    retour.
    publicité.
    suivez nous
    inscrivez vous à
    tous droits réservés
    à propos de l'auteur
    lo más leído
    últimas noticias
    regístrate ahora
    le puede interesar
    te puede interesar
    lea también
    lea además
    leer más
    lee también
    también te puede
    ver también
    compartir.
    compartir nota
    temas relacionados
    temas.
    puedes ver
    lo último
    compartir en
    compartir esta
    deja un comentario
    deja una respuesta
    comentarios.
    imprimir.
    volver a
    volver.
    publicidad.
    síguenos
    suscríbete a
    etiquetas.
    todos los derechos reservados
    citește și
    citește mai mult
    vezi și
    distribuie.
    distribuie pe
    lasă un comentariu
    adaugă un comentariu
    comentarii.
    înapoi la
    înapoi.
    tipărește.
    publicitate.
    urmărește ne
    abonează te la
    toate drepturile rezervate
    źródło:
    opublikowano
    publikacja
    dowiedz się więcej
    czytaj więcej
    czytaj też
    czytaj także
    czytaj również
    zobacz też
    zobacz także
    zobacz również
    zobacz więcej
    podziel się
    udostępnij.
    udostępnij na
    dodaj komentarz
    skomentuj.
    komentarze.
    drukuj.
    wróć do
    powrót do
    powrót.
    reklama.
    tagi.
    zapisz się do
    wszelkie prawa zastrzeżone
    прочетете още
    прочети още
    вижте още
    виж още
    вижте също
    сподели.
    сподели в
    споделете.
    коментари.
    добави коментар
    напишете коментар
    назад към
    обратно към
    назад.
    печат.
    реклама.
    етикети.
    всички права запазени
    olvasson tovább
    olvasd tovább
    tovább olvasom
    lásd még
    kapcsolódó cikkek
    megosztás.
    megosztom.
    hozzászólások.
    szólj hozzá
    vissza a
    vissza az
    vissza.
    nyomtatás.
    hirdetés.
    címkék.
    iratkozz fel
    minden jog fenntartva
    читайте также
    читать далее
    читать дальше
    смотрите также
    поделиться.
    поделиться в
    поделитесь
    оставить комментарий
    добавить комментарий
    комментарии.
    вернуться к
    вернуться в
    вернуться на
    назад.
    распечатать.
    на правах рекламы
    метки.
    теги.
    подпишитесь на
    все права защищены
    """)

  /// Headings of what visitors said, and of forms for it, wherever they stand.
  static let discussions = LinePhrases(
    """
    comments
    leave a comment
    leave a reply
    leave a review
    post a comment
    write a comment
    write a review
    add a comment
    join the discussion
    reacties
    plaats een reactie
    geef een reactie
    laat een reactie achter
    schrijf een review
    kommentare.
    kommentar verfassen
    kommentar schreiben
    kommentar hinterlassen
    schreibe einen kommentar
    hinterlasse einen kommentar
    commentaires
    laisser un commentaire
    vos réactions
    ajouter un commentaire
    comentarios
    deja un comentario
    deja una respuesta
    comentarii
    lasă un comentariu
    adaugă un comentariu
    komentarze
    dodaj komentarz
    коментари
    добави коментар
    комментарии
    оставить комментарий
    добавить комментарий
    hozzászólások
    szólj hozzá
    """)
}
