import Testing
import Vocabulary

@testable import Extraction

private func facts(_ text: String, _ form: Form? = nil, _ kinds: FactKind...) -> [String] {
  let bytes = Array(text.utf8)
  return FactFinder.find(in: bytes, form: form).filter { kinds.contains($0.kind) }.map { fact in
    #expect(String(decoding: bytes[fact.range], as: UTF8.self) == fact.raw)
    var parts = [fact.kind.rawValue]
    switch fact.value {
    case .number(let number):
      parts.append(number == number.rounded() ? "\(Int(number))" : "\(number)")
    case .text(let text): parts.append(text)
    }
    if let max = fact.max { parts.append("-\(max == max.rounded() ? "\(Int(max))" : "\(max)")") }
    if let currency = fact.currency { parts.append(currency) }
    if let minutes = fact.minutes { parts.append("\(minutes)min") }
    if let period = fact.period { parts.append("/\(period)") }
    return parts.joined(separator: " ")
  }
}

@Suite struct MoneyTests {
  static let labelled: [(String, Form?, [String])] = [
    ("150 € / 1h", nil, ["price 150 EUR 60min"]), ("€150 per uur", nil, ["price 150 EUR 60min"]),
    ("100 roses", .sex, ["price 100 roses"]), ("150 roses/hour", nil, ["price 150 roses 60min"]),
    ("€ 80 / 30 min", nil, ["price 80 EUR 30min"]), ("30 min: 80 €", nil, ["price 80 EUR 30min"]),
    ("1 uur €150", nil, ["price 150 EUR 60min"]), ("half uur 80 euro", nil, ["price 80 EUR 30min"]),
    ("1h 150 2h 280", .sex, ["price 150 60min", "price 280 120min"]),
    ("150/h", .sex, ["price 150 60min"]), ("£120 for 1 hour", nil, ["price 120 GBP 60min"]),
    ("$200 an hour", .sex, ["price 200 USD 60min"]), ("200 lei ora", .sex, ["price 200 RON 60min"]),
    ("300 zł / godz", .sex, ["price 300 PLN 60min"]),
    ("150 euro 1 heure", nil, ["price 150 EUR 60min"]),
    ("70€ 30 minutos", nil, ["price 70 EUR 30min"]),
    ("100 лв на час", .sex, ["price 100 BGN 60min"]),
    ("€ 1.800 netto per maand", nil, ["wage 1800 EUR /month"]),
    ("12,50 per hour", .labour, ["wage 12.5 /hour"]),
    ("12.50 per hour", nil, ["wage 12.5 /hour"]), ("€14,50 per uur", nil, ["wage 14.5 EUR /hour"]),
    ("€ 400-500 per week", nil, ["wage 400 -500 EUR /week"]),
    ("€ 2.000 - € 2.500 per maand", nil, ["wage 2000 -2500 EUR /month"]),
    ("10.000 euro per maand", nil, ["wage 10000 EUR /month"]),
    ("£25,000 per annum", nil, ["wage 25000 GBP /year"]),
    ("earn 10k a month", nil, ["wage 10000 /month"]),
    ("1500 euro netto lunar", nil, ["wage 1500 EUR /month"]),
    ("2 500 zł miesięcznie", nil, ["wage 2500 PLN /month"]),
    ("1.400 € monatlich", nil, ["wage 1400 EUR /month"]),
    ("salary: €2500", nil, ["wage 2500 EUR"]),
    ("13 € brutto pro Stunde", nil, ["wage 13 EUR /hour"]),
    ("1200 euro pe luna", nil, ["wage 1200 EUR /month"]),
    ("€ 2100 p.m.", nil, ["wage 2100 EUR /month"]),
    ("€ 15 p/u", .labour, ["wage 15 EUR /hour"]),
    ("зарплата 1500 евро в месяц", nil, ["wage 1500 EUR /month"]),
    ("€100,-", nil, ["price 100 EUR"]), ("1.250,00 EUR", nil, ["price 1250 EUR"]),
    ("$1,250.00", nil, ["price 1250 USD"]),
    ("40 hours per week", nil, []), ("3 times per week", nil, []), ("06 12345678", nil, []),
    ("25 jaar", nil, []),
    ("call 24 hours", .sex, []), ("room 12", .sex, []), ("2345ft lot", nil, []),
    ("20000 Ft / óra", .sex, ["price 20000 HUF 60min"]), ("Ron 25", nil, []),
    ("PLN 300", nil, ["price 300 PLN"]), ("170 cm 55 kg", .sex, []),
    ("1h30", .sex, []),
    ("€ 500 per dag", .recruitment, ["wage 500 EUR /day"]),
    ("€90 per nacht", nil, ["price 90 EUR"]),
  ]
  @Test(arguments: labelled.indices) func `labelled texts`(index: Int) {
    let (text, form, expected) = Self.labelled[index]
    #expect(facts(text, form, .price, .wage) == expected, "\(text)")
  }
}

