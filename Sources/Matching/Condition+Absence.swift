extension Condition {
  /// Whether it can hold because something is not stated.
  ///
  /// What a form leaves out tells how adverts were collected as much as what they are: labels must
  /// not be held against it.
  public var restsOnAbsence: Bool {
    switch self {
    case .comparison: !measures.isDisjoint(with: [.employerMissing, .placeMissing, .wageMissing])
    case .missing: true
    case .not(let inner): inner.restsOnAbsence
    case .and(let parts), .or(let parts): parts.contains(where: \.restsOnAbsence)
    }
  }
}
