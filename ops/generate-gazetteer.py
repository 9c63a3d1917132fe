#!/usr/bin/env python3
"""Reduces GeoNames' cities to Sources/CGazetteer/places.tsv.

usage: ops/generate-gazetteer.py CITIES.TSV > Sources/CGazetteer/places.tsv

CITIES.TSV has, a line each, the GeoNames id, name, country, first-level region, latitude, longitude,
population and other names separated by "|". What is kept and why: docs/decisions/0027-gazetteer.md.
Needs `wordfreq` (how common a word is), `Faker` (given names) and `Babel` (names of countries); their
data decides what is written but is not copied.
"""

import importlib
import math
import re
import sys
import unicodedata

import wordfreq
from babel import Locale

LANGUAGES = ["en", "nl", "de", "fr", "es", "ro", "pl", "bg", "hu", "ru", "it", "pt"]
# Below these populations a place is left out; every other country keeps what has 100,000 people.
LEAST = {}
for codes, least in [
    ("NL BE LU", 5_000),
    ("DE GB IE FR ES PT IT AT CH PL RO BG HU CZ SK SI HR DK NO SE FI GR CY MT EE LV LT", 8_000),
    ("MD AL XK MK RS BA ME UA BY", 15_000),
    ("TR RU MA TN GE AM DO SR CW", 50_000),
    ("US CA AU NZ IL AE", 60_000),
    ("NG GH TH VN PH CO VE CU EC PE BR AR CL MX", 75_000),
    ("CN IN", 400_000),
]:
    LEAST.update({code: least for code in codes.split()})

