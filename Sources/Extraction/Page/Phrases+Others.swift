extension Phrases {
  /// What a notice speaks of when it is not about the page, and words that make it a condition.
  static let otherThings = list(
    """
    comment
    comments
    photo
    photos
    image
    images
    video
    number
    phone
    message
    reply
    application
    internet explorer
    until
    once
    if
    when
    reactie
    reacties
    foto
    fotos
    foto's
    nummer
    telefoonnummer
    bericht
    formulier
    totdat
    zodra
    is de vacature
    kommentar
    kommentare
    bilder
    telefonnummer
    nachricht
    bis
    sobald
    wenn
    commentaire
    commentaires
    photos
    numero
    telephone
    message
    jusqu'a
    quand
    lorsque
    comentario
    comentarios
    fotos
    telefono
    mensaje
    hasta
    cuando
    comentariu
    comentarii
    poze
    numar
    numarul
    numarul de telefon
    mesaj
    pana
    cand
    daca
    komentarz
    komentarze
    zdjecia
    numer
    numeru
    telefonu
    wiadomosc
    dopoki
    jesli
    gdy
    коментар
    коментари
    снимки
    номер
    номерът
    телефона
    съобщение
    докато
    когато
    комментарий
    комментарии
    фото
    телефон
    телефона
    сообщение
    пока
    если
    когда
    hozzaszolas
    kepek
    szamom
    telefonszam
    telefonszamom
    uzenet
    amig
    amikor
    """)

  /// Whether a folded line is one of the phrases with little around it, or begins with one.
  static func leads(_ line: [UInt8], _ phrases: [[UInt8]]) -> Bool {
    phrases.contains { phrase in
      guard phrase.count * 3 >= line.count || line.starts(with: phrase) else { return false }
      return contains(line, [phrase])
    }
  }
}
