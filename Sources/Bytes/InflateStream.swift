import CZlib

/// Deflate in one of its three wrappers, by zlib, in pieces.
final class InflateStream: StreamDecoder {
  /// The wrapper, as zlib's window bits say it.
  enum Format: Int32 {
    case raw = -15
    case zlib = 15
    case gzip = 31
  }

  private let raw: UnsafeMutablePointer<z_stream>

  /// Nil when there is no memory for it.
  init?(_ format: Format) {
    guard let raw = adwatch_inflate_new(format.rawValue) else { return nil }
    self.raw = raw
  }

  deinit { adwatch_inflate_free(raw) }

  /// Makes ready for the next stream of the same format.
  func reset() { inflateReset(raw) }

  func step(
    input: UnsafeRawBufferPointer, output: UnsafeMutableRawBufferPointer
  ) -> StreamStep {
    var consumed = 0
    var produced = 0
    let code = adwatch_inflate_step(
      raw, input.baseAddress, input.count, &consumed, output.baseAddress, output.count, &produced)
    let status: StreamStep.Status =
      switch code {
      case Z_OK, Z_BUF_ERROR: .running
      case Z_STREAM_END: .finished
      case Z_NEED_DICT: .failed("needs a dictionary")
      default: .failed(message(code))
      }
    return StreamStep(consumed: consumed, produced: produced, status: status)
  }

  private func message(_ status: Int32) -> String {
    guard let text = raw.pointee.msg else { return "zlib error \(status)" }
    return String(cString: text)
  }
}
