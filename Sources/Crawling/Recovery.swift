import Archive
import CaseStore
import Logging

/// What is done before anything else when a data directory is opened for writing.
enum Recovery {
  /// Analyses of one page that may end the program before the page is set aside.
  static let maximumAttempts = 2

  /// Cuts every WARC file back to its last committed end.
  ///
  /// Bytes beyond it never became evidence: the program ended between the archive and the store.
  /// Throws when bytes that were committed are missing; nothing is changed then.
  static func run(_ folder: DataFolder, logger: Logger) throws {
    let actions = try WARCWriter.recover(
      directory: folder.path, committed: try folder.store.committedEnds())
    let losses = actions.filter(\.isLoss)
    guard losses.isEmpty else { throw CrawlError.archiveLoss(losses.map(\.description)) }
    try Tombstones(folder).finish()
    for action in actions {
      logger.notice("cleaned up after an unfinished run", metadata: ["what": "\(action)"])
    }
  }
}
