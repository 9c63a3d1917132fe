import Markup
import WebAddress

/// Who placed an advert, as the site names its users: the address of their page on the site.
///
/// In this order: what structured data calls its seller, author or employer, a link marked as the
/// author's, and a link by its words or its path, where the page has one such target and no more. An
/// address elsewhere is the advertiser's own site and no account.
struct AccountFinder {
  let document: Document
  let page: Address?
  private let base: Address?

  init(document: Document, page: Address?) {
    self.document = document
    self.page = page
    base = document.base.flatMap { Address($0, base: page) } ?? page
  }

  /// Properties of schema.org that name who offers.
  private static let roles = [
    "seller", "offeredBy", "author", "creator", "provider", "hiringOrganization",
  ]
  /// Segments of a path after which a user's name or number follows.
  private static let segments: Set<String> = [
    "user", "users", "u", "profile", "profiles", "member", "members", "seller", "sellers", "author",
    "advertiser", "advertisers", "account", "accounts", "agency", "agencies", "recruiter", "poster",
    "gebruiker", "profiel", "verkoper", "adverteerder", "nutzer", "benutzer", "anbieter", "profil",
    "membre", "utilisateur", "vendeur", "usuario", "perfil", "vendedor", "anunciante", "utilizator",
    "uzytkownik", "ogloszeniodawca", "utente", "inserzionista",
  ]
  /// Parameters whose value is a user's name or number.
  private static let parameters: Set<String> = [
    "user", "user_id", "userid", "uid", "seller", "seller_id", "sellerid", "member", "member_id",
    "author", "advertiser", "advertiser_id", "account", "account_id", "profile",
  ]
  /// Beginnings of what such links say, folded.
  private static let phrases: [[UInt8]] = [
    "all ads by", "all adverts by", "all ads of", "all adverts of", "all listings by",
    "more ads by",
    "more ads from", "more adverts by", "more adverts from", "more from this advertiser",
    "more from this seller", "more from this user", "other ads by", "other adverts by",
    "other ads from", "other adverts from", "see all ads", "view all ads", "view profile",
    "alle advertenties van", "meer advertenties van", "bekijk profiel", "andere advertenties van",
    "alle anzeigen von", "alle anzeigen dieses", "weitere anzeigen von", "weitere anzeigen dieses",
    "toutes les annonces de", "autres annonces de", "voir le profil", "todos los anuncios de",
    "mas anuncios de", "otros anuncios de", "ver perfil", "toate anunturile", "alte anunturi",
    "wszystkie ogloszenia", "inne ogloszenia", "tutti gli annunci di", "altri annunci di",
    "все объявления", "другие объявления",
  ].map { Array($0.utf8) }

  /// The canonical address of the account's page; nil when the page names none, or several.
  func find() -> String? {
    stated() ?? single(document.links.filter { $0.rel.contains("author") && !$0.isHidden })
      ?? single(document.links.filter(isByWords)) ?? single(document.links.filter(isByPath))
  }

  // MARK: Structured data

  private func stated() -> String? {
    var nodes: [StructuredNode] = []
    for value in document.jsonLD { Self.collect(value, depth: 0, &nodes) }
    nodes += document.microdata.map(StructuredNode.item)
    var found: Set<String> = []
    for node in nodes.prefix(50) {
      for role in Self.roles {
        guard let who = node[role] else { continue }
        let references = ["url", "@id", "mainEntityOfPage"].compactMap { who[$0]?.text }
        if let account = references.compactMap(account).first ?? item(who) {
          found.insert(account)
          break
        }
      }
    }
    return found.count == 1 ? found.first : nil
  }

  /// Microdata writes a person's address as the item's identifier.
  private func item(_ node: StructuredNode) -> String? {
    guard case .item(let item) = node else { return nil }
    return item.id.flatMap(account)
  }

  /// What a page is about; what is in a list of other adverts says nothing of this one.
  private static func collect(_ value: JSONValue, depth: Int, _ nodes: inout [StructuredNode]) {
    guard depth < 4, nodes.count < 50 else { return }
    for entry in value.list.prefix(50) {
      nodes.append(.json(entry))
      for name in ["@graph", "mainEntity", "offers"] {
        if let inner = entry[name] { collect(inner, depth: depth + 1, &nodes) }
      }
    }
  }

  // MARK: Links

  private func single(_ links: [Link]) -> String? {
    var found: Set<String> = []
    for link in links.prefix(200) {
      if let account = account(link.href) { found.insert(account) }
      guard found.count < 2 else { return nil }
    }
    return found.first
  }

  /// The visitor's own account and the site's staff stand in the site's own parts of a page.
  private func isRoom(_ link: Link) -> Bool {
    guard link.kind == .anchor, !link.isHidden, link.href.utf8.count <= 2_048 else { return false }
    switch link.region {
    case .navigation, .header, .footer, .form: return false
    default: return true
    }
  }

  private func isByWords(_ link: Link) -> Bool {
    guard isRoom(link), link.text.utf8.count <= 120 else { return false }
    let words = Folding.key(link.text)
    return Self.phrases.contains { words.starts(with: $0) }
  }

  private func isByPath(_ link: Link) -> Bool {
    guard isRoom(link), Self.mayName(link.href), let address = Address(link.href, base: base)
    else { return false }
    let path = address.pathname.split(separator: "/")
    for (segment, next) in zip(path, path.dropFirst()) {
      let isName = Self.segments.contains(segment.lowercased())
      if isName, !Self.services.contains(next.lowercased()) { return true }
    }
    for pair in address.search.dropFirst().split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1)
      if parts.count == 2, Self.parameters.contains(parts[0].lowercased()) { return true }
    }
    return false
  }

  /// Whether one of the words above stands between delimiters of a reference, which is cheaper to see
  /// than where it leads.
  private static func mayName(_ reference: String) -> Bool {
    var hash = ShortHash()
    for byte in reference.utf8 {
      switch byte {
      case UInt8(ascii: "/"), UInt8(ascii: "\\"), UInt8(ascii: "?"), UInt8(ascii: "&"),
        UInt8(ascii: "="):
        if words.contains(hash) { return true }
        hash = ShortHash()
      default: hash.add((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
      }
    }
    return false
  }

  private static let words = Set(
    segments.union(parameters).map { word in
      var hash = ShortHash()
      for byte in word.utf8 { hash.add(byte) }
      return hash
    })

  /// A word's bytes by FNV-1a (Fowler, Noll, Vo): two words that share one cost a look, no more.
  private struct ShortHash: Hashable {
    private var value: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
  }

  /// What stands where a name would and is none.
  private static let services: Set<String> = [
    "login", "logout", "signin", "signup", "register", "settings", "edit", "new", "create",
    "password", "messages", "favorites", "favourites", "help", "search",
  ]

  // MARK: Addresses

  /// An address on the page's own site, neither its front page nor this page.
  private func account(_ reference: String) -> String? {
    guard reference.utf8.count <= 2_048, let address = Address(reference, base: base),
      address.isHTTP, let page, isSameSite(address, page)
    else { return nil }
    let canonical = address.withoutFragment.canonical
    let isFront = canonical.pathname == "/" && canonical.search.isEmpty
    guard !isFront, canonical != page.withoutFragment.canonical else { return nil }
    return canonical.href
  }

  private func isSameSite(_ address: Address, _ page: Address) -> Bool {
    guard let domain = page.registrableDomain else { return address.hostname == page.hostname }
    return address.registrableDomain == domain
  }
}
