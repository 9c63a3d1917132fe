import Archive
import Bytes
import CaseStore

/// Writes the tombstones that the database has recorded, so that it and the files agree again.
///
/// The record comes first, as in a redo log: a kill between the two leaves a list of what is still to
/// be written, and writing a tombstone twice is no different from writing it once.
struct Tombstones {
  private let folder: DataFolder

  init(_ folder: DataFolder) { self.folder = folder }

  /// The record for a place, as it will be written.
  static func place(
    in file: String, at offset: Int64, length: Int64, _ tombstone: Tombstone
  ) throws(ArchiveFailure) -> ErasedPlace {
    guard let bytes = tombstone.bytes else {
      throw .notATombstone(path: file, offset: offset)
    }
    return ErasedPlace(
      member: StoredMember(
        file: file, offset: offset, length: length, digest: SHA256.hash(bytes).bytes,
        recordID: tombstone.recordID, type: WARCType.metadata.rawValue),
      warcinfo: tombstone.warcinfo, words: tombstone.text, at: tombstone.date)
  }

  /// Writes everything that waits; `step` is told before each thing that is done.
  func finish(_ step: (String) -> Void = { _ in }) throws {
    while true {
      let waiting = try folder.store.waitingErasures(limit: 500)
      guard !waiting.isEmpty else { return }
      for place in waiting {
        guard let digest = SHA256Digest(place.member.digest) else {
          throw ArchiveFailure.notATombstone(
            path: place.member.file, offset: place.member.offset)
        }
        step("write")
        try Tombstone(
          recordID: place.member.recordID, warcinfo: place.warcinfo, date: place.at,
          text: place.words, length: place.member.length
        ).write(
          to: folder.path + "/" + place.member.file, at: place.member.offset, digest: digest)
      }
      step("finish")
      try folder.store.finishErasures(waiting)
    }
  }
}
