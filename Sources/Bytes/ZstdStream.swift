import CZstd

/// Zstandard (RFC 8878), one frame, in pieces.
final class ZstdStream: StreamDecoder {
  /// RFC 9659: over HTTP a window is at most 8 MiB, so this is all the memory a frame can claim.
  private static let maximumWindowLog: Int32 = 23

  private let raw: OpaquePointer

  /// Nil when there is no memory for it.
  init?() {
    guard let raw = ZSTD_createDCtx() else { return nil }
    self.raw = raw
    ZSTD_DCtx_setParameter(raw, ZSTD_d_windowLogMax, Self.maximumWindowLog)
  }

  deinit { ZSTD_freeDCtx(raw) }

  func step(
    input: UnsafeRawBufferPointer, output: UnsafeMutableRawBufferPointer
  ) -> StreamStep {
    var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
    var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
    let result = ZSTD_decompressStream(raw, &target, &source)
    let status: StreamStep.Status =
      if ZSTD_isError(result) != 0 {
        .failed(String(cString: ZSTD_getErrorName(result)))
      } else if result == 0 {
        .finished
      } else {
        .running
      }
    return StreamStep(consumed: source.pos, produced: target.pos, status: status)
  }
}
