import CBrotli

/// Brotli (RFC 7932), in pieces.
///
/// Large windows stay off, as they are no part of the RFC: the decoder's own memory is at most its
/// 16 MiB window and a little.
final class BrotliStream: StreamDecoder {
  private let raw: OpaquePointer

  /// Nil when there is no memory for it.
  init?() {
    guard let raw = BrotliDecoderCreateInstance(nil, nil, nil) else { return nil }
    self.raw = raw
  }

  deinit { BrotliDecoderDestroyInstance(raw) }

  func step(
    input: UnsafeRawBufferPointer, output: UnsafeMutableRawBufferPointer
  ) -> StreamStep {
    var left = input.count
    var next = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    var room = output.count
    var write = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    let result = BrotliDecoderDecompressStream(raw, &left, &next, &room, &write, nil)
    let status: StreamStep.Status =
      switch result {
      case BROTLI_DECODER_RESULT_SUCCESS: .finished
      case BROTLI_DECODER_RESULT_ERROR:
        .failed(String(cString: BrotliDecoderErrorString(BrotliDecoderGetErrorCode(raw))))
      default: .running
      }
    return StreamStep(
      consumed: input.count - left, produced: output.count - room, status: status)
  }
}
