public import Linking
public import Matching

extension LinkageMeasures {
  /// The measures as conditions of computed indicators read them.
  public var measured: [Measure: MeasuredValue] {
    [Measure: MeasuredValue](
      linkage: Dictionary(values.map { ($0.name, $0.count) }, uniquingKeysWith: { a, _ in a }))
  }
}

extension [Measure: MeasuredValue] {
  /// Counts by their names in conditions; a nil one was looked for and is missing.
  public init(linkage counts: [String: Int?]) {
    self.init()
    for (name, count) in counts {
      guard let measure = Measure(rawValue: name), measure.isLinkage else { continue }
      self[measure] = count.map { .value(Double($0)) } ?? .missing
    }
  }
}
