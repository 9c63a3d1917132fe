import Bytes

/// One text compressed by programs other than ours: Python's gzip, zlib, brotli and zstandard.
enum ForeignSamples {
  static let plain = Array(
    (String(repeating: "Kitchen help wanted in Exampletown. ", count: 6) + "Call 020 7946 0123.")
      .utf8)
  static let gzip =
    "1f8b0800000000000203f3ce2c49ce48cd53c848cd2950284fcc2b494d51c8cc5370ad48cc2dc849"
    + "2dc92fcfd353f01e826a9c137372140c8c0c14cc2d4dcc140c0c8d8cf50082b863f5eb000000"
  static let zlibWrapped =
    "78daf3ce2c49ce48cd53c848cd2950284fcc2b494d51c8cc5370ad48cc2dc8492dc92fcfd353f01e"
    + "826a9c137372140c8c0c14cc2d4dcc140c0c8d8cf5009cd6533f"
  static let bareDeflate =
    "f3ce2c49ce48cd53c848cd2950284fcc2b494d51c8cc5370ad48cc2dc8492dc92fcfd353f01e826a"
    + "9c137372140c8c0c14cc2d4dcc140c0c8d8cf500"
  static let brotli =
    "1bea000014a1d2f586d7bbe3d220729e4ae21837305f03ced7428bf33991695b66ba921a83eca3b2"
    + "e6b9d5630ecdef72cc254323aa23513517"
  static let zstd =
    "28b52ffd24eb05020074034b69746368656e2068656c702077616e74656420696e204578616d706c"
    + "65746f776e2e2043616c6c20303230203739343620303132332e01008c1d4a3d01616d27b7"

  struct Sample: Sendable {
    let name: String
    let coding: ContentCoding
    let hex: String
  }

  static let all = [
    Sample(name: "gzip", coding: .gzip, hex: gzip),
    Sample(name: "zlibWrapped", coding: .deflate, hex: zlibWrapped),
    Sample(name: "bareDeflate", coding: .deflate, hex: bareDeflate),
    Sample(name: "brotli", coding: .brotli, hex: brotli),
    Sample(name: "zstd", coding: .zstd, hex: zstd),
  ]
}
