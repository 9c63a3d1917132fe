/// Pronouns and possessives by grammatical person, per language.
///
/// In languages that drop the pronoun the commonest verb forms that carry the person stand in.
struct PronounTable: Sendable {
  enum Person: Int32, Sendable { case i, we, they }

  private let persons: WordTable

  /// The person a folded word's hash stands for.
  @inline(__always)
  func person(_ hash: UInt64) -> Person? {
    let value = persons[hash]
    return value < 0 ? nil : Person(rawValue: value)
  }

  private init(_ i: String, _ we: String, _ they: String) {
    var persons: [UInt64: Person] = [:]
    for (list, person) in [(i, Person.i), (we, .we), (they, .they)] {
      for word in list.split(whereSeparator: \.isWhitespace) {
        persons[Folding.hash(String(word))] = person
      }
    }
    self.persons = WordTable(persons.map { ($0.key, $0.value.rawValue) })
  }

  /// The table of a language, English when there is none.
  static func table(_ language: String?) -> PronounTable {
    tables[language.map { String($0.prefix(2)) } ?? "en"] ?? english
  }

  private static let english = PronounTable(
    "i me my mine myself im ive", "we us our ours ourselves",
    "she her hers herself he him his himself they them their theirs")

  private static let tables: [String: PronounTable] = [
    "en": english,
    "nl": PronounTable(
      "ik mij me mijn mijzelf m'n", "wij we ons onze", "zij ze haar hij hem zijn hun hen"),
    "de": PronounTable(
      "ich mich mir mein meine meinen meinem meiner meines", "wir uns unser unsere unseren unserem",
      "sie ihr ihre ihren ihrem er ihn ihm seine seinen seinem"),
    "fr": PronounTable(
      "je j moi me m mon ma mes", "nous notre nos", "elle elles il ils lui leur leurs son sa ses"),
    "es": PronounTable(
      "yo mi mis me soy estoy tengo conmigo",
      "nosotros nosotras nuestro nuestra nuestros nuestras somos",
      "ella ellas el ellos su sus"),
    "ro": PronounTable(
      "eu sunt mea meu mele mei mi ma mine", "noi nostru noastra nostri noastre suntem avem",
      "ea ei ele el lor sa sau ale"),
    "pl": PronounTable(
      "ja jestem moj moja moje mnie mi mna mam moim mojej",
      "my nas nam nami nasz nasza nasze jestesmy mamy",
      "ona one on oni jej jego ich nia nim"),
    "bg": PronounTable(
      "аз мен ми мой моя мое мои съм", "ние нас ни наш наша наше наши сме",
      "тя него нея я той тях те й негов нейна нейния"),
    "hu": PronounTable(
      "en engem nekem velem vagyok enyem", "mi minket nekunk velunk vagyunk",
      "o ok ot oket neki nekik vele"),
    "ru": PronounTable(
      "я мне меня мной мой моя мое мои моей", "мы нас нам нами наш наша наше наши наших",
      "она ее ей ней он его ему они их им"),
    "it": PronounTable(
      "io mi mio mia miei mie sono ho", "noi ci nostro nostra nostri nostre siamo",
      "lei lui loro suo sua suoi sue ella"),
    "pt": PronounTable(
      "eu me meu minha meus minhas sou estou tenho", "nos nosso nossa nossos nossas somos",
      "ela ele elas eles seu sua seus suas dela dele"),
  ]
}
