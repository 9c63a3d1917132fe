/// What is known of the TLS connection a response came over.
public struct TLSSession: Sendable, Hashable {
  /// As OpenSSL writes it: `TLSv1.3`.
  public var version: String
  /// As OpenSSL writes it: `TLS_AES_256_GCM_SHA384`.
  public var cipher: String
  /// The X.509 verification code; 0 when the chain was acceptable.
  ///
  /// It says nothing about the host name, which only `CertificateChecking.required` enforces.
  public var verifyResult: Int
  /// OpenSSL's words for `verifyResult`.
  public var verifyMessage: String
  /// The certificates in DER as the server sent them, leaf first.
  ///
  /// Empty after a failed handshake.
  public var chain: [[UInt8]]

  public init(
    version: String, cipher: String, verifyResult: Int = 0, verifyMessage: String = "ok",
    chain: [[UInt8]] = []
  ) {
    self.version = version
    self.cipher = cipher
    self.verifyResult = verifyResult
    self.verifyMessage = verifyMessage
    self.chain = chain
  }
}
