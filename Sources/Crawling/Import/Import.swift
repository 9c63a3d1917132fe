public import Analysis
import Archive
public import Bytes
public import CaseStore
import CrawlFrontier
import Extraction
public import Logging
import Vocabulary
import WebAddress

/// Brings pages in that somebody else captured, with where they came from.
///
/// They are told from captures of our own everywhere: their source begins with `import.`, their records are
/// of the type `resource`, their captures have the purpose `import` and no address, and nothing of them is
/// ever fetched. What is known of how they came about is what their giver says.
public final class Import {
  /// Where pages come from, and on what ground they are kept.
  public struct Provenance: Sendable {
    /// Name of the collection, without `import.`.
    public var name: String
    /// Who gave it, and how.
    public var from: String
    /// What it is kept for.
    public var purpose: String
    /// What allows that.
    public var legalBasis: String
    /// Seconds for which it is kept; nil for the general rule.
    public var retention: Int64?

    public init(
      name: String, from: String, purpose: String, legalBasis: String, retention: Int64?
    ) {
      self.name = name
      self.from = from
      self.purpose = purpose
      self.legalBasis = legalBasis
      self.retention = retention
    }

    /// Whether the name can be one: letters, digits, `-` and `_`.
    public var hasValidName: Bool {
      (1...80).contains(name.utf8.count)
        && name.utf8.allSatisfy { byte in
          (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
            || byte == 45 || byte == 95
        }
    }

    /// The name of its source.
    public var source: String { "import.\(name)" }
  }

  private let folder: DataFolder
  private let provenance: Provenance
  private let analyser: any Analysing
  private let software: String
  private let actor: Actor
  private let run: CaseStore.Run
  private let definition: String
  private let writer: WARCWriter
  private var generator = SystemRandomNumberGenerator()
  private var waiting: [(page: PageInput, file: String)] = []

  /// What was brought in so far.
  public private(set) var totals = AnalysisTotals()
  /// Pages that were brought in.
  public private(set) var pages = 0

  /// Pages of one transaction.
  private static let batch = 64

  /// Begins an import into a folder that is open for writing.
  public init(
    _ folder: DataFolder, _ provenance: Provenance, analyser: any Analysing, software: String,
    by actor: Actor, logger: Logger
  ) throws {
    try Recovery.run(folder, logger: logger)
    self.folder = folder
    self.provenance = provenance
    self.analyser = analyser
    self.software = software
    self.actor = actor
    let now = Timestamp.now
    run = try folder.store.beginRun(
      command: "import", software: software, patternsDigest: analyser.version.text, by: actor,
      at: now)
    var json = JSONWriter()
    json.object { json in
      for (key, value) in [
        ("format", "adwatch.import/1"), ("from", provenance.from),
        ("legal_basis", provenance.legalBasis), ("name", provenance.name),
        ("purpose", provenance.purpose),
        ("retention", provenance.retention.map { "\($0) s" }),
      ] {
        json.key(key)
        json.string(value)
      }
    }
    definition = SHA256.hash(json.bytes).labelled
    try folder.store.register(
      source: provenance.source, digest: definition, definition: json.text,
      purpose: provenance.purpose, legalBasis: provenance.legalBasis,
      retention: provenance.retention, start: [], by: actor, at: now)
    writer = try WARCWriter(
      WARCWriterOptions(
        dataDirectory: folder.path, source: provenance.source,
        warcinfo: [
          ("software", software), ("isPartOf", provenance.source),
          (
            "description",
            "imported, not captured by this program; from \(provenance.from); "
              + "\(provenance.purpose) (legal basis: \(provenance.legalBasis))"
          ),
        ]))
  }

  /// Records that a file is read, with its digest, before anything of it is brought in.
  public func begin(file: String, digest: SHA256Digest) throws {
    try flush()
    try folder.store.record(
      action: "import", subject: "run:\(run.id)",
      payload: [
        "digest": digest.labelled, "file": file, "from": provenance.from,
        "source": provenance.source,
      ], by: actor, at: Timestamp.now)
  }

  /// Takes a page of a file; it is stored with the next batch.
  public func add(_ page: PageInput, of file: String) throws {
    waiting.append((page, file))
    if waiting.count >= Self.batch { try flush() }
  }

  /// Stores what waits and ends the import.
  public func finish(outcome: String) throws {
    try flush()
    try folder.store.endRun(run, outcome: outcome, by: actor, at: Timestamp.now)
  }

