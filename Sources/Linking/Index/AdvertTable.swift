import Bytes
import Extraction
import Vocabulary

/// Adverts and their edges in flat arrays, texts as numbers.
struct AdvertTable: Sendable {
  /// An advert without its lists.
  private struct Row: Sendable {
    var id: Int64
    var source: UInt32
    var account: UInt32
    var language: UInt32
    var employer: UInt32
    var country: UInt32
    var form: UInt8
    var isGone = false
    var template: Int64
    var fingerprint: UInt64
    var cluster: Int64 = 0
    var sightings: Range<UInt32>
    var names: Range<UInt32>
    var ages: Range<UInt32>
    var selectors: Range<UInt32>
    var images: Range<UInt32>
    var edges: Range<UInt32>
  }

  private struct Seen: Sendable {
    var when: Timestamp
    var place: UInt32
    var country: UInt32
  }

  private struct Found: Sendable {
    var node: UInt32
    var confidence: Float
    var valid: Bool
    var inContent: Bool
  }

  private static let none = UInt32.max
  private static let forms = Form.allCases
  private static let doubts = EdgeDoubt.allCases

  private var places: [Int64: UInt32] = [:]
  private var rows: [Row] = []
  private var keys: [String] = []
  private var strings = Interner<String>()
  private var nodes = Interner<LinkNode>()
  private var sightings: [Seen] = []
  private var names: [UInt32] = []
  private var ages: [Int32] = []
  private var selectors: [Found] = []
  private var images: [ImagePrint] = []
  // Edges: their advert's row, their node, the next edge of that node, the doubt.
  private var edgeRows: [UInt32] = []
  private var edgeNodes: [UInt32] = []
  private var edgeNexts: [UInt32] = []
  private var edgeDoubts: [UInt8] = []
  private static let noDoubt: UInt8 = 254
  private static let removed: UInt8 = 255
  // Nodes: their latest edge, how many edges they have.
  private var heads: [UInt32] = []
  private var counts: [UInt32] = []
  private var standings: [UInt32: NodeStanding] = [:]
  /// Whether rows came with ascending ids, so that the latest edges are those of the highest ids.
  private var isAscending = true

  // MARK: Records

  func record(_ advert: Int64) -> LinkRecord? {
    guard let place = places[advert] else { return nil }
    let row = rows[Int(place)]
    let advert = LinkedAdvert(
      id: row.id, source: strings[row.source] ?? "", key: keys[Int(place)],
      account: strings[row.account],
      form: Int(row.form) < Self.forms.count ? Self.forms[Int(row.form)] : nil,
      language: strings[row.language], employer: strings[row.employer],
      country: strings[row.country],
      sightings: sightings[row.sightings.asInt].map {
        Sighting(when: $0.when, place: strings[$0.place], country: strings[$0.country])
      },
      names: names[row.names.asInt].compactMap { strings[$0] },
      ages: ages[row.ages.asInt].map(Int.init),
      selectors: selectors[row.selectors.asInt].compactMap { found in
        guard case .selector(let kind, let value)? = nodes[found.node] else { return nil }
        return LinkedSelector(
          kind: kind, value: value, valid: found.valid, confidence: Double(found.confidence),
          inContent: found.inContent)
      },
      images: Array(images[row.images.asInt]))
    let edges = row.edges.asInt.compactMap { edge -> LinkEdge? in
      guard let node = nodes[edgeNodes[edge]] else { return nil }
      let doubt = Int(edgeDoubts[edge])
      return LinkEdge(node: node, doubt: doubt < Self.doubts.count ? Self.doubts[doubt] : nil)
    }
    return LinkRecord(
      advert: advert, edges: edges, template: row.template == .min ? nil : row.template,
      fingerprint: row.fingerprint)
  }

  mutating func save(_ record: LinkRecord) {
    let advert = record.advert
    let old = places[advert.id]
    let place = old ?? UInt32(rows.count)
    if let old { unlink(old) }
    let row = Row(
      id: advert.id, source: strings.number(advert.source),
      account: strings.number(advert.account), language: strings.number(advert.language),
      employer: strings.number(advert.employer), country: strings.number(advert.country),
      form: advert.form.flatMap { Self.forms.firstIndex(of: $0) }.map(UInt8.init) ?? 255,
      template: record.template ?? .min, fingerprint: record.fingerprint,
      cluster: old.map { rows[Int($0)].cluster } ?? 0,
      sightings: sightings.adding(
        advert.sightings.map {
          Seen(
            when: $0.when, place: strings.number($0.place), country: strings.number($0.country))
        }),
      names: names.adding(advert.names.map { strings.number($0) }),
      ages: ages.adding(advert.ages.map { Int32(clamping: $0) }),
      selectors: selectors.adding(
        advert.selectors.map {
          Found(
            node: number(.selector($0.kind, $0.value)), confidence: Float($0.confidence),
            valid: $0.valid, inContent: $0.inContent)
        }),
      images: images.adding(advert.images),
      edges: link(record.edges, to: place))
    if old == nil {
      if let last = rows.last, last.id > advert.id { isAscending = false }
      rows.append(row)
      keys.append(advert.key)
      places[advert.id] = place
    } else {
      rows[Int(place)] = row
      keys[Int(place)] = advert.key
      // Its edges are the latest now, whatever its id.
      isAscending = false
    }
  }

