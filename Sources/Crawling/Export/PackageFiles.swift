import Archive
import Bytes
import Custody
import Foundation

/// The files of a package: of a WACZ file, or of the folder that it was unpacked into.
struct PackageFiles {
  private enum Place {
    case zip(ZIPReader)
    case folder(String)
  }

  private let place: Place
  /// Bytes of each file, by its path in the package.
  let lengths: [String: Int64]

  /// Opens a package; throws with words for people.
  init(path: String) throws(CustodyFailure) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw CustodyFailure("\(path) is not there")
    }
    if isFolder.boolValue {
      place = .folder(path)
      lengths = try Self.list(path)
      return
    }
    do {
      let zip = try ZIPReader(path: path)
      place = .zip(zip)
      lengths = Dictionary(
        zip.entries.map { ($0.name, $0.length) }, uniquingKeysWith: { first, _ in first })
    } catch {
      throw CustodyFailure("\(error)")
    }
  }

  private static func list(_ folder: String) throws(CustodyFailure) -> [String: Int64] {
    var lengths: [String: Int64] = [:]
    for case let name as String in FileManager.default.enumerator(atPath: folder) ?? .init() {
      let attributes = try? FileManager.default.attributesOfItem(atPath: folder + "/" + name)
      switch attributes?[.type] as? FileAttributeType {
      case .typeDirectory: continue
      case .typeRegular: lengths[name] = (attributes?[.size] as? NSNumber)?.int64Value ?? 0
      default: throw CustodyFailure("\(name) is no plain file")
      }
    }
    return lengths
  }

  /// The bytes of a file from an offset, at most so many; fewer at its end.
  func read(_ name: String, from offset: Int64, count: Int) throws(CustodyFailure) -> [UInt8] {
    switch place {
    case .zip(let zip):
      guard let entry = zip.entries.first(where: { $0.name == name }) else {
        throw CustodyFailure("\(name) is not in the package")
      }
      do {
        return try zip.read(entry, from: offset, count: count)
      } catch {
        throw CustodyFailure("\(error)")
      }
    case .folder(let folder):
      guard let handle = FileHandle(forReadingAtPath: folder + "/" + name),
        (try? handle.seek(toOffset: UInt64(offset))) != nil
      else { throw CustodyFailure("\(name) cannot be read") }
      defer { try? handle.close() }
      return [UInt8]((try? handle.read(upToCount: count)) ?? Data())
    }
  }

  /// Most bytes of a file that is taken into memory whole; those of the archive never are.
  static let maximumTextBytes: Int64 = 1 << 30

  /// A whole file; nil when it is not there.
  func text(_ name: String) throws(CustodyFailure) -> [UInt8]? {
    guard let length = lengths[name] else { return nil }
    guard length <= Self.maximumTextBytes else { throw CustodyFailure("\(name) is too large") }
    return try read(name, from: 0, count: Int(length))
  }

  /// SHA-256 of a file.
  func digest(_ name: String) throws(CustodyFailure) -> SHA256Digest {
    var hash = SHA256()
    var offset: Int64 = 0
    while true {
      let bytes = try read(name, from: offset, count: 1 << 20)
      if bytes.isEmpty { return hash.finish() }
      hash.update(bytes)
      offset += Int64(bytes.count)
    }
  }

  /// A file as a reader of archives takes it.
  func source(_ name: String) -> some ByteSource { PackageSource(files: self, name: name) }
}

private struct PackageSource: ByteSource {
  let files: PackageFiles
  let name: String
  var offset: Int64 = 0

  init(files: PackageFiles, name: String) {
    self.files = files
    self.name = name
  }

  mutating func read(upTo count: Int) throws(ByteSourceFailure) -> [UInt8] {
    do {
      let bytes = try files.read(name, from: offset, count: count)
      offset += Int64(bytes.count)
      return bytes
    } catch {
      throw ByteSourceFailure(code: 0, description: error.description)
    }
  }

  mutating func seek(to offset: Int64) -> Bool {
    guard offset >= 0 else { return false }
    self.offset = offset
    return true
  }
}