# What the advertisers' languages call the cities most written about, where the source's list of other
# names stops short of it; in Polish, Russian and Hungarian also as they stand after "in".
EXTRA = {
    "AT/Vienna": "Wien|Wenen|Vienne|Viena|Wiedeń|Wiedniu|Bécs|Bécsben|Вена|Вене|Виена|Viedeň",
    "AT/Salzburg": "Salzbourg|Зальцбург", "AT/Graz": "Грац",
    "BE/Brussels": "Brussel|Bruxelles|Brüssel|Bruselas|Bruxella|Bruksela|Brukseli|Brüsszel|Брюссель|Брюсселе|Брюксел|Bruxelas",
    "BE/Antwerp": "Antwerpen|Anvers|Anversa|Antwerpia|Antwerpii|Антверпен|Антверпене",
    "BE/Gent": "Ghent|Gand|Gante|Gandawa|Гент", "BE/Liège": "Luik|Lüttich|Lieja|Liegi|Льеж",
    "BE/Brugge": "Bruges|Brügge|Brujas|Брюгге", "BE/Leuven": "Louvain|Löwen|Lovaina",
    "BE/Namur": "Namen|Namur", "BE/Mons": "Bergen", "BE/Mechelen": "Malines|Mecheln",
    "BE/Kortrijk": "Courtrai", "BE/Ostend": "Oostende|Ostende", "BE/Tournai": "Doornik",
    "BG/~Sofia": "София|Sofía|Szófia|Sofii",
    "BG/Plovdiv": "Пловдив", "BG/Varna": "Варна", "BG/Burgas": "Бургас|Bourgas",
    "BG/Ruse": "Русе|Rousse", "BG/Stara Zagora": "Стара Загора", "BG/Pleven": "Плевен",
    "BG/Sliven": "Сливен", "BG/Dobrich": "Добрич", "BG/Shumen": "Шумен", "BG/Haskovo": "Хасково",
    "BG/Pazardzhik": "Пазарджик", "BG/Yambol": "Ямбол", "BG/Blagoevgrad": "Благоевград",
    "BG/Veliko Tŭrnovo": "Велико Търново", "BG/Vratsa": "Враца", "BG/Gabrovo": "Габрово",
    "BG/Vidin": "Видин", "BG/Montana": "Монтана", "BG/Kyustendil": "Кюстендил", "BG/Pernik": "Перник",
    "BY/Minsk": "Минск|Минске|Mińsk", "CH/Zürich": "Zurich|Zúrich|Zurigo|Zurych|Zurychu|Цюрих|Цюрихе|Zurique",
    "CH/Geneva": "Genève|Genf|Ginebra|Ginevra|Genewa|Genewie|Geneve|Женева|Женеве",
    "CH/Basel": "Basle|Bâle|Basilea|Bazylea|Bazel|Базель", "CH/Bern": "Berne|Berna|Берн",
    "CH/Lausanne": "Losanna|Lozanna|Лозанна", "CH/Luzern": "Lucerne|Lucerna",
    "CZ/Prague": "Praha|Prag|Praag|Praga|Pradze|Praze|Prága|Prágában|Прага|Праге",
    "CZ/Brno": "Brünn|Брно", "CZ/Ostrava": "Ostrawa",
    "DE/Berlin": "Berlijn|Berlín|Berlino|Berlinie|Берлин|Берлине|Berlinben|Berlim",
    "DE/Hamburg": "Hambourg|Hamburgo|Amburgo|Hamburgu|Гамбург|Гамбурге|Хамбург",
    "DE/Munich": "München|Muenchen|Múnich|Monachium|Мюнхен|Мюнхене|Munique|Münchenben",
    "DE/Köln": "Cologne|Keulen|Koeln|Colonia|Kolonia|Kolonii|Кёльн|Кельн|Кельне|Кьолн|Colônia",
    "DE/Frankfurt am Main": "Frankfurt|Francfort|Fráncfort|Francoforte|Frankfurcie|Франкфурт|Франкфурте",
    "DE/Düsseldorf": "Dusseldorf|Дюссельдорф|Дюссельдорфе|Дюселдорф",
    "DE/Stuttgart": "Sztutgart|Штутгарт", "DE/Nuremberg": "Nürnberg|Neurenberg|Norymberga|Nuernberg",
    "DE/Hannover": "Hanover|Hanower|Ганновер|Хановер", "DE/Leipzig": "Lipsk|Лейпциг", "DE/Dresden": "Drezno|Дрезден",
    "DE/Bremen": "Brema|Bremie|Brême|Бремен", "DE/Dortmund": "Дортмунд", "DE/Aachen": "Aken|Aix-la-Chapelle|Aquisgrán",
    "DE/Trier": "Trèves", "DE/Mainz": "Mayence|Maguncia|Moguncja",
    "DK/Copenhagen": "København|Kopenhagen|Copenhague|Kopenhaga|Kopenhadze|Копенгаген|Koppenhága",
    "ES/Madrid": "Madryt|Madrycie|Мадрид|Мадриде", "ES/Barcelona": "Barcelone|Barcelonie|Барселона|Барселоне",
    "ES/Sevilla": "Seville|Séville|Siviglia|Sewilla|Севилья", "ES/Málaga": "Malaga|Малага",
    "ES/~Valencia": "València|Valence|Walencja", "ES/Zaragoza": "Saragossa",
    "FR/Paris": "Parijs|París|Parigi|Paryż|Paryżu|Párizs|Párizsban|Париж|Париже",
    "FR/Marseille": "Marsella|Marsiglia|Marsylia|Марсель", "FR/Lyon": "Lione|Lión|Лион",
    "FR/Lille": "Rijsel|Лилль", "FR/Strasbourg": "Straatsburg|Straßburg|Estrasburgo|Strasburgo|Strasburg",
    "FR/Toulouse": "Tolosa|Tuluza", "FR/~Nice": "Nizza|Niza|Nicea|Ницца", "FR/Bordeaux": "Burdeos|Бордо",
    "FR/Dunkirk": "Dunkerque|Duinkerke|Dünkirchen", "FR/Calais": "Kales",
    "GB/London": "Londres|Londen|Londra|Londyn|Londynie|Лондон|Лондоне|Londonban",
    "GB/Edinburgh": "Édimbourg|Edimburgo|Edynburg|Эдинбург", "GB/Manchester": "Манчестер",
    "GB/Birmingham": "Бирмингем", "GB/Glasgow": "Глазго", "GB/Liverpool": "Ливерпуль",
    "GR/Athens": "Athene|Athen|Athènes|Atenas|Atene|Atena|Ateny|Atenach|Athén|Афины|Афинах|Атина",
    "GR/Thessaloníki": "Thessaloniki|Salonica|Saloniki|Salónica|Солун|Салоники",
    "HR/Zagreb": "Zagrzeb|Zágráb|Загреб", "HU/Budapest": "Boedapest|Budapeszt|Budapeszcie|Budapesta|Budapesten|Будапешт|Будапеште|Будапеща|Budapeste",
    "HU/Debrecen": "Debrecenben|Дебрецен", "HU/Szeged": "Szegeden|Segedin", "HU/Győr": "Győrben|Raab",
    "HU/Miskolc": "Miskolcon", "HU/Pécs": "Pécsett|Fünfkirchen", "HU/Kecskemét": "Kecskeméten",
    "HU/Nyíregyháza": "Nyíregyházán", "HU/Székesfehérvár": "Székesfehérváron",
    "IE/Dublin": "Dublín|Dublino|Dublinie|Дублин",
    "IT/Rome": "~Roma|Rom|Rzym|Rzymie|Róma|Rómában|Рим|Риме", "IT/Milan": "Milano|Milaan|Mailand|Milán|Mediolan|Mediolanie|Milánó|Милан|Милане|Милано|Milão",
    "IT/Naples": "Napoli|Neapel|Nápoles|Neapol|Napels|Неаполь", "IT/Turin": "Torino|Turijn|Turín|Turyn|Турин|Торино",
    "IT/Venice": "Venezia|Venetië|Venedig|Venise|Venecia|Wenecja|Veneția|Венеция", "IT/~Florence": "Firenze|Florenz|Florencia|Florencja|Florența|Флоренция",
    "IT/Genoa": "Genova|Genua|Gênes|Génova|Генуя", "IT/Bologna": "Bolonia|Bologne|Болонья",
    "LU/Luxembourg": "Luxemburg|Luxemburgo|Lussemburgo|Luksemburg|Люксембург",
    "MD/Chisinau": "Chișinău|Кишинев|Кишинёв|Кишиневе|Kiszyniów",
    "NL/Rotterdam": "Роттердам|Роттердаме|Ротердам", "NL/Amsterdam": "Ámsterdam|Amsterdamie|Амстердам|Амстердаме|Amszterdam",
    "NL/The Hague": "Den Haag|'s-Gravenhage|La Haye|La Haya|L'Aia|Haga|Hadze|Haga|Гаага|Гааге|Хага|Haia|Hága",
    "NL/Utrecht": "Утрехт", "NL/Eindhoven": "Эйндховен|Айндховен", "NL/Groningen": "Гронинген",
    "NL/'s-Hertogenbosch": "Den Bosch", "NL/Maastricht": "Маастрихт", "NL/~Leiden": "Leyden|Leyde",
    "NL/Vlissingen": "Flushing", "NL/Leeuwarden": "Ljouwert", "NL/Almere Stad": "Almere",
    "NL/Zaandam": "Zaanstad", "NL/Velsen-Zuid": "Velsen", "NL/Alphen aan den Rijn": "Alphen",
    "NO/Oslo": "Осло", "PL/Warsaw": "Warszawa|Warszawie|Warschau|Varsovie|Varsovia|Varșovia|Варшава|Варшаве|Varsó|Varsóvia",
    "PL/Kraków": "Krakow|Krakowie|Krakau|Cracovie|Cracovia|Cracow|Краков|Krakkó",
    "PL/Wrocław": "Wrocławiu|Breslau|Вроцлав", "PL/Łódź": "Łodzi|Лодзь", "PL/Poznań": "Poznaniu|Posen|Познань",
    "PL/Gdańsk": "Gdańsku|Danzig|Гданьск", "PL/Szczecin": "Szczecinie|Stettin|Щецин",
    "PL/Katowice": "Katowicach|Kattowitz|Катовице", "PL/Lublin": "Lublinie|Люблин",
    "PL/Bydgoszcz": "Bydgoszczy", "PL/Białystok": "Białymstoku", "PL/Gdynia": "Gdyni", "PL/Toruń": "Toruniu",
    "PL/Rzeszów": "Rzeszowie", "PL/Opole": "Opolu", "PL/Kielce": "Kielcach", "PL/Radom": "Radomiu",
    "PT/Lisbon": "Lisboa|Lissabon|Lisbonne|Lisbona|Lisabona|Lizbona|Lizbonie|Lisszabon|Лиссабон|Лисабон", "PT/~Porto": "Oporto|Порту",
    "RO/Bucharest": "București|Bucureștiul|Boekarest|Bukarest|Bucarest|Bukareszt|Bukareszcie|Бухарест|Бухаресте|Букурещ|Bucareste",
    "RO/Cluj-Napoca": "Cluj|Klausenburg|Kolozsvár|Клуж", "RO/Iași": "Iasi|Jassy|Яссы|Яш", "RO/Timișoara": "Timisoara|Temeswar|Temesvár|Тимишоара",
    "RO/Brașov": "Brasov|Kronstadt|Brassó", "RO/Sibiu": "Hermannstadt|Nagyszeben", "RO/Constanța": "Constanta|Konstanca|Констанца",
    "RO/Oradea": "Nagyvárad|Großwardein", "RO/Târgu Mureș": "Targu Mures|Marosvásárhely", "RO/Pitești": "Pitesti",
    "RS/Belgrade": "Belgrado|Belgrad|Beograd|Belgradzie|Belgrád|Белград|Београд",
    "RU/Moscow": "Moskou|Moskau|Moscou|Moscú|Mosca|Moskwa|Moskwie|Moszkva|Moscova|Москва|Москве|Moscovo",
    "RU/Saint Petersburg": "St. Petersburg|Sint-Petersburg|Sankt Petersburg|Saint-Pétersbourg|San Petersburgo|Petersburg|Санкт-Петербург|Санкт-Петербурге|Питер",
    "SE/Stockholm": "Sztokholm|Stoccolma|Estocolmo|Стокгольм|Стокхолм", "SE/Gothenburg": "Göteborg|Гетеборг",
    "SK/Bratislava": "Bratysława|Bratysławie|Pozsony|Pressburg|Братислава|Bratislave",
    "TR/Istanbul": "İstanbul|Istanboel|Estambul|Stambuł|Stambule|Isztambul|Стамбул|Стамбуле|Истанбул|Istambul",
    "UA/Kyiv": "Kiev|Kiew|Kijów|Kijowie|Kijev|Киев|Киеве|Київ|Києві", "UA/Kharkiv": "Charkow|Charków|Kharkov|Харьков|Харьковe|Харків",
    "UA/Odesa": "Odessa|Одесса|Одессе|Одеса", "UA/Dnipro": "Днепр|Дніпро|Dnipropetrovsk", "UA/Lviv": "Lwów|Lemberg|Lvov|Львов|Львове|Львів",
    "UA/Donetsk": "Донецк|Donezk", "UA/Zaporizhzhya": "Запорожье|Запоріжжя", "UA/Mykolayiv": "Николаев|Миколаїв",
    "AE/Dubai": "Doebai|Dubái|Dubaï|Дубай|Дубае|Dubaju|Dubaiban", "TH/Bangkok": "Бангкок",
    "NG/Lagos": "Лагос", "NG/Benin City": "Edo State", "US/New York City": "New York|Nueva York|Nowy Jork|Нью-Йорк|Nova Iorque|NYC",
    "BR/São Paulo": "Sao Paulo|Сан-Паулу", "BR/Rio de Janeiro": "Rio", "VN/Ho Chi Minh City": "Saigon|Hồ Chí Minh",
    "FI/Helsinki": "Helsingfors|Хельсинки", "EE/Tallinn": "Таллин|Таллинн|Таллинне", "LV/Riga": "Рига|Риге|Ryga|Rydze|Rīga",
    "LT/Vilnius": "Вильнюс|Wilno|Wilnie|Vilna", "LT/Kaunas": "Каунас|Kowno", "AL/Tirana": "Тирана|Tiranë",
}
FAR = set("CN IN ID MY MM PK BD JP KR VN TH PH IR NG GH TZ KE ET UG CD AO ZA BR MX AR CL PE".split())
# Languages spoken in a country: there its cities' names are common without being words.
HOME = {"NL": "nl", "BE": "nl fr", "DE": "de", "AT": "de", "CH": "de fr it", "GB": "en", "IE": "en",
        "US": "en", "CA": "en fr", "AU": "en", "FR": "fr", "ES": "es", "PT": "pt", "BR": "pt",
        "IT": "it", "PL": "pl", "RO": "ro", "MD": "ro ru", "BG": "bg", "HU": "hu", "RU": "ru",
        "UA": "ru", "BY": "ru", "AR": "es", "CO": "es", "VE": "es", "MX": "es", "DO": "es", "LU": "fr"}
