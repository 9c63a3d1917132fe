public import Vocabulary

/// The `Retry-After` header (RFC 9110 section 10.2.3).
public enum RetryAfter {
  /// Seconds to wait from `now`: a whole number of seconds or an HTTP date; nil when it is neither.
  ///
  /// A date that has passed is 0. Digits without end are a very long time, not an error.
  public static func seconds(_ value: String, now: Timestamp) -> Double? {
    guard value.utf8.count <= 128 else { return nil }
    let text = value.utf8.drop { $0 == 32 || $0 == 9 }
    let digits = text.prefix { (48...57).contains($0) }
    let rest = text[digits.endIndex...]
    if !digits.isEmpty, rest.allSatisfy({ $0 == 32 || $0 == 9 }) {
      return digits.reduce(0.0) { min($0 * 10 + Double($1 - 48), Timestamp.longestWait) }
    }
    guard let date = Timestamp(httpDate: value) else { return nil }
    return min(max(0, date - now), Timestamp.longestWait)
  }
}
