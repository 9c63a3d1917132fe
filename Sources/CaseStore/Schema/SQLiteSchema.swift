/// The schema for SQLite; times are milliseconds since 1970 UTC, digests are raw SHA-256.
enum SQLiteSchema {
  static let migrations = [
    Migration(name: "001-actors-and-custody", statements: actorsAndCustody),
    Migration(name: "002-frontier", statements: frontier),
    Migration(name: "003-evidence", statements: evidence),
    Migration(name: "004-adverts", statements: adverts),
    Migration(name: "005-links", statements: links),
    Migration(name: "007-retention", statements: retention),
    Migration(name: "010-review-accounts", statements: reviewAccounts),
    Migration(name: "011-review-verdicts", statements: reviewVerdicts),
    Migration(name: "012-review-queue", statements: reviewQueue),
    Migration(name: "013-review-words", statements: reviewWords),
    Migration(name: "014-schedules", statements: schedules),
    Migration(name: "015-review-referrals", statements: reviewReferrals),
    Migration(name: "020-purge", statements: purge),
    Migration(name: "021-alerts", statements: alerts),
    Migration(
      name: "022-notices", statements: notices + noticeGuards + outboxGuards),
    Migration(name: "023-contacts", statements: contacts),
    Migration(name: "025-replies", statements: replies),
    Migration(name: "027-rechecks", statements: rechecks),
    Migration(name: "030-images", statements: images),
    Migration(name: "034-aftermath", statements: aftermath),
  ]

  private static let actorsAndCustody = [
    """
    CREATE TABLE actor (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL CHECK (kind IN ('program', 'person')),
      created_at INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE account (
      id INTEGER PRIMARY KEY,
      actor INTEGER NOT NULL UNIQUE REFERENCES actor (id),
      login TEXT NOT NULL UNIQUE,
      password_hash TEXT NOT NULL,
      role TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      disabled_at INTEGER
    ) STRICT
    """,
    // The chain: one row an event, each with the digest of the one before. Nothing personal is here.
    """
    CREATE TABLE custody_event (
      seq INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      actor INTEGER NOT NULL REFERENCES actor (id),
      action TEXT NOT NULL,
      subject TEXT NOT NULL,
      payload_digest BLOB NOT NULL,
      previous BLOB NOT NULL,
      digest BLOB NOT NULL
    ) STRICT
    """,
    // What the digests stand for; a purge erases rows here without breaking the chain.
    """
    CREATE TABLE custody_payload (
      seq INTEGER PRIMARY KEY REFERENCES custody_event (seq),
      salt BLOB NOT NULL,
      body TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TRIGGER custody_event_is_append_only BEFORE UPDATE ON custody_event
    BEGIN SELECT RAISE(ABORT, 'the custody log is append-only'); END
    """,
    """
    CREATE TRIGGER custody_event_stays BEFORE DELETE ON custody_event
    BEGIN SELECT RAISE(ABORT, 'the custody log is append-only'); END
    """,
    """
    CREATE TABLE run (
      id INTEGER PRIMARY KEY,
      command TEXT NOT NULL,
      software TEXT NOT NULL,
      patterns_digest TEXT,
      actor INTEGER NOT NULL REFERENCES actor (id),
      started_at INTEGER NOT NULL,
      ended_at INTEGER,
      outcome TEXT
    ) STRICT
    """,
  ]

  private static let frontier = [
    """
    CREATE TABLE source (
      name TEXT PRIMARY KEY,
      digest TEXT NOT NULL,
      definition TEXT NOT NULL,
      purpose TEXT NOT NULL,
      legal_basis TEXT NOT NULL,
      added_at INTEGER NOT NULL,
      changed_at INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE politeness_group (
      key TEXT PRIMARY KEY,
      next_allowed INTEGER NOT NULL,
      delay REAL NOT NULL,
      crawl_delay REAL,
      blocked_until INTEGER,
      backoff_step INTEGER NOT NULL,
      failure_step INTEGER NOT NULL,
      last_failure INTEGER
    ) STRICT
    """,
    """
    CREATE TABLE robots (
      origin TEXT PRIMARY KEY,
      kind TEXT NOT NULL,
      body BLOB,
      fetched_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE address (
      id INTEGER PRIMARY KEY,
      source TEXT NOT NULL REFERENCES source (name),
      group_key TEXT NOT NULL,
      url TEXT NOT NULL,
      kind TEXT NOT NULL,
      depth INTEGER NOT NULL,
      priority INTEGER NOT NULL,
      due_at INTEGER,
      found_at INTEGER NOT NULL,
      found_on INTEGER REFERENCES address (id),
      visited_at INTEGER,
      outcome TEXT,
      status INTEGER,
      etag TEXT,
      last_modified TEXT,
      capture INTEGER,
      visits INTEGER NOT NULL DEFAULT 0,
      unchanged INTEGER NOT NULL DEFAULT 0,
      gone INTEGER NOT NULL DEFAULT 0,
      failures INTEGER NOT NULL DEFAULT 0,
      last TEXT,
      note TEXT,
      UNIQUE (source, url)
    ) STRICT
    """,
    """
    CREATE INDEX address_due ON address (group_key, priority, due_at) WHERE due_at IS NOT NULL
    """,
    "CREATE INDEX address_next ON address (group_key, due_at) WHERE due_at IS NOT NULL",
    "CREATE INDEX address_url ON address (url)",
    """
    CREATE TABLE scope_counter (
      source TEXT NOT NULL REFERENCES source (name),
      counter INTEGER NOT NULL,
      pages INTEGER NOT NULL,
      PRIMARY KEY (source, counter)
    ) STRICT, WITHOUT ROWID
    """,
  ]

