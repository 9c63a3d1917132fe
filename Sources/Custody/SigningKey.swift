public import Bytes
import CCrypto
import Glibc

/// The key that signs heads and exports: Ed25519 (RFC 8032), by OpenSSL's libcrypto.
///
/// Kept in a PEM file (PKCS #8) that `openssl pkey` reads, outside of every data directory.
public final class SigningKey {
  private let raw: OpaquePointer
  /// The half that everybody may have.
  public let publicKey: VerifyingKey

  private init(_ raw: OpaquePointer) throws(CustodyFailure) {
    guard ccrypto_is_ed25519(raw) == 1, let bytes = VerifyingKey.bytes(of: raw) else {
      EVP_PKEY_free(raw)
      throw CustodyFailure("not an Ed25519 key")
    }
    self.raw = raw
    publicKey = VerifyingKey(bytes: bytes)
  }

  deinit { EVP_PKEY_free(raw) }

  /// Makes a key and writes it to a new file that only its owner can read (mode 0600).
  ///
  /// Throws when there is a file already: a key is never overwritten.
  public static func make(at path: String) throws(CustodyFailure) -> SigningKey {
    guard let raw = ccrypto_new_ed25519() else { throw CustodyFailure("OpenSSL made no key") }
    let key = try SigningKey(raw)
    guard
      let pem = PEM.text({ PEM_write_bio_PrivateKey($0, raw, nil, nil, 0, nil, nil) == 1 })
    else { throw CustodyFailure("OpenSSL could not write the key") }
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw CustodyFailure("\(path): \(String(cString: strerror(errno)))") }
    defer { close(file) }
    guard write(file, pem, pem.count) == pem.count, fsync(file) == 0 else {
      let why = String(cString: strerror(errno))
      unlink(path)
      throw CustodyFailure("\(path) could not be written: \(why)")
    }
    return key
  }

  /// Reads a key; refuses a file that others than its owner may read.
  public init(path: String) throws(CustodyFailure) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw CustodyFailure("\(path): \(String(cString: strerror(errno)))")
    }
    guard status.st_mode & 0o077 == 0 else {
      throw CustodyFailure("\(path): others than its owner may read it; chmod 600 \(path)")
    }
    let bytes = try PEM.read(path)
    guard let raw = PEM.parsed(bytes, { PEM_read_bio_PrivateKey($0, nil, nil, nil) }) else {
      throw CustodyFailure("\(path): no key in PEM, or one with a password")
    }
    guard ccrypto_is_ed25519(raw) == 1, let known = VerifyingKey.bytes(of: raw) else {
      EVP_PKEY_free(raw)
      throw CustodyFailure("\(path): not an Ed25519 key")
    }
    self.raw = raw
    publicKey = VerifyingKey(bytes: known)
  }

  /// The signature of these bytes: 64 bytes, the same each time.
  public func sign(_ bytes: [UInt8]) throws(CustodyFailure) -> [UInt8] {
    let context = EVP_MD_CTX_new()
    defer { EVP_MD_CTX_free(context) }
    var signature = [UInt8](repeating: 0, count: 64)
    var length = signature.count
    guard EVP_DigestSignInit(context, nil, nil, nil, raw) == 1,
      EVP_DigestSign(context, &signature, &length, bytes, bytes.count) == 1, length == 64
    else { throw CustodyFailure("OpenSSL could not sign") }
    return signature
  }
}

/// The public half of a signing key.
public struct VerifyingKey: Sendable, Hashable {
  /// 32 bytes, as RFC 8032 writes them.
  public let bytes: [UInt8]

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// A key of 32 bytes; nil for another number.
  public init?(raw bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    self.bytes = bytes
  }

  /// Reads a public key in PEM (`openssl pkey -pubout`).
  public init(path: String) throws(CustodyFailure) { try self.init(pem: try PEM.read(path), path) }

  /// Reads a public key in PEM; `name` is what an error calls it.
  public init(pem: [UInt8], _ name: String) throws(CustodyFailure) {
    guard let raw = PEM.parsed(pem, { PEM_read_bio_PUBKEY($0, nil, nil, nil) }) else {
      throw CustodyFailure("\(name): no public key in PEM")
    }
    defer { EVP_PKEY_free(raw) }
    guard ccrypto_is_ed25519(raw) == 1, let bytes = Self.bytes(of: raw) else {
      throw CustodyFailure("\(name): not an Ed25519 key")
    }
    self.bytes = bytes
  }

  /// SHA-256 of the 32 bytes: what the key is called.
  public var fingerprint: SHA256Digest { SHA256.hash(bytes) }

  /// The key in PEM.
  public var pem: String {
    let raw = EVP_PKEY_new_raw_public_key(Int32(EVP_PKEY_ED25519), nil, bytes, bytes.count)
    defer { EVP_PKEY_free(raw) }
    let text = PEM.text { PEM_write_bio_PUBKEY($0, raw) == 1 }
    return text.map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// Whether the key's owner signed these bytes.
  public func verifies(_ signature: [UInt8], of bytes: [UInt8]) -> Bool {
    guard signature.count == 64,
      let raw = EVP_PKEY_new_raw_public_key(
        Int32(EVP_PKEY_ED25519), nil, self.bytes, self.bytes.count)
    else { return false }
    defer { EVP_PKEY_free(raw) }
    let context = EVP_MD_CTX_new()
    defer { EVP_MD_CTX_free(context) }
    return EVP_DigestVerifyInit(context, nil, nil, nil, raw) == 1
      && EVP_DigestVerify(context, signature, signature.count, bytes, bytes.count) == 1
  }

  static func bytes(of raw: OpaquePointer) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 32)
    var length = bytes.count
    guard EVP_PKEY_get_raw_public_key(raw, &bytes, &length) == 1, length == 32 else { return nil }
    return bytes
  }
}

/// Reading and writing of PEM through OpenSSL's memory buffers.
private enum PEM {
  /// The longest file that is taken for a key.
  static let maximumBytes = 64 * 1024

  static func read(_ path: String) throws(CustodyFailure) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw CustodyFailure("\(path): \(String(cString: strerror(errno)))") }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: maximumBytes)
    let count = Glibc.read(file, &bytes, bytes.count)
    guard count > 0 else { throw CustodyFailure("\(path): empty, or not readable") }
    return Array(bytes[..<count])
  }

  static func parsed(
    _ bytes: [UInt8], _ parse: (OpaquePointer) -> OpaquePointer?
  ) -> OpaquePointer? {
    guard let buffer = BIO_new_mem_buf(bytes, Int32(bytes.count)) else { return nil }
    defer { BIO_free(buffer) }
    return parse(buffer)
  }

  static func text(_ write: (OpaquePointer) -> Bool) -> [UInt8]? {
    guard let buffer = BIO_new(BIO_s_mem()) else { return nil }
    defer { BIO_free(buffer) }
    guard write(buffer) else { return nil }
    var start: UnsafeMutablePointer<CChar>?
    let length = ccrypto_bio_bytes(buffer, &start)
    guard let start, length > 0 else { return nil }
    return (0..<length).map { UInt8(bitPattern: start[$0]) }
  }
}