  private func flush() throws {
    guard !waiting.isEmpty else { return }
    let batch = waiting
    waiting = []
    let now = Timestamp.now
    var captures: [CaptureCommit] = []
    var written: [StoredMember] = []
    var ends: [String: Int64] = [:]
    for (page, file) in batch {
      let locations = try writer.append(records(of: page, file, at: now), at: now)
      for location in locations { ends[location.file] = location.end }
      let members = locations.map(StoredMember.init)
      written += members.filter { $0.type == WARCType.warcinfo.rawValue }
      captures.append(
        capture(of: page, members.filter { $0.type != WARCType.warcinfo.rawValue }, at: now))
    }
    try writer.sync()
    let numbers = try folder.store.commit(
      captures, written: written, ends: ends, run: run, by: actor, at: now)
    var analyses: [AnalysisCommit] = []
    for (number, entry) in zip(numbers, batch) {
      var input = entry.page
      input.hints.source = provenance.source
      input.hints.url = input.hints.url ?? Address(Self.url(of: input))
      analyses.append(
        AnalysisCommit(
          analyser.analyse(input),
          of: AnalysedCapture(
            id: number, address: nil, source: provenance.source, url: Self.url(of: input),
            depth: 0, beganAt: input.date ?? now), scope: nil,
          version: analyser.version.of(source: definition)))
    }
    let added = try folder.store.commit(analyses, at: now, admit: { _, _ in nil })
    totals.newAdverts += added.newAdverts
    totals.newlyFlagged += added.newlyFlagged
    pages += batch.count
  }

  // MARK: - Values

  private struct Content {
    var bytes: [UInt8]
    var type: String
    var encoding: String?
  }

  private static func content(of page: PageInput) -> Content {
    switch page.body {
    case .received(let bytes, let encoding, let type):
      Content(
        bytes: bytes, type: type ?? "application/octet-stream",
        encoding: encoding)
    case .html(let bytes):
      Content(bytes: bytes, type: "text/html; charset=utf-8", encoding: nil)
    case .text(let bytes):
      Content(bytes: bytes, type: "text/plain; charset=utf-8", encoding: nil)
    }
  }

  /// The page's own address, or one made of its bytes.
  private static func url(of page: PageInput) -> String {
    page.hints.url?.href ?? "urn:sha256:\(SHA256.hash(content(of: page).bytes).hex)"
  }

  private func records(of page: PageInput, _ file: String, at now: Timestamp) -> [WARCRecord] {
    let content = Self.content(of: page)
    let id = RecordID(using: &generator)
    let common = [
      WARCField(escaping: Self.url(of: page), name: "WARC-Target-URI")
    ].compactMap(\.self)
    let digest = WARCField("WARC-Payload-Digest", SHA256.hash(content.bytes).labelled)
    // What came coded is not of the type that it has inside.
    let type = content.encoding == nil ? content.type : "application/octet-stream"
    let resource = WARCRecord(
      type: .resource, id: id, date: now, fields: common + [digest].compactMap(\.self),
      contentType: WARCField("Content-Type", type)
        ?? WARCField("Content-Type", "application/octet-stream"), block: content.bytes)
    let note = WARCRecord.metadata(
      id: RecordID(using: &generator), date: now,
      fields: common + [WARCField("WARC-Concurrent-To", "<\(id)>")].compactMap(\.self),
      pairs: [
        ("imported", "not captured by this program"), ("importedFrom", provenance.from),
        ("importedFile", file), ("importedID", page.id),
        ("importedDate", page.date?.rfc3339 ?? "not said"),
        ("importedStatus", page.hints.status.map(String.init) ?? "not said"),
        ("importedContentType", content.type),
        ("importedContentEncoding", content.encoding ?? "none"),
        ("source", provenance.source), ("sourceDigest", definition),
        ("purpose", provenance.purpose), ("legalBasis", provenance.legalBasis),
        ("retention", provenance.retention.map { "\($0) s" } ?? "general rule"),
        ("actor", actor.name), ("run", String(run.id)), ("software", software),
      ])
    return [resource, note]
  }

  private func capture(
    of page: PageInput, _ members: [StoredMember], at now: Timestamp
  ) -> CaptureCommit {
    let content = Self.content(of: page)
    return CaptureCommit(
      address: nil, source: provenance.source, url: Self.url(of: page), purpose: "import",
      beganAt: now, endedAt: now, outcome: "imported",
      detail: page.date.map { "of \($0.rfc3339), as its giver says" }, status: nil,
      mediaType: content.type, payloadDigest: SHA256.hash(content.bytes).bytes,
      payloadLength: Int64(content.bytes.count), payloadOf: nil, retention: provenance.retention,
      members: members, analysis: .waiting, visit: nil, group: nil, robots: nil, found: [])
  }
}
