extension NumberWords {
  typealias Row = (words: String, value: Int, role: NumberWord.Role)

  /// The words of one language; spellings are separated by spaces and folded when inserted.
  static func table(_ language: String) -> [Row] {
    switch language {
    case "en": return english
    case "nl": return dutch
    case "de": return german
    case "fr": return french
    case "es": return spanish
    case "ro": return romanian
    case "pl": return polish
    case "bg": return bulgarian
    case "hu": return hungarian
    case "ru": return russian
    case "it": return italian
    default: return portuguese
    }
  }

  /// Rows from lists of words by value; `_` leaves a value out.
  private static func rows(
    units: String, from first: Int = 0, role: NumberWord.Role = .digits, step: Int = 1
  ) -> [Row] {
    units.split(separator: ",").enumerated().compactMap { index, words in
      words == "_" ? nil : (String(words), first + index * step, role)
    }
  }

  private static let english: [Row] =
    rows(units: "zero oh o nought zer0,one,two,three,four,five,six,seven,eight,nine")
    + rows(
      units: "ten,eleven,twelve,thirteen,fourteen,fifteen,sixteen,seventeen,eighteen,nineteen",
      from: 10)
    + rows(
      units: "twenty,thirty,forty fourty,fifty,sixty,seventy,eighty,ninety", from: 20, role: .tens,
      step: 10)
    + [("double", 2, .times), ("triple treble", 3, .times), ("plus", 0, .plus)]

  private static let dutch: [Row] =
    rows(units: "nul,een,twee,drie,vier,vijf,zes,zeven,acht,negen")
    + rows(
      units: "tien,elf,twaalf,dertien,veertien,vijftien,zestien,zeventien,achttien,negentien",
      from: 10)
    + compounds(
      units: ["een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"],
      joiners: ["en"],
      tens: [
        "twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig",
      ])
    + [("dubbel", 2, .times)]

  private static let german: [Row] =
    rows(units: "null,eins ein,zwei zwo,drei,vier,funf fuenf,sechs,sieben,acht,neun")
    + rows(
      units:
        "zehn,elf,zwolf zwoelf,dreizehn,vierzehn,funfzehn fuenfzehn,sechzehn,siebzehn,achtzehn,"
        + "neunzehn", from: 10)
    + compounds(
      units: ["ein", "zwei", "drei", "vier", "funf", "sechs", "sieben", "acht", "neun"],
      joiners: ["und"],
      tens: [
        "zwanzig", "dreisig", "vierzig", "funfzig", "sechzig", "siebzig", "achtzig", "neunzig",
      ])
    + [("dreissig", 30, .digits), ("doppel", 2, .times)]

  /// `einundzwanzig` and its like, and the round numbers.
  private static func compounds(units: [String], joiners: [String], tens: [String]) -> [Row] {
    var rows: [Row] = []
    for (row, ten) in tens.enumerated() {
      rows.append((ten, (row + 2) * 10, .digits))
      for (column, unit) in units.enumerated() {
        for joiner in joiners {
          rows.append((unit + joiner + ten, (row + 2) * 10 + column + 1, .digits))
        }
      }
    }
    return rows
  }

  private static let french: [Row] =
    rows(units: "zero,un une,deux,trois,quatre,cinq,six,sept,huit,neuf")
    + rows(units: "dix,onze,douze,treize,quatorze,quinze,seize", from: 10)
    + rows(units: "vingt,trente,quarante,cinquante,soixante", from: 20, role: .tens, step: 10)
    + [
      ("septante", 70, .tens), ("huitante", 80, .tens), ("vingts", 20, .tens),
      ("nonante", 90, .tens), ("plus", 0, .plus), ("et", 0, .joiner),
    ]

  private static let spanish: [Row] =
    rows(units: "cero,uno una,dos,tres,cuatro,cinco,seis,siete,ocho,nueve")
    + rows(
      units:
        "diez,once,doce,trece,catorce,quince,dieciseis,diecisiete,dieciocho,diecinueve,veinte,"
        + "veintiuno,veintidos,veintitres,veinticuatro,veinticinco,veintiseis,veintisiete,"
        + "veintiocho,veintinueve", from: 10)
    + rows(
      units: "treinta,cuarenta,cincuenta,sesenta,setenta,ochenta,noventa", from: 30, role: .tens,
      step: 10)
    + [("y", 0, .joiner), ("doble", 2, .times), ("triple", 3, .times), ("mas", 0, .plus)]

  private static let romanian: [Row] =
    rows(units: "zero,unu una,doi doua,trei,patru,cinci,sase,sapte,opt,noua")
    + rows(
      units:
        "zece,unsprezece,doisprezece douasprezece,treisprezece,paisprezece,cincisprezece,"
        + "saisprezece,saptesprezece,optsprezece,nouasprezece", from: 10)
    + rows(
      units:
        "douazeci,treizeci,patruzeci,cincizeci,saizeci,saptezeci,optzeci,nouazeci", from: 20,
      role: .tens, step: 10)
    + [("si", 0, .joiner)]

