/// What an advert offers: the first thing an analyst asks of it.
public enum Form: String, Sendable, Hashable, Codable, CaseIterable {
  /// Sexual services.
  case sex
  /// Work outside the sex industry.
  case labour
  /// Recruitment into sex work.
  case recruitment
}

/// One of the seven steps a trafficker must pass, as the Dutch barrier model names them.
public enum Barrier: String, Sendable, Hashable, Codable, CaseIterable {
  case recruitment, entry, residence, administration, housing, work, finance
}

/// How much an indicator weighs in the rule that combines them.
///
/// The first three are the ILO's (*Operational indicators of trafficking in human beings*, 2009).
/// `none` and `negative` are kept because analysts look for folk indicators that were tested and failed.
public enum Strength: String, Sendable, Hashable, Codable, CaseIterable {
  case strong, medium, weak, none, negative
}

/// What is known about an indicator's power to predict.
public enum EvidenceGrade: String, Sendable, Hashable, Codable, CaseIterable {
  /// Told known cases from known negatives in a published study.
  case supported
  /// Was tested and told nothing.
  case noEffect = "no-effect"
  /// Was tested and pointed the other way.
  case inverse
  /// Stands on an official or expert list; never tested.
  case expert
}

/// Which queue an assessed advert belongs to.
public enum Lane: String, Sendable, Hashable, Codable, CaseIterable {
  /// The ordinary queue.
  case review
  /// Possible minors: apart from everything else, at once.
  case urgent
}

/// What kind of page was seen.
public enum PageKind: String, Sendable, Hashable, Codable, CaseIterable {
  /// One advert.
  case advert
  /// Several adverts, or links to them.
  case listing
  /// A log-in wall, CAPTCHA or ban instead of the page.
  case blocked
  /// The page says that what was here is here no more.
  case gone
  /// Anything else.
  case other
}
