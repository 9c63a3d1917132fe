public import CaseStore
import Foundation
public import Vocabulary

/// Takes messages out of the outbox, one after the other, and hands each over once.
public struct Dispatcher: Sendable {
  /// What came of a round.
  public struct Totals: Sendable, Hashable {
    public var accepted = 0
    public var later = 0
    public var refused = 0
    public var inDoubt = 0
    public init() {}
  }

  let store: CaseStore
  let relay: MailRelay
  let owner: String
  let actor: Actor
  let epoch: NoticeEpoch
  let now: @Sendable () -> Timestamp

  /// Longer than a transfer may take, so that a lease never ends under one that goes on.
  var leaseSeconds: Int64 { Int64(relay.connectSeconds + relay.totalSeconds + 60) }

  public init(
    store: CaseStore, relay: MailRelay, owner: String, actor: Actor, epoch: NoticeEpoch,
    now: @escaping @Sendable () -> Timestamp
  ) {
    self.store = store
    self.relay = relay
    self.owner = owner
    self.actor = actor
    self.epoch = epoch
    self.now = now
  }

  /// Puts approved notices that may go out into the outbox; their number.
  public func queueApproved(from sender: MailSender) throws -> Int {
    var count = 0
    for id in try store.noticeNumbers(in: .approved) {
      guard let notice = try store.notice(id), notice.draft.channel == .mail,
        try store.noticeObstacles(id).isEmpty, let message = sender.message(of: notice, at: now())
      else { continue }
      try store.queueNotice(id, message, by: actor, at: now())
      count += 1
    }
    return count
  }

  /// Sends what is due, at most `most`.
  ///
  /// Throws `CaseStoreError.refused` when the store runs on a clock that is told and the relay is
  /// elsewhere: demonstrations never leave the machine.
  ///
  /// Switches sending off, and throws, when the store is not the one that the epoch's file was left by.
  public func run(most: Int = 1000) throws -> Totals {
    var control = try store.noticeControl()
    if control.isSending, let why = epoch.mismatch(control) {
      control.isSending = false
      try store.setNoticeControl(control, why: why, by: actor, at: now())
      throw CaseStoreError.refused("sending was switched off: \(why)")
    }
    guard !control.isGivenClock || relay.isLoopback else {
      throw CaseStoreError.refused("a store with a clock of its own sends to loopback only")
    }
    try store.recoverLeases(by: actor, at: now())
    var totals = Totals()
    for _ in 0..<most {
      guard
        let leased = try store.leaseMessage(
          owner: owner, seconds: leaseSeconds, by: actor, at: now())
      else { break }
      let outcome = MailTransfer(relay: relay).send(leased.message, to: leased.recipient) {
        try store.beginBody(of: leased, at: now())
        try epoch.note(store.noticeControl())
      }
      switch outcome {
      case .accepted: totals.accepted += 1
      case .refusedForNow, .notBegun: totals.later += 1
      case .refused: totals.refused += 1
      case .unknown: totals.inDoubt += 1
      }
      try store.endAttempt(of: leased, outcome, by: actor, at: now())
    }
    return totals
  }
}
