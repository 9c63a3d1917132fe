import Bytes
import Custody
import Foundation
import TestSupport
import Testing

@Suite struct SigningKeyTests {
  private let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("adwatch-key-\(UUID().uuidString)").path

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  @Test func aKeyIsForItsOwnerOnlyAndNeverOverwritten() throws {
    let path = folder + "/key.pem"
    let key = try SigningKey.make(at: path)
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    #expect(throws: CustodyFailure.self) { try SigningKey.make(at: path) }
    #expect(try SigningKey(path: path).publicKey == key.publicKey)
    chmod(path, 0o644)
    #expect(throws: CustodyFailure.self) { try SigningKey(path: path) }
  }

  @Test func aSignatureHoldsForItsBytesAndItsKeyOnly() throws {
    let key = try SigningKey.make(at: folder + "/a")
    let other = try SigningKey.make(at: folder + "/b")
    let bytes = Array("head".utf8)
    let signature = try key.sign(bytes)
    #expect(key.publicKey.verifies(signature, of: bytes))
    #expect(!other.publicKey.verifies(signature, of: bytes))
    #expect(!key.publicKey.verifies(signature, of: bytes + [0]))
    #expect(!key.publicKey.verifies(Array(signature.dropLast()), of: bytes))
    for place in signature.indices {
      var altered = signature
      altered[place] ^= 1
      #expect(!key.publicKey.verifies(altered, of: bytes))
    }
    #expect(
      try VerifyingKey(pem: Array(key.publicKey.pem.utf8), "key") == key.publicKey)
  }

  @Test(.enabled(if: TestAuthority.isAvailable, "no openssl here"))
  func opensslAgreesWithTheSignature() throws {
    let key = try SigningKey.make(at: folder + "/key")
    let bytes = Array("a head".utf8)
    try Data(bytes).write(to: URL(fileURLWithPath: folder + "/data"))
    try Data(key.publicKey.pem.utf8).write(to: URL(fileURLWithPath: folder + "/pub"))
    try Data(try key.sign(bytes)).write(to: URL(fileURLWithPath: folder + "/sig"))
    let arguments = [
      "pkeyutl", "-verify", "-pubin", "-inkey", "pub", "-rawin", "-in", "data", "-sigfile", "sig",
    ]
    #expect(
      try ChildProcess("/usr/bin/openssl", arguments, directory: folder).wait() == 0)
    try Data("another".utf8).write(to: URL(fileURLWithPath: folder + "/data"))
    #expect(
      try ChildProcess("/usr/bin/openssl", arguments, directory: folder).wait() != 0)
  }
}
