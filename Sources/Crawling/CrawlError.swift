public import CaseStore
import Archive

/// Why a crawl, a replay or a verification could not go on: none of it is the fault of a page.
public enum CrawlError: Error, Sendable, Hashable, CustomStringConvertible {
  /// No room is left; what was committed before is intact.
  case diskFull(String)
  /// The data directory is in use; the holder as it wrote itself down.
  case held(by: String)
  /// The data directory cannot be used.
  case folder(String)
  /// The archive lost bytes that were committed.
  case archiveLoss([String])
  /// The store could not do what was asked.
  case store(CaseStoreError)
  /// The archive could not be written or read.
  case archive(String)

  public var description: String {
    switch self {
    case .diskFull(let what):
      "\(what); what was committed is intact: free some space and start again"
    case .held(let holder): "the data directory is in use by \(holder)"
    case .folder(let what): what
    case .archiveLoss(let losses):
      "the archive is damaged, nothing was changed; run 'adwatch verify' and restore a backup:\n  "
        + losses.joined(separator: "\n  ")
    case .store(let error): "\(error)"
    case .archive(let what): "the archive could not be written: \(what)"
    }
  }

  /// The error in this vocabulary, whichever module it comes from.
  init(_ error: any Error) {
    switch error {
    case let error as CrawlError: self = error
    case CaseStoreError.diskFull: self = .diskFull("\(CaseStoreError.diskFull)")
    case let error as CaseStoreError: self = .store(error)
    case ArchiveFailure.diskFull(let path): self = .diskFull("\(path): no space left")
    default: self = .archive("\(error)")
    }
  }
}
