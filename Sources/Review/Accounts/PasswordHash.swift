import Bytes
import CCrypto

/// A password as it is stored: scrypt (RFC 7914) with its parameters and salt, `scrypt$N$r$p$salt$key`.
///
/// The parameters stand beside the key, so that they can be raised without making old ones useless.
public struct PasswordHash: Sendable, Hashable {
  /// What a derivation costs: memory is 128 · N · r bytes.
  public struct Cost: Sendable, Hashable {
    public var n: UInt64
    public var r: UInt64
    public var p: UInt64

    public init(n: UInt64, r: UInt64, p: UInt64) {
      self.n = n
      self.r = r
      self.p = p
    }

    /// 128 MB and a third of a second: what OWASP's password storage cheat sheet (2024) asks for.
    public static let standard = Cost(n: 1 << 17, r: 8, p: 1)
    /// What a stored hash may ask for at most, bytes.
    static let mostMemory: UInt64 = 256 << 20
  }

  /// Fewest bytes of a password.
  public static let shortest = 12
  /// Most bytes of a password.
  public static let longest = 1024

  private let cost: Cost
  private let salt: [UInt8]
  private let key: [UInt8]

  /// Derives a key from a new password; nil when there is no memory for it.
  public init?(_ password: [UInt8], cost: Cost = .standard) {
    let salt = SecretBytes.random(16)
    guard let key = Self.derive(password, salt, cost) else { return nil }
    self.cost = cost
    self.salt = salt
    self.key = key
  }

  /// Reads `text`; nil for anything else, or for one that costs too much.
  public init?(text: String) {
    let parts = text.split(separator: "$", omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0] == "scrypt", let n = UInt64(parts[1]),
      let r = UInt64(parts[2]),
      let p = UInt64(parts[3]), let salt = Hex.decode(parts[4]), let key = Hex.decode(parts[5]),
      key.count == 32, (2...(1 << 22)).contains(n), (1...64).contains(r), (1...16).contains(p),
      128 * n * r <= Cost.mostMemory
    else { return nil }
    cost = Cost(n: n, r: r, p: p)
    self.salt = salt
    self.key = key
  }

  /// The form in which it is stored.
  public var text: String {
    "scrypt$\(cost.n)$\(cost.r)$\(cost.p)$\(Hex.encode(salt))$\(Hex.encode(key))"
  }

  /// Whether it was made from that password; takes as long for a wrong one.
  public func matches(_ password: [UInt8]) -> Bool {
    guard password.count <= Self.longest, let other = Self.derive(password, salt, cost) else {
      return false
    }
    return SecretBytes.areEqual(other, key)
  }

  private static func derive(_ password: [UInt8], _ salt: [UInt8], _ cost: Cost) -> [UInt8]? {
    var key = [UInt8](repeating: 0, count: 32)
    let done = password.withUnsafeBufferPointer { password in
      password.withMemoryRebound(to: CChar.self) { password in
        EVP_PBE_scrypt(
          password.baseAddress, password.count, salt, salt.count, cost.n, cost.r, cost.p,
          Cost.mostMemory + (1 << 20), &key, key.count)
      }
    }
    return done == 1 ? key : nil
  }
}

/// Bytes that have to stay secret.
public enum SecretBytes {
  /// Bytes from the system's generator.
  public static func random(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
  }

  /// Whether two are the same, in a time that does not tell where they differ.
  static func areEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    a.count == b.count && CRYPTO_memcmp(a, b, a.count) == 0
  }
}
