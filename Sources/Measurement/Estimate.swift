/// A figure with its interval, or the reason why the sample does not give one.
public enum Estimate: Sendable, Hashable {
  case figure(Double, Interval)
  case withheld(Shortfall)
}

/// Why a sample says too little for a figure.
public enum Shortfall: Sendable, Hashable {
  /// Rule `few`: it would rest on fewer cases than are needed.
  case few(what: String, count: Int, needed: Int)
  /// Rule `wide`: the interval is wider than is of use.
  case wide(Interval)
  /// Rule `one-class`: everything has the same label, so nothing can be told apart.
  case oneClass

  /// The rule's name.
  public var rule: String {
    switch self {
    case .few: "few"
    case .wide: "wide"
    case .oneClass: "one-class"
    }
  }
}

/// When a figure may be given.
public struct SampleRule: Sendable, Hashable {
  /// Cases that a figure has to rest on: for a share those it is a share of, for a lift the true
  /// positives.
  public var minimumCount: Int
  /// Width of a share's interval at most.
  public var maximumWidth: Double
  /// How many times its lower end the upper end of a lift's interval may be.
  public var maximumRatio: Double

  public init(minimumCount: Int = 10, maximumWidth: Double = 0.3, maximumRatio: Double = 4) {
    self.minimumCount = max(1, minimumCount)
    self.maximumWidth = maximumWidth
    self.maximumRatio = maximumRatio
  }

  /// A share of things that `what` names in the plural.
  public func estimate(_ proportion: Proportion, of what: String) -> Estimate {
    guard proportion.total >= minimumCount, let value = proportion.value,
      let interval = proportion.interval
    else {
      return .withheld(.few(what: what, count: proportion.total, needed: minimumCount))
    }
    guard interval.width <= maximumWidth else { return .withheld(.wide(interval)) }
    return .figure(value, interval)
  }

  /// The lift of a finding.
  public func lift(_ table: Contingency) -> Estimate {
    guard table.positives > 0, table.positives < table.total else { return .withheld(.oneClass) }
    guard table.truePositives >= minimumCount, let lift = table.lift,
      let interval = table.liftInterval
    else {
      return .withheld(
        .few(what: "true hits", count: table.truePositives, needed: minimumCount))
    }
    guard interval.upper <= interval.lower * maximumRatio else { return .withheld(.wide(interval)) }
    return .figure(lift, interval)
  }
}
