import CaseStore
import Linking
import Markup
import Vocabulary

/// Adverts that stand together, and everything that says why.
struct LinkReport {
  /// As it was asked.
  let question: String
  /// The cluster that the adverts make; nil when it is not one, whole.
  let cluster: Int64?
  /// The cluster of each advert that is in one.
  let clusters: [Int64: Int64]
  let view: LinkView
  let captions: [Int64: AdvertCaption]
  let log: [ClusterLogEntry]
  let decisions: [ClusterDecision]
  /// Groups of nearly the same texts, laid beside each other.
  let texts: [Texts]

  /// One group of nearly the same texts.
  struct Texts {
    let group: Int64
    let adverts: [Int64]
    let template: TemplateView
  }

  /// Entries of a cluster's log that are shown.
  private static let mostEntries = 20
  /// Texts that are laid beside each other.
  private static let mostTexts = 12

  /// Nil when nothing is held of what was asked.
  init?(_ question: LinkQuestion, in store: CaseStore, showsTexts: Bool) throws {
    let known = try question.address.map { try store.adverts(at: $0) } ?? []
    let found = try store.links { linker in
      try (view: Self.view(of: question, adverts: known, linker), linker.index.decisions())
    }
    guard let view = found.view else { return nil }
    self.question = question.text
    self.view = view
    decisions = found.1
    let ids = view.adverts.map(\.advert.id)
    captions = try store.captions(of: ids)
    (clusters, cluster) = try store.links { linker in
      var clusters: [Int64: Int64] = [:]
      for id in ids { clusters[id] = try linker.index.cluster(of: id) }
      let whole = try Set(clusters.values).first { cluster in
        try linker.index.adverts(ofCluster: cluster) == ids
      }
      return (clusters, whole)
    }
    log = try cluster.map { try store.log(ofCluster: $0, most: Self.mostEntries) } ?? []
    texts = showsTexts ? try Self.texts(of: view, in: store) : []
  }

  private static func view(
    of question: LinkQuestion, adverts: [Int64], _ linker: Linker<some LinkIndex>
  ) throws -> LinkView? {
    if let number = question.number,
      let view = try linker.view(ofCluster: number) ?? linker.view(of: number)
    {
      return view
    }
    for advert in adverts {
      if let view = try linker.view(of: advert) { return view }
    }
    for node in question.nodes {
      if let view = try linker.view(of: node) { return view }
    }
    return nil
  }

  private static func texts(of view: LinkView, in store: CaseStore) throws -> [Texts] {
    try view.shared.compactMap { shared in
      guard case .text(let group) = shared.node, shared.joins else { return nil }
      let adverts = shared.ties.filter { $0.doubt == nil }.map(\.advert).prefix(mostTexts)
      let texts = try store.texts(of: Array(adverts)).map { ($0.id, ownText($0.text, $0.record)) }
      guard let template = TemplateView(texts.map(\.1)) else { return nil }
      return Texts(group: group, adverts: texts.map(\.0), template: template)
    }
  }

  /// The advert's own words of a stored text, blocks apart by line feeds.
  private static func ownText(_ text: String, _ record: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    let ranges = JSONValue(parsing: Array(record.utf8))?["content"]?.array ?? []
    return Array(
      ranges.compactMap { range -> ArraySlice<UInt8>? in
        let ends = (range.array ?? []).compactMap { $0.number.flatMap { Int(exactly: $0) } }
        guard ends.count == 2, 0 <= ends[0], ends[0] <= ends[1], ends[1] <= bytes.count else {
          return nil
        }
        return bytes[ends[0]..<ends[1]]
      }.joined(separator: [0x0A]))
  }

  /// The number by which people call it.
  var heading: String {
    cluster.map { "cluster \($0)" }
      ?? (view.adverts.count == 1 ? "advert \(view.adverts[0].advert.id)" : shown(question))
  }

  /// Decisions that name one of the adverts or nodes shown, or undo one that does.
  var ownDecisions: [ClusterDecision] {
    let adverts = Set(view.adverts.map(\.advert.id))
    let nodes = Set(view.adverts.flatMap { $0.edges.map(\.node) })
    var own: Set<Int64> = []
    return decisions.filter { decision in
      let concerns =
        switch decision.act {
        case .join(let a, let b): adverts.contains(a) || adverts.contains(b)
        case .part(let parted): !adverts.isDisjoint(with: parted)
        case .disregard(let node), .trust(let node): nodes.contains(node)
        case .undo(let other): own.contains(other)
        }
      if concerns { own.insert(decision.id) }
      return concerns
    }
  }
}
