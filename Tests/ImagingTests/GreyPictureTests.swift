import Foundation
import Imaging
import Linking
import Testing

/// Pictures that Pillow wrote (`Fixtures/generate.py`): what copies of one have in common, and what
/// files that are made to do harm do.
@Suite struct GreyPictureTests {
  private func bytes(_ name: String) throws -> [UInt8] {
    let url = try #require(Bundle.module.url(forResource: "Fixtures", withExtension: nil))
    return Array(try Data(contentsOf: url.appendingPathComponent(name)))
  }

  private func hash(_ name: String) throws -> UInt64 {
    let picture = try GreyPicture(try bytes(name))
    return try #require(
      DifferenceHash.of(grey: picture.grey, width: picture.width, height: picture.height))
  }

  @Test(arguments: [
    "first-small.jpg", "first-poor.jpg", "first-progressive.jpg", "first-inks.jpg", "first.png",
    "first.webp", "first-clear.webp",
  ])
  func copiesInOtherSizesQualitiesAndFormatsAreNear(_ name: String) throws {
    #expect(DifferenceHash.distance(try hash("first.jpg"), try hash(name)) <= 3)
  }

  @Test func otherPicturesAreFar() throws {
    let names = ["first.jpg"] + (2...9).map { "other-\($0).jpg" }
    let found = try names.map(hash)
    for (index, one) in found.enumerated() {
      for other in found[..<index] { #expect(DifferenceHash.distance(one, other) > 10) }
    }
  }

  @Test func aPictureOfOneColourHasNoHash() throws {
    let picture = try GreyPicture(try bytes("plain.png"))
    // Luma of (200, 30, 30).
    #expect(Set(picture.grey) == [81] && picture.width == 64 && picture.height == 64)
    #expect(
      DifferenceHash.of(grey: picture.grey, width: picture.width, height: picture.height) == nil)
  }

  @Test(arguments: [
    ("huge.png", ImageFailure.tooLarge), ("scans.jpg", .broken), ("moving.webp", .unsupported),
    ("generate.py", .unknownFormat),
  ])
  func whatIsNotReadSaysWhy(_ name: String, _ failure: ImageFailure) throws {
    let bytes = try bytes(name)
    #expect(throws: failure) { try GreyPicture(bytes) }
  }

  @Test func limitsHoldBeforeAnythingIsDecoded() throws {
    var limits = ImageLimits()
    limits.points = 480 * 360 - 1
    for name in ["first.jpg", "first.png", "first.webp"] {
      let bytes = try bytes(name)
      #expect(throws: ImageFailure.tooLarge) { try GreyPicture(bytes, limits: limits) }
    }
    limits = ImageLimits()
    limits.least = 361
    #expect(throws: ImageFailure.tooSmall) {
      try GreyPicture(try self.bytes("first.jpg"), limits: limits)
    }
    limits = ImageLimits()
    limits.side = 479
    let bytes = try bytes("first.jpg")
    #expect(throws: ImageFailure.tooLarge) { try GreyPicture(bytes, limits: limits) }
  }

  @Test func wordsBesideThePictureAreLeftPacked() throws {
    var limits = ImageLimits()
    limits.least = 8
    let picture = try GreyPicture(try bytes("words.png"), limits: limits)
    #expect(picture.width == 9 && picture.height == 8)
  }

  @Test(arguments: ["first.jpg", "first-progressive.jpg", "first.png", "first.webp"])
  func brokenFilesEndWell(_ name: String) throws {
    let whole = try bytes(name)
    var state: UInt64 = 88_172_645_463_325_252
    func random(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(bound))
    }
    for _ in 0..<60 {
      var broken = whole
      for _ in 0..<(1 + random(8)) { broken[random(broken.count)] = UInt8(random(256)) }
      if random(2) == 0 { broken.removeLast(random(broken.count)) }
      guard let picture = try? GreyPicture(broken) else { continue }
      #expect(picture.grey.count == picture.width * picture.height)
    }
  }
}
