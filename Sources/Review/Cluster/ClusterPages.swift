import CaseStore
import Extraction
import Linking
import Vocabulary

extension ReviewSite {
  static let clusterRoutes: [Route] = [
    .get("/clusters/:cluster", .read) { try $0.clusterPage() },
    .post("/clusters/:cluster/split", .judge) { try $0.splitCluster() },
    .post("/clusters/:cluster/merge", .judge) { try $0.mergeCluster() },
    .post("/clusters/:cluster/disregard", .judge) { try $0.disregardNode() },
    .post("/clusters/:cluster/undo", .judge) { try $0.undoDecision() },
  ]
}

/// What the page about a cluster is made from.
struct ClusterReport {
  let cluster: Int64
  let view: LinkView
  let captions: [Int64: AdvertCaption]
  let decisions: [ClusterDecision]
  let log: [ClusterLogEntry]
  /// Texts laid beside each other, by the text node that they share.
  let texts: [(group: Int64, adverts: [Int64], template: TemplateView)]

  /// Adverts whose texts are laid beside each other, and groups of them.
  static let mostTexts = 12
  static let mostGroups = 3
  /// Bytes of each text that is compared.
  static let mostTextBytes = 8 << 10
  /// Entries of the log that are shown.
  static let mostEntries = 20

  /// Nil when there is no cluster of that number.
  init?(_ cluster: Int64, in store: CaseStore) throws {
    let found = try store.links { linker in
      try linker.view(ofCluster: cluster).map { ($0, try linker.index.decisions()) }
    }
    guard let (view, decisions) = found else { return nil }
    self.cluster = cluster
    self.view = view
    let others = view.suggestions.flatMap { [$0.a, $0.b] }
    captions = try store.captions(of: view.adverts.map(\.advert.id) + others)
    log = try store.log(ofCluster: cluster, most: Self.mostEntries)
    let members = Set(view.adverts.map(\.advert.id))
    let undone = Set(
      decisions.compactMap { decision -> Int64? in
        if case .undo(let number) = decision.act { number } else { nil }
      })
    let nodes = Set(view.shared.map(\.node))
    // What was split off is no member any more; the cluster's log still names the decision.
    let logged = Set(log.compactMap(\.decision))
    self.decisions = decisions.filter { decision in
      guard !undone.contains(decision.id) else { return false }
      if case .undo = decision.act { return false }
      guard !logged.contains(decision.id) else { return true }
      switch decision.act {
      case .join(let a, let b): return members.contains(a) || members.contains(b)
      case .part(let adverts): return !members.isDisjoint(with: adverts)
      case .disregard(let node), .trust(let node): return nodes.contains(node)
      case .undo: return false
      }
    }
    texts = try view.shared.compactMap { shared -> (Int64, [Int64], TemplateView)? in
      guard case .text(let group) = shared.node else { return nil }
      let adverts = shared.ties.map(\.advert).prefix(Self.mostTexts)
      let texts = try store.texts(of: Array(adverts)).map { found in
        (found.id, ShownRecord(found.record).ownText(of: found.text, most: Self.mostTextBytes))
      }
      guard let template = TemplateView(texts.map(\.1)) else { return nil }
      return (group, texts.map(\.0), template)
    }.prefix(Self.mostGroups).map { $0 }
  }

  func title(of advert: Int64) -> String? { captions[advert]?.title }
}

extension ShownRecord {
  /// The advert's own words of a text.
  func ownText(of text: String, most: Int) -> [UInt8] {
    let pieces = TextPieces(text, marks: [], content: content, most: .max).pieces
    return Array(pieces.filter(\.isOwn).map(\.text).joined(separator: " ").utf8.prefix(most))
  }
}