@Suite struct AgeTests {
  static let labelled: [(String, [String])] = [
    ("I am 25 years old", ["age 25"]), ("25 jaar", ["age 25"]), ("leeftijd: 25", ["age 25"]),
    ("wiek 25", ["age 25"]), ("возраст 25", ["age 25"]), ("25 jaar oud", ["age 25"]),
    ("25-jarige", ["age 25"]),
    ("25yo", ["age 25"]), ("25 y/o", ["age 25"]), ("25 yrs old", ["age 25"]),
    ("aged 25", ["age 25"]),
    ("Age\n25", ["age 25"]), ("25 Jahre alt", ["age 25"]), ("25 Jahre jung", ["age 25"]),
    ("Alter: 25", ["age 25"]),
    ("25 ans", ["age 25"]), ("25 años", ["age 25"]), ("edad 25", ["age 25"]),
    ("25 de ani", ["age 25"]),
    ("25 ani", ["age 25"]), ("vârsta: 25", ["age 25"]), ("25 lat", ["age 25"]),
    ("25 г", ["age 25"]),
    ("25 години", ["age 25"]), ("25 éves", ["age 25"]), ("25 лет", ["age 25"]),
    ("25 anni", ["age 25"]),
    ("18-25 jaar", ["age 18 -25"]), ("17 years old", ["age 17"]), ("25 year-old", ["age 25"]),
    ("25 years of experience", []), ("10 jaar ervaring", []), ("minimum 18 years", []),
    ("18 jaar of ouder", []),
    ("over 35 years", []), ("al 25 jaar", []), ("25 minutes", []), ("for 25 years", []),
    ("since 25 years", []),
    ("experience of 12 years", []), ("2 years old", []), ("page 25", []),
    ("age 18+", ["age 18"].filter { _ in true }),
    ("contract of 12 years", []), ("25 km", []),
  ]
  @Test(arguments: labelled.indices) func `labelled texts`(index: Int) {
    let (text, expected) = Self.labelled[index]
    #expect(facts(text, nil, .age) == expected, "\(text)")
  }
}

@Suite struct HoursTests {
  static let labelled: [(String, [String])] = [
    ("40-60 uur per week", ["hours 40 -60 /week"]), ("60+ hours a week", ["hours 60 /week"]),
    ("40 hours per week", ["hours 40 /week"]), ("40h/week", ["hours 40 /week"]),
    ("40 hrs pw", ["hours 40 /week"]),
    ("40 uur p.w.", ["hours 40 /week"]), ("12 hours per day", ["hours 12 /day"]),
    ("12 uur per dag", ["hours 12 /day"]),
    ("40 ore pe săptămână", ["hours 40 /week"]), ("40 godzin tygodniowo", ["hours 40 /week"]),
    ("40 часов в неделю", ["hours 40 /week"]), ("40 часа седмично", ["hours 40 /week"]),
    ("40 horas semanales", ["hours 40 /week"]), ("40 Stunden pro Woche", ["hours 40 /week"]),
    ("40 heures par semaine", ["hours 40 /week"]), ("10 óra naponta", ["hours 10 /day"]),
    ("32 to 40 hours weekly", ["hours 32 -40 /week"]),
    ("10-12 hours daily", ["hours 10 -12 /day"]), ("37.5 hours a week", ["hours 37.5 /week"]),
    ("12h/day", ["hours 12 /day"]),
    ("24 hours", []), ("1 hour 150", []), ("30 hours per day", []), ("200 hours per week", []),
    ("24/7", []), ("4 days per week", []),
    ("€15 per hour, 40 hours per week", ["hours 40 /week"]),
  ]
  @Test(arguments: labelled.indices) func `labelled texts`(index: Int) {
    let (text, expected) = Self.labelled[index]
    #expect(facts(text, nil, .hours) == expected, "\(text)")
  }
}

