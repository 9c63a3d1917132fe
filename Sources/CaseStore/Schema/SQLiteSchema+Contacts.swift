extension SQLiteSchema {
  /// Look-ups of who can be written to, each with what came back, and who was found.
  ///
  /// A look-up is evidence: it stays as it was, and only its answer can be erased, which leaves the digest.
  static let contacts = [
    """
    CREATE TABLE contact_lookup (
      id INTEGER PRIMARY KEY,
      key TEXT NOT NULL,
      kind TEXT NOT NULL
        CHECK (kind IN ('bootstrap', 'rdap', 'whois', 'dns', 'security.txt')),
      target TEXT NOT NULL CHECK (length(target) <= 300),
      server TEXT NOT NULL,
      query TEXT NOT NULL,
      asked_at INTEGER NOT NULL,
      outcome TEXT NOT NULL,
      status INTEGER,
      detail TEXT NOT NULL DEFAULT '',
      endpoint TEXT,
      answer BLOB NOT NULL CHECK (length(answer) <= 4194304),
      digest BLOB NOT NULL CHECK (length(digest) = 32),
      erased_at INTEGER CHECK (erased_at IS NULL OR length(answer) = 0),
      custody INTEGER NOT NULL REFERENCES custody_event (seq)
    ) STRICT
    """,
    "CREATE INDEX contact_lookup_key ON contact_lookup (key, asked_at)",
    "CREATE INDEX contact_lookup_target ON contact_lookup (target, asked_at)",
    """
    CREATE TRIGGER contact_lookup_is_new BEFORE INSERT ON contact_lookup
    WHEN NEW.erased_at IS NOT NULL OR EXISTS (SELECT 1 FROM contact_lookup WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'a look-up stays as it was'); END
    """,
    """
    CREATE TRIGGER contact_lookup_stays BEFORE DELETE ON contact_lookup
    BEGIN SELECT RAISE(ABORT, 'a look-up stays as it was'); END
    """,
    """
    CREATE TRIGGER contact_lookup_is_kept AFTER UPDATE ON contact_lookup
    WHEN OLD.erased_at IS NOT NULL OR NEW.erased_at IS NULL OR length(NEW.answer) > 0
      OR (NEW.id, NEW.key, NEW.kind, NEW.target, NEW.server, NEW.query, NEW.asked_at, NEW.outcome,
        NEW.detail, NEW.digest, NEW.custody) IS NOT
      (OLD.id, OLD.key, OLD.kind, OLD.target, OLD.server, OLD.query, OLD.asked_at, OLD.outcome,
        OLD.detail, OLD.digest, OLD.custody)
      OR NEW.status IS NOT OLD.status OR NEW.endpoint IS NOT OLD.endpoint
    BEGIN SELECT RAISE(ABORT, 'a look-up stays as it was'); END
    """,
    // Who was found in one search; a recipient stands in it only when it was not refused.
    """
    CREATE TABLE contact_found (
      id INTEGER PRIMARY KEY,
      host TEXT NOT NULL,
      rung INTEGER NOT NULL CHECK (rung BETWEEN 1 AND 8),
      place INTEGER NOT NULL CHECK (place >= 1),
      target TEXT NOT NULL,
      recipient TEXT
        CHECK (recipient IS NULL
          OR (recipient NOT GLOB '*[^!-~]*' AND recipient NOT GLOB '*[<>"]*'
            AND length(recipient) <= 2048)),
      said TEXT NOT NULL,
      refusal TEXT,
      organisation TEXT NOT NULL,
      source TEXT NOT NULL,
      confidence TEXT NOT NULL
        CHECK (confidence IN ('confirmed', 'published', 'related', 'guess')),
      reason TEXT NOT NULL,
      lookup INTEGER REFERENCES contact_lookup (id),
      at INTEGER NOT NULL,
      custody INTEGER NOT NULL REFERENCES custody_event (seq),
      CHECK ((recipient IS NULL) = (refusal IS NOT NULL))
    ) STRICT
    """,
    "CREATE INDEX contact_found_host ON contact_found (host, rung, at)",
    "CREATE INDEX contact_found_recipient ON contact_found (lower(recipient), at)",
    """
    CREATE TRIGGER contact_found_is_no_selector BEFORE INSERT ON contact_found
    WHEN EXISTS (SELECT 1 FROM selector s WHERE lower(s.value) = lower(NEW.recipient))
    BEGIN SELECT RAISE(ABORT, 'the contact is a selector of an advert'); END
    """,
    """
    CREATE TRIGGER contact_found_is_new BEFORE INSERT ON contact_found
    WHEN EXISTS (SELECT 1 FROM contact_found WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'what was found stays as it was'); END
    """,
    """
    CREATE TRIGGER contact_found_stays BEFORE UPDATE ON contact_found
    BEGIN SELECT RAISE(ABORT, 'what was found stays as it was'); END
    """,
  ]
}