  private static let polish: [Row] =
    rows(
      units:
        "zero,jeden jedna,dwa dwie,trzy,cztery,piec,szesc,siedem,osiem,dziewiec")
    + rows(
      units:
        "dziesiec,jedenascie,dwanascie,trzynascie,czternascie,pietnascie,szesnascie,siedemnascie,"
        + "osiemnascie,dziewietnascie", from: 10)
    + rows(
      units:
        "dwadziescia,trzydziesci,czterdziesci,piecdziesiat,szescdziesiat,siedemdziesiat,"
        + "osiemdziesiat,dziewiecdziesiat", from: 20, role: .tens, step: 10)

  private static let bulgarian: [Row] =
    rows(
      units:
        "нула nula,едно един една edno,две два dve,три tri,четири chetiri,пет pet,шест shest,"
        + "седем sedem,осем osem,девет devet")
    + rows(
      units:
        "десет,единадесет единайсет,дванадесет дванайсет,тринадесет тринайсет,"
        + "четиринадесет четиринайсет,петнадесет петнайсет,шестнадесет шестнайсет,"
        + "седемнадесет седемнайсет,осемнадесет осемнайсет,деветнадесет деветнайсет", from: 10)
    + rows(
      units:
        "двадесет двайсет,тридесет трийсет,четиридесет четирийсет,петдесет,шестдесет шейсет,"
        + "седемдесет,осемдесет,деветдесет", from: 20, role: .tens, step: 10)
    + [("и", 0, .joiner)]

  private static let hungarian: [Row] =
    rows(
      units: "nulla,egy,ketto ket,harom,negy,ot,hat,het,nyolc,kilenc")
    + rows(
      units: "tiz,husz,harminc,negyven,otven,hatvan,hetven,nyolcvan,kilencven", from: 10,
      role: .tens, step: 10)
    + hungarianCompounds

  private static let hungarianCompounds: [Row] = {
    let units = ["egy", "ketto", "harom", "negy", "ot", "hat", "het", "nyolc", "kilenc"]
    let tens = [
      "tizen", "huszon", "harminc", "negyven", "otven", "hatvan", "hetven", "nyolcvan",
      "kilencven",
    ]
    var rows: [Row] = []
    for (row, ten) in tens.enumerated() {
      for (column, unit) in units.enumerated() {
        rows.append((ten + unit, (row + 1) * 10 + column + 1, .digits))
      }
    }
    return rows
  }()

  private static let russian: [Row] =
    rows(
      units:
        "ноль нуль nol,один одна odin,два две dva,три,четыре chetyre,пять pyat,шесть,семь sem,"
        + "восемь vosem,девять devyat")
    + rows(
      units:
        "десять,одиннадцать,двенадцать,тринадцать,четырнадцать,пятнадцать,шестнадцать,"
        + "семнадцать,восемнадцать,девятнадцать", from: 10)
    + rows(
      units: "двадцать,тридцать,сорок,пятьдесят,шестьдесят,семьдесят,восемьдесят,девяносто",
      from: 20, role: .tens, step: 10)
    + [("плюс", 0, .plus)]

  private static let italian: [Row] =
    rows(units: "zero,uno,due,tre,quattro,cinque,sei,sette,otto,nove")
    + rows(
      units:
        "dieci,undici,dodici,tredici,quattordici,quindici,sedici,diciassette,diciotto,diciannove",
      from: 10)
    + rows(
      units: "venti,trenta,quaranta,cinquanta,sessanta,settanta,ottanta,novanta", from: 20,
      role: .tens, step: 10)
    + italianCompounds

  private static let italianCompounds: [Row] = {
    let units = ["uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove"]
    let tens = [
      "venti", "trenta", "quaranta", "cinquanta", "sessanta", "settanta", "ottanta", "novanta",
    ]
    var rows: [Row] = []
    for (row, ten) in tens.enumerated() {
      for (column, unit) in units.enumerated() {
        // "ventuno", "ventotto": the tens lose their vowel before one.
        let stem = unit == "uno" || unit == "otto" ? String(ten.dropLast()) : ten
        rows.append((stem + unit, (row + 2) * 10 + column + 1, .digits))
      }
    }
    return rows
  }()

  private static let portuguese: [Row] =
    rows(units: "zero,um uma,dois duas,tres,quatro,cinco,seis meia,sete,oito,nove")
    + rows(
      units:
        "dez,onze,doze,treze,quatorze catorze,quinze,dezesseis dezasseis,dezessete dezassete,"
        + "dezoito,dezenove dezanove", from: 10)
    + rows(
      units: "vinte,trinta,quarenta,cinquenta,sessenta,setenta,oitenta,noventa", from: 20,
      role: .tens, step: 10)
    + [("e", 0, .joiner)]
}
