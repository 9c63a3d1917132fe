import Vocabulary

extension NodeStanding {
  /// The form in which a standing is stored: role, spread, measures and reasons, apart by semicolons.
  public var text: String {
    let spread = [
      spread.adverts, spread.sources, spread.texts, spread.employers, spread.accounts, spread.names,
      spread.places, spread.contacts,
    ]
    let dates = [self.spread.first, self.spread.last].map { date in
      date.map { String($0.milliseconds) } ?? "-"
    }
    let measures = NodeMeasures.all.map { String(self.measures[keyPath: $0]) }
    let reasons = self.reasons.map { "\($0.measure.rawValue) \($0.count) \($0.limit)" }
    return [
      role.rawValue, (spread.map(String.init) + dates).joined(separator: " "),
      measures.joined(separator: " "), reasons.joined(separator: ","),
    ].joined(separator: ";")
  }

  /// Reads `text`; nil for anything else.
  public init?(text: String) {
    let parts = text.split(separator: ";", omittingEmptySubsequences: false)
    guard parts.count == 4, let role = NodeRole(rawValue: String(parts[0])) else { return nil }
    let spread = parts[1].split(separator: " ")
    let counts = spread.prefix(8).compactMap { Int($0) }
    let measures = parts[2].split(separator: " ").compactMap { Int($0) }
    guard spread.count == 10, counts.count == 8, measures.count == NodeMeasures.all.count else {
      return nil
    }
    var reasons: [HubReason] = []
    for reason in parts[3].split(separator: ",") {
      let words = reason.split(separator: " ")
      guard words.count == 3, let measure = HubReason.Measure(rawValue: String(words[0])),
        let count = Int(words[1]), let limit = Int(words[2])
      else { return nil }
      reasons.append(HubReason(measure: measure, count: count, limit: limit))
    }
    self.init(role: role, spread: NodeSpread(), reasons: reasons)
    self.spread = NodeSpread(
      counts: counts, first: Self.date(spread[8]), last: Self.date(spread[9]))
    for (path, count) in zip(NodeMeasures.all, measures) { self.measures[keyPath: path] = count }
  }

  private static func date(_ text: Substring) -> Timestamp? {
    Int64(text).map { Timestamp(milliseconds: $0) }
  }
}

extension NodeSpread {
  fileprivate init(counts: [Int], first: Timestamp?, last: Timestamp?) {
    self.init()
    adverts = counts[0]
    sources = counts[1]
    texts = counts[2]
    employers = counts[3]
    accounts = counts[4]
    names = counts[5]
    places = counts[6]
    contacts = counts[7]
    self.first = first
    self.last = last
  }
}
