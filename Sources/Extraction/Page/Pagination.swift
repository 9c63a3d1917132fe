import Markup
public import WebAddress

/// How a listing that is spread over several pages goes on.
public struct Pagination: Sendable, Hashable {
  /// The page after this one.
  public var next: Address?
  /// The page before this one.
  public var previous: Address?
  /// The pages that are linked by their numbers, in the order of these.
  public var numbered: [Address] = []

  public init(next: Address? = nil, previous: Address? = nil, numbered: [Address] = []) {
    self.next = next
    self.previous = previous
    self.numbered = numbered
  }

  public var isEmpty: Bool { next == nil && previous == nil && numbered.isEmpty }
}

extension Pagination {
  /// Numbers of pages that are taken for such; a year is none.
  private static let highest = 1_000

  /// What a page's links say: `rel`, then words and arrows, then numbers.
  static func find(in document: Document, page: Address?) -> Pagination {
    let base = document.base.flatMap { Address($0, base: page) } ?? page
    var pagination = Pagination()
    var numbers: [(number: Int, address: Address)] = []
    for link in document.links where !link.isHidden && link.kind != .frame && link.kind != .refresh
    {
      let isNext = link.rel.contains("next")
      let isPrevious = link.rel.contains("prev") || link.rel.contains("previous")
      let step = link.kind == .anchor ? Step(link.text) : nil
      guard isNext || isPrevious || step != nil,
        let address = Address(link.href, base: base), address.isHTTP,
        !isSame(address, page), page.map({ $0.hostname == address.hostname }) ?? true
      else { continue }
      if isNext { pagination.next = address }
      if isPrevious { pagination.previous = address }
      switch step {
      case .next? where !isNext: pagination.next = pagination.next ?? address
      case .previous? where !isPrevious: pagination.previous = pagination.previous ?? address
      case .number(let number)?: numbers.append((number, address))
      default: break
      }
    }
    pagination.read(run(numbers))
    return pagination
  }

  /// A fragment is the same page.
  private static func isSame(_ address: Address, _ page: Address?) -> Bool {
    guard let page else { return false }
    return address.pathname == page.pathname && address.search == page.search
      && address.hostname == page.hostname
  }

  /// The longest row of numbers that go up by one, with the page's own, which is no link, left out.
  private static func run(
    _ links: [(number: Int, address: Address)]
  ) -> [(number: Int, address: Address)] {
    var best: [(number: Int, address: Address)] = []
    var current: [(number: Int, address: Address)] = []
    for link in links {
      if let last = current.last, link.number <= last.number || link.number - last.number > 2 {
        current = []
      }
      current.append(link)
      if current.count > best.count { best = current }
    }
    return best.count >= 2 ? best : []
  }

  private mutating func read(_ run: [(number: Int, address: Address)]) {
    numbered = run.map(\.address)
    guard next == nil, previous == nil, let first = run.first else { return }
    // The number that is missing is this page's; without one it is the first.
    guard
      let gap = run.indices.dropFirst().first(where: { run[$0].number - run[$0 - 1].number == 2 })
    else {
      if first.number == 2 { next = first.address }
      return
    }
    previous = run[gap - 1].address
    next = run[gap].address
  }

  /// What the words of a link promise.
  private enum Step {
    case next
    case previous
    case number(Int)

    init?(_ text: String) {
      let bytes = Array(text.utf8)
      guard !bytes.isEmpty, bytes.count <= 40 else { return nil }
      if bytes.count <= 4, bytes.allSatisfy(\.isDigit), let number = Int(text),
        (1...Pagination.highest).contains(number)
      {
        self = .number(number)
        return
      }
      let key = Folding.key(text).split(separator: 0x20)
      let words = Array(
        key.filter { !Pagination.arrows.contains(Array($0)) }.joined(separator: [0x20]))
      if words.isEmpty {
        guard let arrow = key.first.map(Array.init), key.count == 1 else { return nil }
        self = Pagination.forward.contains(arrow) ? .next : .previous
      } else if Pagination.nextWords.contains(words) {
        self = .next
      } else if Pagination.previousWords.contains(words) {
        self = .previous
      } else {
        return nil
      }
    }
  }

  private static let forward: Set<[UInt8]> = Set(
    [">", "›", "»", ">>", "→", "⟩", "▶", "►"].map { Array($0.utf8) })
  private static let backward: Set<[UInt8]> = Set(
    ["<", "‹", "«", "<<", "←", "⟨", "◀", "◄"].map { Array($0.utf8) })
  private static let arrows = forward.union(backward)

  private static let nextWords = Set(
    Phrases.list(
      """
      next
      next page
      next results
      older
      older posts
      older ads
      load more
      show more results
      volgende
      volgende pagina
      verder
      weiter
      nächste
      nächste seite
      vor
      suivant
      suivante
      page suivante
      siguiente
      página siguiente
      siguientes
      următor
      următoarea
      următorul
      pagina următoare
      înainte
      następna
      następne
      następna strona
      dalej
      następny
      следваща
      следваща страница
      напред
      следващи
      következő
      következő oldal
      tovább
      előre
      следующая
      следующая страница
      далее
      вперед
      дальше
      """))

  private static let previousWords = Set(
    Phrases.list(
      """
      previous
      previous page
      prev
      newer
      newer posts
      newer ads
      vorige
      vorige pagina
      zurück
      vorherige
      vorherige seite
      précédent
      précédente
      page précédente
      anterior
      página anterior
      precedent
      precedenta
      anterioară
      pagina anterioară
      înapoi
      poprzednia
      poprzednie
      poprzednia strona
      wstecz
      poprzedni
      предишна
      предишна страница
      назад
      предишни
      előző
      előző oldal
      vissza
      предыдущая
      предыдущая страница
      """))
}
