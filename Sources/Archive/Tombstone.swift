public import Bytes
import Glibc
public import Vocabulary

/// What stands where records were erased: one well-formed record, exactly as long as they were.
///
/// Nothing behind it moves, so that every offset that is recorded elsewhere stays true. It is a
/// `metadata` record in a gzip member of stored blocks, whose end is zeros: a file system that can has
/// no need to keep them. A pure function of what it is made from, so that writing it can be repeated.
public struct Tombstone: Sendable, Hashable {
  /// `urn:uuid:…` of its record.
  public var recordID: String
  /// The `warcinfo` record of its file, without angle brackets.
  public var warcinfo: String
  /// When the records were erased.
  public var date: Timestamp
  /// Why, in a line for whoever reads the file.
  public var text: String
  /// Bytes that it has to fill.
  public var length: Int64

  public init(
    recordID: String, warcinfo: String, date: Timestamp, text: String, length: Int64
  ) {
    self.recordID = recordID
    self.warcinfo = warcinfo
    self.date = date
    self.text = text
    self.length = length
  }

  /// What such a record says it is about; no index lists it.
  public static let target = "urn:adwatch:erased"

  /// Most bytes of a stored block (RFC 1951 section 3.2.4).
  private static let storedBlock = 65_535
  /// The head of a gzip member, with neither time nor name, and the checksum and size at its end.
  private static let gzipHead: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]

  /// The bytes; nil when there are too few to hold even a record without words.
  public var bytes: [UInt8]? {
    let words = Array(text.utf8) + [13, 10]
    // One block more takes five bytes from the record: that gets over the lengths at which the number
    // of digits of Content-Length changes.
    let room = length - Int64(Self.gzipHead.count + 8)
    guard room > 0, length <= Int64(Int32.max) else { return nil }
    let least = (Int(room) + Self.storedBlock + 4) / (Self.storedBlock + 5)
    for blocks in least...(least + 3) {
      let size = Int(room) - 5 * blocks
      guard size > 0, size <= blocks * Self.storedBlock else { continue }
      if let record = record(of: size, words: words) { return member(record, blocks: blocks) }
    }
    return nil
  }

  /// The record of exactly `size` bytes; nil when no length of its block gives that.
  private func record(of size: Int, words: [UInt8]) -> [UInt8]? {
    let empty = head(block: [])
    // The header of an empty block says its length in one digit.
    for digits in 1...10 {
      let block = size - (empty.count - 1 + digits) - 4
      guard block >= 0, String(block).utf8.count == digits else { continue }
      let content =
        Array(words.prefix(block)) + [UInt8](repeating: 0, count: max(0, block - words.count))
      let bytes = head(block: content) + content + [13, 10, 13, 10]
      return bytes.count == size ? bytes : nil
    }
    return nil
  }

  private func head(block: [UInt8]) -> [UInt8] {
    var text = "WARC/1.1\r\nWARC-Type: metadata\r\nWARC-Record-ID: <\(recordID)>\r\n"
    text += "WARC-Date: \(date.rfc3339)\r\nWARC-Warcinfo-ID: <\(warcinfo)>\r\n"
    text += "WARC-Target-URI: \(Self.target)\r\n"
    text += "WARC-Block-Digest: \(SHA256.hash(block).labelled)\r\n"
    text += "Content-Type: application/octet-stream\r\nContent-Length: \(block.count)\r\n\r\n"
    return Array(text.utf8)
  }

  private func member(_ record: [UInt8], blocks: Int) -> [UInt8] {
    var bytes = Self.gzipHead
    bytes.reserveCapacity(Int(length))
    var rest = record[...]
    for number in 1...blocks {
      let piece = rest.prefix(Self.storedBlock)
      rest = rest.dropFirst(piece.count)
      let count = UInt16(piece.count)
      bytes.append(number == blocks ? 1 : 0)
      bytes += [UInt8(truncatingIfNeeded: count), UInt8(count >> 8)]
      bytes += [UInt8(truncatingIfNeeded: ~count), UInt8(~count >> 8)]
      bytes += piece
    }
    for value in [CRC32.checksum(record), UInt32(truncatingIfNeeded: record.count)] {
      for shift in stride(from: UInt32(0), to: 32, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: value >> shift))
      }
    }
    return bytes
  }
}

extension Tombstone {
  /// Puts the tombstone over what stands at `offset` of a file, and syncs it; may be repeated.
  ///
  /// Pages of zeros are given back to the file system where it takes them. Throws when the file does
  /// not reach that far, or when the tombstone does not have the digest that was recorded for it.
  public func write(
    to path: String, at offset: Int64, digest: SHA256Digest
  ) throws(ArchiveFailure) {
    guard let bytes, SHA256.hash(bytes) == digest else {
      throw .notATombstone(path: path, offset: offset)
    }
    let file = try FileDescriptor(path: path, flags: O_RDWR | O_NOFOLLOW)
    guard try file.length() >= offset + length else {
      throw .notATombstone(path: path, offset: offset)
    }
    try file.write(bytes, at: offset)
    try file.sync()
    file.giveBackZeros(of: bytes, at: offset)
    try file.sync()
  }
}
