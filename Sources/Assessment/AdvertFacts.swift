public import Matching
public import Vocabulary

/// What is known of an advert besides its words: the input of computed indicators.
///
/// Nothing here, and no other input of an assessment, tells of another advert's flag or verdict.
public struct AdvertFacts: Sendable {
  /// What the advert offers; nil when that is unsure, and then every pack applies.
  public var form: Form?
  /// Where in the text the advert's own words stand.
  public var content: ContentRanges
  /// What was measured.
  public var measures: [Measure: MeasuredValue]
  /// Why measures were not evaluated, for a person, where that is not plain from the measure.
  public var reasons: [Measure: String] = [:]

  public init(
    form: Form? = nil, content: ContentRanges, measures: [Measure: MeasuredValue] = [:]
  ) {
    self.form = form
    self.content = content
    self.measures = measures
  }

  /// A measure.
  ///
  /// Of those not given, what an advert cannot tell by itself is not evaluated and everything else is
  /// missing.
  public func value(of measure: Measure) -> MeasuredValue {
    measures[measure] ?? (measure.isReadFromAdvert ? .missing : .notEvaluated)
  }
}
