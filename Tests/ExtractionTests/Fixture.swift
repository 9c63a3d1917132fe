/// Pages of ours: invented people, firms and numbers.
enum Fixture {
  static let jobPage = """
    <!doctype html><html lang=nl><head><title>Medewerker kas & oogst | Jobs Example</title>
    <link rel=canonical href="/vacature/4711">
    <script type="application/ld+json">
    {"@context":"https://schema.org","@type":"JobPosting","title":"Medewerker kas &amp; oogst",
     "identifier":{"@type":"PropertyValue","name":"Jobs Example","value":"JP-4711"},
     "datePosted":"2026-10-05T08:00:00Z","employmentType":["FULL_TIME"],"workHours":"40-60 uur per week",
     "hiringOrganization":{"@type":"Organization","name":"Kasbedrijf Voorbeeld"},
     "jobLocation":{"@type":"Place","address":{"@type":"PostalAddress","addressLocality":"Naaldwijk","addressCountry":"NL"}},
     "baseSalary":{"@type":"MonetaryAmount","currency":"EUR","value":{"@type":"QuantitativeValue","minValue":12.5,"maxValue":14,"unitText":"HOUR"}},
     "description":"<p>Wij zoeken mensen voor de oogst van tomaten in de kas.</p><p>Huisvesting wordt geregeld.</p>"}
    </script></head><body>
    <header class=site><a href=/>Jobs Example</a> <a href=/login>Inloggen</a></header>
    <nav><ul><li><a href=/a>Vacatures</a></li><li><a href=/b>Bedrijven</a></li><li><a href=/c>Contact</a></li></ul></nav>
    <div class="cookie-banner">Wij gebruiken cookies om de site te verbeteren. Akkoord?</div>
    <div class=wrap>
    <div class="job-detail"><h1>Medewerker kas & oogst</h1>
    <p>Wij zoeken mensen voor de oogst van tomaten in de kas.</p>
    <p>Je werkt 40-60 uur per week en verdient € 12,50 tot € 14,00 per uur.</p>
    <p>Huisvesting wordt geregeld. Bel of app 06-12345678.</p></div>
    <div><h3>Vergelijkbare vacatures</h3><ul><li><a href=/v/1>Chauffeur gezocht, € 2.500 per maand</a></li>
    <li><a href=/v/2>Orderpicker in Tiel</a></li></ul></div>
    </div>
    <footer>Jobs Example, tel. 020 123 4567, KvK 12345678</footer></body></html>
    """

  static let jobWithoutWageInText = """
    <script type="application/ld+json">{"@type":"JobPosting","title":"Cleaner",
    "description":"Cleaning of offices in the evening, four days a week.",
    "baseSalary":{"currency":"EUR","value":{"value":"2100","unitText":"MONTH"}}}</script>
    <main><h1>Cleaner</h1><p>Cleaning of offices in the evening, four days a week.</p></main>
    """

  static let microdataJob = """
    <body><div itemscope itemtype="http://schema.org/JobPosting"><h1 itemprop=title>Welder</h1>
    <span itemprop=hiringOrganization itemscope itemtype="http://schema.org/Organization"><span itemprop=name>Example Yard</span></span>
    <span itemprop=jobLocation itemscope itemtype="http://schema.org/Place"><span itemprop=address itemscope itemtype="http://schema.org/PostalAddress"><span itemprop=addressLocality>Rotterdam</span></span></span>
    <time itemprop=datePosted datetime=2026-09-01>1 September</time>
    <div itemprop=description>Welding of hulls, day shifts.</div></div></body>
    """

  static let profile = """
    <html><head><title>Lena - Directory Example</title></head><body>
    <div id=nav><a href=/>Home</a> <a href=/utrecht>Utrecht</a> <a href=/amsterdam>Amsterdam</a> <a href=/den-haag>Den Haag</a></div>
    <div id=profile><h1>Lena</h1>
    <table><tr><td>Leeftijd</td><td>25 jaar</td></tr><tr><td>Plaats</td><td>Utrecht</td></tr><tr><td>Lengte</td><td>170 cm</td></tr></table>
    <p>Hoi, ik ben Lena. Ik werk als escort en bied ook massage aan, privé ontvangst in mijn eigen huis.
    Mijn prijs is € 150 / 1h. Bel mij op nul zes 12 34 56 78 of telegram: @lena_test.</p></div>
    <div class=similar><h2>Meer profielen</h2><p><a href=/profile/mira>Mira, 22 jaar</a></p></div>
    </body></html>
    """

