extension SQLiteSchema {
  /// Accounts with what signing in needs, sessions, and who looked at what.
  static let reviewAccounts = [
    "ALTER TABLE account ADD COLUMN second_factor TEXT",
    // The last time step whose code was used: a code counts once.
    "ALTER TABLE account ADD COLUMN second_factor_step INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE account ADD COLUMN password_at INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE account ADD COLUMN signed_in_at INTEGER",
    // Attempts of the last day, so that guessing is slowed down across restarts.
    """
    CREATE TABLE sign_in_attempt (
      id INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      login TEXT NOT NULL,
      address TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX sign_in_attempt_login ON sign_in_attempt (login, at)",
    "CREATE INDEX sign_in_attempt_address ON sign_in_attempt (address, at)",
    "CREATE INDEX sign_in_attempt_at ON sign_in_attempt (at)",
    // Only digests of tokens: whoever reads the database cannot take over a session.
    """
    CREATE TABLE review_session (
      digest BLOB PRIMARY KEY,
      account INTEGER NOT NULL REFERENCES account (id),
      stage TEXT NOT NULL CHECK (stage IN ('second', 'purpose', 'open')),
      purpose TEXT,
      reference TEXT,
      created_at INTEGER NOT NULL,
      seen_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX review_session_account ON review_session (account)",
    "CREATE INDEX review_session_expires ON review_session (expires_at)",
    // Every look at an advert and every search; what was looked for stands in the event's payload.
    """
    CREATE TABLE review_access (
      seq INTEGER PRIMARY KEY REFERENCES custody_event (seq),
      at INTEGER NOT NULL,
      account INTEGER NOT NULL REFERENCES account (id),
      kind TEXT NOT NULL,
      purpose TEXT NOT NULL,
      advert INTEGER
    ) STRICT
    """,
    "CREATE INDEX review_access_account ON review_access (account, seq)",
    "CREATE INDEX review_access_advert ON review_access (advert, seq) WHERE advert IS NOT NULL",
    """
    CREATE TABLE review_search (
      id INTEGER PRIMARY KEY,
      account INTEGER NOT NULL REFERENCES account (id),
      name TEXT NOT NULL,
      page TEXT NOT NULL,
      query TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      UNIQUE (account, name)
    ) STRICT
    """,
  ]

  /// What people decided about adverts; an entry is undone by a later one, never changed.
  static let reviewVerdicts = [
    """
    CREATE TABLE review_verdict (
      id INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      account INTEGER NOT NULL REFERENCES account (id),
      advert INTEGER NOT NULL,
      version INTEGER NOT NULL,
      cluster INTEGER,
      choice TEXT NOT NULL
        CHECK (choice IN ('referral', 'nothing', 'unclear', 'spam', 'specialist', 'undo')),
      indicators TEXT NOT NULL,
      asks_second INTEGER NOT NULL,
      undoes INTEGER UNIQUE REFERENCES review_verdict (id),
      custody INTEGER NOT NULL REFERENCES custody_event (seq)
    ) STRICT
    """,
    "CREATE INDEX review_verdict_advert ON review_verdict (advert, id)",
    "CREATE INDEX review_verdict_account ON review_verdict (account, id)",
    """
    CREATE TRIGGER review_verdict_is_append_only BEFORE UPDATE ON review_verdict
    BEGIN SELECT RAISE(ABORT, 'verdicts are undone by later ones, not changed'); END
    """,
    """
    CREATE TRIGGER review_verdict_stays BEFORE DELETE ON review_verdict
    BEGIN SELECT RAISE(ABORT, 'verdicts are undone by later ones, not removed'); END
    """,
    // The words of a note stand in its event's payload, where a purge finds them.
    """
    CREATE TABLE review_note (
      id INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      account INTEGER NOT NULL REFERENCES account (id),
      advert INTEGER NOT NULL,
      custody INTEGER NOT NULL REFERENCES custody_event (seq)
    ) STRICT
    """,
    "CREATE INDEX review_note_advert ON review_note (advert, id)",
    """
    CREATE TABLE review_lease (
      cluster INTEGER PRIMARY KEY,
      account INTEGER NOT NULL REFERENCES account (id),
      until INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX review_lease_account ON review_lease (account, until)",
  ]

  /// The queue as it is shown: one row an advert for review, one a group of them, and for each thing
  /// that can be filtered by the groups that have it, in every order that they can be asked for.
  static let reviewQueue = [
    """
    CREATE TABLE review_item (
      advert INTEGER PRIMARY KEY REFERENCES advert (id) ON DELETE CASCADE,
      cluster INTEGER NOT NULL,
      version INTEGER NOT NULL,
      lane TEXT NOT NULL,
      state TEXT NOT NULL,
      priority REAL NOT NULL,
      breadth REAL NOT NULL,
      first_seen INTEGER NOT NULL,
      last_seen INTEGER NOT NULL,
      source TEXT NOT NULL,
      form TEXT,
      language TEXT,
      barriers TEXT NOT NULL,
      places TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX review_item_cluster ON review_item (cluster, priority, advert)",
    """
    CREATE TABLE review_group (
      cluster INTEGER PRIMARY KEY,
      shelf TEXT NOT NULL,
      lead INTEGER NOT NULL,
      adverts INTEGER NOT NULL,
      open INTEGER NOT NULL,
      priority REAL NOT NULL,
      breadth REAL NOT NULL,
      first_seen INTEGER NOT NULL,
      last_seen INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX review_group_priority ON review_group (shelf, priority, cluster)",
    "CREATE INDEX review_group_breadth ON review_group (shelf, breadth, cluster)",
    "CREATE INDEX review_group_oldest ON review_group (shelf, first_seen, cluster)",
    "CREATE INDEX review_group_newest ON review_group (shelf, last_seen, cluster)",
    """
    CREATE TABLE review_facet (
      cluster INTEGER NOT NULL,
      facet TEXT NOT NULL,
      value TEXT NOT NULL,
      shelf TEXT NOT NULL,
      priority REAL NOT NULL,
      breadth REAL NOT NULL,
      first_seen INTEGER NOT NULL,
      last_seen INTEGER NOT NULL,
      PRIMARY KEY (cluster, facet, value)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE INDEX review_facet_priority ON review_facet (facet, value, shelf, priority, cluster)
    """,
    "CREATE INDEX review_facet_breadth ON review_facet (facet, value, shelf, breadth, cluster)",
    """
    CREATE INDEX review_facet_oldest ON review_facet (facet, value, shelf, first_seen, cluster)
    """,
    "CREATE INDEX review_facet_newest ON review_facet (facet, value, shelf, last_seen, cluster)",
    // Adverts and groups whose rows are made again before the transaction that changed them ends. In a
    // trigger the outer statement's way with conflicts holds, so 'OR IGNORE' would not be heeded.
    "CREATE TABLE review_changed (advert INTEGER PRIMARY KEY) STRICT",
    "CREATE TABLE review_regrouped (cluster INTEGER PRIMARY KEY) STRICT",
    """
    CREATE TRIGGER review_sees_advert AFTER UPDATE ON advert
    BEGIN
      INSERT INTO review_changed (advert) SELECT new.id
      WHERE NOT EXISTS (SELECT 1 FROM review_changed WHERE advert = new.id);
    END
    """,
    """
    CREATE TRIGGER review_sees_assessment
      AFTER UPDATE OF flagged, lane, priority, record ON advert_version
    BEGIN
      INSERT INTO review_changed (advert) SELECT new.advert
      WHERE NOT EXISTS (SELECT 1 FROM review_changed WHERE advert = new.advert);
    END
    """,
    """
    CREATE TRIGGER review_sees_version_go AFTER DELETE ON advert_version
    BEGIN
      INSERT INTO review_changed (advert) SELECT old.advert
      WHERE NOT EXISTS (SELECT 1 FROM review_changed WHERE advert = old.advert);
    END
    """,
    """
    CREATE TRIGGER review_sees_cluster AFTER UPDATE OF cluster ON link_advert
      WHEN new.cluster IS NOT old.cluster
    BEGIN
      INSERT INTO review_changed (advert) SELECT new.advert
      WHERE NOT EXISTS (SELECT 1 FROM review_changed WHERE advert = new.advert);
    END
    """,
    """
    CREATE TRIGGER review_sees_cluster_go AFTER DELETE ON link_advert
    BEGIN
      INSERT INTO review_changed (advert) SELECT old.advert
      WHERE NOT EXISTS (SELECT 1 FROM review_changed WHERE advert = old.advert);
    END
    """,
    """
    CREATE TRIGGER review_sees_verdict AFTER INSERT ON review_verdict
    BEGIN
      INSERT INTO review_changed (advert) SELECT new.advert
      WHERE NOT EXISTS (SELECT 1 FROM review_changed WHERE advert = new.advert);
    END
    """,
    """
    CREATE TRIGGER review_sees_item_go AFTER DELETE ON review_item
    BEGIN
      INSERT INTO review_regrouped (cluster) SELECT old.cluster
      WHERE NOT EXISTS (SELECT 1 FROM review_regrouped WHERE cluster = old.cluster);
    END
    """,
    """
    INSERT OR IGNORE INTO review_changed (advert)
    SELECT DISTINCT advert FROM advert_version WHERE flagged = 1
    """,
  ]

  /// Words of all texts; its rows follow the texts', so that erasing a text erases its words.
  static let reviewWords = [
    """
    CREATE VIRTUAL TABLE advert_words USING fts5 (
      title, text, content = 'advert_version', content_rowid = 'id',
      tokenize = 'unicode61 remove_diacritics 2'
    )
    """,
    """
    CREATE TRIGGER advert_words_come AFTER INSERT ON advert_version
    BEGIN
      INSERT INTO advert_words (rowid, title, text) VALUES (new.id, new.title, new.text);
    END
    """,
    """
    CREATE TRIGGER advert_words_go AFTER DELETE ON advert_version
    BEGIN
      INSERT INTO advert_words (advert_words, rowid, title, text)
      VALUES ('delete', old.id, old.title, old.text);
    END
    """,
    """
    CREATE TRIGGER advert_words_change AFTER UPDATE OF title, text ON advert_version
      WHEN new.title IS NOT old.title OR new.text <> old.text
    BEGIN
      INSERT INTO advert_words (advert_words, rowid, title, text)
      VALUES ('delete', old.id, old.title, old.text);
      INSERT INTO advert_words (rowid, title, text) VALUES (new.id, new.title, new.text);
    END
    """,
    "INSERT INTO advert_words (advert_words) VALUES ('rebuild')",
  ]
}