  private static let evidence = [
    """
    CREATE TABLE warc_file (
      id INTEGER PRIMARY KEY,
      path TEXT NOT NULL UNIQUE,
      committed_end INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE capture (
      id INTEGER PRIMARY KEY,
      address INTEGER REFERENCES address (id),
      run INTEGER NOT NULL REFERENCES run (id),
      source TEXT NOT NULL,
      url TEXT NOT NULL,
      purpose TEXT NOT NULL,
      began_at INTEGER NOT NULL,
      ended_at INTEGER NOT NULL,
      outcome TEXT NOT NULL,
      detail TEXT,
      status INTEGER,
      media_type TEXT,
      payload_digest BLOB,
      payload_length INTEGER,
      payload_of INTEGER REFERENCES capture (id),
      custody INTEGER REFERENCES custody_event (seq),
      analysis TEXT NOT NULL CHECK (analysis IN ('none', 'waiting', 'done', 'failed', 'quarantined')),
      attempts INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    "CREATE INDEX capture_waiting ON capture (id) WHERE analysis = 'waiting'",
    "CREATE INDEX capture_url ON capture (url, id)",
    "CREATE INDEX capture_address ON capture (address)",
    "CREATE INDEX capture_payload_of ON capture (payload_of) WHERE payload_of IS NOT NULL",
    "CREATE INDEX capture_payload ON capture (payload_digest) WHERE payload_digest IS NOT NULL",
    """
    CREATE TABLE warc_member (
      id INTEGER PRIMARY KEY,
      file INTEGER NOT NULL REFERENCES warc_file (id),
      offset INTEGER NOT NULL,
      length INTEGER NOT NULL,
      digest BLOB NOT NULL,
      record_id TEXT NOT NULL,
      type TEXT NOT NULL,
      capture INTEGER REFERENCES capture (id),
      UNIQUE (file, offset)
    ) STRICT
    """,
    "CREATE INDEX warc_member_capture ON warc_member (capture)",
  ]

  private static let adverts = [
    """
    CREATE TABLE page_analysis (
      capture INTEGER PRIMARY KEY REFERENCES capture (id),
      version TEXT NOT NULL,
      page TEXT NOT NULL,
      language TEXT,
      title TEXT,
      error TEXT,
      limited TEXT,
      analysed_at INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE advert (
      id INTEGER PRIMARY KEY,
      source TEXT NOT NULL,
      key TEXT NOT NULL,
      url TEXT NOT NULL,
      first_seen INTEGER NOT NULL,
      last_seen INTEGER NOT NULL,
      latest INTEGER,
      state TEXT NOT NULL CHECK (state IN ('seen', 'gone')),
      UNIQUE (source, key)
    ) STRICT
    """,
    // One row for each text an advert has had, with the newest assessment of that text.
    """
    CREATE TABLE advert_version (
      id INTEGER PRIMARY KEY,
      advert INTEGER NOT NULL REFERENCES advert (id),
      capture INTEGER NOT NULL REFERENCES capture (id),
      part INTEGER NOT NULL,
      form TEXT,
      language TEXT,
      title TEXT,
      text TEXT NOT NULL,
      text_digest BLOB NOT NULL,
      record TEXT NOT NULL,
      flagged INTEGER NOT NULL,
      lane TEXT,
      priority REAL NOT NULL,
      barriers TEXT NOT NULL,
      rule TEXT NOT NULL,
      version TEXT NOT NULL,
      seen_at INTEGER NOT NULL,
      assessed_at INTEGER NOT NULL,
      UNIQUE (advert, text_digest)
    ) STRICT
    """,
    "CREATE INDEX advert_version_flagged ON advert_version (priority DESC, id) WHERE flagged = 1",
    "CREATE INDEX advert_version_capture ON advert_version (capture)",
    // Every capture that showed an advert, so that dates and places can be told without its pages.
    """
    CREATE TABLE advert_sighting (
      advert INTEGER NOT NULL REFERENCES advert (id),
      capture INTEGER NOT NULL REFERENCES capture (id),
      version INTEGER NOT NULL REFERENCES advert_version (id),
      seen_at INTEGER NOT NULL,
      PRIMARY KEY (capture, advert)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX advert_sighting_advert ON advert_sighting (advert, seen_at)",
    "CREATE INDEX advert_sighting_version ON advert_sighting (version)",
    """
    CREATE TABLE hit (
      id INTEGER PRIMARY KEY,
      advert_version INTEGER NOT NULL REFERENCES advert_version (id) ON DELETE CASCADE,
      indicator TEXT NOT NULL,
      pattern TEXT NOT NULL,
      pack_version INTEGER NOT NULL,
      start INTEGER,
      finish INTEGER,
      in_content INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX hit_advert_version ON hit (advert_version)",
    "CREATE INDEX hit_indicator ON hit (indicator)",
    """
    CREATE TABLE selector (
      id INTEGER PRIMARY KEY,
      kind TEXT NOT NULL,
      value TEXT NOT NULL,
      UNIQUE (kind, value)
    ) STRICT
    """,
    """
    CREATE TABLE advert_selector (
      advert_version INTEGER NOT NULL REFERENCES advert_version (id) ON DELETE CASCADE,
      selector INTEGER NOT NULL REFERENCES selector (id),
      start INTEGER NOT NULL,
      finish INTEGER NOT NULL,
      valid INTEGER NOT NULL,
      confidence REAL NOT NULL,
      trick TEXT,
      in_content INTEGER NOT NULL,
      PRIMARY KEY (advert_version, selector, start)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX advert_selector_selector ON advert_selector (selector)",
  ]
}
