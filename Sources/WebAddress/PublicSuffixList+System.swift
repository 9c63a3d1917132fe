import Glibc

/// Why the public suffix list could not be read.
public struct PublicSuffixListError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file.
  public let path: String
  /// What the operating system, or the reader, said.
  public let reason: String

  /// The file and the reason.
  public var description: String { "\(path): \(reason)" }
}

extension PublicSuffixList {
  /// Where Debian's package `publicsuffix` puts the list.
  public static let systemPath = "/usr/share/publicsuffix/public_suffix_list.dat"

  /// The system's list, read at first use; ``fallback`` when it cannot be read.
  ///
  /// With the fallback `example.co.uk` and `other.co.uk` count as one registrable domain: crawling
  /// becomes slower, never ruder, but grouping by domain becomes coarse. A program that starts should
  /// look at ``systemProblem`` and say so.
  public static let system: PublicSuffixList = (try? loaded.get()) ?? fallback

  /// Why ``system`` is only the fallback; nil when the list was read.
  public static let systemProblem: PublicSuffixListError? = {
    if case .failure(let problem) = loaded { return problem }
    return nil
  }()

  private static let loaded = Result { () throws(PublicSuffixListError) in
    try PublicSuffixList(path: systemPath)
  }

  /// Reads the list from a file of at most `maximumBytes` bytes; a file without rules is refused.
  public init(path: String, maximumBytes: Int = 16 << 20) throws(PublicSuffixListError) {
    let bytes: [UInt8]
    switch PublicSuffixList.contents(of: path, maximumBytes: maximumBytes) {
    case .success(let read): bytes = read
    case .failure(let problem): throw problem
    }
    self.init(text: String(decoding: bytes, as: UTF8.self))
    guard ruleCount > 0 else {
      throw PublicSuffixListError(path: path, reason: "the file holds no rules")
    }
  }

  private static func contents(
    of path: String, maximumBytes: Int
  ) -> Result<[UInt8], PublicSuffixListError> {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      return .failure(PublicSuffixListError(path: path, reason: String(cString: strerror(errno))))
    }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        return .failure(PublicSuffixListError(path: path, reason: String(cString: strerror(errno))))
      }
      guard count > 0 else { return .success(bytes) }
      bytes.append(contentsOf: chunk[..<count])
      guard bytes.count <= maximumBytes else {
        return .failure(
          PublicSuffixListError(path: path, reason: "the file has more than \(maximumBytes) bytes"))
      }
    }
  }
}
