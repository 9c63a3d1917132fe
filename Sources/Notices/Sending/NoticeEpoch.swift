import Bytes
public import CaseStore
import Foundation

/// The file beside a store that tells whether it is the store which sent last.
///
/// A store restored from yesterday has begun fewer bodies than the file says; a copied directory has a
/// file of another inode. Either way nothing is sent until a person has looked.
public struct NoticeEpoch: Sendable {
  private let path: String

  /// The file of a data directory.
  public init(data: String) { path = data + "/outbox/epoch" }

  /// Ties a store to the directory anew, for when a person switches sending on; returns its epoch.
  public func renew(_ control: NoticeControl) throws -> String {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o750])
    let name = Hex.encode((0..<16).map { _ in UInt8.random(in: .min ... .max) })
    if !FileManager.default.fileExists(atPath: path) {
      try Data().write(to: URL(fileURLWithPath: path))
    }
    try write("\(name) \(control.bodies) \(inode ?? 0)")
    return name
  }

  /// Notes how many bodies were begun.
  func note(_ control: NoticeControl) throws {
    try write("\(control.epoch) \(control.bodies) \(inode ?? 0)")
  }

  /// Why the store is not the one that the file was left by; nil when it is.
  func mismatch(_ control: NoticeControl) -> String? {
    guard let data = FileManager.default.contents(atPath: path), data.count < 256 else {
      return "the epoch's file is missing"
    }
    let parts = String(decoding: data, as: UTF8.self).split(separator: " ")
    guard parts.count == 3, let bodies = Int64(parts[1]), let place = UInt64(parts[2]) else {
      return "the epoch's file cannot be read"
    }
    if parts[0] != control.epoch { return "the database is of another epoch" }
    if bodies > control.bodies { return "the database is older than what was sent" }
    if place != inode { return "the data directory was copied or restored" }
    return nil
  }

  private var inode: UInt64? {
    var status = stat()
    return stat(path, &status) == 0 ? UInt64(status.st_ino) : nil
  }

  /// In place, so that the inode stays, and synced.
  private func write(_ text: String) throws {
    let file = open(path, O_WRONLY | O_TRUNC)
    guard file >= 0 else { throw CocoaError(.fileWriteUnknown) }
    defer { close(file) }
    let bytes = Array(text.utf8)
    guard Glibc.write(file, bytes, bytes.count) == bytes.count, fsync(file) == 0 else {
      throw CocoaError(.fileWriteOutOfSpace)
    }
  }
}
