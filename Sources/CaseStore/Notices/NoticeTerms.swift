public import Vocabulary

/// By when something is expected after a notice was sent: pure functions of the moment.
///
/// These are our own terms for looking at a notice again; only an order and a statute bind the addressee.
public enum NoticeTerms {
  /// Seconds in which a receipt is expected.
  public static let acknowledgement: Int64 = 24 * 3600
  /// Seconds in which somebody decides what follows an overdue notice, an answer or a reappearance.
  public static let decision: Int64 = 24 * 3600
  /// Seconds in which a retraction goes out.
  public static let retraction: Int64 = 24 * 3600
  /// Seconds in which an undone verdict is followed by a withdrawal.
  public static let undoneVerdict: Int64 = 24 * 3600
  /// Seconds before its end in which a preservation is renewed.
  public static let renewal: Int64 = 14 * 86_400
  /// Seconds before its end by which the renewal has to be confirmed.
  public static let renewed: Int64 = 3 * 86_400

  /// By when a recipient is expected to have acted: 48 hours for the site, 72 for platform and delivery network,
  /// five working days for host, network, registrar and those above.
  public static func action(rung: Int, sent: Timestamp) -> Timestamp {
    switch rung {
    case ...1: sent + 48 * 3600
    case 2, 3: sent + 72 * 3600
    default: workingDays(5, after: sent)
    }
  }

  /// The same time of day so many days from Monday to Friday later, in UTC; public holidays count as
  /// working days.
  public static func workingDays(_ days: Int, after start: Timestamp) -> Timestamp {
    var time = start
    var left = days
    while left > 0 {
      time = time + 86_400
      // 1 January 1970 was a Thursday.
      let day = (time.milliseconds / 86_400_000 + 3) % 7
      if day < 5 { left -= 1 }
    }
    return time
  }
}
