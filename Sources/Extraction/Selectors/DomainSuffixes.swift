/// The top-level domains that make a dotted word a host name in running text.
///
/// A choice, not the root zone: everything a reader of adverts meets, without those that would turn
/// file names and missing spaces into sites.
enum DomainSuffixes {
  private static let generic: Set<String> = Set(
    """
    com net org info biz edu gov mil int mobi name pro tel travel jobs cat asia post xxx app dev
    page blog online site shop store club live chat girls sexy sex porn adult cam webcam dating
    singles vip link top one world space website tech work works agency escort massage spa care
    center company services solutions support email cloud digital media news press studio photos
    gallery events rent rentals apartments house estate land cheap deals sale market bid win fun
    ltd gmbh group team social network zone life love xyz icu tube video porno red black pink blue
    amsterdam berlin london paris wien koeln hamburg brussels vlaanderen gent moscow money cash
    finance credit loan fit health clinic hotel hotels bar cafe beer wine restaurant pizza taxi
    cars auto bike tours flights holiday vacations cruises example test invalid localhost onion
    """.split(whereSeparator: \.isWhitespace).map(String.init))

  private static let countries: Set<String> = Set(
    """
    ac ad ae af ag ai al am ao ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw
    by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es
    et eu fi fj fk fm fo fr ga gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu
    id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls
    lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni
    nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se
    sg sh si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz
    ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw
    """.split(whereSeparator: \.isWhitespace).map(String.init))

  /// Country codes that are also words, so that "sentence.in" proves nothing.
  private static let words: Set<String> = Set(
    """
    am as at be by do es et fm id ie im in is it je la li lu me mr ms my na ne ni no nu om pa pe ph
    pm ps re se si so su sv to tv us ve vi work works love life care live one top team fun post name
    link news press center company services support house land sale market win bar rent cash money
    social group black red blue pink work app test page chat sex porn spa hotel taxi
    """.split(whereSeparator: \.isWhitespace).map(String.init))

  /// Whether `suffix`, in lower case, is a top-level domain met in adverts.
  static func isKnown(_ suffix: String) -> Bool {
    countries.contains(suffix) || generic.contains(suffix) || suffix.hasPrefix("xn--")
  }

  /// Whether `suffix` is also an ordinary word.
  static func isWord(_ suffix: String) -> Bool { words.contains(suffix) }
}
