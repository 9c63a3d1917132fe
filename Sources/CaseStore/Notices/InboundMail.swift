public import Vocabulary

/// What a received message says of a notice.
public enum InboundKind: String, Sendable, Hashable, CaseIterable {
  /// It did not arrive.
  case bounced
  /// It has not arrived yet.
  case delayed
  /// A mail server says that it arrived.
  case delivered
  /// A program answered, with or without a ticket.
  case automatic
  /// Somebody is away.
  case away
  /// The recipient says that it was received.
  case acknowledged
  /// The recipient says that something was removed.
  case claimed
  /// The recipient says that nothing will be done.
  case refused
  /// The recipient says that data are kept.
  case kept
  /// Something else, which a person has to read.
  case reply

  /// Where a notice of this kind of act goes on its word; nil when it stays.
  ///
  /// Nothing that came by mail ends a notice: a claim is looked at again, a refusal is read by a person.
  /// An automatic answer is no promise to keep anything.
  public func state(of act: String, isPerson: Bool) -> NoticeState? {
    switch self {
    case .bounced: .bounced
    case .automatic, .acknowledged: act == "preservation" && !isPerson ? nil : .acknowledged
    case .claimed: act == "takedown" ? .actionClaimed : nil
    case .refused: .disputed
    case .kept: act == "preservation" && isPerson ? .acknowledged : nil
    case .delayed, .delivered, .away, .reply: nil
    }
  }

  /// Whether a person has to look, whatever became of the notice.
  var isForPerson: Bool {
    switch self {
    case .reply, .refused, .kept, .claimed: true
    case .bounced, .delayed, .delivered, .automatic, .away, .acknowledged: false
    }
  }
}

/// A message that came in, as it is imported.
public struct InboundMail: Sendable, Hashable {
  /// The bytes as they were received.
  public var raw: [UInt8]
  /// SHA-256 of them.
  public var digest: [UInt8]
  /// The notice it is about, proved by its token; nil when nobody knows.
  public var notice: Int64?
  /// What it says.
  public var kind: InboundKind
  /// Where the token was.
  public var matchedBy: String?
  /// The recipient's own ticket.
  public var ticket: String?
  /// Why it is taken for that.
  public var why: String

  public init(
    raw: [UInt8], digest: [UInt8], notice: Int64?, kind: InboundKind, matchedBy: String?,
    ticket: String?, why: String
  ) {
    self.raw = raw
    self.digest = digest
    self.notice = notice
    self.kind = kind
    self.matchedBy = matchedBy
    self.ticket = ticket
    self.why = why
  }
}

/// A message that came in, as it is stored.
public struct StoredInbound: Sendable, Hashable {
  /// Row number.
  public var id: Int64
  /// When it was imported.
  public var at: Timestamp
  /// The notice it is about, by its token or as a person said; nil when nobody knows.
  public var notice: Int64?
  /// What it says, by its words or as a person said.
  public var kind: InboundKind
  /// Who said so; nil when it is what the words say.
  public var readBy: String?
  /// The recipient's own ticket.
  public var ticket: String?
  /// SHA-256 of the message.
  public var digest: [UInt8]
  /// The message; empty when it was erased.
  public var raw: [UInt8]
  /// Whether a person still has to read it.
  public var isOpen: Bool
}

/// What became of an imported message.
public enum ImportedMail: Sendable, Hashable {
  /// It was imported before.
  case known
  /// It is kept under this number, and moved its notice there, when it did.
  case kept(Int64, moved: NoticeState?)
}
