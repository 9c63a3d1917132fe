import Archive
import Bytes
import CaseStore
import Foundation

/// One WARC file as `verify` goes through it: each member against its digest, then the file as a whole.
struct MemberFile {
  let name: String
  private let path: String
  private let committed: Int64
  private let handle: FileHandle?
  private let length: Int64
  private var end: Int64 = 0
  /// Where an erasure was recorded and may not be done: what stands there is neither here nor there.
  private let waiting: [Range<Int64>]

  init(name: String, folder: String, committed: Int64, waiting: [Range<Int64>]) {
    self.name = name
    self.committed = committed
    self.waiting = waiting
    path = folder + "/" + name
    handle = FileHandle(forReadingAtPath: path)
    length = handle.flatMap { try? $0.seekToEnd() }.map(Int64.init) ?? 0
  }

  mutating func check(
    _ member: StoredMember, of url: String?, _ report: inout Verification.Report
  ) {
    report.records += 1
    let what = "\(member.type) record at \(member.offset)" + (url.map { " of \($0)" } ?? "")
    if member.offset != end {
      report.add(name, "the \(what) does not begin where the one before it ends (\(end))")
    }
    end = member.offset + member.length
    guard handle != nil else { return }
    guard end <= length else {
      report.add(name, "the \(what) is cut off: the file has \(length) bytes")
      return
    }
    guard !waiting.contains(where: { $0.contains(member.offset) }) else { return }
    if digest(of: member) != member.digest { report.add(name, "the \(what) was changed") }
  }

  /// Checks the file as a whole: nothing missing at its end, every record well formed.
  func finish(_ report: inout Verification.Report) {
    report.files += 1
    guard handle != nil else {
      report.add(name, "the file is missing; \(committed) bytes were committed")
      return
    }
    if end != committed {
      report.add(name, "records end at \(end), but \(committed) bytes were committed")
    }
    do {
      let strict = try ArchiveCheck(profile: .own).check(path: path)
      for finding in strict.findings where finding.offset < committed {
        if waiting.contains(where: { $0.contains(finding.offset) }) { continue }
        report.add(name, "\(finding)")
      }
    } catch {
      report.add(name, "\(error)")
    }
  }

  private func digest(of member: StoredMember) -> [UInt8]? {
    guard let handle, (try? handle.seek(toOffset: UInt64(member.offset))) != nil else { return nil }
    var hash = SHA256()
    var left = Int(member.length)
    while left > 0 {
      guard let data = try? handle.read(upToCount: min(left, 1 << 20)), !data.isEmpty else {
        return nil
      }
      hash.update([UInt8](data))
      left -= data.count
    }
    return hash.finish().bytes
  }
}
