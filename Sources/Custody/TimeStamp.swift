public import Bytes
import CCrypto
public import Vocabulary

/// A time-stamp token of RFC 3161: an authority's word that a digest was known at a time.
public struct TimeStamp: Sendable, Hashable {
  /// The reply as the authority sent it (DER), which `openssl ts -verify` reads.
  public var reply: [UInt8]

  public init(reply: [UInt8]) { self.reply = reply }

  /// Where an authority's answer came from is not said by HTTP, but by its media type.
  public static let queryType = "application/timestamp-query"

  /// A query for a digest, in DER, with a nonce of its own.
  public static func query(for digest: SHA256Digest) throws(CustodyFailure) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 512)
    let length = ccrypto_ts_query(digest.bytes, &bytes, Int32(bytes.count))
    guard length > 0 else { throw CustodyFailure("OpenSSL made no time-stamp query") }
    return Array(bytes[..<Int(length)])
  }

  /// The time that the token attests for a digest, in whole seconds.
  ///
  /// Throws when the token is for another digest, answers another query, or, with the authorities'
  /// certificates given (a PEM file), was not signed by one that they vouch for.
  public func time(
    of digest: SHA256Digest, authorities: String?, query: [UInt8]? = nil
  ) throws(CustodyFailure) -> Timestamp {
    var seconds = 0
    var why = [CChar](repeating: 0, count: 512)
    let isValid = ccrypto_ts_verify(
      reply, reply.count, digest.bytes, authorities, query, query?.count ?? 0, &seconds, &why,
      Int32(why.count))
    guard isValid == 1 else {
      let text = why.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      throw CustodyFailure("the time stamp does not hold: \(String(decoding: text, as: UTF8.self))")
    }
    return Timestamp(seconds: Int64(seconds))
  }
}
