public import Bytes

/// The Merkle tree of RFC 6962 section 2.1 over the events of a log, SHA-256.
///
/// A leaf's hash is that of a zero byte and the event's canonical JSON; a node's that of a one byte and
/// its two children. Leaf hashes are kept, 32 bytes each; roots and proofs are made when asked for.
public struct MerkleTree: Sendable {
  /// Hashes of the leaves, in order.
  public private(set) var leaves: [SHA256Digest] = []

  public init() {}

  /// Adds an entry at the end.
  public mutating func append(_ entry: [UInt8]) { leaves.append(Self.leaf(entry)) }

  /// The root over the first `count` leaves; nil when there are not so many.
  ///
  /// That of no leaf is the hash of nothing.
  public func root(count: Int) -> SHA256Digest? {
    guard count >= 0, count <= leaves.count else { return nil }
    return count == 0 ? SHA256.hash([UInt8]()) : hash(0..<count)
  }

  /// The hashes by which anybody gets from a leaf to the root over the first `count` leaves.
  ///
  /// From the leaf upwards (RFC 6962 section 2.1.1); nil when the leaf is not among them.
  public func proof(of index: Int, count: Int) -> [SHA256Digest]? {
    guard index >= 0, index < count, count <= leaves.count else { return nil }
    return path(to: index, in: 0..<count)
  }

  /// The hash of a leaf.
  public static func leaf(_ entry: [UInt8]) -> SHA256Digest { SHA256.hash([0] + entry) }

  /// The root that a proof leads to; nil when the proof has another length than such a tree gives it.
  public static func root(
    of entry: [UInt8], at index: Int, count: Int, proof: [SHA256Digest]
  ) -> SHA256Digest? {
    guard index >= 0, index < count else { return nil }
    var hash = leaf(entry)
    var (place, last) = (index, count - 1)
    // RFC 9162 section 2.1.3.2, which does not need the tree.
    for sibling in proof {
      guard last > 0 else { return nil }
      if place & 1 == 1 || place == last {
        hash = node(sibling, hash)
        while place & 1 == 0, place != 0 {
          place >>= 1
          last >>= 1
        }
      } else {
        hash = node(hash, sibling)
      }
      place >>= 1
      last >>= 1
    }
    return last == 0 ? hash : nil
  }

  private static func node(_ left: SHA256Digest, _ right: SHA256Digest) -> SHA256Digest {
    SHA256.hash([1] + left.bytes + right.bytes)
  }

  /// The largest power of two below `count`.
  private static func split(_ count: Int) -> Int {
    1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount)
  }

  private func hash(_ range: Range<Int>) -> SHA256Digest {
    guard range.count > 1 else { return leaves[range.lowerBound] }
    let middle = range.lowerBound + Self.split(range.count)
    return Self.node(hash(range.lowerBound..<middle), hash(middle..<range.upperBound))
  }

  private func path(to index: Int, in range: Range<Int>) -> [SHA256Digest] {
    guard range.count > 1 else { return [] }
    let middle = range.lowerBound + Self.split(range.count)
    if index < middle {
      return path(to: index, in: range.lowerBound..<middle) + [hash(middle..<range.upperBound)]
    }
    return path(to: index, in: middle..<range.upperBound) + [hash(range.lowerBound..<middle)]
  }
}
