import Analysis
import Archive
import Bytes
import Extraction
import Foundation

/// What an input file holds.
enum ScanFormat: String, CaseIterable {
  /// By the first bytes.
  case auto
  case warc
  case html
  case jsonl

  /// The format that a file's first bytes show.
  static func recognise(_ start: [UInt8]) -> ScanFormat {
    if start.starts(with: [0x1F, 0x8B]) || start.starts(with: Array("WARC/".utf8))
      || start.starts(with: Array("filedesc:".utf8))
    {
      return .warc
    }
    let first = start.first { !($0 == 0x20 || (0x09...0x0D).contains($0)) }
    return first == UInt8(ascii: "{") ? .jsonl : .html
  }
}

/// The pages of several files and folders, one after the other.
struct FileScanReader: ScanReader {
  private var paths: ArraySlice<String>
  private let format: ScanFormat
  private let labels: LabelField?
  private var current: (any ScanReader)?

  /// Bytes of an HTML file; a larger one is passed over with an error.
  static let maximumHTMLBytes = 256 << 20

  /// `-` is standard input; a folder stands for the files in it whose names end in `.html`, `.htm`,
  /// `.warc`, `.warc.gz`, `.jsonl` or `.ndjson`, by name.
  ///
  /// `labels` collects those of JSON lines.
  init(paths: [String], format: ScanFormat, labels: LabelField? = nil) {
    self.paths = paths.flatMap(Self.files)[...]
    self.format = format
    self.labels = labels
  }

  mutating func next() throws -> ScanInput? {
    while true {
      if let input = try current?.next() { return input }
      current = nil
      guard let path = paths.popFirst() else { return nil }
      do {
        current = try open(path)
      } catch {
        return .unreadable(id: path, why: "\(error)")
      }
    }
  }

  private func open(_ path: String) throws -> any ScanReader {
    let name = path == "-" ? "standard input" : path
    var source: any ByteSource =
      path == "-" ? DescriptorSource(STDIN_FILENO) : try FileSource(path: path)
    var start: [UInt8] = []
    while start.count < 512 {
      let more = try source.read(upTo: 512 - start.count)
      guard !more.isEmpty else { break }
      start += more
    }
    source = PrefixedSource(start, then: source)
    switch format == .auto ? ScanFormat.recognise(start) : format {
    case .warc: return WARCScanReader(name: name, source: source)
    case .jsonl: return JSONLinesScanReader(name: name, source: source, labels: labels)
    case .html, .auto: return HTMLScanReader(name: name, source: source)
    }
  }

  /// The files that a path stands for.
  static func files(_ path: String) -> [String] {
    var isFolder: ObjCBool = false
    guard path != "-", FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
      isFolder.boolValue
    else { return [path] }
    let endings = [".html", ".htm", ".warc", ".warc.gz", ".jsonl", ".ndjson"]
    let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    return names.filter { name in endings.contains { name.hasSuffix($0) } }.sorted()
      .map { path + "/" + $0 }
  }
}

/// One HTML file: one page.
struct HTMLScanReader: ScanReader {
  private let name: String
  private var source: (any ByteSource)?

  init(name: String, source: any ByteSource) {
    self.name = name
    self.source = source
  }

  mutating func next() throws -> ScanInput? {
    guard var source else { return nil }
    self.source = nil
    var bytes: [UInt8] = []
    while case let more = try source.read(upTo: 1 << 20), !more.isEmpty {
      bytes += more
      guard bytes.count <= FileScanReader.maximumHTMLBytes else {
        return .unreadable(
          id: name, why: "more than \(FileScanReader.maximumHTMLBytes) bytes")
      }
    }
    return .page(
      PageInput(
        id: name, body: .received(bytes, contentEncoding: nil, contentType: "text/html")))
  }
}

/// Bytes already read, then the rest of their source.
private struct PrefixedSource: ByteSource {
  private var prefix: ArraySlice<UInt8>
  private var rest: any ByteSource

  init(_ prefix: [UInt8], then rest: any ByteSource) {
    self.prefix = prefix[...]
    self.rest = rest
  }

  mutating func read(upTo count: Int) throws(ByteSourceFailure) -> [UInt8] {
    guard prefix.isEmpty else {
      let piece = prefix.prefix(count)
      prefix = prefix.dropFirst(piece.count)
      return Array(piece)
    }
    return try rest.read(upTo: count)
  }
}

/// An open file descriptor, such as standard input.
private struct DescriptorSource: ByteSource {
  private let descriptor: Int32

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  mutating func read(upTo count: Int) throws(ByteSourceFailure) -> [UInt8] {
    while true {
      var failure: Int32 = 0
      let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
        let got = Foundation.read(descriptor, buffer.baseAddress, count)
        failure = got < 0 ? errno : 0
        filled = max(0, got)
      }
      if failure == EINTR { continue }
      guard failure == 0 else {
        throw ByteSourceFailure(
          code: failure, description: "standard input: \(String(cString: strerror(failure)))")
      }
      return bytes
    }
  }
}
