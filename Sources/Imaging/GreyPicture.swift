import CImage
import Glibc

/// An image as grey values, made for one hash and then let go.
public struct GreyPicture: Sendable, Hashable {
  /// Values from black to white, row by row.
  public var grey: [UInt8]
  /// Points of a row; the picture may be smaller than its image.
  public var width: Int
  /// Number of rows.
  public var height: Int
  /// What its file is.
  public let format: ImageFormat
  /// Points of a row of the image, as its head says.
  public let imageWidth: Int
  /// Rows of the image, as its head says.
  public let imageHeight: Int

  /// Reads a JPEG, PNG or WebP: luma of ITU-R BT.601, transparency over white.
  ///
  /// Runs the format's own library in this process, on bytes that somebody else wrote: only for a
  /// process that has nothing to lose, under bounds of time and memory.
  public init(_ bytes: [UInt8], limits: ImageLimits = ImageLimits()) throws(ImageFailure) {
    var picture = adw_image()
    let outcome = bytes.withUnsafeBufferPointer { buffer in
      adw_image_decode(
        buffer.baseAddress, buffer.count, UInt32(clamping: limits.side),
        UInt64(clamping: limits.points), &picture)
    }
    switch outcome {
    case adw_image_read: break
    case adw_image_unknown: throw .unknownFormat
    case adw_image_too_large: throw .tooLarge
    case adw_image_unsupported: throw .unsupported
    default: throw .broken
    }
    defer { free(picture.grey) }
    format =
      switch picture.format {
      case adw_image_png: .png
      case adw_image_webp: .webp
      default: .jpeg
      }
    imageWidth = Int(picture.image_width)
    imageHeight = Int(picture.image_height)
    guard min(imageWidth, imageHeight) >= limits.least else { throw .tooSmall }
    width = Int(picture.width)
    height = Int(picture.height)
    grey = Array(UnsafeBufferPointer(start: picture.grey, count: width * height))
  }
}

/// What a file of an image is, by its first bytes.
public enum ImageFormat: String, Sendable, Hashable, CaseIterable {
  case jpeg, png, webp
}

/// How large an image may be, by what its head says, before any of it is decoded.
public struct ImageLimits: Sendable, Hashable {
  /// Points of its shorter side; smaller ones are icons, buttons and dots that count visitors.
  public var least = 32
  /// Points of its longer side.
  public var side = 16_384
  /// Points altogether; four bytes each while it is read.
  public var points = 25_000_000

  /// Bytes of a file; a larger one is not read at all.
  public static let bytes = 16 << 20

  public init() {}
}

/// Why there is no picture; the raw value is what the store keeps.
public enum ImageFailure: String, Error, Sendable, Hashable, CaseIterable {
  /// Neither JPEG nor PNG nor WebP.
  case unknownFormat = "unknown-format"
  /// Its head states more points than are read.
  case tooLarge = "too-large"
  /// It is too small to be a picture of anything.
  case tooSmall = "too-small"
  /// It is broken.
  case broken
  /// It moves, or uses something of its format that is not read.
  case unsupported
}
