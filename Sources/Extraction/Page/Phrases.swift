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
    let length = phrase.count
    guard let first = phrase.first, key.count >= length else { return false }
    return key.withUnsafeBufferPointer { bytes in
      phrase.withUnsafeBufferPointer { wanted in
        for index in 0...(bytes.count - length) where bytes[index] == first {
          var matched = 1
          while matched < length, bytes[index + matched] == wanted[matched] { matched += 1 }
          if matched == length, !isWord(before: index, key),
            index + length == key.count || !isWord(at: index + length, key)
              || !isWord(wanted[length - 1])
          {
            return true
          }
        }
        return false
      }
    }
  }

  private static func isWord(_ byte: UInt8) -> Bool { byte.isAlphanumeric || byte >= 0x80 }

  /// Signs from U+0080 to U+00BF and from U+2000 to U+203F, such as the inverted question mark and
  /// quotation marks, are no letters.
  private static func isWord(before index: Int, _ key: [UInt8]) -> Bool {
    guard index > 0, isWord(key[index - 1]) else { return false }
    if index > 1, key[index - 2] == 0xC2 { return false }
    return !(index > 2 && key[index - 3] == 0xE2 && key[index - 2] == 0x80)
  }

  private static func isWord(at index: Int, _ key: [UInt8]) -> Bool {
    guard isWord(key[index]) else { return false }
    return key[index] != 0xC2
      && !(key[index] == 0xE2 && index + 1 < key.count && key[index + 1] == 0x80)
  }

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
    je moet inloggen
    u moet inloggen
    ben je een mens
    bent u een mens
    bevestig dat u geen robot bent
    account is geblokkeerd
    account geblokkeerd
    account is opgeschort
    sie mussen sich anmelden
    sie mussen eingeloggt sein
    dass sie kein roboter sind
    zugriff verboten
    konto wurde gesperrt
    konto gesperrt
    konto ist gesperrt
    vous devez etre connecte
    vous devez vous connecter
    vous n'etes pas un robot
    etes-vous un humain
    etes-vous un robot
    compte a ete suspendu
    compte suspendu
    compte a ete bloque
    debes iniciar sesion
    debe iniciar sesion
    tienes que iniciar sesion
    no eres un robot
    eres humano
    eres un robot
    cuenta ha sido suspendida
    cuenta suspendida
    cuenta bloqueada
    trebuie sa te autentifici
    trebuie sa fiti autentificat
    trebuie sa va autentificati
    nu esti un robot
    nu sunteti robot
    esti om
    cont a fost suspendat
    cont suspendat
    cont blocat
    musisz sie zalogowac
    nie jestes robotem
    czy jestes czlowiekiem
    jestes robotem
    konto zostalo zawieszone
    konto zawieszone
    konto zostalo zablokowane
    konto zablokowane
    трябва да влезете в профила
    трябва да влезете
    влезте в профила си
    не сте робот
    човек ли сте
    акаунт е блокиран
    профилът е спрян
    профилът е блокиран
    be kell jelentkezned
    be kell jelentkeznie
    jelentkezz be a folytatashoz
    igazolja, hogy nem robot
    igazold, hogy nem vagy robot
    on ember
    fiokot felfuggesztettuk
    felfuggesztett fiok
    fiok felfuggesztve
    вы не робот
    вы человек
    необходимо войти
    авторизуйтесь
    аккаунт заблокирован
    аккаунт приостановлен
    учетная запись заблокирована
    """)

  /// Questions for the visitor's age, as they stand before a site.
  static let ages = list(
    """
    must be 18 or older to enter
    must be over 18 to enter
    must be 18 years or older to enter
    must be at least 18 years old to enter
    must be at least 18 years of age to enter
    must be 18 or older to view
    must be 18 or older to access
    must be over 18 to view
    must be over 18 to access
    must be 18 or older to visit
    i am 18 or older
    i am over 18
    are you over 18
    are you 18 or older
    are you at least 18
    confirm that you are over 18
    confirm you are over 18
    confirm that you are at least 18
    18 jaar of ouder zijn om deze
    18 jaar of ouder zijn om
    minimaal 18 jaar zijn om
    ben je 18 jaar of ouder
    ben je ouder dan 18
    ik ben 18 jaar of ouder
    mindestens 18 jahre alt sein, um
    uber 18 jahre alt sein, um
    ich bin uber 18
    ich bin mindestens 18
    sind sie uber 18
    sind sie mindestens 18
    au moins 18 ans pour acceder
    au moins 18 ans pour entrer
    plus de 18 ans pour acceder
    j'ai plus de 18 ans
    avez-vous plus de 18 ans
    mayor de 18 anos para entrar
    mayor de 18 anos para acceder
    mayor de edad para entrar
    mayor de edad para acceder
    soy mayor de 18
    soy mayor de edad
    eres mayor de 18
    eres mayor de edad
    peste 18 ani pentru a
    minim 18 ani pentru a
    am peste 18 ani
    ai peste 18 ani
    ukonczone 18 lat, aby wejsc
    ukonczone 18 lat, aby
    mam ukonczone 18 lat
    czy masz ukonczone 18
    mam skonczone 18 lat
    навършени 18 години, за да
    имам навършени 18
    имате ли навършени 18
    el kell mulnod 18
    elmult 18 eves
    elmultam 18
    18 eves kor felett
    elmultal 18
    не менее 18 лет, чтобы
    старше 18 лет, чтобы
    мне уже есть 18
    мне есть 18 лет
    мне исполнилось 18
    вам есть 18
    вам исполнилось 18
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
    page you are looking for
    page you requested
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
    pagina die je zoekt
    pagina die u zoekt
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
    page demandee est introuvable
    page que vous cherchez
    page non trouvee
    n'est plus disponible
    n'existe plus
    annonce a expire
    annonce a ete supprimee
    offre a expire
    pagina no encontrada
    pagina no existe
    pagina que buscas
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
    больше не доступно
    больше не доступна
    больше недоступно
    объявление неактуально
    объявление истекло
    срок объявления истек
    страница не существует
    обявата е изтекла
    обявата е изтрита
    обявата не е активна
    обявата вече не е активна
    обява вече не е активна
    обявата не съществува
    обявата е премахната
    страницата не е намерена
    вакансия закрыта
    вакансия в архиве
    объявление удалено
    объявление снято
    объявление не найдено
    az oldal nem talalhato
    a hirdetes lejart
    a hirdetes mar nem
    hirdetes mar nem elerheto
    keresett oldal nem talalhato
    hirdetest toroltek
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