@Suite struct MeasureTests {
  static let labelled: [(String, [String])] = [
    ("170 cm", ["height 170"]), ("170cm", ["height 170"]), ("1.70 m", ["height 170"]),
    ("1,70m", ["height 170"]),
    ("1m70", ["height 170"]), ("5'7\"", ["height 170"]), ("5ft 7", ["height 170"]),
    ("Height: 170", ["height 170"]),
    ("lengte 170", ["height 170"]), ("wzrost: 170 cm", ["height 170"]),
    ("рост 170", ["height 170"]),
    ("Größe: 1,70", ["height 170"]), ("înălțime 165 cm", ["height 165"]),
    ("height\n168 cm", ["height 168"]),
    ("55 kg", ["weight 55"]), ("55 kilo", ["weight 55"]), ("55kg", ["weight 55"]),
    ("weight: 55", ["weight 55"]),
    ("120 lbs", ["weight 54"]), ("waga 55", ["weight 55"]), ("вес 55 кг", ["weight 55"]),
    ("gewicht: 60 kg", ["weight 60"]),
    ("170 cm 55 kg", ["height 170", "weight 55"]), ("20 cm", []), ("300 cm", []), ("5 kg", []),
    ("12 m", []), ("£120 pounds", []),
    ("greutate 52 kg", ["weight 52"]),
  ]
  @Test(arguments: labelled.indices) func `labelled texts`(index: Int) {
    let (text, expected) = Self.labelled[index]
    #expect(facts(text, nil, .height, .weight) == expected, "\(text)")
  }

  @Test func `what has to be lifted is no body weight`() {
    #expect(facts("lift boxes of 40 kg", .labour, .weight) == [])
  }
}

@Suite struct DateTests {
  static let labelled: [(String, [String])] = [
    ("2026-05-03", ["date 2026-05-03"]), ("03-05-2026", ["date 2026-05-03"]),
    ("3/5/2026", ["date 2026-05-03"]),
    ("05/23/2026", ["date 2026-05-23"]), ("03.05.2026", ["date 2026-05-03"]),
    ("3 May 2026", ["date 2026-05-03"]),
    ("May 3, 2026", ["date 2026-05-03"]), ("May 3rd 2026", ["date 2026-05-03"]),
    ("3 mei 2026", ["date 2026-05-03"]),
    ("3. Mai 2026", ["date 2026-05-03"]), ("3 mai 2026", ["date 2026-05-03"]),
    ("3 de mayo de 2026", ["date 2026-05-03"]),
    ("3 maja 2026", ["date 2026-05-03"]), ("3 мая 2026", ["date 2026-05-03"]),
    ("3 май 2026", ["date 2026-05-03"]),
    ("3rd of May 2026", ["date 2026-05-03"]), ("31-04-2026", []), ("30.02.2026", []),
    ("13/13/2026", []), ("29-02-2023", []),
    ("29-02-2024", ["date 2024-02-29"]), ("2026", []), ("1-2-3", []), ("you may 2026", []),
    ("12 maart 2025", ["date 2025-03-12"]),
  ]
  @Test(arguments: labelled.indices) func `labelled texts`(index: Int) {
    let (text, expected) = Self.labelled[index]
    #expect(facts(text, nil, .date) == expected, "\(text)")
  }

  static let stays: [(String, [String])] = [
    ("until 3 May", ["stay --05-03"]), ("until May 3", ["stay --05-03"]),
    ("till 3rd of May", ["stay --05-03"]),
    ("tot 3 mei", ["stay --05-03"]), ("t/m 3 mei", ["stay --05-03"]),
    ("tot en met 3 mei", ["stay --05-03"]), ("bis 3. Mai", ["stay --05-03"]),
    ("bis zum 3. Mai", ["stay --05-03"]), ("jusqu'au 3 mai", ["stay --05-03"]),
    ("hasta el 3 de mayo", ["stay --05-03"]),
    ("până pe 3 mai", ["stay --05-03"]), ("do 3 maja", ["stay --05-03"]),
    ("до 3 мая", ["stay --05-03"]),
    ("until 3 May 2026", ["stay 2026-05-03"]), ("until 03-05-2026", ["stay 2026-05-03"]),
    ("only 3 days", ["stay P3D"]),
    ("slechts 2 weken", ["stay P2W"]), ("nur 3 Tage", ["stay P3D"]), ("tylko 3 dni", ["stay P3D"]),
    ("solo 4 dias", ["stay P4D"]),
    ("doar 3 zile", ["stay P3D"]), ("только 3 дня", ["stay P3D"]), ("until late", []),
    ("tot 22 uur", []), ("only 18 years", []),
    ("till 3", []), ("seulement 3 jours", ["stay P3D"]),
  ]
  @Test(arguments: stays.indices) func `labelled stays`(index: Int) {
    let (text, expected) = Self.stays[index]
    #expect(facts(text, nil, .stay) == expected, "\(text)")
  }
}

