extension SQLiteSchema {
  /// What is looked at after a notice went out, and what a look has to rest on.
  static let rechecks = [
    // Which address of the frontier is looked at again, and when; `asked_at` is when it was made due.
    """
    CREATE TABLE notice_watch (
      notice INTEGER NOT NULL REFERENCES notice (id),
      url TEXT NOT NULL,
      address INTEGER,
      control INTEGER,
      next_at INTEGER,
      asked_at INTEGER,
      PRIMARY KEY (notice, url)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX notice_watch_next ON notice_watch (next_at) WHERE next_at IS NOT NULL",
    "ALTER TABLE notice_recheck ADD COLUMN control_capture INTEGER",
    """
    CREATE UNIQUE INDEX notice_recheck_capture ON notice_recheck (notice, url, capture)
      WHERE capture IS NOT NULL
    """,
    // A notice that went out is watched from then on, whoever sent it: first after two hours.
    """
    CREATE TRIGGER notice_watch_begins AFTER UPDATE OF state ON notice
      WHEN new.state = 'sent' AND old.state <> 'sent'
        AND EXISTS (SELECT 1 FROM notice_act k WHERE k.name = new.act AND k.kind = 'takedown')
    BEGIN
      INSERT INTO notice_watch (notice, url, address, next_at)
      SELECT t.notice, t.url, (SELECT c.address FROM capture c WHERE c.id = t.capture),
        (SELECT at FROM notice_now) + 7200000
      FROM notice_target t WHERE t.notice = new.id AND NOT EXISTS (
        SELECT 1 FROM notice_watch w WHERE w.notice = t.notice AND w.url = t.url);
    END
    """,
    """
    CREATE TRIGGER notice_watch_hears AFTER UPDATE OF state ON notice
      WHEN new.state = 'action-claimed' AND old.state <> 'action-claimed'
    BEGIN
      UPDATE notice_watch SET next_at = (SELECT at FROM notice_now), asked_at = NULL
      WHERE notice = new.id AND (next_at IS NULL OR next_at > (SELECT at FROM notice_now));
    END
    """,
    refusal(
      "notice_recheck_is_capture", "INSERT ON notice_recheck",
      "a look is a capture of that address",
      when: """
        NOT EXISTS (SELECT 1 FROM capture c WHERE c.id = new.capture AND c.url = new.url
          AND c.began_at = new.at)
        """),
    refusal(
      "notice_recheck_absent", "INSERT ON notice_recheck",
      "an absence is an answer, not a refusal or a failure",
      when: """
        new.finding = 'absent' AND NOT EXISTS (SELECT 1 FROM capture c WHERE c.id = new.capture
          AND (c.status IN (404, 410) OR c.status BETWEEN 200 AND 399))
        """),
    refusal(
      "notice_recheck_controlled", "INSERT ON notice_recheck",
      "the site is seen to be up by another of its pages within half an hour",
      when: """
        new.control = 'ok' AND NOT EXISTS (
          SELECT 1 FROM capture k JOIN capture c ON c.id = new.capture
          WHERE k.id = new.control_capture AND k.source = c.source AND k.url <> c.url
            AND (k.status BETWEEN 200 AND 299 OR k.status = 304 AND k.payload_of IS NOT NULL)
            AND k.began_at BETWEEN c.began_at - 1800000 AND c.began_at + 1800000)
        """),
    "DROP TRIGGER notice_target_is_evidence",
    // A retraction is of what was said, also where the evidence has been purged since.
    refusal(
      "notice_target_is_evidence", "INSERT ON notice_target",
      "a target is byte for byte the address of a capture that showed the advert",
      when: """
        NOT EXISTS (SELECT 1 FROM capture c JOIN advert_sighting s ON s.capture = c.id
          WHERE c.id = new.capture AND c.url = new.url AND s.advert = new.advert)
        AND NOT EXISTS (SELECT 1 FROM notice n JOIN notice_target o ON o.notice = n.follows
          WHERE n.id = new.notice AND n.act = 'retraction' AND o.url = new.url
            AND o.advert = new.advert AND o.capture = new.capture)
        """),
  ]
}
