/// What one run may spend; nothing set is no limit.
public struct CrawlBudget: Sendable, Hashable {
  /// Requests that go out, those for robots.txt and redirects among them.
  public var requests: Int?
  /// Bytes that come in; what is under way when they are spent still comes in.
  public var bytes: Int?
  /// Seconds from the run's beginning.
  public var seconds: Double?

  public init(requests: Int? = nil, bytes: Int? = nil, seconds: Double? = nil) {
    self.requests = requests
    self.bytes = bytes
    self.seconds = seconds
  }

  /// What is spent, in words for the run's record; nil while everything lasts.
  func spent(requests spentRequests: Int, bytes spentBytes: Int, seconds spentTime: Double)
    -> String?
  {
    if let requests, spentRequests >= requests { return "budget spent: \(requests) requests" }
    if let bytes, spentBytes >= bytes { return "budget spent: \(bytes) bytes" }
    if let seconds, spentTime >= seconds { return "budget spent: \(seconds) s" }
    return nil
  }
}
