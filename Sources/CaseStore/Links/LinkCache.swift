import Linking
import Synchronization

/// What linking read or wrote last, so that the adverts of a busy number are not read from their rows
/// again with every batch.
///
/// Only for the one program that links; what a transaction that failed left in it is forgotten, and
/// everything when somebody decided beside it.
final class LinkCache: Sendable {
  private struct Entries {
    var records: [Int64: LinkRecord] = [:]
    var standings: [LinkNode: NodeStanding?] = [:]
    /// The latest decision that what is remembered follows from.
    var decision: Int64 = 0
  }

  private let entries = Mutex(Entries())

  /// Entries of each kind, about a kilobyte each; when there are more, all are forgotten.
  private static let most = 20_000

  func record(_ advert: Int64, _ read: () throws -> LinkRecord?) rethrows -> LinkRecord? {
    if let known = entries.withLock({ $0.records[advert] }) { return known }
    let record = try read()
    if let record { keep(record) }
    return record
  }

  func keep(_ record: LinkRecord) {
    entries.withLock { entries in
      if entries.records.count >= Self.most { entries.records.removeAll() }
      entries.records[record.advert.id] = record
    }
  }

  func forget(_ advert: Int64) {
    entries.withLock { _ = $0.records.removeValue(forKey: advert) }
  }

  func standing(of node: LinkNode, _ read: () throws -> NodeStanding?) rethrows -> NodeStanding? {
    if let known = entries.withLock({ $0.standings[node] }) { return known }
    let standing = try read()
    keep(standing, of: node)
    return standing
  }

  func keep(_ standing: NodeStanding?, of node: LinkNode) {
    entries.withLock { entries in
      if entries.standings.count >= Self.most { entries.standings.removeAll() }
      entries.standings.updateValue(standing, forKey: node)
    }
  }

  func clear() { entries.withLock { $0 = Entries() } }

  /// Forgets what was remembered before `decision`: another program may have made it.
  func follow(_ decision: Int64) {
    entries.withLock { entries in
      guard entries.decision != decision else { return }
      entries = Entries()
      entries.decision = decision
    }
  }
}
