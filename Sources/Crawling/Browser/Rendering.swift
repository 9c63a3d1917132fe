import Archive

/// What a browser made of a page: derived from its capture and from those of its parts.
struct Rendering: Sendable {
  /// The document after its scripts, serialised; nil when it could not be had.
  var html: [UInt8]?
  /// What the window showed, PNG.
  var screenshot: [UInt8]?
  /// How it went, for the metadata record.
  var note: String

  /// Records that refer to the capture's; the page before the picture.
  func records(
    of capture: CaptureRecords, using generator: inout some RandomNumberGenerator
  ) -> [WARCRecord] {
    let page = html.map {
      capture.conversion($0, type: "text/html;charset=utf-8", using: &generator)
    }
    let picture = screenshot.map {
      capture.conversion($0, type: "image/png", isCompressedAlready: true, using: &generator)
    }
    return [page, picture].compactMap(\.self)
  }
}
