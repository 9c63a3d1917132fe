import Markup

/// Reads the fields of an advert from structured data, labelled rows and headings.
struct FieldReader {
  private enum Field {
    case employer, place, posted, wage, hours, employment, contact, occupation, industry
  }

  private static let labels: [[UInt8]: Field] = {
    let lists: [(Field, String)] = [
      (
        .place,
        """
        location
        job location
        work location
        place
        place of work
        city
        town
        area
        region
        locatie
        plaats
        werklocatie
        standplaats
        woonplaats
        stad
        regio
        werkplek
        ort
        standort
        arbeitsort
        stadt
        lieu
        ville
        lieu de travail
        localisation
        ubicacion
        lugar
        ciudad
        localidad
        locatie
        locația
        oras
        localitate
        judet
        lokalizacja
        miejsce pracy
        miejscowosc
        miasto
        место работы
        город
        местоположение
        населено място
        месторабота
        helyseg
        munkavegzes helye
        varos
        """
      ),
      (
        .employer,
        """
        company
        company name
        employer
        organisation
        organization
        hiring organization
        client
        agency
        bedrijf
        bedrijfsnaam
        werkgever
        organisatie
        opdrachtgever
        firma
        unternehmen
        arbeitgeber
        entreprise
        societe
        employeur
        empresa
        companie
        angajator
        compania
        nume firma
        pracodawca
        nazwa firmy
        компания
        работодатель
        организация
        работодател
        фирма
        ceg
        munkaltato
        azienda
        """
      ),
      (
        .wage,
        """
        salary
        salary range
        wage
        wages
        pay
        pay rate
        rate
        rate of pay
        compensation
        salaris
        salarisindicatie
        loon
        uurloon
        beloning
        gehalt
        lohn
        verdienst
        vergutung
        salaire
        remuneration
        salario
        sueldo
        salariu
        salar
        wynagrodzenie
        zarobki
        stawka
        зарплата
        заработная плата
        оплата
        заплата
        заплащане
        fizetes
        ber
        retribuzione
        """
      ),
      (
        .hours,
        """
        hours
        working hours
        work hours
        hours per week
        weekly hours
        uren
        uren per week
        aantal uren
        werkuren
        werktijden
        arbeitszeit
        wochenstunden
        horaires
        heures
        horario
        horas
        jornada
        program
        program de lucru
        ore de lucru
        godziny pracy
        wymiar czasu pracy
        график
        график работы
        часы работы
        работно време
        munkaido
        orario
        """
      ),
      (
        .employment,
        """
        employment
        employment type
        type of employment
        job type
        contract
        contract type
        position type
        dienstverband
        soort dienstverband
        type dienstverband
        contracttype
        type contract
        beschaftigungsart
        anstellungsart
        vertragsart
        type de contrat
        contrat
        tipo de contrato
        contrato
        tip contract
        tip job
        rodzaj umowy
        umowa
        typ umowy
        wymiar etatu
        тип занятости
        занятость
        вид заетост
        """
      ),
      (
        .contact,
        """
        contact
        contact person
        contact name
        contact details
        recruiter
        apply to
        contactpersoon
        contactgegevens
        ansprechpartner
        ansprechpartnerin
        kontakt
        kontaktperson
        interlocuteur
        personne a contacter
        contacto
        persona de contacto
        persoana de contact
        osoba do kontaktu
        osoba kontaktowa
        kontaktowa osoba
        контакт
        контакты
        контактное лицо
        контакти
        лице за контакт
        за контакти
        kapcsolat
        kapcsolattarto
        """
      ),
      (
        .occupation,
        """
        occupation
        profession
        job function
        beroep
        functie
        functiegroep
        vakgebied
        beruf
        berufsfeld
        tatigkeit
        metier
        fonction
        profesion
        puesto
        zawod
        stanowisko
        meserie
        ocupatie
        profesie
        профессия
        должность
        професия
        длъжност
        munkakor
        foglalkozas
        """
      ),
      (
        .industry,
        """
        industry
        sector
        job category
        line of business
        branche
        bedrijfstak
        werkveld
        wirtschaftszweig
        secteur
        secteur d'activite
        sector de actividad
        branza
        kategoria zawodowa
        domeniu
        domeniu de activitate
        отрасль
        сфера деятельности
        отрасъл
        бранш
        iparag
        agazat
        """
      ),
      (
        .posted,
        """
        date
        posted
        posted on
        date posted
        published
        publication date
        date published
        added
        listed
        geplaatst
        geplaatst op
        plaatsingsdatum
        datum
        online sinds
        veroffentlicht
        eingestellt am
        publie le
        date de publication
        fecha
        publicado
        publicat
        publicat la
        data
        data publicarii
        adaugat
        dodano
        data dodania
        data publikacji
        opublikowano
        опубликовано
        дата
        дата публикации
        публикувана
        feladva
        """
      ),
    ]
    var labels: [[UInt8]: Field] = [:]
    for (field, list) in lists {
      for label in list.split(separator: "\n") { labels[Folding.key(String(label))] = field }
    }
    return labels
  }()

  let document: Document
  let outline: Outline
  let content: [Range<Int>]

  /// The fields of a page with one advert.
  func fields(_ posting: JobPosting?) -> AdvertFields {
    var fields = AdvertFields(
      title: posting?.title ?? title, employer: posting?.employer, place: posting?.place,
      posted: posting?.posted, wage: posting?.wageText, hours: posting?.hours,
      employment: posting?.employment, contact: posting?.contact,
      occupation: posting?.occupation, industry: posting?.industry)
    readRows(&fields)
    readLines(document.text, PageText(document.text).lines, &fields)
    readMeta(&fields)
    return fields
  }

