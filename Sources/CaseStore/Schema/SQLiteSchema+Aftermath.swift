extension SQLiteSchema {
  /// What follows after a notice was sent: how long data are kept for us, how it ended, and taking it back.
  static let aftermath = [
    // The newest row of a notice counts.
    """
    CREATE TABLE notice_preservation (
      id INTEGER PRIMARY KEY,
      notice INTEGER NOT NULL REFERENCES notice (id),
      until INTEGER NOT NULL,
      reference TEXT NOT NULL,
      account INTEGER NOT NULL REFERENCES account (id),
      at INTEGER NOT NULL,
      custody INTEGER NOT NULL REFERENCES custody_event (seq)
    ) STRICT
    """,
    "CREATE INDEX notice_preservation_notice ON notice_preservation (notice, id)",
    """
    CREATE TABLE notice_outcome (
      notice INTEGER PRIMARY KEY REFERENCES notice (id),
      code TEXT NOT NULL CHECK (code IN ('removed', 'unavailable', 'moved', 'refused',
        'not-illegal', 'no-answer', 'authority', 'released', 'converted')),
      at INTEGER NOT NULL,
      custody INTEGER NOT NULL REFERENCES custody_event (seq)
    ) STRICT
    """,
    "CREATE INDEX notice_follows ON notice (follows) WHERE follows IS NOT NULL",
    "DROP TRIGGER notice_edge_insert",
    """
    INSERT INTO notice_edge (kind, before, after) VALUES
      ('takedown', 'removed-confirmed', 'withdrawn'), ('takedown', 'closed-removed', 'withdrawn'),
      ('takedown', 'closed-moved', 'withdrawn'), ('takedown', 'closed-refused', 'withdrawn'),
      ('takedown', 'overdue', 'closed-refused'), ('preservation', 'renewal-due', 'withdrawn'),
      ('preservation', 'closed-refused', 'withdrawn')
    """,
    refusal("notice_edge_insert", "INSERT ON notice_edge", "acts and states are fixed"),
    refusal(
      "notice_preservation_stays", "DELETE ON notice_preservation", "what was kept for us stays"),
    refusal(
      "notice_preservation_fixed", "UPDATE ON notice_preservation",
      "what was kept for us does not change"),
    refusal(
      "notice_preservation_by_officer", "INSERT ON notice_preservation",
      "a notice officer says until when data are kept that we asked to keep",
      when: """
        EXISTS (SELECT 1 FROM notice_preservation p WHERE p.id = new.id)
        OR new.until <= (SELECT at FROM notice_now)
        OR NOT EXISTS (SELECT 1 FROM notice n JOIN notice_act k ON k.name = n.act
          WHERE n.id = new.notice AND k.kind = 'preservation'
            AND n.state IN ('sent', 'acknowledged', 'overdue', 'active', 'renewal-due'))
        OR NOT EXISTS (SELECT 1 FROM account a JOIN custody_event e ON e.actor = a.actor
          WHERE a.id = new.account AND a.disabled_at IS NULL AND e.seq = new.custody
            AND instr(' ' || a.role || ' ', ' notice-officer ') > 0)
        """),
    refusal(
      "notice_active_until", "UPDATE OF state ON notice",
      "data are kept until a time that somebody named",
      timing: "AFTER",
      when: """
        new.state = 'active' AND old.state <> 'active' AND coalesce((
          SELECT p.until FROM notice_preservation p WHERE p.notice = new.id
          ORDER BY p.id DESC LIMIT 1), 0) <= (SELECT at FROM notice_now)
        """),
    refusal(
      "notice_lapses_in_time", "UPDATE OF state ON notice",
      "what is kept lapses when its time is over",
      timing: "AFTER",
      when: """
        new.state = 'lapsed' AND coalesce((
          SELECT p.until FROM notice_preservation p WHERE p.notice = new.id
          ORDER BY p.id DESC LIMIT 1), 0) > (SELECT at FROM notice_now)
        """),
    refusal(
      "notice_overdue_in_time", "UPDATE OF state ON notice",
      "a notice is overdue when a deadline of it has passed",
      timing: "AFTER",
      when: """
        new.state = 'overdue' AND old.state <> 'overdue' AND NOT EXISTS (
          SELECT 1 FROM notice_deadline d WHERE d.notice = new.id
            AND d.due_at <= (SELECT at FROM notice_now))
        """),
    refusal(
      "notice_escalates_by_another", "UPDATE OF state ON notice",
      "a notice is escalated by another one that was sent",
      timing: "AFTER",
      when: """
        new.state = 'escalated' AND old.state <> 'escalated' AND NOT EXISTS (
          SELECT 1 FROM notice s WHERE s.follows = new.id AND s.act <> 'retraction'
            AND EXISTS (SELECT 1 FROM custody_event e WHERE e.subject = 'notice:' || s.id
              AND e.action <> 'capture' AND e.action = 'notice.sent'))
        """),
    refusal("notice_outcome_stays", "DELETE ON notice_outcome", "outcomes stay"),
    refusal("notice_outcome_fixed", "UPDATE ON notice_outcome", "outcomes do not change"),
    refusal(
      "notice_outcome_once", "INSERT ON notice_outcome", "an outcome is said once, and logged",
      when: """
        EXISTS (SELECT 1 FROM notice_outcome o WHERE o.notice = new.notice)
        OR NOT EXISTS (SELECT 1 FROM custody_event e
          WHERE e.seq = new.custody AND e.subject = 'notice:' || new.notice)
        """),
    refusal(
      "notice_closes_with_outcome", "UPDATE OF state ON notice", "how a notice ended is said first",
      timing: "AFTER",
      when: """
        new.state <> old.state AND NOT EXISTS (
          SELECT 1 FROM notice_outcome o WHERE o.notice = new.id AND CASE new.state
            WHEN 'closed-removed' THEN o.code IN ('removed', 'unavailable')
            WHEN 'closed-moved' THEN o.code = 'moved'
            WHEN 'closed-refused' THEN o.code IN ('refused', 'not-illegal', 'no-answer')
            WHEN 'closed-referred' THEN o.code = 'authority'
            ELSE o.code = new.state END)
          AND new.state IN ('closed-removed', 'closed-moved', 'closed-refused', 'closed-referred',
            'released', 'converted')
        """),
    // Whoever may have read it is told; a message that bounced was read by nobody.
    refusal(
      "notice_withdrawn_is_retracted", "UPDATE OF state ON notice",
      "whoever got a notice that is withdrawn is told so",
      timing: "AFTER",
      when: """
        new.state = 'withdrawn' AND old.state NOT IN ('withdrawn', 'bounced')
        AND EXISTS (SELECT 1 FROM custody_event e WHERE e.subject = 'notice:' || new.id
          AND e.action <> 'capture' AND e.action IN ('notice.sent', 'notice.in-doubt'))
        AND NOT EXISTS (
          SELECT 1 FROM notice r WHERE r.act = 'retraction' AND r.id > new.id
            AND r.state <> 'cancelled' AND lower(r.recipient) = lower(new.recipient)
            AND NOT EXISTS (SELECT 1 FROM notice_target t WHERE t.notice = new.id
              AND NOT EXISTS (SELECT 1 FROM notice_target u
                WHERE u.notice = r.id AND u.url = t.url)))
        """),
    refusal(
      "notice_retraction_goes_on", "UPDATE OF state ON notice",
      "the retraction of a notice that was withdrawn is not given up",
      timing: "AFTER",
      when: """
        new.state = 'cancelled' AND new.act = 'retraction' AND EXISTS (
          SELECT 1 FROM notice n JOIN notice_target t ON t.notice = n.id
          JOIN notice_target u ON u.url = t.url AND u.notice = new.id
          WHERE n.state = 'withdrawn' AND n.id < new.id
            AND lower(n.recipient) = lower(new.recipient))
        """),
  ]
}