@Suite struct NameTests {
  static let labelled: [(String, [String])] = [
    ("My name is Lena", ["name Lena"]), ("I'm Lena, new here", ["name Lena"]),
    ("I am Lena.", ["name Lena"]),
    ("ik ben Lena", ["name Lena"]), ("Ik heet Lena", ["name Lena"]),
    ("mijn naam is Lena", ["name Lena"]), ("ich heiße Lena", ["name Lena"]),
    ("Ich bin Lena", ["name Lena"]), ("mein Name ist Lena", ["name Lena"]),
    ("je m'appelle Lena", ["name Lena"]), ("Je suis Lena", ["name Lena"]),
    ("me llamo Lena", ["name Lena"]), ("Soy Lena", ["name Lena"]),
    ("mă numesc Lena", ["name Lena"]), ("Sunt Lena", ["name Lena"]),
    ("mam na imię Lena", ["name Lena"]), ("Jestem Lena", ["name Lena"]),
    ("меня зовут Лена", ["name Лена"]), ("казвам се Лена", ["name Лена"]),
    ("a nevem Léna", ["name Léna"]), ("mi chiamo Lena", ["name Lena"]),
    ("Naam: Lena", ["name Lena"]), ("call me Lena", ["name Lena"]),
    ("I’m Lena", ["name Lena"]), ("Name: Lena", ["name Lena"]), ("I am Dutch", []),
    ("I'm New here", []), ("I am sexy", []), ("ik ben een vrouw", []),
    ("I am Sales Manager", []), ("I AM AVAILABLE", []), ("Je suis disponible", []),
    ("I am Available", []),
  ]
  @Test(arguments: labelled.indices) func `labelled texts`(index: Int) {
    let (text, expected) = Self.labelled[index]
    #expect(facts(text, nil, .name) == expected, "\(text)")
  }
}

@Suite struct OriginTests {
  static let labelled: [(String, [String])] = [
    ("Romanian girl", ["nationality romanian"]), ("Roemeense dame", ["nationality romanian"]),
    ("Rumänin", ["nationality romanian"]),
    ("roumaine", ["nationality romanian"]), ("româncă", ["nationality romanian"]),
    ("Rumunka", ["nationality romanian"]),
    ("румынка", ["nationality romanian"]), ("Bulgarian", ["nationality bulgarian"]),
    ("Bulgaarse", ["nationality bulgarian"]),
    ("българка", ["nationality bulgarian"]), ("Hongaarse", ["nationality hungarian"]),
    ("magyar", ["nationality hungarian"]),
    ("Poolse medewerkers", ["nationality polish"]), ("Polka", ["nationality polish"]),
    ("украинка", ["nationality ukrainian"]),
    ("Ukrainian workers", ["nationality ukrainian"]), ("Colombiana", ["nationality colombian"]),
    ("Brazilian", ["nationality brazilian"]),
    ("Thai lady", ["nationality thai"]), ("Nigerian", ["nationality nigerian"]),
    ("Asian", ["ethnicity asian"]), ("Aziatische", ["ethnicity asian"]),
    ("Latina", ["ethnicity latina"]), ("ebony", ["ethnicity black"]),
    ("Slavic", ["ethnicity slavic"]), ("oosteuropese", ["ethnicity east european"]),
    ("speaks Romanian", []), ("Romanian language", []), ("Polish speaking", []),
    ("spreek Engelse taal", []), ("English and Dutch language", []),
    ("house", []),
  ]
  @Test(arguments: labelled.indices) func `labelled texts`(index: Int) {
    let (text, expected) = Self.labelled[index]
    #expect(facts(text, nil, .nationality, .ethnicity) == expected, "\(text)")
  }
}

@Suite struct NumberTextTests {
  @Test(arguments: [
    ("1.800,00", 1800.0), ("1,800.00", 1800), ("1.800", 1800), ("1,800", 1800), ("12,50", 12.5),
    ("12.50", 12.5), ("1.800.000", 1_800_000), ("0.125", 0.125), ("1'800.50", 1800.5), ("7", 7),
    ("1234,5", 1234.5), ("12,345,678.9", 12_345_678.9),
  ])
  func `locales are told apart`(text: String, value: Double) {
    #expect(NumberText.parse(Array(text.utf8)[...])?.value == value)
  }

  @Test(arguments: ["1.2.3", "1.23,456.7", "1234567890123", "1,2.3,4", "12.34.567", ""])
  func `what is no number is refused`(text: String) {
    #expect(NumberText.parse(Array(text.utf8)[...]) == nil)
  }
}
