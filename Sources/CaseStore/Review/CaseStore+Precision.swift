/// How what was found was judged.
public struct JudgedCounts: Sendable, Hashable {
  /// Adverts whose indicators warranted a referral.
  public var warranted = 0
  /// Adverts in which nothing warranted it, or that were no real offer.
  public var unwarranted = 0

  public init() {}
}

extension CaseStore {
  /// How adverts were judged in which each pattern found something, by pattern name.
  ///
  /// Of each person the last verdict that was not taken back counts; adverts on which people differ,
  /// and verdicts that leave it open, are left out. What is read grows with the verdicts alone.
  public func judgedPatterns() throws -> [String: JudgedCounts] {
    try engine.read { session in
      var open: [Int64: (version: Int64, choices: Set<String>)] = [:]
      try session.forEach(
        """
        SELECT v.advert, v.version, v.choice FROM review_verdict v
        WHERE v.undoes IS NULL
          AND NOT EXISTS (SELECT 1 FROM review_verdict u WHERE u.undoes = v.id)
          AND NOT EXISTS (SELECT 1 FROM review_verdict n WHERE n.advert = v.advert
            AND n.account = v.account AND n.id > v.id AND n.undoes IS NULL
            AND NOT EXISTS (SELECT 1 FROM review_verdict u WHERE u.undoes = n.id))
        """, []
      ) { row in
        guard let advert = row.integer(0), let version = row.integer(1), let choice = row.text(2)
        else { return true }
        open[advert, default: (version, [])].choices.insert(choice == "spam" ? "nothing" : choice)
        return true
      }
      var counts: [String: JudgedCounts] = [:]
      for (version, choices) in open.values where choices.count == 1 {
        guard let choice = choices.first, choice == "referral" || choice == "nothing" else {
          continue
        }
        for pattern in try Self.patterns(of: version, in: session).values.flatMap({ $0 }) {
          if choice == "referral" {
            counts[pattern, default: JudgedCounts()].warranted += 1
          } else {
            counts[pattern, default: JudgedCounts()].unwarranted += 1
          }
        }
      }
      return counts
    }
  }
}
