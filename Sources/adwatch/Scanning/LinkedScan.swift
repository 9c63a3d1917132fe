import Analysis
import Assessment
import Bytes
import Extraction
import Foundation
import Linking
import Markup
import Vocabulary

/// `adwatch scan --link`: the lines of a scan, assessed with what their adverts have in common.
///
/// Links are known only when everything was read, so the lines wait in a file without a name, and
/// memory holds no texts: about a kilobyte an advert.
final class LinkedScan {
  private let analyser: PageAnalyser
  private let includesText: Bool
  private let spool: Spool
  private var linker = Linker(index: MemoryLinkIndex())
  private var adverts: Int64 = 0

  /// A line that waits, with what linking reads of its advert.
  struct Line: Sendable {
    fileprivate var record: [UInt8]
    fileprivate var country: String?
    fileprivate var advert: LinkedAdvert?
    fileprivate var reading: TextReading?
    /// Whether the page could not be read.
    let failed: Bool

    /// A record with its text; `country` is the one its source is about.
    init(_ record: ScanRecord, country: String?) {
      self.record = Array(record.json().utf8)
      self.country = country
      failed = record.page.error != nil
      guard let found = record.found else { return }
      var advert = LinkedAdvert(
        id: 1, source: record.source ?? "", advert: found.advert,
        seen: record.date.map { [$0] } ?? [], country: country)
      if advert.key.isEmpty { advert.key = record.url ?? record.id }
      reading = TextReading(advert, rule: LinkRule())
      advert.text = []
      self.advert = advert
    }
  }

  init(analyser: PageAnalyser, includesText: Bool) throws {
    self.analyser = analyser
    self.includesText = includesText
    spool = try Spool()
  }

  /// Takes the next line.
  func add(_ line: Line) throws {
    var id: Int64 = 0
    if var advert = line.advert, let reading = line.reading {
      adverts += 1
      id = adverts
      advert.id = id
      try linker.add(advert, reading: reading)
    }
    try spool.write(Array("\(id) \(line.country ?? "-") ".utf8) + line.record + [0x0A])
  }

  /// Settles the links and hands out the lines in the order they came, `width` at a time.
  func finish(width: Int, maximumBytes: Int, emit: ([UInt8]) throws -> Void) throws {
    _ = try linker.settle()
    let linked = linker
    var lines = LineReader(source: try spool.source(), maximumBytes: .max)
    let pipeline = OrderedPipeline<[UInt8]>(width: width, maximumBytes: maximumBytes)
    let analyser = analyser
    let includesText = includesText
    try pipeline.run(
      next: { try lines.next()?.bytes.map { ($0, $0.count) } },
      work: { Self.finished($0, linked, analyser, includesText) },
      emit: emit)
  }

  private static func finished(
    _ line: [UInt8], _ linker: Linker<MemoryLinkIndex>, _ analyser: PageAnalyser,
    _ includesText: Bool
  ) -> [UInt8] {
    let parts = line.split(separator: 0x20, maxSplits: 2)
    guard parts.count == 3, let id = Int64(String(decoding: parts[0], as: UTF8.self)),
      var record = JSONValue(parsing: Array(parts[2]), limits: Self.limits)
    else { return line + [0x0A] }
    let country = String(decoding: parts[1], as: UTF8.self)
    var links = JSONValue.null
    if id > 0, let measures = try? linker.measures(of: id) {
      let text = Array((record["text"]?.string ?? "").utf8)
      if let advert = Advert(
        record: record, text: text, title: record["title"]?.string,
        form: record["form"]?.string.flatMap(Form.init(rawValue:)),
        language: record["language"]?.string)
      {
        let (found, _) = analyser.assess(
          advert, country: country == "-" ? nil : country, linkage: measures.measured)
        record = ScanRecord.reassessed(record, as: found, text: text) ?? record
      }
      links = Self.links(of: id, linker)
    }
    if case .object(var members) = record {
      if !includesText, let index = members.firstIndex(where: { $0.name == "text" }) {
        members[index].value = .null
      }
      members.append(JSONMember("links", links))
      record = .object(members)
    }
    var bytes: [UInt8] = []
    record.write(to: &bytes)
    return bytes + [0x0A]
  }

  private static let limits: JSONLimits = {
    var limits = JSONLimits()
    limits.maximumBytes = .max
    return limits
  }()

  /// The advert's number, its cluster, and what ties it to others.
  private static func links(of id: Int64, _ linker: Linker<MemoryLinkIndex>) -> JSONValue {
    let edges = linker.index.record(id)?.edges ?? []
    let nodes = edges.compactMap { edge -> JSONValue? in
      guard let standing = linker.index.standing(of: edge.node) else { return nil }
      return .object([
        JSONMember("node", .string(edge.node.text)),
        JSONMember("role", .string(standing.role.rawValue)),
        JSONMember("doubt", edge.doubt.map { .string($0.rawValue) } ?? .null),
        JSONMember("adverts", .number(Double(standing.spread.adverts))),
        JSONMember("reasons", .array(standing.reasons.map { .string($0.sentence) })),
      ])
    }
    let cluster = linker.index.cluster(of: id)
    return .object([
      JSONMember("advert", .number(Double(id))),
      JSONMember("cluster", cluster.map { .number(Double($0)) } ?? .null),
      JSONMember("nodes", .array(nodes)),
    ])
  }
}

/// A file without a name: gone when the program ends, however it ends.
private final class Spool {
  private let file: FileHandle
  private var buffer: [UInt8] = []

  init() throws {
    let folder = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
    var template = Array("\(folder)/adwatch-scan.XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else {
      throw SpoolProblem(
        description: "no file can be made in \(folder) (\(String(cString: strerror(errno)))): name "
          + "another folder with $TMPDIR")
    }
    unlink(template)
    file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  func write(_ bytes: [UInt8]) throws {
    buffer += bytes
    if buffer.count >= 1 << 20 { try flush() }
  }

  /// What was written, from the beginning.
  func source() throws -> any ByteSource {
    try flush()
    try file.seek(toOffset: 0)
    return SpoolSource(file: file)
  }

  private func flush() throws {
    try file.write(contentsOf: buffer)
    buffer.removeAll(keepingCapacity: true)
  }
}

private struct SpoolSource: ByteSource {
  let file: FileHandle

  mutating func read(upTo count: Int) throws(ByteSourceFailure) -> [UInt8] {
    do {
      return try file.read(upToCount: count).map { Array($0) } ?? []
    } catch {
      throw ByteSourceFailure(code: EIO, description: "the waiting lines: \(error)")
    }
  }
}

/// The lines of a scan cannot be kept.
struct SpoolProblem: Error, CustomStringConvertible {
  let description: String
}
