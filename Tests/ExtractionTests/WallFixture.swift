/// Invented pages that stand in an advert's place, and adverts that only sound like them.
enum WallFixture {
  /// A page with the site's menu around some words.
  static func page(_ title: String, _ body: String, language: String = "en") -> String {
    """
    <!doctype html><html lang=\(language)><head><title>\(title)</title></head><body>
    <nav><ul><li><a href=/>Home</a></li><li><a href=/ads>Ads</a></li><li><a href=/help>Help</a></li></ul></nav>
    <div id=content>\(body)</div><footer>Board Example, board.example</footer></body></html>
    """
  }

  /// Heading and sentences of pages behind a login.
  static let logins: [(language: String, heading: String, text: String)] = [
    ("en", "Please log in", "You must be logged in to view this advert."),
    ("nl", "Inloggen", "Je moet ingelogd zijn om deze advertentie te bekijken."),
    ("de", "Anmeldung", "Sie müssen angemeldet sein, um diese Anzeige zu sehen."),
    ("fr", "Connexion", "Vous devez être connecté pour voir cette annonce."),
    ("es", "Iniciar sesión", "Debes iniciar sesión para ver este anuncio."),
    ("ro", "Autentificare", "Trebuie să fii autentificat pentru a vedea acest anunț."),
    ("pl", "Logowanie", "Musisz być zalogowany, aby zobaczyć to ogłoszenie."),
    ("bg", "Вход", "Трябва да влезете в профила си, за да видите тази обява."),
    ("hu", "Belépés", "A hirdetés megtekintéséhez be kell jelentkezned."),
    ("ru", "Вход", "Войдите, чтобы продолжить просмотр объявления."),
  ]

  /// Pages that ask for a person.
  static let challenges: [(language: String, heading: String, text: String)] = [
    ("en", "Are you human?", "Please complete the CAPTCHA to continue."),
    ("nl", "Ben je een mens?", "Bevestig dat je geen robot bent om verder te gaan."),
    ("de", "Sind Sie ein Mensch?", "Bitte bestätigen Sie, dass Sie kein Roboter sind."),
    ("fr", "Êtes-vous un humain ?", "Veuillez confirmer que vous n'êtes pas un robot."),
    ("es", "¿Eres humano?", "Confirma que no eres un robot para continuar."),
    ("ro", "Ești om?", "Confirmă că nu ești un robot pentru a continua."),
    ("pl", "Czy jesteś człowiekiem?", "Potwierdź, że nie jesteś robotem."),
    ("bg", "Човек ли сте?", "Моля, потвърдете, че не сте робот."),
    ("hu", "Ön ember?", "Kérjük, igazolja, hogy nem robot."),
    ("ru", "Вы человек?", "Подтвердите, что вы не робот."),
  ]

  /// Accounts and sites that were shut.
  static let suspensions: [(language: String, heading: String, text: String)] = [
    ("en", "Account suspended", "This account has been suspended."),
    ("nl", "Account geblokkeerd", "Dit account is geblokkeerd. Neem contact op met de provider."),
    ("de", "Konto gesperrt", "Dieses Konto wurde gesperrt."),
    ("fr", "Compte suspendu", "Ce compte a été suspendu."),
    ("es", "Cuenta suspendida", "Esta cuenta ha sido suspendida."),
    ("ro", "Cont suspendat", "Acest cont a fost suspendat."),
    ("pl", "Konto zawieszone", "To konto zostało zawieszone."),
    ("bg", "Профилът е спрян", "Този акаунт е блокиран."),
    ("hu", "Felfüggesztett fiók", "Ezt a fiókot felfüggesztettük."),
    ("ru", "Аккаунт заблокирован", "Этот аккаунт заблокирован."),
  ]

