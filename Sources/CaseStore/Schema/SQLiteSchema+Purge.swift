extension SQLiteSchema {
  /// What was erased, what must not be, and what is still to be done about it.
  static let purge = [
    """
    CREATE TABLE legal_hold (
      id INTEGER PRIMARY KEY,
      kind TEXT NOT NULL CHECK (kind IN ('everything', 'source', 'url', 'advert', 'capture')),
      target TEXT NOT NULL,
      number INTEGER,
      why TEXT NOT NULL,
      reference TEXT,
      placed_at INTEGER NOT NULL,
      placed_by TEXT NOT NULL,
      lifted_at INTEGER,
      lifted_by TEXT,
      lifted_why TEXT
    ) STRICT
    """,
    // One row a capture that was erased, or of which only the payload was left: it names the event that
    // recorded the capture, whose payload went.
    """
    CREATE TABLE purge (
      event INTEGER PRIMARY KEY REFERENCES custody_event (seq),
      capture INTEGER NOT NULL,
      source TEXT NOT NULL,
      reason TEXT NOT NULL,
      due_at INTEGER NOT NULL,
      at INTEGER NOT NULL
    ) STRICT
    """,
    // The purge that a record stands for as its tombstone.
    "ALTER TABLE warc_member ADD COLUMN purge INTEGER REFERENCES purge (event)",
    "CREATE INDEX warc_member_purge ON warc_member (purge) WHERE purge IS NOT NULL",
    // Tombstones that are not in their files yet, with what they are made from.
    """
    CREATE TABLE erasure_waiting (
      member INTEGER PRIMARY KEY REFERENCES warc_member (id),
      warcinfo TEXT NOT NULL,
      words TEXT NOT NULL,
      at INTEGER NOT NULL
    ) STRICT
    """,
    // Work on the database as a whole that a purge began and has to end.
    "CREATE TABLE chore (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
    "CREATE INDEX custody_event_about ON custody_event (subject) WHERE action <> 'capture'",
    "CREATE INDEX address_found_on ON address (found_on) WHERE found_on IS NOT NULL",
  ]

  /// Which alerts were mailed, so that a person is told once and not every quarter of an hour.
  static let alerts = [
    """
    CREATE TABLE alert (
      name TEXT PRIMARY KEY,
      at INTEGER NOT NULL,
      count INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """
  ]
}
