public import Bytes

extension Exchange {
  /// The content codings of the body in the order they were applied; nil if one is unknown.
  public var contentCodings: [ContentCoding]? {
    guard let header = headers.list("content-encoding") else { return [] }
    return ContentCoding.list(fromHeader: header)
  }

  /// The body with its content encoding removed, computed anew on every call.
  ///
  /// Of a truncated body it is as much as can be decoded. Throws when the body does not decode or
  /// passes `limits`.
  public func decodedBody(
    limits: DecodingLimits = DecodingLimits()
  ) throws(DecodingFailure) -> [UInt8] {
    guard let codings = contentCodings else {
      throw .unsupported(headers.list("content-encoding") ?? "")
    }
    if body.isEmpty { return [] }
    if truncated == nil {
      return try ContentDecoder.decode(body, codings: codings, limits: limits)
    }
    let prefix = ContentDecoder.decodePrefix(body, codings: codings, limits: limits)
    if prefix.bytes.isEmpty, let failure = prefix.failure { throw failure }
    return prefix.bytes
  }
}
