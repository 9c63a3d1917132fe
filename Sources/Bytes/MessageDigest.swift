import CCrypto

/// A running OpenSSL digest with value semantics: a copy that is written to becomes its own.
struct MessageDigest {
  enum Algorithm {
    case sha1, sha256

    /// Fetched once: OpenSSL 3 looks an algorithm up again at every use of `EVP_sha256()`.
    fileprivate var method: OpaquePointer? {
      switch self {
      case .sha1: fetchedSHA1
      case .sha256: fetchedSHA256
      }
    }
  }

  private var context: Context

  init(_ algorithm: Algorithm) { context = Context(algorithm) }

  mutating func update(_ bytes: RawSpan) {
    if !isKnownUniquelyReferenced(&context) { context = Context(copying: context) }
    bytes.withUnsafeBytes { context.update($0) }
  }

  /// The digest of what was given so far; more can be given afterwards.
  func value() -> [UInt8] { Context(copying: context).finish() }
}

// Immutable after the fetch, which OpenSSL allows several threads to share.
private nonisolated(unsafe) let fetchedSHA1 = EVP_MD_fetch(nil, "SHA1", nil)
private nonisolated(unsafe) let fetchedSHA256 = EVP_MD_fetch(nil, "SHA256", nil)

/// An OpenSSL digest context.
///
/// OpenSSL's calls on it fail only for want of memory or of the algorithm
/// itself; a digest that silently was none would be worse than the end of the program.
private final class Context {
  private let raw: OpaquePointer

  init(_ algorithm: MessageDigest.Algorithm) {
    guard let raw = EVP_MD_CTX_new() else { preconditionFailure("no memory for a digest") }
    self.raw = raw
    precondition(
      EVP_DigestInit_ex2(raw, algorithm.method, nil) == 1, "OpenSSL offers no such digest")
  }

  init(copying other: Context) {
    guard let raw = EVP_MD_CTX_new() else { preconditionFailure("no memory for a digest") }
    self.raw = raw
    precondition(EVP_MD_CTX_copy_ex(raw, other.raw) == 1, "OpenSSL could not copy a digest")
  }

  deinit { EVP_MD_CTX_free(raw) }

  func update(_ bytes: UnsafeRawBufferPointer) {
    precondition(
      EVP_DigestUpdate(raw, bytes.baseAddress, bytes.count) == 1, "OpenSSL could not digest")
  }

  func finish() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: Int(EVP_MAX_MD_SIZE)) { buffer, count in
      var length: UInt32 = 0
      precondition(
        EVP_DigestFinal_ex(raw, buffer.baseAddress, &length) == 1, "OpenSSL could not digest")
      count = Int(length)
    }
  }
}
