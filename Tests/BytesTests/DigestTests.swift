import Bytes
import Testing

@Suite struct DigestTests {
  @Test func sha256OfPublishedExamples() {
    #expect(
      SHA256.hash(Array("abc".utf8)).hex
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      SHA256.hash([UInt8]()).labelled
        == "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test func sha1OfPublishedExamples() {
    #expect(Hex.encode(SHA1.hash(Array("abc".utf8))) == "a9993e364706816aba3e25717850c26c9cd0d89d")
  }

  @Test func piecesGiveTheDigestOfTheWhole() {
    let bytes = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    for size in [1, 7, 64, 4096] {
      var digest = SHA256()
      for start in stride(from: 0, to: bytes.count, by: size) {
        digest.update(bytes[start..<min(start + size, bytes.count)])
      }
      #expect(digest.finish() == SHA256.hash(bytes))
    }
  }

  @Test func aCopyGoesItsOwnWay() {
    var first = SHA256()
    first.update(Array("a".utf8))
    var second = first
    second.update(Array("b".utf8))
    #expect(first.finish() == SHA256.hash(Array("a".utf8)))
    #expect(second.finish() == SHA256.hash(Array("ab".utf8)))
    first.update(Array("c".utf8))
    #expect(first.finish() == SHA256.hash(Array("ac".utf8)))
  }

  @Test func labelledDigestsAreReadInBothAlphabets() throws {
    let digest = SHA256.hash(Array("abc".utf8))
    #expect(SHA256Digest(labelled: digest.labelled) == digest)
    #expect(SHA256Digest(labelled: "sha256:" + digest.base32) == digest)
    #expect(SHA256Digest(labelled: "SHA-256:" + digest.hex.uppercased()) == digest)
    #expect(SHA256Digest(labelled: "sha1:" + digest.hex) == nil)
    #expect(SHA256Digest(labelled: "sha256:" + digest.hex.dropLast()) == nil)
    #expect(SHA256Digest(labelled: digest.hex) == nil)
    #expect(SHA256Digest([UInt8](repeating: 0, count: 31)) == nil)
  }

  @Test func crc32OfTheCheckString() {
    #expect(CRC32.checksum(Array("123456789".utf8)) == 0xCBF4_3926)
    let first = CRC32.checksum(Array("1234".utf8))
    #expect(CRC32.checksum(Array("56789".utf8), continuing: first) == 0xCBF4_3926)
  }
}

@Suite struct TextEncodingTests {
  /// RFC 4648 section 10.
  @Test(arguments: [
    ("", ""), ("f", "MY======"), ("fo", "MZXQ===="), ("foo", "MZXW6==="), ("foob", "MZXW6YQ="),
    ("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI======"),
  ])
  func base32OfTheStandard(plain: String, text: String) {
    #expect(Base32.encode(Array(plain.utf8)) == text)
    #expect(Base32.decode(text) == Array(plain.utf8))
    #expect(Base32.decode(text.replacing("=", with: "").lowercased()) == Array(plain.utf8))
  }

  @Test(arguments: ["M", "MZ", "MY=====", "MY=", "MY======A", "M1======", "mé", "MZXW6Y=="])
  func base32RefusesWhatItDoesNotWrite(text: String) {
    #expect(Base32.decode(text) == nil)
  }

  @Test func hexBothWays() {
    let bytes = (0...255).map(UInt8.init)
    #expect(Hex.decode(Hex.encode(bytes)) == bytes)
    #expect(Hex.encode([0x0A, 0xFF]) == "0aff")
    #expect(Hex.decode("0AfF") == [0x0A, 0xFF])
    for wrong in ["0", "0g", "é", "0a "] { #expect(Hex.decode(wrong) == nil) }
  }
}
