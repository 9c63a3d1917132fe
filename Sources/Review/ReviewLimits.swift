/// The limits of the web application, each with its default.
public struct ReviewLimits: Sendable {
  /// Bytes of a request's body.
  public var bodyBytes = 64 << 10
  /// Bytes of one header field, and of all of them.
  public var headerBytes = 16 << 10
  /// Header fields.
  public var headerFields = 64
  /// Bytes of an address.
  public var addressBytes = 4 << 10
  /// Fields of a form or of an address's query.
  public var formFields = 400
  /// Connections at a time; more wait for a free one.
  public var connections = 4096
  /// Seconds after which a connection without a request, or with one that does not go on, is closed.
  public var idleSeconds = 15
  /// Seconds that a request's body may take.
  public var bodySeconds = 10
  /// Requests that read the database at a time.
  public var requests = 16
  /// Seconds that a session may rest.
  public var sessionIdle = 30 * 60
  /// Seconds after which a session ends in any case.
  public var sessionLongest = 10 * 3600
  /// Seconds for the second factor after the password.
  public var secondFactorSeconds = 5 * 60
  /// Attempts to sign in with one name, and from one address, within `signInWindow` seconds.
  public var signInsOfLogin = 8
  public var signInsOfAddress = 40
  public var signInWindow = 15 * 60
  /// Seconds that a group is held by whoever took it.
  public var leaseSeconds = 20 * 60
  /// Rows of a list.
  public var rows = 25
  /// Bytes of a text that a page shows.
  public var shownTextBytes = 40 << 10
  /// Bytes of a reason or a note.
  public var noteBytes = 4 << 10
  /// Bytes of an archived page that is read.
  public var archivedBytes = 8 << 20
  /// Rows of a list that is taken along as a file.
  public var fileRows = 5_000
  /// Seconds that a page waits for figures that are being counted for the first time.
  public var countingSeconds = 2.0
  /// Trials of patterns and printed reports that run at a time.
  public var heavy = 2
  /// Adverts and pages opened in a day from which on a break is advised.
  public var exposureMany = 120
  var trial = PatternTrial.Limits()

  public init() {}
}
