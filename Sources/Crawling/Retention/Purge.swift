import Archive
import Bytes
public import CaseStore
import Foundation
public import Logging
import Vocabulary

/// Erases what retention says must go, and proves it.
///
/// Captures go in batches. A transaction records the tombstones that take the place of their records
/// and erases everything else that only they brought; then the tombstones are written. A kill at any
/// instant leaves a state from which the next purge, or the next crawl, goes on.
public struct Purge: Sendable {
  private let folder: DataFolder
  private let rule: RetentionRule
  private let actor: Actor
  private let software: String
  private let logger: Logger
  /// Told before each step: where a test ends the program.
  private let step: @Sendable (String) -> Void

  /// Captures of one transaction.
  static let batch = 100

  /// A purge of a folder that is open for writing.
  public init(
    _ folder: DataFolder, rule: RetentionRule, by actor: Actor, software: String, logger: Logger,
    step: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.folder = folder
    self.rule = rule
    self.actor = actor
    self.software = software
    self.logger = logger
    self.step = step
  }

  /// What was erased and what could not be done.
  public struct Result: Sendable, Hashable {
    /// What was erased.
    public var totals = ErasureTotals()
    /// Files with bytes that never became evidence which were removed.
    public var orphans = 0
    /// Why the database's files may still hold what was erased; nil when they do not.
    public var leftover: String?
  }

  /// Erases everything that is due.
  public func run() throws(CrawlError) -> Result {
    do {
      guard let lock = try FolderLock(folder.path + "/purge.lock") else {
        throw CrawlError.held(by: "a backup")
      }
      defer { lock.release() }
      try Recovery.run(folder, logger: logger)
      let now = Timestamp.now
      let run = try folder.store.beginRun(
        command: "purge", software: software, patternsDigest: nil, by: actor, at: now)
      var result = Result()
      var captures = try folder.store.purgePlan(rule).captures[...]
      let files = PurgeFiles(folder, at: now, software: software)
      while !captures.isEmpty {
        let batch = Array(captures.prefix(Self.batch))
        captures = captures.dropFirst(batch.count)
        step("erase")
        let handlers = ErasureHandlers(
          tombstone: { try files.tombstone($0, $1, $2, $3) },
          move: { source, record, words in
            step("move")
            return try files.move(source, record, words)
          })
        let totals = try folder.store.erase(
          batch, rule: rule, by: actor, at: now, handlers)
        result.totals.add(totals)
        step("record")
        try Tombstones(folder).finish(step)
      }
      step("orphans")
      result.orphans = try removeOrphans()
      step("compact")
      do {
        try folder.store.compactIfErased()
      } catch let error as CaseStoreError {
        result.leftover = "\(error)"
      }
      step("end")
      try folder.store.endRun(run, outcome: "done", by: actor, at: Timestamp.now)
      return result
    } catch {
      throw CrawlError(error)
    }
  }

  /// Removes what was set aside after crashes when the retention of its source has passed since.
  private func removeOrphans() throws -> Int {
    let periods = try folder.store.retentions(general: rule.general)
    var removed = 0
    for file in try ArchiveFiles.list(in: folder.path)
    where file.isRegular && file.name.hasSuffix(".uncommitted") {
      let source = file.name.split(separator: "/").dropFirst().first.map(String.init) ?? ""
      guard let period = periods[source] ?? rule.general else { continue }
      let path = folder.path + "/" + file.name
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      guard let changed = attributes[.modificationDate] as? Date else { continue }
      let age = Double(rule.now.milliseconds) / 1000 - changed.timeIntervalSince1970
      guard age >= Double(period) else { continue }
      try FileManager.default.removeItem(atPath: path)
      removed += 1
    }
    return removed
  }
}
