import Bytes
public import CaseStore
public import Vocabulary

/// Takes what came in into the store, each message once.
public struct ReplyImport: Sendable {
  /// What came of a round.
  public struct Totals: Sendable, Hashable {
    /// Messages by what they say.
    public var kinds: [InboundKind: Int] = [:]
    /// Imported before.
    public var known = 0
    /// About no notice that is known.
    public var unmatched = 0
    /// Notices that moved.
    public var moved = 0
    public init() {}
  }

  private let store: CaseStore
  private let reader: ReplyReader
  private let actor: Actor

  public init(store: CaseStore, reader: ReplyReader, actor: Actor) {
    self.store = store
    self.reader = reader
    self.actor = actor
  }

  /// Keeps one message and adds to the totals what it was.
  public func take(_ raw: [UInt8], at: Timestamp, _ totals: inout Totals) throws {
    let reading = reader.read(raw)
    let mail = InboundMail(
      raw: raw, digest: Array(SHA256.hash(raw).bytes), notice: reading.token?.notice,
      kind: reading.kind, matchedBy: reading.matchedBy, ticket: reading.ticket, why: reading.why)
    switch try store.importMail(mail, by: actor, at: at) {
    case .known: totals.known += 1
    case .kept(_, let moved):
      totals.kinds[reading.kind, default: 0] += 1
      if reading.token == nil { totals.unmatched += 1 }
      if moved != nil { totals.moved += 1 }
    }
  }
}
