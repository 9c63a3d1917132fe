/// Undoes the content codings of a body.
///
/// Memory is bounded by the limits, plus the fixed window of a decoder (32 KiB for gzip and
/// deflate, 16 MiB for brotli, 8 MiB for zstd), whatever the body claims about itself.
public enum ContentDecoder {
  /// The body without its codings, which are given in the order in which they were applied.
  public static func decode(
    _ body: [UInt8], codings: [ContentCoding], limits: DecodingLimits = DecodingLimits()
  ) throws(DecodingFailure) -> [UInt8] {
    let result = decodePrefix(body, codings: codings, limits: limits)
    if let failure = result.failure { throw failure }
    return result.bytes
  }

  /// As much of the body as can be decoded, and what stopped it; nil if nothing did.
  ///
  /// For bodies that were cut off, and to look at the beginning of one that is too big.
  public static func decodePrefix(
    _ body: [UInt8], codings: [ContentCoding], limits: DecodingLimits = DecodingLimits()
  ) -> (bytes: [UInt8], failure: DecodingFailure?) {
    let applied = codings.filter { $0 != .identity }
    guard applied.count <= limits.maximumCodings else {
      return ([], .unsupported("\(applied.count) content codings"))
    }
    let ratio = limits.maximumByRatio(of: body.count)
    var bytes = body
    var first: DecodingFailure?
    for coding in applied.reversed() {
      // An empty body is sent with a coding by many servers, most of all in answer to HEAD and with 304.
      if bytes.isEmpty { break }
      let step = undo(
        coding, bytes,
        output: BoundedOutput(maximumBytes: limits.maximumBytes, maximumByRatio: ratio))
      bytes = step.bytes
      first = first ?? step.failure
    }
    return (bytes, first)
  }

  private static func undo(
    _ coding: ContentCoding, _ body: [UInt8], output: BoundedOutput
  ) -> (bytes: [UInt8], failure: DecodingFailure?) {
    switch coding {
    case .identity: (body, nil)
    case .gzip: gzip(body, output: output)
    case .deflate: deflate(body, output: output)
    case .brotli: single(BrotliStream(), body, output: output)
    case .zstd: zstd(body, output: output)
    }
  }

  /// One stream; bytes after its end are ignored, as browsers do.
  private static func single(
    _ decoder: (some StreamDecoder)?, _ body: [UInt8], output: BoundedOutput
  ) -> (bytes: [UInt8], failure: DecodingFailure?) {
    guard let decoder else { return ([], .corrupt("no memory to decompress")) }
    var output = output
    let end = output.fill(from: decoder, input: body[...])
    return (output.bytes, end.failure)
  }

  /// Members one after the other; what follows them and is no member is ignored, as browsers do.
  private static func gzip(
    _ body: [UInt8], output: BoundedOutput
  ) -> (bytes: [UInt8], failure: DecodingFailure?) {
    let ceiling = min(output.maximumBytes, output.maximumByRatio?.bytes ?? .max)
    if let bytes = FastInflate.gzip(body, maximumBytes: ceiling) { return (bytes, nil) }
    guard let stream = InflateStream(.gzip) else {
      return ([], .corrupt("no memory to decompress"))
    }
    var output = output
    var rest = body[...]
    repeat {
      let end = output.fill(from: stream, input: rest)
      if let failure = end.failure { return (output.bytes, failure) }
      rest = rest.dropFirst(end.consumed)
      stream.reset()
    } while rest.starts(with: [0x1F, 0x8B])
    return (output.bytes, nil)
  }

  /// The zlib format, as RFC 9110 section 8.4.1.2 says, or bare deflate, as some servers send.
  private static func deflate(
    _ body: [UInt8], output: BoundedOutput
  ) -> (bytes: [UInt8], failure: DecodingFailure?) {
    if body.count >= 2, body[0] & 15 == 8, body[0] >> 4 <= 7,
      (Int(body[0]) << 8 | Int(body[1])) % 31 == 0
    {
      let wrapped = single(InflateStream(.zlib), body, output: output)
      // Bare deflate looks like a zlib header once in a thousand times, and then goes wrong at once.
      if wrapped.failure == nil || !wrapped.bytes.isEmpty { return wrapped }
      let bare = single(InflateStream(.raw), body, output: output)
      return bare.failure == nil ? bare : wrapped
    }
    return single(InflateStream(.raw), body, output: output)
  }

  /// Frames one after the other, as RFC 8878 section 3 allows.
  private static func zstd(
    _ body: [UInt8], output: BoundedOutput
  ) -> (bytes: [UInt8], failure: DecodingFailure?) {
    guard let stream = ZstdStream() else { return ([], .corrupt("no memory to decompress")) }
    var output = output
    var rest = body[...]
    while !rest.isEmpty {
      let end = output.fill(from: stream, input: rest)
      if let failure = end.failure { return (output.bytes, failure) }
      guard end.consumed > 0 else { return (output.bytes, .corrupt("an endless frame")) }
      rest = rest.dropFirst(end.consumed)
    }
    return (output.bytes, nil)
  }
}