  mutating func remove(_ advert: Int64) {
    guard let place = places.removeValue(forKey: advert) else { return }
    unlink(place)
    rows[Int(place)].isGone = true
    keys[Int(place)] = ""
  }

  // MARK: Edges

  private mutating func number(_ node: LinkNode) -> UInt32 {
    let number = nodes.number(node)
    while heads.count <= Int(number) {
      heads.append(Self.none)
      counts.append(0)
    }
    return number
  }

  private mutating func link(_ edges: [LinkEdge], to row: UInt32) -> Range<UInt32> {
    let start = UInt32(edgeRows.count)
    for edge in edges {
      let node = number(edge.node)
      let index = UInt32(edgeRows.count)
      edgeRows.append(row)
      edgeNodes.append(node)
      edgeNexts.append(heads[Int(node)])
      edgeDoubts.append(
        edge.doubt.flatMap { Self.doubts.firstIndex(of: $0) }.map(UInt8.init) ?? Self.noDoubt)
      heads[Int(node)] = index
      counts[Int(node)] += 1
    }
    return start..<UInt32(edgeRows.count)
  }

  private mutating func unlink(_ row: UInt32) {
    for edge in rows[Int(row)].edges.asInt where edgeDoubts[edge] != Self.removed {
      edgeDoubts[edge] = Self.removed
      counts[Int(edgeNodes[edge])] -= 1
    }
  }

  func adverts(of node: LinkNode, most: Int) -> [Int64] {
    guard most > 0, let number = nodes.known(node), Int(number) < heads.count else { return [] }
    var found: [Int64] = []
    var edge = heads[Int(number)]
    while edge != Self.none {
      if edgeDoubts[Int(edge)] != Self.removed {
        found.append(rows[Int(edgeRows[Int(edge)])].id)
        if isAscending, found.count == most { break }
      }
      edge = edgeNexts[Int(edge)]
    }
    if isAscending { return found.reversed() }
    return Array(found.sorted().suffix(most))
  }

  func count(of node: LinkNode) -> Int {
    guard let number = nodes.known(node), Int(number) < counts.count else { return 0 }
    return Int(counts[Int(number)])
  }

  // MARK: Standings and clusters

  func standing(of node: LinkNode) -> NodeStanding? {
    nodes.known(node).flatMap { standings[$0] }
  }

  mutating func save(_ standing: NodeStanding?, of node: LinkNode) {
    standings[number(node)] = standing
  }

  func cluster(of advert: Int64) -> Int64? {
    guard let place = places[advert] else { return nil }
    let cluster = rows[Int(place)].cluster
    return cluster == 0 ? nil : cluster
  }

  mutating func set(_ cluster: Int64?, of advert: Int64) {
    guard let place = places[advert] else { return }
    rows[Int(place)].cluster = cluster ?? 0
  }
}

/// Values as numbers in the order they came.
struct Interner<Value: Hashable & Sendable>: Sendable {
  private var numbers: [Value: UInt32] = [:]
  private var values: [Value] = []

  mutating func number(_ value: Value) -> UInt32 {
    if let number = numbers[value] { return number }
    let number = UInt32(values.count)
    numbers[value] = number
    values.append(value)
    return number
  }

  /// The number of a value, or the one that stands for none.
  mutating func number(_ value: Value?) -> UInt32 { value.map { number($0) } ?? .max }

  func known(_ value: Value) -> UInt32? { numbers[value] }

  subscript(number: UInt32) -> Value? {
    Int(number) < values.count ? values[Int(number)] : nil
  }
}

extension Range<UInt32> {
  fileprivate var asInt: Range<Int> { Int(lowerBound)..<Int(upperBound) }
}

extension Array {
  /// Appends and tells where.
  fileprivate mutating func adding(_ values: [Element]) -> Range<UInt32> {
    let start = UInt32(count)
    self += values
    return start..<UInt32(count)
  }
}
