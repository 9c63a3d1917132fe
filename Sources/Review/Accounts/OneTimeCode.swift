import Bytes
import CCrypto

/// Codes of the second factor: RFC 6238 with SHA-1, thirty seconds and six digits, as every
/// authenticator does them.
public enum OneTimeCode {
  /// Seconds of a step.
  public static let step: Int64 = 30
  /// Steps that the clocks may differ by.
  static let tolerance: Int64 = 1

  /// A new secret of 160 bits in Base32 (RFC 4226, section 4).
  public static func newSecret() -> String { Base32.encode(SecretBytes.random(20)) }

  /// What an authenticator reads from a picture or by hand.
  public static func address(secret: String, login: String) -> String {
    let name = login.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } ? login : "account"
    let bare = secret.prefix { $0 != "=" }
    return "otpauth://totp/Adwatch:\(name)?secret=\(bare)&issuer=Adwatch"
  }

  /// The code of a step; nil when the secret is none.
  public static func code(secret: String, at step: Int64) -> String? {
    guard let key = Base32.decode(secret), !key.isEmpty else { return nil }
    let counter = (0..<8).map { UInt8(truncatingIfNeeded: step >> (56 - 8 * Int64($0))) }
    var digest = [UInt8](repeating: 0, count: 20)
    guard ccrypto_hmac_sha1(key, key.count, counter, counter.count, &digest) == 1 else {
      return nil
    }
    let place = Int(digest[19] & 15)
    let number =
      digest[place..<(place + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
    let digits = String(number % 1_000_000)
    return String(repeating: "0", count: 6 - digits.count) + digits
  }

  /// The step around `seconds` whose code this is; nil for none.
  static func step(of code: String, secret: String, at seconds: Int64) -> Int64? {
    let given = Array(code.utf8.filter { $0 != 0x20 })
    let now = seconds / step
    var found: Int64?
    for step in (now - tolerance)...(now + tolerance) {
      guard let right = Self.code(secret: secret, at: step) else { return nil }
      if SecretBytes.areEqual(Array(right.utf8), given) { found = step }
    }
    return found
  }
}
