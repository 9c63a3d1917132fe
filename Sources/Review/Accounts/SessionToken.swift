import Bytes

/// What a browser shows to be let in: 256 random bits, of which only a digest is stored.
struct SessionToken: Sendable {
  /// Hexadecimal, as it stands in the cookie.
  let text: String

  /// A new one.
  init() { text = Hex.encode(SecretBytes.random(32)) }

  /// What a browser sent; nil for anything that no token looks like.
  init?(text: String) {
    guard text.utf8.count == 64, Hex.decode(text) != nil else { return nil }
    self.text = text
  }

  /// What is stored.
  var digest: [UInt8] { SHA256.hash(Array(text.utf8)).bytes }

  /// What every form of the session carries; it follows from the token and not the other way round.
  var formToken: String { Hex.encode(SHA256.hash(Array("adwatch form \(text)".utf8)).bytes) }
}