extension Visit {
  func clusterPage() throws -> WebReply {
    let number = try number("cluster")
    guard let report = try ClusterReport(number, in: store) else { throw WebProblem.missing }
    try record(.cluster, query: "cluster=\(number)")
    let adverts = report.view.adverts
    var context: [String: Any] = [
      "cluster": number, "heading": report.title(of: number) ?? words["untitled"],
      "size": words["cluster_size", String(adverts.count), String(sources(of: report).count)],
      "may_decide": may(.judge) && site.tools.decide != nil,
      "group": try store.detail(ofAdvert: number)?.cluster ?? number,
      "adverts": adverts.map { row($0.advert, report) },
      "links": report.view.shared.map { link($0, report) }, "no_links": report.view.shared.isEmpty,
      "decisions": report.decisions.map {
        [
          "number": $0.id, "act": $0.act.text, "who": $0.who, "why": $0.why,
          "at": shown($0.when),
        ] as [String: Any]
      },
      "log": report.log.map {
        [
          "at": shown($0.at), "kind": words["change_\($0.kind.rawValue)"],
          "what": ($0.others.map { "#\($0)" } + $0.adverts.map(String.init))
            .joined(separator: ", "),
        ] as [String: Any]
      },
      "suggestions": report.view.suggestions.prefix(20).map { suggestion(of: $0, report) },
    ]
    addPictures(report, to: &context)
    addTexts(report, to: &context)
    return try page("cluster", title: words["cluster_title", String(number)], context)
  }

  private func sources(of report: ClusterReport) -> Set<String> {
    Set(report.view.adverts.map(\.advert.source))
  }

  private func row(_ advert: LinkedAdvert, _ report: ClusterReport) -> [String: Any] {
    let caption = report.captions[advert.id]
    let places = Set(advert.sightings.compactMap(\.place)).sorted()
    return [
      "id": advert.id, "title": caption?.title ?? words["untitled"], "source": advert.source,
      "days": caption.map { days($0.firstSeen, $0.lastSeen) } ?? "",
      "places": places.joined(separator: ", "), "gone": caption?.gone ?? false,
    ]
  }

  private func link(_ shared: SharedNode, _ report: ClusterReport) -> [String: Any] {
    let standing = shared.standing
    var href: String?
    if case .selector(let kind, let value) = shared.node {
      href = Self.selectorPath(kind.rawValue, value)
    }
    let doubts = Set(shared.ties.compactMap(\.doubt)).map { words["doubt_\($0.rawValue)"] }
    return [
      "name": name(of: shared.node), "node": shared.node.text, "href": href as Any? ?? false,
      "joins": shared.joins,
      "role": words[shared.joins ? "link_joins" : "link_\(standing.role.rawValue)"],
      "adverts": shared.ties.prefix(30).map { ["id": $0.advert] },
      "count": words[
        "link_count", String(shared.ties.count), String(standing.spread.adverts),
        String(standing.spread.sources)],
      "reasons":
        (standing.reasons.map { reason in
          words["hub_\(reason.measure.rawValue)", String(reason.count), String(reason.limit)]
        } + doubts.sorted()),
    ]
  }

  /// What a node is called: texts have only a number.
  private func name(of node: LinkNode) -> String {
    switch node {
    case .selector(let kind, let value): "\(words["selector_\(kind.rawValue)"]) \(value)"
    case .account(let source, let key): "\(words["node_account"]) \(key) (\(source))"
    case .text(let group): "\(words["node_text"]) \(group)"
    case .image(let digest): "\(words["node_image"]) \(digest.prefix(12))"
    case .likeness: words["node_likeness"]
    }
  }

  private func suggestion(
    of found: ClusterSuggestion, _ report: ClusterReport
  ) -> [String: Any] {
    let other = found.a == report.cluster ? found.b : found.a
    return [
      "other": other, "title": report.title(of: other) ?? words["untitled"],
      "node": name(of: found.node), "why": words["suggests_\(found.reason.rawValue)"],
    ]
  }

  private func addPictures(_ report: ClusterReport, to context: inout [String: Any]) {
    let adverts = report.view.adverts.map(\.advert)
    let time = SpanStrip.drawing(
      adverts.compactMap { advert in
        guard let from = advert.firstSeen, let to = advert.lastSeen else { return nil }
        return SpanStrip.Row(
          name: report.title(of: advert.id) ?? advert.key, spans: [(from, to)])
      }, label: words["time_strip"])
    context["time"] = time?.context as Any? ?? false
    let movement = report.view.movement
    var order: [String] = []
    for stay in movement.stays where !order.contains(stay.place) { order.append(stay.place) }
    let places = SpanStrip.drawing(
      order.map { place in
        SpanStrip.Row(
          name: place,
          spans: movement.stays.filter { $0.place == place }.map { ($0.from, $0.to) })
      }, label: words["place_strip"])
    context["places"] = places?.context as Any? ?? false
    let known = order.compactMap { name in Gazetteer.shared.place(name).map { (name, $0) } }
    let spots = known.map { name, place in
      WorldMap.Spot(
        name: place.name, latitude: place.latitude, longitude: place.longitude,
        weight: movement.stays.count { $0.place == name })
    }
    let numbers = Dictionary(
      known.enumerated().map { ($1.0, $0) }, uniquingKeysWith: { first, _ in first })
    let legs = movement.legs.compactMap { leg -> (from: Int, to: Int)? in
      guard let from = numbers[leg.from], let to = numbers[leg.to] else { return nil }
      return (from, to)
    }
    let map = WorldMap.shared.drawing(spots, legs: Array(legs.prefix(300)), label: words["map"])
    context["map"] = map?.context as Any? ?? false
    let unplaced = order.filter { numbers[$0] == nil }
    context["unplaced"] = unplaced.isEmpty ? false : unplaced.joined(separator: ", ")
    context["circuits"] = movement.circuits.map { circuit in
      words[
        "circuit", circuit.places.joined(separator: " → "), String(circuit.repeats + 1),
        days(circuit.from, circuit.to)]
    }
    context["network"] = network(report)?.context as Any? ?? false
  }

