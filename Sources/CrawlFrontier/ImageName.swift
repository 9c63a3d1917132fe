public import WebAddress

/// Names of files that are pictures: a link to one leads to no page.
public enum ImageName {
  private static let endings = [
    ".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".bmp", ".svg", ".ico", ".heic", ".tif",
    ".tiff", ".jfif",
  ]

  /// Whether the last segment of an address ends as the names of pictures do.
  public static func matches(_ address: Address) -> Bool {
    let name = address.pathname.suffix(8).lowercased()
    return endings.contains { name.hasSuffix($0) }
  }
}
