/// The words around a number that say whether it is a phone number.
enum PhoneCues {
  private static let cues: Set<[UInt8]> = words(
    """
    tel tele telephone telefon telefoon telefono telephon telefone telnr telefoonnummer
    telefonnummer telefonul phone phones phonenumber phoneno ph call calls callme text txt sms mms
    ring whatsapp whatsap wattsapp whatapp watsapp wapp wassap app wa imo viber signal mobile mob
    mobiel mobil mobiltelefon mobilnummer mobilni movil celular cel cell cellphone cellular gsm
    handy kontakt contact contacts contacteer contactez contacto contatto contato bel bellen belmij
    appen appje apprufen anruf anrufen ruf rufen melde appelle appelez appeler joindre joignable
    portable fixe llama llamame llamar sunati suna sunaţi apel apeluri apelati
    zadzwon dzwon dzwonic telefonicznie kom komorka tlf telefonszam hivj hivjon hivas
    elerhetoseg chiama chiamami cellulare ligue liga ligar telemovel fax hotline info
    тел телефон телефона телефонен szamom szamon звони звоните звонить звъни обади обадете моб мобильный мобилен
    вайбер ватсап вотсап контакт контакты gsmnummer bereikbaar bereiken reach
    """)

  private static let refusals: Set<[UInt8]> = words(
    """
    order orders ordernummer bestelnummer bestelling ordernr orderno ref refnr reference referentie
    referentienummer referenz referenznummer referinta kvk kvknummer btw btwnummer vat tva tax iban
    account accountnumber rekening rekeningnummer rek konto kontonummer blz bic swift isbn issn ean
    sku gtin artikel artikelnummer article item id advertid adid advert advertentienummer anuncio
    annonce anzeige anzeigennummer jobid jobnumber vacaturenummer vacature stellennummer
    kennziffer bsn sofi ssn cnp cui cif nif nip regon krs pesel siret siren hrb steuernummer
    ustidnr oib egn bulstat eik ико инн огрн кпп бик снилс егн булстат ein invoice factuur
    factuurnummer rechnung rechnungsnummer facture ticket tracking serial barcode version build
    postcode zip plz views viewed bekeken hits visits population score points lat lng copyright
    license licence licentie lizenz reg registration registratienummer dossier dossiernummer
    case client customer klantnummer kundennummer member lidnummer patent adeli rpps
    """)

  /// Words that say nothing themselves; what stands before them counts as standing next to the
  /// number: "order no.", "bel mij op".
  private static let neutral: Set<[UInt8]> = words(
    """
    nr num no number numero nummer numar numarul numer szam номер code is at on op this my mijn me
    meine mein mon mi mio il meu moj мой моят es est ist este o e mij our ons us or of the het de la le el al am auf unter an pe la na на по
    """)

  private static let numberWords = words(
    "nr num number numero nummer numar numarul numer szam номер номерът")
  private static let possessives = words(
    "my mijn m'n mein meine meiner mon mi mio il meu mea moj mojego мой моят моя")

  private static func words(_ list: String) -> Set<[UInt8]> {
    Set(list.split(whereSeparator: \.isWhitespace).map { Folding.key(String($0)) })
  }

  /// Whether a folded word announces a phone number.
  static func isCue(_ key: [UInt8]) -> Bool { cues.contains(key) }

  /// What the surroundings say.
  struct Context {
    var cue = false
    var refused = false
  }

  /// Reads up to four words before a number.
  static func context(_ text: [UInt8], before start: Int) -> Context {
    var context = Context()
    var index = start
    let floor = max(0, start - 64)
    var words = 0
    var nearest = true
    // Other digits in between: a word before them speaks of those.
    var passed = false
    var numbers = false
    var own = false
    while index > floor, words < 4 {
      let byte = text[index - 1]
      if byte == 0x0A, index < start, words > 0 || passed { break }
      if byte.isDigit { passed = true }
      if byte == UInt8(ascii: "#"), nearest { context.refused = true }
      if isWordByte(byte) {
        var from = index
        while from > floor, isWordByte(text[from - 1]) { from -= 1 }
        let key = Folding.key(text, from..<index)
        if cues.contains(key), !(words > 1 && weakFromAfar.contains(key)) { context.cue = true }
        // The word next to the number decides: "order by phone 06…" is a phone number.
        if words < 2, !passed, !context.cue, refusals.contains(key) { context.refused = true }
        // "my number", "numărul meu"
        if words == 0, !passed {
          if numberWords.contains(key) { numbers = true }
          if possessives.contains(key) { own = true }
          if numbers, own { context.cue = true }
        }
        nearest = false
        if !neutral.contains(key) { words += 1 }
        index = from
      } else {
        index -= 1
      }
    }
    if sign(text, floor..<start) { context.cue = true }
    return context
  }

  /// Too common to announce anything from three words away.
  private static let weakFromAfar: Set<[UInt8]> = words(
    "info app id text contact kontakt cel reach")

  /// Takes in the word after a number: "06… (WhatsApp)".
  static func follow(_ text: [UInt8], _ end: Int, _ context: inout Context) {
    var from = end
    while from < text.count, from < end + 6, !isWordByte(text[from]), text[from] != 0x0A {
      from += 1
    }
    var to = from
    while to < text.count, to < from + 24, isWordByte(text[to]) { to += 1 }
    guard to > from else { return }
    let key = Folding.key(text, from..<to)
    if cues.contains(key), !weakFromAfar.contains(key) { context.cue = true }
  }

  @inline(__always)
  private static func isWordByte(_ byte: UInt8) -> Bool {
    byte.isLetter || byte >= 0xC3 && byte <= 0xD3 || byte & 0xC0 == 0x80
  }

  /// Whether a telephone is drawn there: U+260E, U+260F, U+2706, U+1F4DE, U+1F4F1, U+1F4F2.
  private static func sign(_ text: [UInt8], _ range: Range<Int>) -> Bool {
    var index = range.lowerBound
    while index + 2 < range.upperBound {
      let (a, b, c) = (text[index], text[index + 1], text[index + 2])
      if a == 0xE2, b == 0x98, c == 0x8E || c == 0x8F { return true }
      if a == 0xE2, b == 0x9C, c == 0x86 { return true }
      if a == 0xF0, b == 0x9F, c == 0x93, index + 3 < range.upperBound {
        let last = text[index + 3]
        if last == 0x9E || last == 0xB1 || last == 0xB2 { return true }
      }
      index += 1
    }
    return false
  }
}