# Names that mean something else in adverts although no list of words says so.
WORDS = set(
    """Best Echt Duiven Goes Leek Wijk Heel Elst Born Buren Weert Zeist Mol Halle Hove Lint Bree
    Bar Split Most Brest Nice Tours Orange Lens Bath Reading Deal Sale Rugby Battle March Hull Ware
    Diss Bury Crook Hook Wells Sandy Rye Street Yarm Wigan Essen Hof Halle Singen Werder Wesel
    Lage Regen Stelle Poll Grave Made Monster Enter Dieren Horst Heer Lent Haren Huizen Kampen Kamen
    Weil Norden Waren Langen Wissen Rain Haar Much Stein Buch Aue Silly Boom Peer Spa Mere As Ath Ans
    Huy Champion Manage Gare Rum Hard Wil Zug Egg Roman Dej Brad Victoria Mary Van Engels Vladimir
    Ski Time Sala Mora Bro Boo Police Marki Koło Góra Wola Tata Eger Baja Érd Vác
    Stone Grove Fleet Flint Mold Barking Poole Ripley Slough Poplar Barnes Chard Oakwood Losser Wisch
    Island Smith Argos Patti Plan Rosa Sofia Florence Victoria Chelsea Verona Sienna Siena Adelaide Charlotte Madison
    Lourdes Mercedes Santiago Alexandria Georgia Jordan Chad Asia Valencia Male
    Mobile Troy Angel Independence Columbia Normal Man Of Ho Van Bor Bra Ham Ulm Ems""".split())
