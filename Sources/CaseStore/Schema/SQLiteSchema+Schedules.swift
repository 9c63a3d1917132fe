extension SQLiteSchema {
  /// What visits have taught, what people have paused, and which states adverts were in.
  static let schedules = [
    "ALTER TABLE politeness_group ADD COLUMN pace REAL NOT NULL DEFAULT 0",
    "ALTER TABLE politeness_group ADD COLUMN refused_pace REAL NOT NULL DEFAULT 0",
    "ALTER TABLE politeness_group ADD COLUMN peers TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE address ADD COLUMN unchanged_before INTEGER NOT NULL DEFAULT 0",
    // What the trap guards know an address by; held ones wait for others of their shape.
    "ALTER TABLE address ADD COLUMN shape INTEGER",
    "ALTER TABLE address ADD COLUMN section INTEGER",
    "CREATE INDEX address_held_shape ON address (source, shape, id) WHERE outcome = 'held'",
    "CREATE INDEX address_held_section ON address (source, section, id) WHERE outcome = 'held'",
    "CREATE INDEX advert_version_text ON advert_version (text_digest)",
    // New adverts that visits to a listing brought and the time they took, both faded.
    """
    CREATE TABLE listing_rate (
      address INTEGER PRIMARY KEY REFERENCES address (id) ON DELETE CASCADE,
      adverts REAL NOT NULL,
      seconds REAL NOT NULL,
      visited_at INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE posting_hour (
      source TEXT NOT NULL REFERENCES source (name) ON DELETE CASCADE,
      hour INTEGER NOT NULL,
      adverts REAL NOT NULL,
      PRIMARY KEY (source, hour)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE pause (
      kind TEXT NOT NULL CHECK (kind IN ('source', 'group')),
      name TEXT NOT NULL,
      reason TEXT NOT NULL,
      since INTEGER NOT NULL,
      actor INTEGER NOT NULL REFERENCES actor (id),
      PRIMARY KEY (kind, name)
    ) STRICT, WITHOUT ROWID
    """,
    // Every change of state, with the time of the capture that showed it.
    """
    CREATE TABLE advert_state (
      advert INTEGER NOT NULL REFERENCES advert (id) ON DELETE CASCADE,
      at INTEGER NOT NULL,
      state TEXT NOT NULL
        CHECK (state IN ('seen', 'edited', 'vanished', 'expired', 'reappeared')),
      capture INTEGER NOT NULL,
      PRIMARY KEY (advert, at, state)
    ) STRICT, WITHOUT ROWID
    """,
  ]
}
