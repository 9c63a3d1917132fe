public import Matching

/// A place where an indicator's `unless` matches.
public struct CancellingException: Sendable, Hashable {
  /// The expression.
  public let exception: Exception
  /// Where it matches, in UTF-8 bytes of the text.
  public let range: Range<Int>

  /// Every match of every exception of an indicator, in the order of the text.
  public static func all(of indicator: Indicator, in text: [UInt8]) -> [CancellingException] {
    indicator.exceptions.flatMap { exception in
      (LoneExpression(exception.source)?.places(in: text) ?? []).map {
        CancellingException(exception: exception, range: $0)
      }
    }.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }
}