  /// Questions for the visitor's age with nothing behind them yet.
  static let ages: [(language: String, heading: String, text: String)] = [
    ("en", "Adults only", "You must be 18 or older to enter this site."),
    ("nl", "Alleen voor volwassenen", "Je moet 18 jaar of ouder zijn om deze website te bezoeken."),
    (
      "de", "Nur für Erwachsene",
      "Sie müssen mindestens 18 Jahre alt sein, um diese Seite zu betreten."
    ),
    ("fr", "Réservé aux adultes", "Vous devez avoir au moins 18 ans pour accéder à ce site."),
    ("es", "Solo para adultos", "Debes ser mayor de 18 años para entrar en este sitio."),
    ("ro", "Doar pentru adulți", "Trebuie să ai peste 18 ani pentru a intra pe acest site."),
    ("pl", "Tylko dla dorosłych", "Musisz mieć ukończone 18 lat, aby wejść na tę stronę."),
    ("bg", "Само за възрастни", "Трябва да имате навършени 18 години, за да влезете в този сайт."),
    ("hu", "Csak felnőtteknek", "Az oldal megtekintéséhez el kell múlnod 18 évesnek."),
    ("ru", "Только для взрослых", "Вам должно быть не менее 18 лет, чтобы войти на этот сайт."),
  ]

  /// Pages with status 200 that say there is nothing.
  static let missing: [(language: String, heading: String, text: String)] = [
    ("en", "Oops!", "The page you are looking for could not be found."),
    ("en", "Advert removed", "This advert has been removed by its owner."),
    ("nl", "Helaas", "Deze advertentie bestaat niet meer."),
    ("nl", "Niet gevonden", "De pagina die je zoekt bestaat niet."),
    ("de", "Hoppla", "Die Seite wurde nicht gefunden."),
    ("de", "Anzeige", "Diese Anzeige ist nicht mehr verfügbar."),
    ("fr", "Désolé", "Cette annonce n'est plus disponible."),
    ("fr", "Erreur", "La page demandée est introuvable."),
    ("es", "Lo sentimos", "Este anuncio ya no está disponible."),
    ("es", "Error", "La página no existe."),
    ("ro", "Ne pare rău", "Anunțul nu mai este disponibil."),
    ("ro", "Eroare", "Pagina nu a fost găsită."),
    ("pl", "Przepraszamy", "To ogłoszenie jest nieaktualne."),
    ("pl", "Błąd", "Strona nie została znaleziona."),
    ("bg", "Съжаляваме", "Тази обява вече не е активна."),
    ("bg", "Грешка", "Страницата не е намерена."),
    ("hu", "Sajnáljuk", "Ez a hirdetés már nem elérhető."),
    ("hu", "Hiba", "A keresett oldal nem található."),
    ("ru", "Извините", "Это объявление больше не доступно."),
    ("ru", "Ошибка", "Страница не найдена."),
  ]