  /// The fields of a block of a listing.
  static func fields(title: String?, text: [UInt8]) -> AdvertFields {
    var fields = AdvertFields(title: title)
    let empty = Document(plainText: text)
    let reader = FieldReader(
      document: empty, outline: Outline(empty), content: [0..<text.count])
    reader.readLines(text, PageText(text).lines, &fields)
    return fields
  }

  /// The heading, else what the page is called elsewhere.
  var title: String? {
    if let heading = outline.heading,
      let text = FieldText.trimmed(document.text, heading.range), !isSiteName(text)
    {
      return text
    }
    if let shared = document.meta(named: "og:title"), !shared.isEmpty {
      return Self.withoutSite(shared, document.meta(named: "og:site_name"))
    }
    return document.title.flatMap { Self.withoutSite($0, document.meta(named: "og:site_name")) }
  }

  private func isSiteName(_ text: String) -> Bool {
    document.meta(named: "og:site_name").map { $0.lowercased() == text.lowercased() } ?? false
  }

  /// A title without the site's name at its end: "Driver in Utrecht | Jobs Example".
  static func withoutSite(_ title: String, _ site: String?) -> String? {
    var bytes = Array(title.utf8)
    if let site = site.map({ Array($0.utf8) }), bytes.count > site.count + 3,
      bytes.suffix(site.count).elementsEqual(site)
    {
      bytes.removeLast(site.count)
      while let last = bytes.last, !last.isAlphanumeric, last < 0x80, last != 0x29 {
        bytes.removeLast()
      }
      return FieldText.trimmed(bytes, 0..<bytes.count)
    }
    let separators = [" | ", " - ", " – ", " — ", " :: ", " » ", " · "].map { Array($0.utf8) }
    var cut: Int?
    for separator in separators {
      var index = bytes.count - separator.count
      while index > 0 {
        if bytes[index..<index + separator.count].elementsEqual(separator) {
          cut = max(cut ?? 0, index)
          break
        }
        index -= 1
      }
    }
    // The site's name is the shorter part.
    if let cut, cut >= 8, bytes.count - cut <= max(cut, 24) { bytes.removeLast(bytes.count - cut) }
    return FieldText.trimmed(bytes, 0..<bytes.count)
  }

  private func label(_ range: Range<Int>) -> Field? {
    var end = range.upperBound
    while end > range.lowerBound, document.text[end - 1] == 0x3A || document.text[end - 1] == 0x20 {
      end -= 1
    }
    guard end > range.lowerBound, end - range.lowerBound <= 40 else { return nil }
    return Self.labels[Folding.key(document.text, range.lowerBound..<end)]
  }

  /// Rows whose label and value are elements of their own: `dt`/`dd`, `th`/`td`, two spans.
  private func readRows(_ fields: inout AdvertFields) {
    let elements = document.elements
    for (index, element) in elements.enumerated()
    where (2...48).contains(element.range.count) && isRoom(element) {
      guard let field = label(element.range) else { continue }
      var next = Int(element.end)
      // The label may stand in a wrapper of its own.
      if next < elements.count, elements[next].parent != element.parent {
        let parent = Int(element.parent)
        guard parent >= 0, elements[parent].range == element.range else { continue }
        next = Int(elements[parent].end)
      }
      guard next > index, next < elements.count, !elements[next].range.isEmpty,
        elements[next].range.lowerBound >= element.range.upperBound,
        elements[next].range.lowerBound - element.range.upperBound <= 3
      else { continue }
      set(field, FieldText.trimmed(document.text, elements[next].range), &fields)
    }
  }

  private func isRoom(_ element: Element) -> Bool {
    element.region != .navigation && element.region != .footer && element.region != .header
  }

  /// Lines like "Location: X", and a label alone on its line with the value on the next.
  private func readLines(_ text: [UInt8], _ lines: [Range<Int>], _ fields: inout AdvertFields) {
    for (index, line) in lines.enumerated() where RangeSet.holds(line, content) {
      let head = line.prefix(44)
      guard let colon = head.first(where: { text[$0] == 0x3A }) else { continue }
      guard let field = label(line.lowerBound..<colon) else { continue }
      var value = colon + 1..<line.upperBound
      if FieldText.trimmed(text, value) == nil, index + 1 < lines.count { value = lines[index + 1] }
      set(field, FieldText.trimmed(text, value), &fields)
    }
  }

  private func set(_ field: Field, _ value: String?, _ fields: inout AdvertFields) {
    guard var value, value.utf8.count <= 200 else { return }
    if value.hasPrefix(":") { value = String(value.dropFirst().drop { $0 == " " }) }
    guard !value.isEmpty else { return }
    switch field {
    case .employer: fields.employer = fields.employer ?? value
    case .place: fields.place = fields.place ?? value
    case .posted: fields.posted = fields.posted ?? JobPosting.isoDate(value)
    case .wage:
      if value.utf8.contains(where: \.isDigit) || value.utf8.count < 80 {
        fields.wage = fields.wage ?? value
      }
    case .hours: fields.hours = fields.hours ?? value
    case .employment: fields.employment = fields.employment ?? value
    case .contact: fields.contact = fields.contact ?? value
    case .occupation: fields.occupation = fields.occupation ?? value
    case .industry: fields.industry = fields.industry ?? value
    }
  }

  private func readMeta(_ fields: inout AdvertFields) {
    for name in ["article:published_time", "datepublished", "og:article:published_time"] {
      if fields.posted == nil, let text = document.meta(named: name) {
        fields.posted = JobPosting.isoDate(text)
      }
    }
    if fields.place == nil {
      fields.place = document.meta(named: "geo.placename") ?? document.meta(named: "og:locality")
    }
  }
}