GIVEN = ["en_GB", "en_US", "nl_NL", "nl_BE", "de_DE", "fr_FR", "es_ES", "ro_RO", "pl_PL", "bg_BG",
         "hu_HU", "ru_RU", "it_IT", "pt_PT", "pt_BR"]
COUNTRIES = """NL BE LU DE GB IE FR ES PT IT AT CH PL RO BG HU CZ SK SI HR DK NO SE FI IS GR CY MT EE
    LV LT MD AL XK MK RS BA ME UA BY RU TR GE AM AZ KZ UZ MA TN DZ EG NG GH SN CM CI KE ET ZA UG CD
    SL GM GN TH VN PH ID MY SG CN HK TW JP KR IN PK BD LK NP AE QA SA KW OM BH IL LB SY IQ IR JO US
    CA MX CU DO JM HT CO VE EC PE BR AR CL BO PY UY SR CW AU NZ
    SV GT HN NI CR PA TT LR RW BI TG BJ ML NE BF MG MZ ZW ZM NA SD SS SO ER LY YE KG TJ TM MN KH LA MM""".split()
# What Babel's formal names leave out.
SPOKEN = {
    "NL": "Holandii Голландии Нидерландах Hollandiában Нидерландия Холандия Olanda Holland Hollande Holanda Holandia Олландия Голландия Холандия Hollandia Olanda",
    "GB": "Anglii Англии Angliában England Engeland Angleterre Inglaterra Anglia Англия Inghilterra Scotland Schotland "
          "Schottland Wales UK Großbritannien Grande-Bretagne Groot-Brittannië Великобритания",
    "US": "USA America", "AE": "UAE", "CZ": "Czechy Tsjechië Czechia", "BY": "Belarus Wit-Rusland",
    "HU": "Hongarije Ungarn Hongrie Hungría Ungaria Węgry Węgrzech Magyarország Magyarországon Венгрия Венгрии Унгария Ungheria",
    "DE": "Németországban Németország Niemczech Германии Germania",
    "BE": "Belgii Бельгии Belgiumban Белгия",
    "AT": "Ausztriában Австрии", "PL": "Polsce Польше Lengyelországban",
    "TR": "Turkey Türkei Turkije", "MD": "Moldova Moldavië", "CI": "", "CD": "Congo Kongo",
}


