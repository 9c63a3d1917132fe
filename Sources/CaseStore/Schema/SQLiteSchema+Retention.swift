extension SQLiteSchema {
  /// For how long what was collected is kept, what keeps it longer, and what was erased.
  static let retention = [
    // Seconds from the capture's end; null for the general rule.
    "ALTER TABLE capture ADD COLUMN retention INTEGER",
    // The custody event that records the erasing; null for what is held.
    "ALTER TABLE capture ADD COLUMN purged INTEGER REFERENCES custody_event (seq)",
    "ALTER TABLE warc_member ADD COLUMN purged INTEGER REFERENCES custody_event (seq)",
    "ALTER TABLE source ADD COLUMN retention INTEGER",
    """
    CREATE TABLE legal_hold (
      id INTEGER PRIMARY KEY,
      subject TEXT NOT NULL,
      why TEXT NOT NULL,
      custody INTEGER NOT NULL REFERENCES custody_event (seq),
      lifted INTEGER REFERENCES custody_event (seq)
    ) STRICT
    """,
    // Records that the database has as erased and whose bytes may still be in their file.
    """
    CREATE TABLE purge_step (
      member INTEGER PRIMARY KEY REFERENCES warc_member (id),
      date INTEGER NOT NULL
    ) STRICT
    """,
  ]
}