  /// Adverts in which such words stand for something else.
  static let nearMisses: [String] = [
    page(
      "Lena",
      "<h1>Lena</h1><p>Just a moment with me and you forget the day. 25 years, incall in Leeds.</p><p>Are you human and kind? Call 020 7946 0123, £120 an hour.</p>"
    ),
    page(
      "Guard",
      "<h1>Security guard</h1><p>You carry out the security check at the gate. Access denied? You explain why.</p><p>£12.50 per hour, 40 hours a week. Write to jobs@firm.example.</p>"
    ),
    page(
      "Tester",
      "<h1>Tester</h1><p>Solve a captcha for a cent: we need people to type captchas at home.</p><p>£9 per hour, call 020 7946 0124.</p>"
    ),
    page(
      "Mira",
      "<h1>Mira</h1><p>My old number is no longer available.</p><p>New number 020 7946 0125, outcall £150.</p>"
    ),
    page(
      "Cleaner",
      "<h1>Cleaner</h1><p>We take applications until the position has been filled.</p><p>£11 per hour, call 020 7946 0126.</p>"
    ),
    page(
      "Picker",
      "<h1>Picker</h1><p>Fruit picking from June to September, caravan on the farm, £11.44 an hour.</p><p>Log in to see the phone number</p>"
    ),
    page(
      "Anna",
      "<h1>Anna</h1><p>Sensual massage in Leeds, 27 years, £80 for 30 minutes.</p><p>You must be logged in to send a message.</p>"
    ),
    page(
      "Bea",
      "<h1>Bea</h1><p>You must be 18 or older to call me. Incall in York, £100 an hour, 020 7946 0127.</p>"
    ),
    page(
      "Dora",
      "<h1>Dora</h1><p>Photos of last year have been removed, new ones soon. Escort in York, £130, 020 7946 0128.</p>"
    ),
    page(
      "Moderator",
      "<h1>Moderator</h1><p>When an account has been suspended you answer the user. Home office, €14 per hour, 30 hours a week.</p><p>jobs@firm.example</p>"
    ),
    page(
      "Chauffeur",
      "<h1>Chauffeur gezocht</h1><p>Is de vacature vervuld, dan melden wij dat. € 14,50 per uur, 40 uur per week.</p><p>Log in om het telefoonnummer te zien</p>",
      language: "nl"),
    page(
      "Lena",
      "<h1>Lena</h1><p>Mijn oude nummer is niet meer beschikbaar. Bel 06 12345678, € 120 per uur, ontvangst in Utrecht.</p>",
      language: "nl"),
    page(
      "Kasmedewerker",
      "<h1>Kasmedewerker</h1><p>Bevestig dat je geen robot bent bij het formulier. € 13,27 per uur, bel 06 12345679.</p>",
      language: "nl"),
    page(
      "Fahrer",
      "<h1>Fahrer gesucht</h1><p>Bitte melden Sie sich an unserer Pforte. 14 € pro Stunde, 40 Stunden pro Woche, Tel. 030 901820.</p>",
      language: "de"),
    page(
      "Mia",
      "<h1>Mia</h1><p>Meine alte Nummer ist nicht mehr verfügbar. Neu: 030 901821, 100 € die halbe Stunde.</p>",
      language: "de"),
    page(
      "Ouvrier",
      "<h1>Ouvrier agricole</h1><p>Connectez-vous pour voir le numéro. 11,65 € par heure, logement sur place, 39 heures par semaine.</p>",
      language: "fr"),
    page(
      "Lola",
      "<h1>Lola</h1><p>Mon ancien numéro n'est plus disponible. Massage à Lyon, 100 €, appelez le 01 99 00 12 34.</p>",
      language: "fr"),
    page(
      "Camarera",
      "<h1>Camarera</h1><p>Inicia sesión para ver el teléfono. 1.200 € al mes, 40 horas a la semana, alojamiento incluido.</p>",
      language: "es"),
    page(
      "Sofia",
      "<h1>Sofía</h1><p>Mi número antiguo ya no está disponible. Masajes en Madrid, 80 €, llama al 910 123 456.</p>",
      language: "es"),
    page(
      "Muncitor",
      "<h1>Muncitor agricol</h1><p>Autentifică-te pentru a vedea numărul de telefon. 2.000 € pe lună, cazare asigurată, 10 ore pe zi.</p>",
      language: "ro"),
    page(
      "Ana",
      "<h1>Ana</h1><p>Numărul vechi nu mai este disponibil. Masaj în Cluj, 300 lei pe oră, sună la 0712 345 678.</p>",
      language: "ro"),
    page(
      "Magazynier",
      "<h1>Magazynier</h1><p>Zaloguj się, aby zobaczyć numer telefonu. 28 zł na godzinę, umowa o pracę, 168 godzin w miesiącu.</p>",
      language: "pl"),
    page(
      "Ola",
      "<h1>Ola</h1><p>Mój stary numer jest nieaktualny. Masaż w Łodzi, 200 zł za godzinę, dzwoń 512 345 678.</p>",
      language: "pl"),
    page(
      "Готвач",
      "<h1>Готвач</h1><p>Влезте, за да видите телефона. 1500 лв. на месец, квартира, 8 часа на ден.</p>",
      language: "bg"),
    page(
      "Ива",
      "<h1>Ива</h1><p>Старият ми номер вече не е активен. Масаж в София, 80 лв., тел. 088 812 3456.</p>",
      language: "bg"),
    page(
      "Targoncás",
      "<h1>Targoncás</h1><p>Jelentkezzen be a telefonszám megtekintéséhez. 2000 Ft óránként, szállás ingyen, heti 40 óra.</p>",
      language: "hu"),
    page(
      "Réka",
      "<h1>Réka</h1><p>A régi számom már nem elérhető. Masszázs Szegeden, 20000 Ft óránként, 06 20 123 4567.</p>",
      language: "hu"),
    page(
      "Водитель",
      "<h1>Водитель</h1><p>Войдите, чтобы увидеть номер телефона. 80 000 руб. в месяц, 5 дней в неделю, жильё.</p>",
      language: "ru"),
    page(
      "Оля",
      "<h1>Оля</h1><p>Старый номер больше не доступен. Массаж в Казани, 3000 руб. в час, 8 912 345-67-89.</p>",
      language: "ru"),
  ]
}
