import Markup

/// What the class names and the id of an element say about its place on the page.
struct NameTraits: OptionSet, Sendable {
  let rawValue: UInt8

  /// Part of the site: menus, bars, notices.
  static let site = NameTraits(rawValue: 1)
  /// Other people's words: comments, other adverts, teasers.
  static let foreign = NameTraits(rawValue: 2)
  /// Remarks beside the text: captions, author boxes, buttons to share.
  static let remark = NameTraits(rawValue: 4)

  /// Announces something else, where it has links: the lead of the page's own text is also called so.
  static let teaser = NameTraits(rawValue: 8)

  /// Reads the names of the elements of one page; alike elements are read once.
  struct Reader {
    let document: Document
    private var known: [UInt32: NameTraits] = [:]

    init(_ document: Document) { self.document = document }

    mutating func traits(of element: Markup.Element) -> NameTraits {
      var traits: NameTraits = []
      // The same shape has the same classes but for their digits, which are no words.
      if let seen = known[element.shape] {
        traits = seen
      } else {
        for name in document.classNames(of: element).prefix(12) {
          traits.formUnion(NameTraits.of(name))
        }
        known[element.shape] = traits
      }
      if let id = document.id(of: element) { traits.formUnion(NameTraits.of(id)) }
      return traits
    }
  }

  /// What the words of a name like "jobSimilar-list_2" say.
  static func of(_ name: String) -> NameTraits {
    var traits: NameTraits = []
    var hash = Folding.seed
    // Of the last word and this one.
    var pair = Folding.seed
    var length = 0
    var wasSmall = false
    func end() {
      guard length > 0 else { return }
      if let found = words[hash] { traits.formUnion(found) }
      if let found = words[pair] { traits.formUnion(found) }
      pair = hash
      Folding.feed(0x20, into: &pair)
      hash = Folding.seed
      length = 0
    }
    for byte in name.utf8.prefix(80) {
      let isCapital = byte &- 0x41 < 26
      if !byte.isLetter || isCapital && wasSmall { end() }
      if byte.isLetter {
        Folding.feed(UInt32(byte), into: &hash)
        Folding.feed(UInt32(byte), into: &pair)
        length += 1
      }
      wasSmall = byte &- 0x61 < 26
    }
    end()
    return traits
  }

  private static let words: [UInt64: NameTraits] = {
    var words: [UInt64: NameTraits] = [:]
    for (traits, list) in lists {
      for word in list.split(whereSeparator: \.isWhitespace) {
        // A pair is written with a plus.
        let name = word.split(separator: "+").joined(separator: " ")
        words[Folding.hash(name), default: []].formUnion(traits)
      }
    }
    return words
  }()

  private static let lists: [(NameTraits, String)] = [
    (
      .site,
      """
      cookie cookies consent gdpr cookiebar cookiebanner onetrust breadcrumb breadcrumbs crumbs
      sidebar navbar nav navigation menu topmenu mainmenu submenu footer masthead topbar toolbar
      pagination pager paginate newsletter newletter addthis advertisement adsbygoogle sponsored
      login signin signup modal popup skip disclaimer copyright jobalert jobalerts editbar
      backlink
      """
    ),
    (
      .foreign,
      """
      related similar recommended recommendations recommendation gerelateerd vergelijkbaar
      vergelijkbare comments respond commentlist commentform disqus furtherarticles akismet
      nocomments similarity trackback pingback pingbacks trackbacks comment+list comment+form
      comment+respond kommentare kommentar reacties postcomment commentaires
      """
    ),
    (.teaser, "teaser teasers explore readmore"),
    (
      .remark,
      """
      sharing share shareblock shariff social socials sociable figcaption caption credit author
      authors byline tagcloud postmetadata post+tags entry+tags article+tags tag+links author+bio
      subscribe subscription donation rating ratings textwidget legend printbutton comment supplement dateline
      licenceinfo teilen+button backlink readspeaker newslettersignup license licence likes loading paywall teilen pdf entry+meta entry+footer entry+utility
      entryfooter post+meta post+footer article+meta cat+links post+categories article+categories
      image+description img+metadata reading+time published+date posted+on citation
      printing+button userlinks userlink breadcrumbs sitename unavspan reviewed
      """
    ),
  ]
}