def fold(text):
    text = unicodedata.normalize("NFD", text.lower().replace("ß", "s").replace("ł", "l"))
    return "".join(c for c in text if not unicodedata.combining(c))


def given_names():
    names = set()
    for locale in GIVEN:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute in ("first_names", "first_names_female", "first_names_male"):
            for name in getattr(provider, attribute, ()):
                names.add(fold(name))
    return names


def needs_cue(name, country, population, given, main=True):
    """Whether the name may mean something else: a word of some language, somebody's name."""
    if main and population >= 1_200_000 and name not in WORDS:
        return False
    if name in WORDS or len(name) <= 3 or fold(name) in given:
        return True
    words = re.findall(r"\w+", name.lower())
    home = HOME.get(country, "").split()
    for language in LANGUAGES:
        if len(words) > 1:
            least = min(wordfreq.zipf_frequency(word, language) for word in words)
            if least > 4.7 and population < 250_000:
                return True
            continue
        usual = 2.45 + 0.42 * math.log10(max(population, 1_000))
        if wordfreq.zipf_frequency(words[0], language) > usual + (0.75 if language in home else 0):
            return True
    return False


def is_known(name):
    """Whether anybody writes the name: all its words occur in one of the languages."""
    words = re.findall(r"\w{2,}", name.lower())
    if not words:
        return False
    return any(
        all(wordfreq.zipf_frequency(word, language) > 1.2 for word in words)
        for language in LANGUAGES)


