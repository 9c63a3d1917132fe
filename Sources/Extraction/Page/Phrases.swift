/// Phrases that tell what a page is, folded, with their words one space apart.
enum Phrases {
  /// Whether a folded text has one of the phrases as whole words.
  static func contains(_ key: [UInt8], _ phrases: [[UInt8]]) -> Bool {
    phrases.contains { find($0, in: key) }
  }

  static func list(_ text: String) -> [[UInt8]] {
    text.split(separator: "\n").map { Folding.key(String($0)) }.filter { !$0.isEmpty }
  }

  private static func find(_ phrase: [UInt8], in key: [UInt8]) -> Bool {
    guard let first = phrase.first, key.count >= phrase.count else { return false }
    var index = 0
    while index + phrase.count <= key.count {
      if key[index] == first, index == 0 || !isWord(key[index - 1]),
        index + phrase.count == key.count || !isWord(key[index + phrase.count])
          || !isWord(phrase[phrase.count - 1]),
        key[index..<index + phrase.count].elementsEqual(phrase)
      {
        return true
      }
      index += 1
    }
    return false
  }

  private static func isWord(_ byte: UInt8) -> Bool { byte.isAlphanumeric || byte >= 0x80 }

  /// What stands in the place of a page that robots shall not see.
  static let blocked = list(
    """
    are you a human
    are you human
    are you a robot
    you are not a robot
    you're not a robot
    i'm not a robot
    i am not a robot
    verify you are human
    verify that you are human
    verifying you are human
    prove you are human
    prove that you are human
    confirm you are human
    checking your browser
    checking if the site connection is secure
    just a moment
    attention required
    enable javascript and cookies to continue
    please enable cookies
    ddos protection by
    access denied
    access to this page has been denied
    access forbidden
    you have been blocked
    you have been banned
    your ip address has been blocked
    your ip has been blocked
    ip address blocked
    unusual traffic
    too many requests
    rate limit exceeded
    complete the captcha
    solve the captcha
    captcha
    recaptcha
    security check
    pardon our interruption
    please log in to continue
    please log in to view
    log in to view
    log in to continue
    login required
    you must be logged in
    you need to log in
    sign in to continue
    sign in to view
    please sign in
    account suspended
    this account has been suspended
    your account has been suspended
    not available in your country
    not available in your region
    toegang geweigerd
    ik ben geen robot
    log in om verder te gaan
    je moet ingelogd zijn
    u moet ingelogd zijn
    log in om deze
    bevestig dat je geen robot bent
    zugriff verweigert
    sind sie ein mensch
    ich bin kein roboter
    bitte melden sie sich an
    sie mussen angemeldet sein
    acces refuse
    acces interdit
    je ne suis pas un robot
    connectez-vous pour continuer
    acceso denegado
    no soy un robot
    inicia sesion para continuar
    acces interzis
    nu sunt robot
    trebuie sa fii autentificat
    autentifica-te pentru a continua
    odmowa dostepu
    nie jestem robotem
    zaloguj sie, aby kontynuowac
    musisz byc zalogowany
    доступ запрещен
    я не робот
    войдите, чтобы продолжить
    достъпът е отказан
    не съм робот
    hozzaferes megtagadva
    nem vagyok robot
    """)

  /// Of `blocked`, what never stands on an advert's page as a remark: enough on longer pages too.
  static let challenge = list(
    """
    checking your browser before accessing
    verify you are human
    verifying you are human
    enable javascript and cookies to continue
    complete the security check to access
    sorry, you have been blocked
    pardon our interruption
    complete the captcha
    access to this page has been denied
    unusual traffic from your computer network
    """)

