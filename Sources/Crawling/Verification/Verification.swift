import Archive
import Bytes
public import CaseStore
public import Custody
import Foundation
public import Vocabulary

/// Checks evidence, custody log and database against each other, trusting none of them.
public struct Verification: Sendable {
  /// Something that is not as it should be.
  public struct Finding: Sendable, Hashable, CustomStringConvertible {
    /// The file, `custody` or `database`.
    public var place: String
    /// What is wrong.
    public var problem: String

    public var description: String { "\(place): \(problem)" }
  }

  /// What was purged of a source.
  public struct Erased: Sendable, Hashable {
    public var source: String
    /// Captures, those among them of which a payload is left.
    public var captures: Int
    /// When the last of them was erased.
    public var last: Timestamp
  }

  /// What was checked and what was found.
  public struct Report: Sendable, Hashable {
    /// WARC files read.
    public var files = 0
    /// Records whose bytes were compared with their digest.
    public var records = 0
    /// Captures compared with their custody event.
    public var captures = 0
    /// Custody events whose chain was followed.
    public var events = 0
    /// Custody payloads that were purged.
    public var purged = 0
    /// Captures that were erased, by source.
    public var erased: [Erased] = []
    /// Heads that were kept and agree with the log.
    public var heads = 0
    /// The log's newest event.
    public var head: CaseStore.CustodyHead?
    /// What is no fault but a person should know, such as what a killed run left behind.
    public var notes: [String] = []
    /// Everything that is wrong, at most `maximumFindings`.
    public var findings: [Finding] = []
    /// True when there was more.
    public var hasMore = false

    /// Findings that are listed.
    public static let maximumFindings = 1000

    init() {}

    mutating func add(_ place: String, _ problem: String) {
      if findings.count < Self.maximumFindings {
        findings.append(Finding(place: place, problem: problem))
      } else {
        hasMore = true
      }
    }
  }

  let folder: DataFolder

  public init(_ folder: DataFolder) { self.folder = folder }

  /// Runs every check; `kept` are heads that were kept elsewhere, which the log has to contain.
  ///
  /// Heads in `custody/` of the data directory are held against the log as well. `progress` is told
  /// of each file that is begun.
  public func run(
    kept: [KeptHead] = [], keys: [VerifyingKey] = [], authorities: String? = nil,
    progress: (String) -> Void = { _ in }
  ) throws(CrawlError) -> Report {
    var report = Report()
    do {
      let heads = kept + storedHeads(keys, authorities, &report)
      // The log first: a crawler that runs meanwhile only adds to what was read.
      let events = try checkCustody(heads, &report)
      try checkRows(events, &report)
      try checkFiles(&report, progress)
      report.erased = try folder.store.purged().map {
        Erased(source: $0.source, captures: $0.captures, last: $0.last)
      }
    } catch {
      throw CrawlError(error)
    }
    return report
  }

  /// The heads in the data directory itself; one that does not hold is a finding.
  private func storedHeads(
    _ keys: [VerifyingKey], _ authorities: String?, _ report: inout Report
  ) -> [KeptHead] {
    let path = folder.path + "/custody"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    var heads: [KeptHead] = []
    for name in names.sorted() where name.hasPrefix("head-") && name.hasSuffix(".json") {
      do throws(CustodyFailure) {
        heads.append(
          try KeptHead(path: "\(path)/\(name)", keys: keys, authorities: authorities))
      } catch {
        report.add("custody/\(name)", error.description)
      }
    }
    return heads
  }
}