def is_plain(name):
    if not 3 <= len(name) <= 40 or name.isupper() or not (name[0].isupper() or name[0] == "'"):
        return False
    if re.search(r"[0-9()/,;\"]", name) or len(re.findall(r"\w+", name)) > 4:
        return False
    return all(
        ord(c) < 0x250 or 0x400 <= ord(c) < 0x460 or c in "’șȘțȚ" for c in name)


def other_names(name, ascii_only, country, population, alternates, extra, given):
    kept, seen = [], {fold(name)}
    for other in extra:
        if fold(other) not in seen:
            seen.add(fold(other))
            risky = len(other) <= 3 or fold(other) in given and other not in ("Haga",)
            kept.append("~" + other if risky and other[0] != "~" else other)
    for other in [ascii_only] + alternates:
        if fold(other) in seen or not is_plain(other):
            continue
        # The short ones are what small languages call it, and words of the large ones.
        if other is not ascii_only and (
                population < 12_000 or len(other) < 6 or re.search(r" (of|osh|khot|hiria|and|-) ?", other)
                or not is_known(other)):
            continue
        risky = needs_cue(other, country, population, given, main=False)
        # Far away nearly every syllable names a place somebody spells like ours.
        if other is not ascii_only and country in FAR and population < 1_000_000:
            continue
        # A word that is not even the place's own name only misleads.
        if risky and (population < 500_000 or fold(other) in given) or len(other) <= 3:
            continue
        seen.add(fold(other))
        kept.append(("~" if risky else "") + other)
    return kept


def main():
    given = given_names()
    rows = []
    for line in open(sys.argv[1], encoding="utf-8"):
        if line.startswith("#"):
            continue
        id, name, country, region, latitude, longitude, population, alternates = (
            line.rstrip("\n").split("\t"))
        population = int(population)
        # Quarters of a city are entries too; those with numbers and brackets are never written so.
        if re.search(r"[0-9(/]|kerület$|^Sector|^Centro$|^Mitte$|^Altstadt$|^Gare$", name):
            continue
        if country in ("RO", "MD"):
            name = name.translate(str.maketrans("şţŞŢ", "șțȘȚ"))
        if population < LEAST.get(country, 100_000) or name.startswith("Arrondissement"):
            continue
        rows.append((int(id), name, country, float(latitude), float(longitude), population,
                     alternates.split("|") if alternates else []))
    rows.sort(key=lambda row: (row[2], -row[5], row[0]))
    print("# Places: GeoNames (geonames.org), CC BY 4.0, reduced by ops/generate-gazetteer.py.")
    print("# A country: code, names. A place: GeoNames id, name, latitude, longitude, thousands of")
    print("# people, other names. Names are separated by \"|\"; those after \"~\" are also words.")
    locales = [Locale(language) for language in LANGUAGES]
    places = {}
    for row in rows:
        places.setdefault(row[2], []).append(row)
    for country in sorted(set(places) | set(COUNTRIES)):
        names = []
        if country in COUNTRIES:
            for locale in locales:
                name = locale.territories.get(country, "")
                if name and is_plain(name) and name not in names:
                    names.append(name)
            for name in SPOKEN.get(country, "").split():
                if name not in names:
                    names.append(name)
        names = [("~" if n in WORDS or len(n) <= 3 and n != "USA" and n != "UAE" or
                  fold(n) in given else "") + n for n in names]
        print(f"{country}\t{'|'.join(names)}")
        for id, name, _, latitude, longitude, population, alternates in places.get(country, []):
            mark = "~" if needs_cue(name, country, population, given) else ""
            plain = "".join(
                c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
            extra = EXTRA.pop(f"{country}/{mark}{name}", EXTRA.pop(f"{country}/{name}", ""))
            others = other_names(name, plain, country, population, alternates,
                                 extra.split("|") if extra else [], given)
            fields = [str(id), mark + name, f"{latitude:.2f}", f"{longitude:.2f}",
                      str(max(1, population // 1000)), "|".join(others)]
            print("\t".join(fields))
    if EXTRA:
        sys.exit(f"no such places: {sorted(EXTRA)}")


main()
