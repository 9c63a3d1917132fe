/// What a word can mean to the readers of facts; one word may mean several things.
struct WordRole: OptionSet, Sendable, Hashable {
  let rawValue: UInt64

  static let currency = WordRole(rawValue: 1 << 0)
  static let minute = WordRole(rawValue: 1 << 1)
  static let hour = WordRole(rawValue: 1 << 2)
  static let day = WordRole(rawValue: 1 << 3)
  static let week = WordRole(rawValue: 1 << 4)
  static let month = WordRole(rawValue: 1 << 5)
  static let year = WordRole(rawValue: 1 << 6)
  /// "hourly", "pw", "tygodniowo": a period without the word for "per".
  static let adverb = WordRole(rawValue: 1 << 7)
  static let per = WordRole(rawValue: 1 << 8)
  static let half = WordRole(rawValue: 1 << 9)
  /// "salary", "netto": what follows or precedes is pay.
  static let pay = WordRole(rawValue: 1 << 10)
  static let ageLabel = WordRole(rawValue: 1 << 11)
  /// "years old", "éves", "jarige": the number before is an age and nothing else.
  static let old = WordRole(rawValue: 1 << 12)
  /// "experience", "guarantee": the years before are no age.
  static let noAge = WordRole(rawValue: 1 << 13)
  /// "at least", "for", "since": the years after are no age of the advertised person.
  static let bound = WordRole(rawValue: 1 << 14)
  static let roses = WordRole(rawValue: 1 << 15)
  static let centimetre = WordRole(rawValue: 1 << 16)
  static let metre = WordRole(rawValue: 1 << 17)
  static let kilogram = WordRole(rawValue: 1 << 18)
  static let pound = WordRole(rawValue: 1 << 19)
  static let foot = WordRole(rawValue: 1 << 20)
  static let heightLabel = WordRole(rawValue: 1 << 21)
  static let weightLabel = WordRole(rawValue: 1 << 22)
  /// "to", "tot", "bis": joins the ends of a range.
  static let to = WordRole(rawValue: 1 << 23)
  static let people = WordRole(rawValue: 1 << 24)
  static let until = WordRole(rawValue: 1 << 25)
  static let monthName = WordRole(rawValue: 1 << 26)
  static let nationality = WordRole(rawValue: 1 << 27)
  static let ethnicity = WordRole(rawValue: 1 << 28)
  /// "language", "speaking": the word before names a language.
  static let language = WordRole(rawValue: 1 << 29)
  /// "speak", "in": the word after may name a language.
  static let speak = WordRole(rawValue: 1 << 30)
  static let tax = WordRole(rawValue: 1 << 31)
  static let only = WordRole(rawValue: 1 << 32)
  static let number = WordRole(rawValue: 1 << 33)
  /// Words that may stand between a number and its unit: "de" in "25 de ani".
  static let filler = WordRole(rawValue: 1 << 34)
  /// Capitalised words that are no person's name.
  static let noName = WordRole(rawValue: 1 << 35)
  static let nameLabel = WordRole(rawValue: 1 << 36)
  static let thousand = WordRole(rawValue: 1 << 37)
  /// "and" between the ends of a range, "en", "und".
  static let and = WordRole(rawValue: 1 << 38)
  /// "in", "te", "w", "в": a place may follow.
  static let at = WordRole(rawValue: 1 << 39)
  /// "location", "stad", "miasto": a place follows or precedes.
  static let placeLabel = WordRole(rawValue: 1 << 40)
  /// "street", "rue", "calle", "ул": the names beside it are a street's.
  static let street = WordRole(rawValue: 1 << 41)
  /// Letters between a street's kind and its name: "de", "la", "di".
  static let article = WordRole(rawValue: 1 << 42)
  /// "arriving", "vanaf": a stay begins with the date after it.
  static let from = WordRole(rawValue: 1 << 43)
  /// One person of those advertised, "girl", and what tells that a colour is of a person.
  static let person = WordRole(rawValue: 1 << 44)
  /// What is Thai or French without anybody being it: "massage", "fries".
  static let thing = WordRole(rawValue: 1 << 45)
  /// The first word of "my name is", "ik ben", "me llamo".
  static let introduces = WordRole(rawValue: 1 << 46)
  /// "black", "noire", and second words of origins in two words.
  static let colour = WordRole(rawValue: 1 << 47)
  /// The "t" of the Dutch "t/m".
  static let through = WordRole(rawValue: 1 << 48)
  /// "duo", "twins": two persons.
  static let two = WordRole(rawValue: 1 << 49)

  static let periods: WordRole = [.hour, .day, .week, .month, .year]
}

/// A word's roles with what they carry.
struct WordMeaning: Sendable {
  var roles: WordRole
  /// A currency code, a demonym; empty when the word carries none.
  var text = ""
  /// A month's or a number word's number.
  var number = 0
}
