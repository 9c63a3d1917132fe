import ArgumentParser
import Bytes
import Foundation
import Imaging
import Linking

/// Reads one image and says what is kept of it: for the crawl, which starts it for each image with
/// bounds on time and memory, so that a hostile image ends this process and no other.
struct ImageHash: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "image-hash",
    abstract: "Hash an image that is given on standard input (used by crawls).",
    discussion: """
      Writes the hash of what the image shows in hex, or 'none' for a picture that says nothing,
      then its format, width and height; or else why it was not read. Nothing else is kept of it.

      Example:
        adwatch image-hash < picture.jpg
      """,
    shouldDisplay: false)

  func run() throws {
    var bytes: [UInt8] = []
    while let part = try FileHandle.standardInput.read(upToCount: 1 << 20), !part.isEmpty {
      bytes += part
      guard bytes.count <= ImageLimits.bytes else { return print(ImageFailure.tooLarge.rawValue) }
    }
    do {
      let picture = try GreyPicture(bytes)
      let hash = DifferenceHash.of(
        grey: picture.grey, width: picture.width, height: picture.height)
      let text = hash.map { value in
        Hex.encode((0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * $0)) })
      }
      print(text ?? "none", picture.format.rawValue, picture.imageWidth, picture.imageHeight)
    } catch {
      print(error.rawValue)
    }
  }
}