  private func network(_ report: ClusterReport) -> Drawing? {
    let adverts = report.view.adverts.map(\.advert)
    let numbers = Dictionary(
      adverts.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    let picture = NetworkPicture(
      adverts: adverts.map { report.title(of: $0.id) ?? $0.key },
      nodes: report.view.shared.map { shared in
        .init(
          name: name(of: shared.node), joins: shared.joins,
          ties: shared.ties.compactMap { tie in
            numbers[tie.advert].map { ($0, tie.doubt == nil) }
          })
      })
    return picture.drawing(label: words["network"])
  }

  private func addTexts(_ report: ClusterReport, to context: inout [String: Any]) {
    context["texts"] = report.texts.map { found in
      [
        "group": found.group,
        "parts": found.template.parts.map { part -> [String: Any] in
          switch part {
          case .fixed(let words): ["fixed": words, "slot": false]
          case .slot(let values):
            [
              "fixed": false,
              "slot": [
                "values": values.enumerated().map { place, value in
                  [
                    "value": value.isEmpty ? "–" : Drawing.short(value, 300),
                    "from": found.adverts[place],
                  ] as [String: Any]
                },
                "first": Drawing.short(values.first { !$0.isEmpty } ?? "–", 60),
                "others": Set(values).count,
              ] as [String: Any],
            ]
          }
        },
      ] as [String: Any]
    }
  }

  private func decide(_ act: ClusterDecision.Act) throws -> WebReply {
    let cluster = try number("cluster")
    guard let decide = site.tools.decide else { throw WebProblem.refused(words["no_decisions"]) }
    guard let why = form.text("why"), why.utf8.count <= limits.noteBytes else {
      throw WebProblem.refused(words["why_missing"])
    }
    try decide(act, why, try account().actor, at)
    let stands = try store.links { try $0.view(ofCluster: cluster) != nil }
    return .redirect(stands ? "/clusters/\(cluster)" : "/adverts/\(cluster)")
  }

  func splitCluster() throws -> WebReply {
    let cluster = try number("cluster")
    let chosen = form.all("advert").compactMap { Int64($0) }
    let members = Set(try store.links { try $0.index.adverts(ofCluster: cluster) })
    guard !chosen.isEmpty else { throw WebProblem.refused(words["none_chosen"]) }
    guard chosen.allSatisfy(members.contains), Set(chosen).count < members.count else {
      throw WebProblem.refused(words["split_some"])
    }
    return try decide(.part(chosen))
  }

  func mergeCluster() throws -> WebReply {
    guard let other = form.text("other").flatMap({ Int64($0) }) else {
      throw WebProblem.refused(words["merge_number"])
    }
    return try decide(.join(try number("cluster"), other))
  }

  func disregardNode() throws -> WebReply {
    guard let node = form.text("node").flatMap(LinkNode.init(text:)) else {
      throw WebProblem.missing
    }
    return try decide(form["trust"] == nil ? .disregard(node) : .trust(node))
  }

  func undoDecision() throws -> WebReply {
    guard let decision = form.text("decision").flatMap({ Int64($0) }) else {
      throw WebProblem.missing
    }
    return try decide(.undo(decision))
  }

  /// The first and the last day, or the only one.
  func days(_ first: Timestamp, _ last: Timestamp) -> String {
    let (from, to) = (first.rfc3339.prefix(10), last.rfc3339.prefix(10))
    return from == to ? String(from) : "\(from) – \(to)"
  }
}