  static let listing: String = {
    let names = ["Lena", "Mira", "Anna", "Bea", "Cleo", "Dora"]
    let cards = names.enumerated().map { index, name in
      """
      <div class="card card-\(index)"><h3><a href="/profile/\(name.lowercased())-\(index + 1)">\(name)</a></h3>
      <p>Ontvangst en escort in Utrecht, 2\(index) jaar, 150 € / 1h, bel 06 123 456 7\(index + 1)</p></div>
      """
    }
    return """
      <html><body><nav><a href=/>Home</a> <a href=/x>Meer</a></nav><h1>Utrecht</h1>
      <div class=results>\(cards.joined())</div><footer>Directory Example</footer></body></html>
      """
  }()

  static let blocked = [
    "<title>Just a moment...</title><body><h1>jobs.example</h1><p>Checking if the site connection is secure</p></body>",
    "<title>Attention Required!</title><body><p>Sorry, you have been blocked</p></body>",
    "<body><h1>Are you a human?</h1><p>Please solve the CAPTCHA below.</p><form><input name=c></form></body>",
    "<body><p>Log in om deze advertentie te bekijken</p><form><input type=password></form></body>",
    "<body><h2>You must be logged in to view this page</h2></body>",
    "<body><h1>Access denied</h1><p>You don't have permission to access this resource.</p></body>",
    "<body><h1>Account suspended</h1><p>This account has been suspended. Contact your hosting provider.</p></body>",
    "<body><p>429 Too Many Requests</p></body>", "<body><p>Ik ben geen robot</p></body>",
    "<title>Доступ запрещен</title><body><p>Ваш адрес заблокирован.</p></body>",
  ]

  static let gone = [
    "<title>404 Not Found</title><body><h1>Not Found</h1><p>The requested URL was not found.</p></body>",
    "<body><h1>Page not found</h1></body>", "<body><p>This job has expired.</p></body>",
    "<body><h1>Deze vacature is verlopen</h1><p>Bekijk andere vacatures.</p></body>",
    "<body><p>Deze advertentie is niet meer beschikbaar</p></body>",
    "<body><p>Ogłoszenie wygasło</p></body>",
    "<body><p>Anunțul a expirat</p></body>", "<body><p>Объявление удалено</p></body>",
    "<body><p>Die Anzeige ist nicht mehr verfügbar.</p></body>",
    "<body><p>Cette annonce n'existe plus</p></body>",
    "<body><h2>This advert is no longer available</h2></body>",
    "<body><p>Este anuncio ya no está disponible</p></body>",
    "<body><p>Обявата е изтекла</p></body>", "<body><p>A hirdetés lejárt</p></body>",
    "<main><h1>Chauffeur</h1><p>Deze vacature is vervuld</p><p>\(String(repeating: "Je rijdt door heel het land en lost op tijd. ", count: 50))</p></main>",
  ]

  static let article = """
    <html lang=en><head><title>Harvest workers in demand - Example Times</title><meta property=og:type content=article></head>
    <body><article><h1>Harvest workers in demand</h1><p>\(String(
      repeating: "Growers in the region say that they cannot find enough people for the season. ", count: 20))</p>
    <p>Wages of 12 euro per hour are common. Tips can be sent to desk@times.example or 020 7946 0123.</p></article></body></html>
    """

  static let other = [
    article,
    "<body><h1>About us</h1><p>We are a small company that has made wooden chairs since 1950. Visit our shop.</p></body>",
    "<body><h1>Privacy</h1><p>\(String(repeating: "We process data with care and only as the law allows. ", count: 40))</p></body>",
    "<body></body>", "<body><p>Hello</p></body>",
    "<body><h1>Recipe</h1><p>Take 200 g of flour, 3 eggs and 1,5 l of milk. Bake for 30 minutes at 180 degrees.</p></body>",
    "<body><h1>Contact</h1><p>Call the town hall on 020 7946 0123 on weekdays.</p></body>",
    "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"x\"}</script><body><h1>Police warn</h1><p>Victims were offered 50 euro per day as escorts and massage workers, police said. Call +44 20 7946 0123 with tips.</p></body>",
  ]
}
