import Archive
import CaseStore

extension Verification {
  /// Holds the files of the archive against the database: every record, and no file besides.
  func checkFiles(_ report: inout Report, _ progress: (String) -> Void) throws {
    // Files are listed before the database is asked: what it does not know then is nobody's.
    let listed = try ArchiveFiles.list(in: folder.path)
    let ends = try folder.store.committedEnds()
    let waiting = Dictionary(
      grouping: try folder.store.waitingErasures(limit: .max).map(\.member), by: \.file
    ).mapValues { $0.map { $0.offset..<($0.offset + $0.length) } }
    var found = report
    for (file, ranges) in waiting.sorted(by: { $0.key < $1.key }) {
      found.notes.append(
        "\(file): \(ranges.count) erasures were begun and not ended; 'adwatch purge' goes on")
    }
    var reader: MemberFile?
    var seen: Set<String> = []
    try folder.store.forEachMember { entry in
      let member = entry.member
      if reader?.name != member.file {
        reader?.finish(&found)
        progress(member.file)
        seen.insert(member.file)
        reader = MemberFile(
          name: member.file, folder: folder.path, committed: ends[member.file] ?? 0,
          waiting: waiting[member.file] ?? [])
      }
      reader?.check(member, of: entry.url, &found)
    }
    reader?.finish(&found)
    for (file, end) in ends.sorted(by: { $0.key < $1.key }) where end > 0 && !seen.contains(file) {
      found.add(file, "\(end) bytes were committed, but the database knows no record in it")
    }
    let isOpen = try folder.store.isRunOpen()
    for file in listed where ends[file.name] == nil {
      if file.name.hasSuffix(".uncommitted") {
        found.notes.append("\(file.name): set aside after a crash; nothing of it is evidence")
      } else if isOpen, file.name.hasSuffix(".warc.gz") {
        found.notes.append("\(file.name): not committed by the run that has not ended")
      } else {
        found.add(file.name, "the file is not one that this program wrote")
      }
    }
    for file in listed {
      guard let end = ends[file.name], file.length > end else { continue }
      if isOpen {
        found.notes.append("\(file.name): \(file.length - end) bytes are not committed yet")
      } else {
        found.add(file.name, "\(file.length - end) bytes follow the last record")
      }
    }
    report = found
  }
}
