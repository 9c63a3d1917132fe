/// What it rests on that an indicator's condition holds.
///
/// A hit of a pattern always rests on what is stated.
public enum IndicatorBasis: String, Sendable, Hashable, CaseIterable {
  /// The advert says so.
  case stated
  /// The advert does not say something: the form, the site or the extraction may have left it out.
  ///
  /// It counts as weak at most, and never alone.
  case absence
  /// It is worked out from what adverts say: by counting, comparing or linking.
  case computed
}
