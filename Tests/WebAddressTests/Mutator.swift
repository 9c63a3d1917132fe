/// Makes hostile texts from good addresses, the same ones for the same seed.
struct Mutator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// SplitMix64.
  mutating func random() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(random() % UInt64(bound)) }

  private static let seeds = [
    "https://www.site.example/jobs/12?page=2#top", "http://user:pass@site.example:8080/a/../b",
    "//site.example/x", "/a/./b/%2e%2e/c", "?q=x&y", "#f", "file:///C:/x/../y", "file://host/C|/x",
    "mailto:office@site.example", "data:text/plain,x y ", "http://[2001:db8::7]:81/x",
    "http://0x7f.1/", "http://münchen.example/straße?ü=ß", "web+x:/.//y", "non-special://h:9/p?q#f",
    "http://site.example/a;jsessionid=0123456789abcdef0123456789abcdef?utm_source=x&sid=1",
    "http://xn--mnchen-3ya.example./(S(lit3py55t21z5v55vlm25s55))/o.aspx?PHPSESSID=1",
    "blob:https://a.test/x",
    "javascript:alert(1)", "ws:site.example", "http:\\\\site.example\\x",
  ]
  private static let pieces = [
    "%", "%2e", "%2525", "%zz", "%00", "%ff", "/", "//", "\\", "?", "#", "@", ":", "::", "[", "]",
    ".", "..",
    "..;", "/../", "/./", "\t", "\n", " ", "\u{0}", "|", "C|", "C:", "&", "=", "é", "\u{AD}",
    "\u{200D}",
    "٣", "ß", "xn--", "0x", "08", "4294967296", ";jsessionid=1", "utm_source=1", "www.", "%41",
    "\u{1F600}", "\u{FFFD}", "<", ">", "\"", "'", "`", "{", "}", "^", "(", ")",
  ]

  mutating func next() -> String {
    var scalars = Array(Mutator.seeds[below(Mutator.seeds.count)].unicodeScalars)
    for _ in 0..<(1 + below(6)) {
      let place = below(scalars.count + 1)
      switch below(5) {
      case 0 where place < scalars.count: scalars.remove(at: place)
      case 1 where place < scalars.count:
        scalars[place] = Unicode.Scalar(UInt8(below(128)))
      case 2:
        let end = min(scalars.count, place + below(12))
        scalars.insert(contentsOf: scalars[place..<end], at: below(scalars.count + 1))
      case 3:
        scalars.insert(Unicode.Scalar(UInt32(below(0xD800))) ?? "x", at: place)
      default:
        scalars.insert(
          contentsOf: Mutator.pieces[below(Mutator.pieces.count)].unicodeScalars, at: place)
      }
    }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }
}
