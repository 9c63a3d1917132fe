public import CaseStore
public import Vocabulary

extension ContactSearch.Result {
  /// The ladder of a search: every recipient that may not be written to is refused here already.
  ///
  /// `own` are our own mailboxes.
  public func ladder(store: CaseStore, own: [String]) throws -> ContactLadder {
    let own = Set(own.map { $0.lowercased() })
    return try ContactLadder(candidates) { recipient in
      if own.contains(recipient.lowercased()) { return .own }
      switch try store.recipientBar(recipient) {
      case .selector: return .selector
      case .suppressed: return .suppressed
      case nil: return nil
      }
    }
  }
}

extension ContactLadder {
  /// The rows that a store keeps of a search.
  public func rows(host: String, at: Timestamp) -> [StoredContact] {
    rungs.flatMap { rung in
      rung.candidates.enumerated().map { place, candidate in
        StoredContact(
          host: host, rung: rung.rung.rawValue, place: place + 1, target: candidate.target,
          recipient: candidate.refusal == nil ? candidate.way?.recipient : nil,
          said: candidate.text, refusal: candidate.refusal?.rawValue,
          organisation: candidate.organisation, source: candidate.source.rawValue,
          confidence: candidate.confidence.rawValue, reason: candidate.reason,
          lookup: candidate.lookup, at: at)
      }
    }
  }
}
