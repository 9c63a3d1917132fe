/// Records that were read while settling: most adverts are met at several nodes.
struct RecordCache<Index: LinkIndex> {
  /// The most records that are held at a time.
  private static var most: Int { 20_000 }
  private var kept: [Int64: LinkRecord] = [:]

  /// The records of adverts, in their order, those that are not there left out.
  mutating func records(_ adverts: [Int64], in index: Index) throws -> [LinkRecord] {
    var missing = adverts.filter { kept[$0] == nil }
    if kept.count + missing.count > Self.most {
      kept = [:]
      missing = adverts
    }
    for record in try index.records(missing) { kept[record.advert.id] = record }
    return adverts.compactMap { kept[$0] }
  }

  mutating func record(_ advert: Int64, in index: Index) throws -> LinkRecord? {
    if let record = kept[advert] { return record }
    return try records([advert], in: index).first
  }
}
