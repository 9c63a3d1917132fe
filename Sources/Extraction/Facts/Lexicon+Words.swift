extension Lexicon {
  static let currencies: [(String, String)] = [
    ("EUR", "eur euro euros eu evro евро euró eurot eurolu"),
    ("GBP", "gbp pound pounds quid funt"), ("USD", "usd dollar dollars долларов доллар"),
    ("PLN", "pln zl zloty zlotych złotych"), ("RON", "ron lei leu"),
    ("BGN", "bgn lv leva lev лв лева лев"), ("HUF", "huf ft forint forintert"),
    ("CZK", "czk kc korun"), ("CHF", "chf franken sfr"), ("SEK", "sek"), ("NOK", "nok"),
    ("DKK", "dkk"), ("RUB", "rub руб рублей рубля р"), ("UAH", "uah грн гривень"),
    ("TRY", "tl lira"),
    ("AED", "aed dirham dirhams"), ("NGN", "ngn naira"),
  ]

  static let plain: [(WordRole, String)] = [
    (
      .minute,
      "min mins minute minutes minuut minuten minuta minuty minut minuti minutos percig perc мин минут минути минуты m"
    ),
    (
      .hour,
      """
      h hr hrs hour hours u uur uren uurtje std stunde stunden heure heures hora horas ora ore
      godz godzina godziny godzin godzine час часа часов ч ora orat oras oraja óra órára uur's
      """
    ),
    (
      .day,
      "day days dag dagen tag tage jour jours dia dias zi zile dzien dni dobe doba napi ден дни день дня дней nap napra napig giorno giorni"
    ),
    (
      .week,
      "week weeks wk weken woche wochen semaine semaines semana semanas saptamana saptamani tydzien tygodni tygodnie tygodnia tygodniu heti седмица седмици неделя неделю недели недель het hetre settimana settimane"
    ),
    (
      .month,
      "month months mo mth maand maanden mnd monat monate monaten mois mes meses luna luni miesiac miesiecy miesiace mies месец месеца месяц месяца месяцев honap honapra mese mesi mês"
    ),
    (
      .year,
      """
      year years annum yr yrs jaar jaren jr jahr jahre jahren an ans annee anos ano año años ani lat lata
      rok rocznie година години г год года лет ev evre anni anno jaartje jaarig yaers yo
      """
    ),
    (
      [.hour, .adverb],
      "hourly ph pu stundlich horaire oraria почасово uurloon stundenlohn stundensatz orankent"
    ),
    (
      [.day, .adverb],
      "daily pd dagelijks taglich dziennie zilnic quotidien diario diarios diaria diarias ежедневно дневно naponta"
    ),
    (
      [.week, .adverb],
      "weekly pw wekelijks wochentlich tygodniowo saptamanal hebdomadaire semanales semanal седмично еженедельно hetente settimanali hebdo"
    ),
    (
      [.month, .adverb],
      "monthly pm maandelijks monatlich miesiecznie lunar mensuel mensuels mensuales mensual месечно ежемесячно havonta mensili"
    ),
    (
      [.year, .adverb], "yearly annually annual pa jaarlijks jahrlich rocznie anual annuel годовых"
    ),
    (
      .per,
      "per p a an pro par por pe na each every iedere elke je im в на за al alla je für for voor pour pentru za para the"
    ),
    (
      .half,
      "half mezz halve halb halbe halben demi demie media medio jumatate pol pul mezza meia fel половин halfuur"
    ),
    (
      .pay,
      """
      salary salaries wage wages pay pays paid payment earn earns earning earnings income rate
      salaris loon uurloon verdien verdienen verdiensten verdient inkomen bruto netto brutto net
      gross lohn gehalt verdienst vergutung stundenlohn monatslohn salaire remuneration paye
      rémunération brut salario sueldo gana ganar ganas salariu salariul castig castiguri plata
      castigi wynagrodzenie pensja zarobki stawka zarob zarabiaj płaca заплата заплащане възнаграждение
      зарплата оплата доход заработок ставка fizetes ber kereset stipendio retribuzione paga guadagno
      compensation take-home vergoeding salariale salarial
      """
    ),
    (
      .tax,
      "netto bruto brutto net gross nett brut neto reke рука чистыми bruttó nettó lordi netti"
    ),
    (
      .ageLabel,
      """
      age aged ages leeftijd alter edad varsta wiek възраст возраст kor eletkor eta idade âge ålder
      wiekowo vârsta anim
      """
    ),
    (
      .old,
      """
      old oud alt yo y/o jarige jahrige jaehrige eves jarig yr-old year-old yearold jährige
      yearsold yold anni
      """
    ),
    (
      .noAge,
      """
      experience ervaring erfahrung experiencia experienta doswiadczenia doswiadczenie опит опыт
      опыта стаж стажа tapasztalat esperienza expérience werkervaring warranty garantie guarantee
      contract contrato contrat umowa umowy ago geleden lang long dienst service relevant relevante
      bestaan actief active warranty praktijkervaring berufserfahrung business history school
      study studie beroepservaring mortgage lease opleiding
      """
    ),
    (
      .bound,
      """
      minimum min minimaal minstens least vanaf over above boven under onder mindestens ab for al
      since sinds seit depuis peste over last past laatste afgelopen next komende within binnen
      mini minim cel najmniej powyzej ponad поне над от минимум more than dan als niż за minst
      meer maximaal maximum max tot до до bijna almost during gedurende first eerste ouder older
      tussen between jonger younger mehr über exceeding
      """
    ),
    (.roses, "roses rose rosas rosen rozen roosjes kisses"),
    (.centimetre, "cm centimeter centimeters centimetre centimetres cms см"),
    (.metre, "m meter metre mtr м метр"),
    (
      .kilogram,
      "kg kilo kilos kgs kilogram kilogramm kilogramma chili quilos quilo кг килограм килограма килограмма килограмм"
    ),
    (.pound, "lbs lb pounds"), (.foot, "ft feet foot"),
    (
      .heightLabel,
      "height tall größe körpergröße groß mido lengte lang grosse groesse taille altura inaltime wzrost рост ръст височина magassag altezza"
    ),
    (
      .weightLabel,
      "weight gewicht poids peso greutate waga вес тегло килограми suly sulyom masa weigh weeg wiege"
    ),
    (.to, "to tot bis until till a au do до pana ate hasta t/m tm - jusqu"),
    (.and, "and en und et y si i и es e"),
    (
      .people,
      """
      girls ladies women escorts models babes meiden dames vrouwen meisjes modellen madchen maedels
      frauen damen filles femmes chicas mujeres fete femei doamne dziewczyny dziewczyn kobiety
      момичета жени девушки девушек женщины lany lanyok ragazze donne meninas mulheres friends
      lany lanyok vriendinnen freundinnen sisters transsexuals transen девушек девчонки rapariga raparigas
      """
    ),
    (
      .person,
      """
      girl lady woman escort model babe dame vrouw meisje madchen frau fille femme chica mujer fata
      femeie doamna dziewczyna kobieta pani момиче жена девушка женщина lany no ragazza donna menina
      mulher rapariga beauty guy man male boy guys people race ethnicity huid skin
      """
    ),
    (
      .thing,
      """
      massage kissing kiss fries food foods music union continent cuisine kitchen restaurant salad style
      letter passport visa hair stockings lingerie wine drinks bmw cars car language manicure culture
      dance dancing market court law embassy border citizen citizenship championship league coffee tea spring tour journal maps settlers region union parliament
      """
    ),
    (.through, "t"),
    (.two, "duo twins tweeling zwillinge jumelles gemelas gemene blizniaczki близначки близняшки"),
    (.until, "until till untill tot t/m bis jusqu jusque hasta pana do до ig fino ate"),
    (
      .language,
      "language languages speaking speaker taal talen sprekend sprekende talig talige sprache sprachig sprachkenntnisse sprachige langue idioma limba język jezyk jezyka език езика язык языка level niveau lesson lessons lessen nyelv lingua spoken written"
    ),
    (
      .speak,
      "speak speaks speaking spoken spreek spreekt spreken in het fluent basic good spreche spricht sprechen parle parlé hablo vorbesc vorbeste mowie mowi znajomosc говоря говори говорю говорит beszel parlo беseda beheersing goed goede learn language taal"
    ),
    (
      .only,
      "only alleen slechts nur seulement solo doar tylko само только csak few paar enkele couple"
    ),
    (.filler, "de z von van of"),
    (.nameLabel, "prenom name naam nume imie имя име nev nombre nom nome vorname prenume voornaam"),
    (.thousand, "k tys mii хил тыс ezer mila mil"),
    (
      .at,
      """
      in te naar from uit near nabij rond omgeving around outside à en em aus nach bei um dans vers près
      desde cerca din lângă langa langa w we z koło okolice okolicach в във у из около near-by under
      visiting based living live woon wohne arrived leaving towards throughout central downtown
      a da em per presso vicino
      """
    ),
    (
      .placeLabel,
      """
      location locations locatie locaties city cities town stad steden plaats place places ort standort
      stadt städte region regio regione région région région région area ville villes lieu ciudad
      lugar zona oras orasul oraș orașul localitate locatie miasto miejscowosc lokalizacja miejsce
      град градове населено място locație hely helyszin varos telepules город города место cidade
      cidades local città luogo zone werkplek standplaats werklocatie arbeitsort einsatzort workplace
      incall outcall tour touring cities centrum centre center zentrum центр центъра escort escorts
      """
    ),
    (
      .street,
      """
      street st road rd avenue ave av lane ln drive boulevard blvd bd bld square rue place quai
      allee allée impasse chemin calle c avenida avda paseo plaza carrer via viale piazza corso vicolo
      strada str bulevardul bdul aleea soseaua calea straat laan weg plein kade gracht ulica ul aleja
      plac pl улица ул бул булевард проспект пр площад площадь шоссе utca ut ter korut rua praca travessa
      strasse straße platz gasse ring damm university college station airport stadion
      """
    ),
    (
      .article,
      "die am all alla allo al il de la le du des del della dei di du l d the of do da dos das van den der y"
    ),
    (
      .from,
      "from vanaf ab von du from desde del din de od от с arriving arrive starting since între between tussen zwischen entre miedzy między между dal dalla"
    ),
    (
      .noName,
      """
      i you he she it we they my your the a an and or in on at to for from with new available sexy back
      here looking very independent mature young real beautiful sweet hot just not also now so
      always open ready visiting based located offering ik je jij hij zij wij we mijn jouw de het een
      en of op aan voor van met nieuw beschikbaar lieve mooie spontane een geile vrouw meisje niet
      ook nu zo altijd ich du er sie wir mein dein der die das ein eine und oder auf an für von mit
      neu hier je tu il elle nous vous mon ma le la les un une et ou au pour de avec nouvelle yo tu
      el ella una y o en para nueva disponible sunt eu tu el ea noi o un și si nouă noua jestem ja
      ty on ona my nowa w na do z я ты он она мы новая из в на аз ти нова от single married any none yes studentin student hausfrau frau dame masseurin blondine mensch mitglied teil fan chef us how reading details hotel
      escort massage amsterdam rotterdam monday tuesday wednesday thursday friday saturday sunday
      maandag dinsdag woensdag donderdag vrijdag zaterdag zondag january february march april may
      june july august september october november december writing interested sure happy glad sorry
      working able proud all only one two three half busy please call text whatsapp born excited
      """
    ),
  ]

  static let numbers: [(Int, String)] = [
    (1, "one een eins une uno una o jedna една одна egy um uma"),
    (2, "two twee zwei deux dos doua dwie dwa две ketto ket due duas"),
    (3, "three drie drei trois tres trei trzy три harom tre"),
    (4, "four vier quatre cuatro patru cztery четири четыре negy quattro quatro"),
    (5, "five vijf funf cinq cinco cinci piec пет пять ot cinque"),
    (6, "six zes sechs seis sase szesc шест шесть hat sei"),
    (7, "seven zeven sieben sept siete sapte siedem седем семь het sette sete"),
    (8, "eight acht huit ocho opt osiem осем восемь nyolc otto oito"),
    (9, "nine negen neun neuf nueve noua dziewiec девет девять kilenc nove"),
    (10, "ten tien zehn dix diez zece dziesiec десет десять tiz dieci dez"),
  ]

  static let months: [String] = [
    "january jan januari januar janvier enero ianuarie stycznia styczen януари января январь januar gennaio janeiro",
    "february feb februari februar fevrier febrero februarie lutego luty февруари февраля февраль febbraio fevereiro",
    "march mar maart mrt marz maerz mars marzo martie marca marzec март марта marcius março",
    "april apr avril abril aprilie kwietnia kwiecien април апреля апрель aprilis aprile",
    "may mei mai mayo maja maj май мая majus maggio maio",
    "june jun juni juin junio iunie czerwca czerwiec юни июня июнь junius giugno junho",
    "july jul juli juillet julio iulie lipca lipiec юли июля июль julius luglio julho",
    "august aug augustus aout agosto sierpnia sierpien август августа augusztus",
    "september sep sept septembre septiembre septembrie wrzesnia wrzesien септември сентября сентябрь szeptember settembre setembro",
    "october oct oktober okt octobre octubre octombrie pazdziernika pazdziernik октомври октября октябрь ottobre outubro",
    "november nov novembre noviembre noiembrie listopada listopad ноември ноября ноябрь novembro",
    "december dec dezember dez decembre diciembre decembrie grudnia grudzien декември декабря декабрь dicembre dezembro",
  ]

  static let nationalities: [(String, String)] = [
    (
      "romanian",
      "rumana rumanas români rumena rumene romena romenas rumana румынские румънки roumains rumanos român români romanian romanians roemeense roemeen roemenen rumanin rumane rumänische roumaine romanca romana românca românce rumunka rumunki румънка румынка румынки"
    ),
    (
      "bulgarian",
      "bulgara bulgaro bulgaras bulgari български българи bolgar bulgarin bułgarka bulgarische bulgaires bulgarian bulgarians bulgaarse bulgaar bulgaren bulgarin bulgare bulgaroaica bulgarka българка българки болгарка"
    ),
    (
      "hungarian",
      "ungherese hungara hungaras magyarok ungarische hongrois унгарски венгерские hungarian hungarians hongaarse hongaar hongaren ungarin ungar hongroise unguroaica wegierka węgierka magyar унгарка венгерка"
    ),
    (
      "polish",
      "polonais polaca polacca polacas polacy lengyel полски польские polnischer polski polish poolse pool polen polin polnische polonaise poloneza polka polki полякиня полька"
    ),
    (
      "ukrainian",
      "ukran ucraina ucraniana ucraine ukrainische ukrainiens украински украинские ukrainian ukrainians oekraiense oekrainse oekraïense ukrainerin ukrainienne ucraineanca ukrainka ukrainki украинка украинки"
    ),
    (
      "russian",
      "russa orosz руски russische russian russians russische rus russin russe rusoaica rosjanka rusa рускиня русская русские"
    ),
    (
      "moldovan",
      "молдаванка moldava moldave moldovan moldavian moldavische moldoveanca moldawianka молдованка молдавка"
    ),
    ("czech", "checa ceca cseh czech tsjechische tschechin tcheque cehoaica czeszka чехкиня чешка"),
    (
      "slovak",
      "eslovaca szlovak slovak slovakian slowaakse slowakin slovaque slovaca slowaczka словачка"
    ),
    (
      "albanian",
      "albanesa albanische albanian albanese albanerin albanaise albaneza albanka албанка"
    ),
    ("lithuanian", "lituana lithuanian litouwse litauerin lituanienne lituaniana litwinka литовка"),
    ("latvian", "letona latvian letse lettin lettone lotyszka латышка"),
    (
      "spanish",
      "espanola espanolas spagnola espanhola spanyol spanische spanish spaanse spanierin espagnole spanioloaica hiszpanka española испанка"
    ),
    (
      "italian",
      "italiana olasz italienische italian italiaanse italienerin italienne italianca wloszka италианка итальянка"
    ),
    (
      "portuguese",
      "portuguesa portoghese portugiesische portuguese portugese portugiesin portugaise portugheza portugalka португалка"
    ),
    (
      "brazilian",
      "brasilena brasileras brasiliana bresiliennes brasilianische brazilian braziliaanse brasilianerin bresilienne braziliana brazylijka brasileña brasileira бразилка бразильянка"
    ),
    (
      "colombian",
      "colombienne colombiane kolumbianische colombian colombiaanse kolumbianerin colombienne columbiana kolumbijka colombiana колумбийка"
    ),
    ("venezuelan", "venezolanas venezuelan venezolaanse venezolanerin venezuelana venezolana"),
    ("dominican", "dominicaine dominikanische dominican dominicaanse dominikanerin dominicana"),
    (
      "thai",
      "tailandesa tailandese thai thaise thailändische thailandaise thailandeza tajka тайландка тайка"
    ),
    (
      "chinese",
      "cinese kinai chinesische chinese chineses chinesin chinoise chinezoaica chinka китайка китаянка"
    ),
    ("vietnamese", "vietnamita vietnamese vietnamesin vietnamienne vietnameza wietnamka вьетнамка"),
    ("filipino", "filipinas filipino filipina filipijnse philippinerin филиппинка"),
    ("japanese", "japanese japanse japanerin japonaise japoneza japonka японка"),
    ("korean", "korean koreaanse koreanerin coreenne coreeana koreanka кореянка"),
    ("indian", " indian indiase inderin indienne indianca hinduska индийка"),
    (
      "nigerian",
      "nigerianas nigerian nigeriaanse nigerianerin nigeriane nigeriana nigeryjka нигерийка"
    ),
    ("ghanaian", "ghanaian ghanese ghanaerin"),
    (
      "moroccan",
      "marroqui marroquina marocchina moroccan marokkaanse marokkanerin marocaine marocana marokanka мароканка"
    ),
    (
      "turkish",
      "turca torok turkische turkish turkse turkin türkin turque turcoaica turczynka туркиня турчанка"
    ),
    (
      "dutch",
      "holandesa olandese niederlandische dutch nederlandse hollandse niederlanderin holländerin neerlandaise olandeza holenderka холандка голландка"
    ),
    (
      "german",
      "alemana tedesca alema nemet duitser german duitse deutsche allemande nemtoaica niemka германка немка"
    ),
    ("belgian", "belgian belgische belgierin belge belgijka"),
    (
      "french",
      "francesa francese french franse franzosin française francaise frantuzoaica francuzka французойка француженка"
    ),
    ("british", "british britse britin britannique britanica brytyjka англичанка"),
    ("english", "english engelse englanderin anglaise englezoaica angielka"),
    ("american", "american amerikaanse amerikanerin americaine americanca amerykanka американка"),
    ("surinamese", "surinamese surinaamse"),
    ("cuban", "cubanas cuban cubaanse kubanerin cubaine cubana kubanka"),
  ]

  static let ethnicities: [(String, String)] = [
    (
      "asian",
      "azsiai asiaticas asian aziatische asiatin asiatisch asiatique asiatica azjatka азиатка"
    ),
    (
      "latina",
      "latijnsamerikaanse latina latin latinas latino lateinamerikanerin latynoska латина латиноамериканка"
    ),
    ("african", "african afrikaanse afrikanerin africaine africana afrykanka африканка"),
    (
      "black",
      "mulatra mulatta ebony negroide creoolse créole mulatka mulata mulatto mulatte мулатка"
    ),
    ("arab", "beurette árabe araba araby arab arabic arabische araberin arabka арабка"),
    ("slavic", "slavic slavische slavin slawin slave słowianka славянка"),
    ("roma", "roma gypsy zigeunerin tiganca cyganka циганка цыганка"),
    ("caucasian", "caucasian blanke"), ("oriental", "oriental oriëntaalse orientalin"),
    ("east european", "oosteuropese osteuropaerin osteuropaische"),
    ("european", "europeanca european europese europaerin europeana europejka европейка"),
    ("mixed", "halfbloed mestiza metisse métisse metis getinte"),
  ]
}
