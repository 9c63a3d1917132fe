import Bytes

/// The strict check of one record by itself.
struct RecordCheck {
  private let stored: StoredRecord
  private let header: WARCHeader
  private let isOwn: Bool
  private(set) var findings: [ArchiveFinding] = []

  init(_ stored: StoredRecord, profile: ArchiveCheck.Profile) {
    self.stored = stored
    header = stored.record.header
    isOwn = profile == .own
  }

  mutating func run() {
    if header.version != "1.1", isOwn || header.version != "1.0" {
      note(.badVersion, header.version)
    }
    checkFields()
    guard let type = header.type else { return }
    checkTarget(type)
    if type == .revisit { checkRevisit() }
    checkBlock(type)
    checkDigests(type)
  }

  private mutating func note(_ kind: ArchiveFinding.Kind, _ detail: String = "") {
    findings.append(
      ArchiveFinding(kind, at: stored.offset, recordID: header.recordID, detail))
  }

  // MARK: - Fields

  private mutating func checkFields() {
    for name in ["WARC-Type", "WARC-Record-ID", "WARC-Date", "Content-Length"] {
      require(name)
    }
    var seen: Set<String> = []
    for field in header.fields {
      let name = String(decoding: field.name.utf8.map(lowered), as: UTF8.self)
      // Section 5: only these may stand more than once.
      if name == "warc-concurrent-to" || name == "warc-protocol" { continue }
      if !seen.insert(name).inserted { note(.duplicateField(field.name)) }
    }
    let forms = FieldForms(isOwn: isOwn, version: header.version)
    form("WARC-Record-ID", forms.isIdentifier)
    form("WARC-Concurrent-To", forms.isIdentifier)
    form("WARC-Refers-To", forms.isIdentifier)
    form("WARC-Warcinfo-ID", forms.isIdentifier)
    form("WARC-Date", forms.isDate)
    form("WARC-Refers-To-Date", forms.isDate)
    form("Content-Length") { lengthValue($0) != nil }
    form("WARC-Block-Digest", forms.isDigest)
    form("WARC-Payload-Digest", forms.isDigest)
    form("WARC-Target-URI", forms.isURI)
    form("WARC-Refers-To-Target-URI", forms.isURI)
    form("WARC-IP-Address", forms.isIPAddress)
    form("Content-Type", forms.isMediaType)
    form("WARC-Truncated") { ArchivedExchange.Truncation(rawValue: $0) != nil }
    if header["WARC-Type"] != nil, header.type == nil {
      note(.unknownType, header["WARC-Type"] ?? "")
    }
    if isOwn, let type = header["WARC-Type"], type != type.lowercased() {
      note(.malformedField("WARC-Type"), type)
    }
  }

  private mutating func require(_ name: String) {
    if (header[name] ?? "").isEmpty { note(.missingField(name)) }
  }

  private mutating func form(_ name: String, _ isRight: (String) -> Bool) {
    for value in header.values(of: name) where !value.isEmpty && !isRight(value) {
      note(.malformedField(name), value)
    }
  }

  // MARK: - By type

  private mutating func checkTarget(_ type: WARCType) {
    switch type {
    case .warcinfo:
      for name in ["WARC-Target-URI", "WARC-Concurrent-To", "WARC-Refers-To"]
      where header[name] != nil {
        note(.forbiddenField(name))
      }
    case .metadata where !isOwn: break
    default:
      require("WARC-Target-URI")
      if isOwn { require("WARC-Warcinfo-ID") }
      if isOwn, type == .request { require("WARC-Concurrent-To") }
    }
  }

  private mutating func checkRevisit() {
    require("WARC-Profile")
    guard isOwn else { return }
    for name in ["WARC-Refers-To", "WARC-Refers-To-Target-URI", "WARC-Refers-To-Date"] {
      require(name)
    }
    let profiles = ["identical-payload-digest", "server-not-modified"].map {
      "http://netpreserve.org/warc/1.1/revisit/\($0)"
    }
    if let profile = header["WARC-Profile"], !profiles.contains(profile) {
      note(.malformedField("WARC-Profile"), profile)
    }
  }

  private mutating func checkBlock(_ type: WARCType) {
    if !stored.record.block.isEmpty, isOwn || type != .continuation {
      require("Content-Type")
    }
    guard
      let content = header.contentType.map({ String(decoding: $0.utf8.map(lowered), as: UTF8.self) }
      )
    else { return }
    if isOwn {
      let expected: String? =
        switch type {
        case .metadata where header.targetURI == Tombstone.target: nil
        case .warcinfo, .metadata: WARCField.warcFields.value
        case .request: WARCField.httpRequest.value
        case .response, .revisit: WARCField.httpResponse.value
        default: nil
        }
      // What came over HTTP is an answer, with the records that belong to one.
      if expected == nil, content.hasPrefix("application/http") {
        note(.malformedField("Content-Type"), content)
      }
      if let expected, content != expected { note(.malformedField("Content-Type"), content) }
    }
    let isHTTP = content.hasPrefix("application/http")
    let message = isHTTP ? HTTPMessage(stored.record.block) : nil
    switch type {
    case .response where isHTTP, .revisit where isHTTP && !stored.record.block.isEmpty:
      if message?.status == nil || message?.isHeadComplete != true {
        note(.badBlock, "no response")
      }
    case .request where isHTTP:
      if message == nil || message?.status != nil || message?.isHeadComplete != true {
        note(.badBlock, "no request")
      }
    default: break
    }
  }

  private mutating func checkDigests(_ type: WARCType) {
    if isOwn {
      require("WARC-Block-Digest")
      if type == .response || type == .revisit { require("WARC-Payload-Digest") }
    }
    guard stored.isBlockComplete else { return }
    let block = stored.record.block
    if let digest = header["WARC-Block-Digest"] {
      compare(digest, [block[...]], .blockDigestMismatch)
    }
    // The payload of a revisit is elsewhere; that of a part of a record is in several places.
    guard let digest = header["WARC-Payload-Digest"], type != .revisit, type != .continuation,
      header["WARC-Segment-Number"] == nil
    else { return }
    var payloads = [block[...]]
    if header.contentType?.lowercased().hasPrefix("application/http") == true,
      let message = HTTPMessage(block)
    {
      // Programs disagree whether the digest is that of the chunks (warcio) or of the content.
      payloads = isOwn ? [message.body] : [message.body, message.payload]
    }
    compare(digest, payloads, .payloadDigestMismatch)
  }

  /// Notes a mismatch unless one of the candidates has the digest.
  private mutating func compare(
    _ labelled: String, _ candidates: [ArraySlice<UInt8>], _ kind: ArchiveFinding.Kind
  ) {
    guard let digest = LabelledDigest(labelled) else {
      note(.uncheckedDigest(labelled))
      return
    }
    if !candidates.contains(where: digest.isDigest(of:)) { note(kind, labelled) }
  }
}
