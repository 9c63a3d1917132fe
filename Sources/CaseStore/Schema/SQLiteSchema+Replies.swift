extension SQLiteSchema {
  /// What people make of messages that came in; the messages themselves are `notice_inbound`.
  static let replies = [
    """
    CREATE TABLE notice_reading (
      id INTEGER PRIMARY KEY,
      inbound INTEGER NOT NULL REFERENCES notice_inbound (id),
      notice INTEGER NOT NULL REFERENCES notice (id),
      kind TEXT NOT NULL,
      account INTEGER NOT NULL REFERENCES account (id),
      at INTEGER NOT NULL,
      custody INTEGER NOT NULL REFERENCES custody_event (seq)
    ) STRICT
    """,
    "CREATE INDEX notice_reading_inbound ON notice_reading (inbound, id)",
    refusal("notice_reading_stays", "DELETE ON notice_reading", "what was read stays"),
    refusal("notice_reading_fixed", "UPDATE ON notice_reading", "what was read does not change"),
    refusal(
      "notice_reading_by_officer", "INSERT ON notice_reading",
      "what a message means is for a notice officer to say",
      when: """
        EXISTS (SELECT 1 FROM notice_reading r WHERE r.id = new.id)
        OR NOT EXISTS (SELECT 1 FROM account a JOIN custody_event e ON e.actor = a.actor
          WHERE a.id = new.account AND a.disabled_at IS NULL AND e.seq = new.custody
            AND instr(' ' || a.role || ' ', ' notice-officer ') > 0)
        """),
  ]
}
