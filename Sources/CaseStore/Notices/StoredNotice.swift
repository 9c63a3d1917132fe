public import Vocabulary

/// What a notice is about: an address as it was captured, with the verdict that it follows from.
public struct NoticeTarget: Sendable, Hashable {
  /// The address, byte for byte as it was captured.
  public var url: String
  /// Its host.
  public var host: String
  /// The advert.
  public var advert: Int64
  /// The verdict, a referral.
  public var verdict: Int64
  /// The newest capture that showed the advert with a payload.
  public var capture: Int64

  public init(url: String, host: String, advert: Int64, verdict: Int64, capture: Int64) {
    self.url = url
    self.host = host
    self.advert = advert
    self.verdict = verdict
    self.capture = capture
  }
}

/// What a notice says: everything that may be edited.
public struct NoticeText: Sendable, Hashable {
  /// Language of the text, `en`, `nl`, `de` or `fr`.
  public var language: String
  /// Name of the organisation that is written to.
  public var organisation: String
  /// What the templates are filled with, JSON.
  public var fields: String
  /// What is missing or has no place in a notice; empty when it may be read by a second person.
  public var problems: [String]
  /// The MIME entity that will be sent, without the header of its journey.
  public var rendered: [UInt8]
  /// SHA-256 over the recipient, a zero byte and `rendered`.
  public var digest: [UInt8]
  /// Why earlier rungs are skipped; empty when they are not.
  public var skipReason: String

  public init(
    language: String, organisation: String, fields: String, problems: [String],
    rendered: [UInt8], digest: [UInt8], skipReason: String
  ) {
    self.language = language
    self.organisation = organisation
    self.fields = fields
    self.problems = problems
    self.rendered = rendered
    self.digest = digest
    self.skipReason = skipReason
  }
}

/// A notice before it is stored.
public struct NoticeDraft: Sendable, Hashable {
  /// How it gets there.
  public enum Channel: String, Sendable { case mail, form }
  /// 32 bytes that are the same for the same intent.
  public var intent: [UInt8]
  /// Name of the act, as `notice_act` has it.
  public var act: String
  /// How it gets there.
  public var channel: Channel
  /// Step of the ladder, 1 (the site) to 8.
  public var rung: Int
  /// 1, or one more than the notice that it follows.
  public var round: Int
  /// The notice that it follows.
  public var follows: Int64?
  /// Why there is another round.
  public var reason: String
  /// Address or form.
  public var recipient: String
  /// What it is about.
  public var targets: [NoticeTarget]
  /// What it says.
  public var text: NoticeText

  public init(
    intent: [UInt8], act: String, channel: Channel, rung: Int, round: Int = 1,
    follows: Int64? = nil, reason: String = "", recipient: String, targets: [NoticeTarget],
    text: NoticeText
  ) {
    self.intent = intent
    self.act = act
    self.channel = channel
    self.rung = rung
    self.round = round
    self.follows = follows
    self.reason = reason
    self.recipient = recipient
    self.targets = targets
    self.text = text
  }
}

/// Where a notice stands; the edges between states are in the database.
public enum NoticeState: String, Sendable, Hashable, CaseIterable {
  case draft, review, approved, held, queued, sending, sent, bounced, acknowledged, disputed
  case overdue, escalated, moved, reappeared, withdrawn, moot, cancelled
  case active, converted, lapsed, released
  case retryWait = "retry-wait"
  case inDoubt = "in-doubt"
  case actionClaimed = "action-claimed"
  case removedConfirmed = "removed-confirmed"
  case renewalDue = "renewal-due"
  case closedRemoved = "closed-removed"
  case closedMoved = "closed-moved"
  case closedRefused = "closed-refused"
  case closedReferred = "closed-referred"
}

/// A notice as it is stored.
public struct StoredNotice: Sendable, Hashable {
  /// Row number.
  public var id: Int64
  /// What it was made as.
  public var draft: NoticeDraft
  /// `takedown`, `preservation`, `referral` or `retraction`.
  public var kind: String
  /// Where it stands.
  public var state: NoticeState
  /// Who wrote it.
  public var author: String
  /// Who edited it last.
  public var lastEditor: String
  /// When it was made.
  public var createdAt: Timestamp
  /// When it last changed.
  public var changedAt: Timestamp
}

/// What of an advert a notice may rest on.
public struct NoticeEvidence: Sendable, Hashable {
  /// The target that follows.
  public var target: NoticeTarget
  /// Key of the advert on its site.
  public var key: String
  /// SHA-256 of the captured payload.
  public var payloadDigest: [UInt8]
  /// When the advert was first seen.
  public var firstSeen: Timestamp
  /// When it was last seen.
  public var lastSeen: Timestamp
  /// Values of its selectors, which have no place in a notice.
  public var selectors: [String]
  /// The stored record of its newest text, JSON.
  public var record: String
  /// Its newest text.
  public var text: String
  /// The address that the evidence was captured from, as the archive wrote it; empty when unknown.
  public var captureDate: Timestamp
}