  /// What a page says when its advert is no more.
  static let gone = list(
    """
    page not found
    page cannot be found
    page can't be found
    page could not be found
    page does not exist
    page doesn't exist
    404 not found
    error 404
    404 error
    file not found
    no longer available
    no longer exists
    no longer active
    no longer online
    no longer accepting applications
    has been removed
    has been deleted
    been deleted by its author
    been flagged for removal
    this posting has expired
    this ad has expired
    this advert has expired
    this listing has expired
    this job has expired
    this vacancy has expired
    advert has expired
    job has expired
    listing has expired
    posting has expired
    vacancy is closed
    job is closed
    position has been filled
    vacancy has been filled
    vacature is verlopen
    vacature is vervuld
    vacature is gesloten
    vacature is niet meer beschikbaar
    vacature bestaat niet meer
    advertentie is verlopen
    advertentie is verwijderd
    advertentie bestaat niet meer
    niet meer beschikbaar
    niet meer online
    bestaat niet meer
    is niet langer beschikbaar
    pagina niet gevonden
    pagina bestaat niet
    pagina kon niet worden gevonden
    seite nicht gefunden
    seite wurde nicht gefunden
    nicht mehr verfugbar
    nicht mehr online
    anzeige wurde geloscht
    anzeige ist nicht mehr
    stelle ist bereits besetzt
    stellenangebot ist abgelaufen
    page introuvable
    page non trouvee
    n'est plus disponible
    n'existe plus
    annonce a expire
    annonce a ete supprimee
    offre a expire
    pagina no encontrada
    ya no esta disponible
    ya no existe
    anuncio ha caducado
    anuncio ha sido eliminado
    oferta ha caducado
    pagina nu a fost gasita
    pagina nu exista
    nu mai este disponibil
    nu mai este disponibila
    nu mai exista
    anuntul a expirat
    anunt expirat
    anuntul a fost sters
    nie znaleziono strony
    strona nie istnieje
    strona nie zostala znaleziona
    ogloszenie wygaslo
    ogloszenie nieaktualne
    ogloszenie zostalo usuniete
    ogloszenie jest nieaktualne
    oferta wygasla
    oferta nieaktualna
    страница не найдена
    страница не существует
    обявата е изтекла
    обявата е изтрита
    обявата не е активна
    страницата не е намерена
    вакансия закрыта
    вакансия в архиве
    объявление удалено
    объявление снято
    объявление не найдено
    az oldal nem talalhato
    a hirdetes lejart
    a hirdetes mar nem
    pagina non trovata
    annuncio scaduto
    annuncio non e piu
    pagina nao encontrada
    """)

  /// Headings of blocks with other people's adverts.
  static let related = list(
    """
    similar jobs
    similar ads
    similar adverts
    similar listings
    similar vacancies
    similar positions
    similar profiles
    similar escorts
    similar results
    related jobs
    related ads
    related adverts
    related listings
    related posts
    related articles
    related vacancies
    related searches
    related profiles
    other jobs
    other ads
    other adverts
    other vacancies
    other profiles
    other escorts
    more jobs
    more ads
    more adverts
    more vacancies
    more profiles
    more escorts
    more from this
    more like this
    you may also like
    you might also like
    you may also be interested
    people also viewed
    people also searched
    recommended jobs
    recommended for you
    recently viewed
    latest jobs
    latest ads
    vergelijkbare vacatures
    vergelijkbare advertenties
    vergelijkbare profielen
    vergelijkbare
    soortgelijke
    gerelateerde
    andere vacatures
    andere advertenties
    andere dames
    meer vacatures
    meer advertenties
    ook interessant
    anderen bekeken ook
    bekijk ook
    laatst bekeken
    ahnliche
    weitere anzeigen
    weitere stellen
    das konnte sie auch interessieren
    annonces similaires
    offres similaires
    vous aimerez aussi
    anuncios similares
    ofertas similares
    anuncios relacionados
    te puede interesar
    anunturi similare
    locuri de munca similare
    joburi similare
    te-ar putea interesa
    podobne oferty
    podobne ogloszenia
    inne oferty
    inne ogloszenia
    zobacz takze
    zobacz rowniez
    похожие объявления
    похожие вакансии
    похожие
    подобни обяви
    подобни
    hasonlo hirdetesek
    hasonlo allasok
    annunci simili
    """)
}
