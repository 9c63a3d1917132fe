import Archive
import Bytes
import CaseStore
import CrawlFrontier
import Fetching

/// A picture that a request brought, whether one was asked for or not.
struct FetchedImage: Sendable, Hashable {
  /// What is kept of it; nil of one that nobody asked for, or of which a part is missing.
  var kept: StoredImage?
  /// Whether its bytes are archived.
  var isArchived: Bool
  /// Why there is no hash of what it shows; nil when there is.
  var refusal: String?

  /// Whether an answer has to be treated as a picture: by what was asked for, by what the server calls
  /// it, or by how its bytes begin.
  ///
  /// Servers send pictures under any name, and a picture that nobody wanted must not be kept by mistake.
  static func isImage(_ exchange: Exchange, for page: QueuedAddress) -> Bool {
    guard (200..<300).contains(exchange.status ?? 0), !exchange.body.isEmpty else { return false }
    let type = exchange.headers["content-type"]?.lowercased() ?? ""
    return page.kind == .image || type.hasPrefix("image/") || format(of: exchange.body) != nil
  }

  /// What a file is by its first bytes; nil for what is none of the usual pictures.
  static func format(of body: [UInt8]) -> String? {
    func has(_ mark: String, at place: Int = 0) -> Bool {
      body.dropFirst(place).starts(with: mark.utf8)
    }
    if body.starts(with: [0xFF, 0xD8, 0xFF]) { return "jpeg" }
    if body.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return "png" }
    if has("GIF8") { return "gif" }
    if has("RIFF"), has("WEBP", at: 8) { return "webp" }
    guard has("ftyp", at: 4) else { return nil }
    return ["avif", "heic"].first { has($0, at: 8) }
  }

  /// What is kept of a picture that came; `reader` reads it in a process of its own.
  init(
    _ exchange: Exchange, for page: QueuedAddress, policy: Source.ImagePolicy, reader: ImageReader
  ) {
    isArchived = policy == .keep
    guard policy != .none, page.kind == .image else {
      refusal = "a picture that was not asked for: not read"
      return
    }
    guard exchange.outcome == .fetched, exchange.truncated == nil else {
      refusal = "the picture did not come whole: not read"
      return
    }
    let format = Self.format(of: exchange.body)
    let coding = exchange.headers["content-encoding"]?.lowercased() ?? "identity"
    var reading: ImageReader.Reading
    switch (coding == "identity", format) {
    case (false, _): reading = .init(name: "encoded")
    case (_, nil): reading = .init(name: "unknown-format")
    case (_, "gif"?), (_, "avif"?), (_, "heic"?): reading = .init(name: "unsupported")
    default: reading = reader.read(exchange.body)
    }
    kept = StoredImage(
      sha256: SHA256.hash(exchange.body), likeness: reading.hash, reading: reading.name,
      bytes: exchange.body.count, format: format, width: reading.width, height: reading.height)
    if reading.hash == nil { refusal = "the picture has no hash of what it shows: \(reading.name)" }
  }

  /// Says in the archive what is kept of it, and whether that is all.
  func describe(in archived: inout ArchivedExchange) {
    archived.isBodyWithheld = !isArchived
    guard let kept else { return }
    archived.notes.append(("imageReading", kept.reading))
    if let format = kept.format { archived.notes.append(("imageFormat", format)) }
    if let width = kept.width, let height = kept.height {
      archived.notes.append(("imageSize", "\(width) x \(height)"))
    }
    if let hash = kept.likeness {
      let bytes = (0..<8).map { UInt8(truncatingIfNeeded: hash >> (56 - 8 * $0)) }
      archived.notes.append(("imageHash", "dhash64:\(Hex.encode(bytes))"))
    }
  }
}
