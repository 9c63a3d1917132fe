import Testing
import Vocabulary

@testable import Extraction

private func traits(_ text: String, _ language: String?, _ form: Form? = .sex) -> Traits {
  let bytes = Array(text.utf8)
  let tokens = FactTokens.read(bytes, 0..<bytes.count)
  return TraitReader.read(
    tokens, text: bytes, content: [0..<bytes.count], language: language, form: form,
    facts: FactFinder.find(in: bytes, form: form))
}

@Suite struct TraitTests {
  static let labelled: [(String, String, [Int])] = [
    ("I work in my own flat, call me", "en", [3, 0, 0]),
    ("We are new, visit us at our place", "en", [0, 3, 0]),
    ("She is sweet and her friends love her", "en", [0, 0, 3]),
    ("Ik werk in mijn eigen huis", "nl", [2, 0, 0]),
    ("Wij werken samen, bel ons", "nl", [0, 2, 0]), ("Zij is lief, haar ogen", "nl", [0, 0, 2]),
    ("Ich liebe mein Leben", "de", [2, 0, 0]), ("Wir und unser Haus", "de", [0, 2, 0]),
    ("Je suis chez moi", "fr", [2, 0, 0]),
    ("Nous avons notre maison", "fr", [0, 2, 0]), ("Elle est ici", "fr", [0, 0, 1]),
    ("Yo estoy en mi casa", "es", [3, 0, 0]),
    ("Nuestra casa", "es", [0, 1, 0]), ("Eu sunt acasă", "ro", [2, 0, 0]),
    ("Noi avem", "ro", [0, 2, 0]), ("ea este", "ro", [0, 0, 1]),
    ("Jestem sama, mój dom", "pl", [2, 0, 0]), ("nasz dom", "pl", [0, 1, 0]),
    ("ona jest", "pl", [0, 0, 1]),
    ("аз съм сама", "bg", [2, 0, 0]), ("ние сме", "bg", [0, 2, 0]), ("én vagyok", "hu", [2, 0, 0]),
    ("mi vagyunk", "hu", [0, 2, 0]),
    ("я дома, мой номер", "ru", [2, 0, 0]), ("мы ждём, наш дом", "ru", [0, 2, 0]),
    ("она ждёт", "ru", [0, 0, 1]),
  ]
  @Test(arguments: labelled.indices) func `pronouns by person`(index: Int) {
    let (text, language, expected) = Self.labelled[index]
    let perspective = traits(text, language).perspective
    #expect([perspective.i, perspective.we, perspective.they] == expected, "\(text)")
  }

  @Test func `persons offered`() {
    #expect(traits("I am Lena, call me", "en").persons == 1)
    #expect(traits("2 hot girls", "en").persons == 2)
    #expect(traits("twee lieve dames", "nl").persons == 2)
    #expect(traits("Duo with my friend", "en").persons == 2)
    #expect(traits("Our girls are waiting", "en").persons == nil)
    #expect(traits("My name is Lena. My name is Mira.", "en").persons == 2)
    #expect(traits("My name is Lena. My name is Mira.", "en").names == ["Lena", "Mira"])
    #expect(traits("We need 3 women for the kitchen", "en", .labour).persons == nil)
    #expect(traits("nice", "en").persons == nil)
  }

  @Test func `only the advert's own words count`() {
    let bytes = Array("I am here. We are the site.".utf8)
    let tokens = FactTokens.read(bytes, 0..<bytes.count)
    let found = TraitReader.read(
      tokens, text: bytes, content: [0..<10], language: "en", form: .sex, facts: [])
    #expect(found.perspective == Perspective(i: 1, we: 0, they: 0))
  }
}

@Suite struct LanguageTests {
  @Test(arguments: [
    ("nl", "Wij zoeken mensen voor de oogst van tomaten in de kas en regelen de huisvesting."),
    ("en", "We are looking for people to pick tomatoes in the greenhouse this summer."),
    ("de", "Wir suchen Leute für die Ernte von Tomaten im Gewächshaus in diesem Sommer."),
    ("fr", "Nous cherchons des personnes pour la récolte des tomates dans la serre cet été."),
    ("es", "Buscamos personas para recoger tomates en el invernadero durante este verano."),
    ("ro", "Căutăm oameni pentru recoltarea roșiilor în seră în această vară."),
    ("pl", "Szukamy osób do zbioru pomidorów w szklarni w tym sezonie letnim."),
    ("bg", "Търсим хора за бране на домати в оранжерията през това лято."),
    ("hu", "Embereket keresünk paradicsom szedésére az üvegházban ezen a nyáron."),
    ("ru", "Мы ищем людей для сбора помидоров в теплице этим летом."),
  ])
  func `languages of adverts`(code: String, text: String) {
    #expect(LanguageDetector.detect(Array(text.utf8), in: [0..<text.utf8.count]) == code)
  }

  @Test func `too little to tell`() {
    #expect(LanguageDetector.detect(Array("12 34".utf8), in: [0..<5]) == nil)
    #expect(LanguageDetector.detect([], in: []) == nil)
    #expect(LanguageDetector.detect([0xFF, 0xFE, 0x80], in: [0..<3]) == nil)
  }
}
