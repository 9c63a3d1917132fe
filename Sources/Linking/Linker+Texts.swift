extension Linker {
  /// Finds or founds the group of a text.
  mutating func place(
    _ reading: TextReading, of advert: Int64
  ) throws -> (template: Int64, edges: [LinkEdge]) {
    let place = try TextPlacer<Index>(rule: rule).place(reading, in: index)
    let passages = place.passages.map { LinkEdge(node: .text($0), doubt: .passage) }
    guard let best = place.best else {
      let id = try freeTemplate(advert)
      try index.save(TextTemplate(id: id, group: id, reading: reading))
      try index.hold(place.keys, by: id)
      if !place.newSentences.isEmpty { try index.spread(place.newSentences, by: 1) }
      return (id, passages + [LinkEdge(node: .text(id))])
    }
    if place.isChanged { try index.save(best) }
    var group = best.group
    for other in place.others { group = try merge(group, other.group) }
    return (best.id, passages + [LinkEdge(node: .text(group))])
  }

  /// The advert's own id; another where a template that it founded with an earlier text lives on.
  private func freeTemplate(_ advert: Int64) throws -> Int64 {
    var id = advert
    while try index.template(id) != nil { id = id > 0 ? -id : id - 1 << 40 }
    return id
  }

  /// Makes one group of two: the one with more adverts stays, or else the lower one.
  private mutating func merge(_ a: Int64, _ b: Int64) throws -> Int64 {
    guard a != b else { return a }
    let first = try index.advertCount(of: .text(a))
    let second = try index.advertCount(of: .text(b))
    let (stays, goes) = (second, a) > (first, b) ? (b, a) : (a, b)
    let common = try sentenceKeys(ofGroup: stays).intersection(sentenceKeys(ofGroup: goes)).sorted()
    // They were counted as otherwise different texts.
    let counted = zip(common, try index.holders(of: common, most: 0)).filter { $0.1.spread > 1 }
    if !counted.isEmpty { try index.spread(counted.map { $0.0 }, by: -1) }
    for id in try index.templates(ofGroup: goes) {
      guard var template = try index.template(id) else { continue }
      template.group = stays
      try index.save(template)
    }
    for id in try index.adverts(of: .text(goes), most: .max) {
      guard var record = try index.record(id) else { continue }
      touch(record)
      record.edges = LinkEdge.single(
        record.edges.map {
          $0.node == .text(goes) ? LinkEdge(node: .text(stays), doubt: $0.doubt) : $0
        })
      try index.save(record)
      touch(record)
    }
    return stays
  }

  private func sentenceKeys(ofGroup group: Int64) throws -> Set<UInt64> {
    var keys: Set<UInt64> = []
    for id in try index.templates(ofGroup: group) {
      if let template = try index.template(id) { keys.formUnion(template.sentenceKeys) }
    }
    return keys.subtracting([0])
  }

  /// Edges to the images that an advert's images look like: each to the nearest that founded a node.
  mutating func imageEdges(_ advert: LinkedAdvert) throws -> [LinkEdge] {
    var edges: [LinkEdge] = []
    for image in advert.images {
      guard let hash = image.likeness else { continue }
      let probes = DifferenceHash.probes(hash)
      let holders = try index.holders(of: probes, most: rule.imageHolders).flatMap { $0.holders }
      let near = Set(holders).map { UInt64(bitPattern: $0) }
        .map { (DifferenceHash.distance($0, hash), $0) }
        .filter { $0.0 <= min(DifferenceHash.mostDistance, rule.imageDistance) }
        .min { $0 < $1 }
      if near == nil { try index.hold(DifferenceHash.keys(hash), by: Int64(bitPattern: hash)) }
      edges.append(LinkEdge(node: .likeness(near?.1 ?? hash), doubt: .weakKind))
    }
    return edges
  }
}
