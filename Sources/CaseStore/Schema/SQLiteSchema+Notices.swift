extension SQLiteSchema {
  /// Notices, who approved them, what was sent, and what came of it.
  ///
  /// What must never happen is refused by `noticeGuards`, whoever writes to the database.
  static let notices = [
    // One row: what may be sent at all. Sending is off until a person switches it on.
    """
    CREATE TABLE notice_control (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      sending INTEGER NOT NULL DEFAULT 0 CHECK (sending IN (0, 1)),
      dry_run INTEGER NOT NULL DEFAULT 0 CHECK (dry_run IN (0, 1)),
      allowed_only INTEGER NOT NULL DEFAULT 0 CHECK (allowed_only IN (0, 1)),
      mandate INTEGER NOT NULL DEFAULT 0 CHECK (mandate IN (0, 1)),
      most_per_recipient INTEGER NOT NULL DEFAULT 5 CHECK (most_per_recipient >= 0),
      most_per_day INTEGER NOT NULL DEFAULT 50 CHECK (most_per_day >= 0),
      clock TEXT NOT NULL DEFAULT 'system' CHECK (clock IN ('system', 'given')),
      given_at INTEGER,
      epoch TEXT NOT NULL DEFAULT '',
      bodies INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    "INSERT INTO notice_control (id) VALUES (1)",
    // Addresses, or domains as '@example.org', that may be written to while allowed_only is set.
    "CREATE TABLE notice_allowed (address TEXT PRIMARY KEY) STRICT",
    """
    CREATE TABLE notice_suppressed (
      address TEXT PRIMARY KEY,
      reason TEXT NOT NULL,
      at INTEGER NOT NULL
    ) STRICT
    """,
    // An act of an authority is drafted by anybody and sent only where there is a mandate.
    """
    CREATE TABLE notice_act (
      name TEXT PRIMARY KEY,
      kind TEXT NOT NULL
        CHECK (kind IN ('takedown', 'preservation', 'referral', 'retraction')),
      authority INTEGER NOT NULL CHECK (authority IN (0, 1))
    ) STRICT
    """,
    """
    INSERT INTO notice_act (name, kind, authority) VALUES
      ('dsa-16', 'takedown', 0), ('dsa-9', 'takedown', 1), ('ntd-nl', 'takedown', 0),
      ('terms', 'takedown', 0), ('preserve', 'preservation', 0),
      ('budapest-16', 'preservation', 1), ('budapest-29', 'preservation', 1),
      ('epoc-pr', 'preservation', 1), ('us-2703f', 'preservation', 1),
      ('referral', 'referral', 0), ('retraction', 'retraction', 0)
    """,
    """
    CREATE TABLE notice_edge (
      kind TEXT NOT NULL,
      before TEXT NOT NULL,
      after TEXT NOT NULL,
      PRIMARY KEY (kind, before, after)
    ) STRICT, WITHOUT ROWID
    """,
    commonEdges, takedownEdges, preservationEdges,
    """
    CREATE TABLE notice (
      id INTEGER PRIMARY KEY,
      idem_key BLOB NOT NULL UNIQUE CHECK (length(idem_key) = 32),
      act TEXT NOT NULL REFERENCES notice_act (name),
      language TEXT NOT NULL,
      channel TEXT NOT NULL CHECK (channel IN ('mail', 'form')),
      rung INTEGER NOT NULL CHECK (rung BETWEEN 1 AND 8),
      round INTEGER NOT NULL DEFAULT 1 CHECK (round >= 1),
      follows INTEGER REFERENCES notice (id),
      reason TEXT NOT NULL DEFAULT '',
      skip_reason TEXT NOT NULL DEFAULT '',
      organisation TEXT NOT NULL,
      recipient TEXT NOT NULL
        CHECK (
          recipient NOT GLOB '*[^!-~]*' AND recipient NOT GLOB '*[<>"]*'
          AND CASE channel
            WHEN 'mail' THEN length(recipient) <= 254 AND recipient GLOB '?*@?*.?*'
              AND recipient NOT GLOB '*@*@*' AND recipient NOT GLOB '*[(),:;\\[]*'
              AND instr(recipient, ']') = 0
            ELSE length(recipient) <= 2048 AND recipient GLOB 'https://?*' END),
      fields TEXT NOT NULL,
      problems TEXT NOT NULL,
      rendered BLOB NOT NULL CHECK (length(rendered) <= 1048576),
      digest BLOB NOT NULL CHECK (length(digest) = 32),
      author INTEGER NOT NULL REFERENCES account (id),
      last_editor INTEGER NOT NULL REFERENCES account (id),
      state TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      changed_at INTEGER NOT NULL,
      custody INTEGER NOT NULL REFERENCES custody_event (seq)
    ) STRICT
    """,
    "CREATE INDEX notice_state ON notice (state, id)",
    "CREATE INDEX notice_recipient ON notice (lower(recipient), act)",
    // The capture's number stays when a purge erases the capture; such a notice does not go out any more.
    """
    CREATE TABLE notice_target (
      notice INTEGER NOT NULL REFERENCES notice (id),
      url TEXT NOT NULL CHECK (url NOT GLOB '*[^!-~]*' AND length(url) BETWEEN 1 AND 65536),
      host TEXT NOT NULL,
      advert INTEGER NOT NULL,
      verdict INTEGER NOT NULL REFERENCES review_verdict (id),
      capture INTEGER NOT NULL,
      PRIMARY KEY (notice, url)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX notice_target_url ON notice_target (url, notice)",
    "CREATE INDEX notice_target_advert ON notice_target (advert)",
    // Bytes, recipient and a used code of the approver's second factor: an approval is of these.
    """
    CREATE TABLE notice_approval (
      id INTEGER PRIMARY KEY,
      notice INTEGER NOT NULL REFERENCES notice (id),
      approver INTEGER NOT NULL REFERENCES account (id),
      recipient TEXT NOT NULL,
      rendered BLOB NOT NULL,
      digest BLOB NOT NULL,
      step INTEGER NOT NULL,
      waiver TEXT CHECK (waiver IS NULL OR length(trim(waiver)) >= 10),
      at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL,
      revoked_at INTEGER,
      custody INTEGER NOT NULL REFERENCES custody_event (seq),
      UNIQUE (approver, step)
    ) STRICT
    """,
    "CREATE INDEX notice_approval_notice ON notice_approval (notice)",
    // Who may lift a hold is whoever placed it, or an administrator.
    """
    CREATE TABLE notice_hold (
      id INTEGER PRIMARY KEY,
      scope TEXT NOT NULL CHECK (scope IN ('notice', 'advert', 'host', 'everything')),
      object TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('law-enforcement', 'embargo', 'safety')),
      placed_by INTEGER NOT NULL REFERENCES account (id),
      placed_at INTEGER NOT NULL,
      released_by INTEGER REFERENCES account (id),
      released_at INTEGER,
      custody INTEGER NOT NULL REFERENCES custody_event (seq)
    ) STRICT
    """,
    "CREATE INDEX notice_hold_open ON notice_hold (scope, object) WHERE released_at IS NULL",
    """
    CREATE TABLE notice_outbox (
      id INTEGER PRIMARY KEY,
      notice INTEGER NOT NULL UNIQUE REFERENCES notice (id),
      recipient TEXT NOT NULL,
      envelope_from TEXT NOT NULL
        CHECK (envelope_from NOT GLOB '*[^!-~]*' AND envelope_from NOT GLOB '*[<>]*'),
      message_id TEXT NOT NULL UNIQUE,
      token TEXT NOT NULL UNIQUE,
      mime BLOB NOT NULL,
      digest BLOB NOT NULL CHECK (length(digest) = 32),
      state TEXT NOT NULL
        CHECK (state IN ('ready', 'leased', 'sent', 'in-doubt', 'failed', 'cancelled')),
      owner TEXT,
      lease_until INTEGER,
      attempt INTEGER NOT NULL DEFAULT 0,
      due_at INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      changed_at INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX notice_outbox_due ON notice_outbox (due_at, id) WHERE state = 'ready'",
    "CREATE INDEX notice_outbox_recipient ON notice_outbox (lower(recipient), changed_at)",
    """
    CREATE TABLE notice_attempt (
      outbox INTEGER NOT NULL REFERENCES notice_outbox (id),
      n INTEGER NOT NULL CHECK (n >= 1),
      phase TEXT NOT NULL CHECK (phase IN ('connecting', 'data-started', 'final')),
      code INTEGER,
      reply TEXT,
      at INTEGER NOT NULL,
      PRIMARY KEY (outbox, n, phase)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX notice_attempt_at ON notice_attempt (at) WHERE phase = 'data-started'",
    // What a person made of a message whose end is not known.
    """
    CREATE TABLE notice_decision (
      outbox INTEGER NOT NULL REFERENCES notice_outbox (id),
      attempt INTEGER NOT NULL,
      choice TEXT NOT NULL CHECK (choice IN ('arrived', 'resend', 'cancel')),
      account INTEGER NOT NULL REFERENCES account (id),
      at INTEGER NOT NULL,
      custody INTEGER NOT NULL REFERENCES custody_event (seq),
      PRIMARY KEY (outbox, attempt)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE notice_inbound (
      id INTEGER PRIMARY KEY,
      digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
      notice INTEGER REFERENCES notice (id),
      kind TEXT NOT NULL,
      matched_by TEXT,
      ticket TEXT,
      at INTEGER NOT NULL,
      raw BLOB NOT NULL,
      custody INTEGER NOT NULL REFERENCES custody_event (seq)
    ) STRICT
    """,
    "CREATE INDEX notice_inbound_notice ON notice_inbound (notice, id)",
    """
    CREATE TABLE notice_deadline (
      id INTEGER PRIMARY KEY,
      notice INTEGER NOT NULL REFERENCES notice (id),
      kind TEXT NOT NULL,
      due_at INTEGER NOT NULL,
      met_at INTEGER,
      UNIQUE (notice, kind, due_at)
    ) STRICT
    """,
    "CREATE INDEX notice_deadline_due ON notice_deadline (due_at) WHERE met_at IS NULL",
    // What a look at a target showed; only definitive absences count towards a removal.
    """
    CREATE TABLE notice_recheck (
      id INTEGER PRIMARY KEY,
      notice INTEGER NOT NULL REFERENCES notice (id),
      url TEXT NOT NULL,
      at INTEGER NOT NULL,
      finding TEXT NOT NULL CHECK (finding IN
        ('online', 'changed', 'moved', 'absent', 'blocked', 'unreachable')),
      status INTEGER,
      control TEXT NOT NULL CHECK (control IN ('ok', 'failed', 'none')),
      egress TEXT NOT NULL,
      detail TEXT NOT NULL,
      capture INTEGER,
      custody INTEGER NOT NULL REFERENCES custody_event (seq)
    ) STRICT
    """,
    "CREATE INDEX notice_recheck_target ON notice_recheck (notice, url, at)",
  ]

  // Every kind: written, read by somebody else, sent once, or given up.
  private static let commonEdges =
    """
    INSERT INTO notice_edge (kind, before, after)
    SELECT k.column1, e.column1, e.column2
    FROM (VALUES ('takedown'), ('preservation'), ('referral'), ('retraction')) k,
    (VALUES
      ('draft', 'review'), ('draft', 'cancelled'), ('review', 'draft'), ('review', 'approved'),
      ('review', 'cancelled'), ('approved', 'held'), ('approved', 'review'),
      ('approved', 'queued'), ('approved', 'cancelled'), ('held', 'approved'),
      ('held', 'review'), ('held', 'cancelled'), ('queued', 'sending'), ('queued', 'held'),
      ('queued', 'moot'), ('queued', 'withdrawn'), ('sending', 'sent'),
      ('sending', 'retry-wait'), ('sending', 'in-doubt'), ('sending', 'bounced'),
      ('sending', 'queued'), ('retry-wait', 'queued'), ('retry-wait', 'bounced'),
      ('retry-wait', 'withdrawn'), ('in-doubt', 'sent'), ('in-doubt', 'queued'),
      ('in-doubt', 'cancelled'), ('in-doubt', 'withdrawn'), ('sent', 'bounced'),
      ('sent', 'acknowledged'), ('sent', 'disputed'), ('sent', 'withdrawn'),
      ('sent', 'closed-refused'), ('acknowledged', 'disputed'), ('acknowledged', 'withdrawn'),
      ('acknowledged', 'closed-refused'), ('acknowledged', 'bounced'),
      ('disputed', 'closed-refused'), ('disputed', 'acknowledged'), ('disputed', 'withdrawn'),
      ('sent', 'closed-referred'), ('acknowledged', 'closed-referred'),
      ('disputed', 'closed-referred'), ('bounced', 'closed-refused'), ('bounced', 'withdrawn')
    ) e
    """

  private static let takedownEdges =
    """
    INSERT INTO notice_edge (kind, before, after) VALUES
      ('takedown', 'sent', 'action-claimed'), ('takedown', 'acknowledged', 'action-claimed'),
      ('takedown', 'disputed', 'action-claimed'), ('takedown', 'overdue', 'action-claimed'),
      ('takedown', 'sent', 'removed-confirmed'), ('takedown', 'acknowledged', 'removed-confirmed'),
      ('takedown', 'action-claimed', 'removed-confirmed'),
      ('takedown', 'disputed', 'removed-confirmed'), ('takedown', 'overdue', 'removed-confirmed'),
      ('takedown', 'escalated', 'removed-confirmed'), ('takedown', 'sent', 'moved'),
      ('takedown', 'acknowledged', 'moved'), ('takedown', 'action-claimed', 'moved'),
      ('takedown', 'overdue', 'moved'), ('takedown', 'sent', 'overdue'),
      ('takedown', 'acknowledged', 'overdue'), ('takedown', 'action-claimed', 'overdue'),
      ('takedown', 'overdue', 'escalated'), ('takedown', 'bounced', 'escalated'),
      ('takedown', 'disputed', 'escalated'), ('takedown', 'overdue', 'disputed'),
      ('takedown', 'overdue', 'withdrawn'), ('takedown', 'escalated', 'withdrawn'),
      ('takedown', 'action-claimed', 'withdrawn'), ('takedown', 'moved', 'withdrawn'),
      ('takedown', 'removed-confirmed', 'reappeared'),
      ('takedown', 'removed-confirmed', 'closed-removed'),
      ('takedown', 'reappeared', 'escalated'), ('takedown', 'reappeared', 'withdrawn'),
      ('takedown', 'moved', 'closed-moved'), ('takedown', 'escalated', 'closed-refused'),
      ('takedown', 'escalated', 'closed-referred'), ('takedown', 'overdue', 'closed-referred')
    """

  private static let preservationEdges =
    """
    INSERT INTO notice_edge (kind, before, after) VALUES
      ('preservation', 'acknowledged', 'active'), ('preservation', 'sent', 'overdue'),
      ('preservation', 'overdue', 'acknowledged'), ('preservation', 'overdue', 'closed-refused'),
      ('preservation', 'active', 'renewal-due'), ('preservation', 'renewal-due', 'active'),
      ('preservation', 'active', 'converted'), ('preservation', 'renewal-due', 'converted'),
      ('preservation', 'renewal-due', 'lapsed'), ('preservation', 'active', 'lapsed'),
      ('preservation', 'active', 'released'), ('preservation', 'renewal-due', 'released'),
      ('preservation', 'active', 'withdrawn'), ('preservation', 'overdue', 'withdrawn')
    """
}
