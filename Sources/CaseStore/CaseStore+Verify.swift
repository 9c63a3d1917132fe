import Vocabulary

extension CaseStore {
  /// A record as `verify` compares it with its file.
  public struct MemberEntry: Sendable {
    /// The record.
    public var member: StoredMember
    /// The capture it belongs to; nil for a warcinfo.
    public var capture: Int64?
    /// The capture's URL.
    public var url: String?
  }

  /// Calls `body` with every record, by file and offset.
  public func forEachMember(_ body: (MemberEntry) throws -> Void) throws {
    try engine.read { session in
      try session.forEach(
        """
        SELECT f.path, m.offset, m.length, m.digest, m.record_id, m.type, m.capture, c.url
        FROM warc_member m JOIN warc_file f ON f.id = m.file
        LEFT JOIN capture c ON c.id = m.capture ORDER BY f.path, m.offset
        """, []
      ) { row in
        let member = StoredMember(
          file: row.text(0) ?? "", offset: row.integer(1) ?? 0, length: row.integer(2) ?? 0,
          digest: row.blob(3) ?? [], recordID: row.text(4) ?? "", type: row.text(5) ?? "")
        try body(MemberEntry(member: member, capture: row.integer(6), url: row.text(7)))
        return true
      }
    }
  }

  /// A capture as `verify` compares it with its custody event.
  public struct CaptureEntry: Sendable {
    /// Row number.
    public var id: Int64
    /// Number of the custody event that records it.
    public var custody: Int64?
    /// The payload that the event has to have, rebuilt from what is stored now.
    public var expectedPayload: String
  }

  /// Calls `body` with every capture, oldest first.
  public func forEachCapture(_ body: (CaptureEntry) throws -> Void) throws {
    try engine.read { session in
      try session.forEach(
        """
        SELECT id, custody, source, url, began_at, outcome, status, payload_digest
        FROM capture ORDER BY id
        """, []
      ) { row in
        let id = row.integer(0) ?? 0
        let members = try session.rows(
          """
          SELECT f.path, m.offset, m.length, m.digest, m.record_id, m.type
          FROM warc_member m JOIN warc_file f ON f.id = m.file WHERE m.capture = ?1 ORDER BY m.id
          """, [.integer(id)]
        ).map { member in
          StoredMember(
            file: member.text(0) ?? "", offset: member.integer(1) ?? 0,
            length: member.integer(2) ?? 0, digest: member.blob(3) ?? [],
            recordID: member.text(4) ?? "", type: member.text(5) ?? "")
        }
        let payload = CapturePayload(
          beganAt: .init(milliseconds: row.integer(4) ?? 0), members: members,
          outcome: row.text(5) ?? "", payloadDigest: row.blob(7), source: row.text(2) ?? "",
          status: row.integer(6), url: row.text(3) ?? "")
        try body(CaptureEntry(id: id, custody: row.integer(1), expectedPayload: payload.json))
        return true
      }
    }
  }
}
