extension SQLiteSchema {
  /// A message is handed over once: guards of the outbox, of attempts and of what came in.
  static let outboxGuards = [
    refusal("notice_outbox_stays", "DELETE ON notice_outbox", "messages stay"),
    refusal(
      "notice_outbox_begins", "INSERT ON notice_outbox",
      "a message holds the approved bytes for the approved recipient",
      when: """
        new.state <> 'ready' OR new.attempt <> 0
        OR EXISTS (SELECT 1 FROM notice_outbox o WHERE o.id = new.id OR o.notice = new.notice
          OR o.message_id = new.message_id OR o.token = new.token)
        OR NOT EXISTS (SELECT 1 FROM notice n JOIN notice_approval a ON a.notice = n.id
          WHERE n.id = new.notice AND n.state = 'approved' AND n.channel = 'mail'
            AND n.recipient = new.recipient AND a.revoked_at IS NULL
            AND a.recipient = new.recipient AND instr(new.mime, a.rendered) > 0)
        OR EXISTS (SELECT 1 FROM selector s WHERE lower(s.value) = lower(new.recipient))
        """),
    refusal(
      "notice_outbox_frozen", "UPDATE ON notice_outbox", "a message does not change",
      when: """
        new.id <> old.id OR new.notice <> old.notice OR new.recipient <> old.recipient
        OR new.envelope_from <> old.envelope_from OR new.message_id <> old.message_id
        OR new.token <> old.token OR new.mime <> old.mime OR new.digest <> old.digest
        OR new.created_at <> old.created_at OR new.attempt < old.attempt
        """),
    refusal(
      "notice_outbox_lease", "UPDATE ON notice_outbox",
      "a message is leased once at a time, and every lease is another attempt",
      when: """
        new.state = 'leased' AND (old.state NOT IN ('ready', 'leased')
          OR new.owner IS NULL OR new.lease_until IS NULL
          OR old.state = 'ready' AND new.attempt <> old.attempt + 1
          OR old.state = 'leased' AND (new.attempt <> old.attempt OR new.owner <> old.owner))
        OR new.state <> 'leased' AND new.attempt <> old.attempt
        """),
    refusal(
      "notice_outbox_stopped", "UPDATE OF state ON notice_outbox", "nothing is sent now",
      when: """
        new.state = 'leased' AND old.state = 'ready' AND (
          EXISTS (SELECT 1 FROM notice_stop s WHERE s.outbox = new.id)
          OR EXISTS (SELECT 1 FROM notice_obstacle o WHERE o.notice = new.notice)
          OR new.due_at > (SELECT at FROM notice_now))
        """),
    refusal(
      "notice_outbox_ends", "UPDATE OF state ON notice_outbox",
      "a message does not end like this",
      when: """
        new.state <> old.state AND NOT CASE old.state || ' ' || new.state
          WHEN 'ready leased' THEN 1
          WHEN 'ready cancelled' THEN 1
          WHEN 'ready failed' THEN old.attempt > 0
          WHEN 'leased sent' THEN EXISTS (SELECT 1 FROM notice_attempt a
            WHERE a.outbox = old.id AND a.n = old.attempt AND a.phase = 'final'
              AND a.code BETWEEN 200 AND 299)
          WHEN 'leased ready' THEN NOT EXISTS (SELECT 1 FROM notice_attempt a
            WHERE a.outbox = old.id AND a.n = old.attempt AND a.phase = 'data-started')
            OR EXISTS (SELECT 1 FROM notice_attempt a
              WHERE a.outbox = old.id AND a.n = old.attempt AND a.phase = 'final'
                AND a.code BETWEEN 400 AND 499)
          WHEN 'leased failed' THEN EXISTS (SELECT 1 FROM notice_attempt a
            WHERE a.outbox = old.id AND a.n = old.attempt AND a.phase = 'final'
              AND a.code BETWEEN 400 AND 599)
          WHEN 'leased in-doubt' THEN EXISTS (SELECT 1 FROM notice_attempt a
            WHERE a.outbox = old.id AND a.n = old.attempt AND a.phase = 'data-started')
            AND NOT EXISTS (SELECT 1 FROM notice_attempt a
              WHERE a.outbox = old.id AND a.n = old.attempt AND a.phase = 'final')
          WHEN 'in-doubt sent' THEN EXISTS (SELECT 1 FROM notice_decision d
            WHERE d.outbox = old.id AND d.attempt = old.attempt AND d.choice = 'arrived')
          WHEN 'in-doubt ready' THEN EXISTS (SELECT 1 FROM notice_decision d
            WHERE d.outbox = old.id AND d.attempt = old.attempt AND d.choice = 'resend')
          WHEN 'in-doubt cancelled' THEN EXISTS (SELECT 1 FROM notice_decision d
            WHERE d.outbox = old.id AND d.attempt = old.attempt AND d.choice = 'cancel')
          ELSE 0 END
        """),
    refusal("notice_attempt_stays", "DELETE ON notice_attempt", "attempts stay"),
    refusal("notice_attempt_fixed", "UPDATE ON notice_attempt", "attempts do not change"),
    // The number of the lease is the fencing token: whoever lost it writes nothing any more.
    refusal(
      "notice_attempt_fenced", "INSERT ON notice_attempt", "the lease is held by another",
      when: """
        NOT EXISTS (SELECT 1 FROM notice_outbox o WHERE o.id = new.outbox
          AND o.state = 'leased' AND o.attempt = new.n)
        OR EXISTS (SELECT 1 FROM notice_attempt a WHERE a.outbox = new.outbox AND a.n = new.n
          AND (a.phase = new.phase OR a.phase = 'final'))
        OR new.phase <> 'connecting' AND NOT EXISTS (SELECT 1 FROM notice_attempt a
          WHERE a.outbox = new.outbox AND a.n = new.n AND a.phase = 'connecting')
        """),
    refusal(
      "notice_attempt_hands_over_once", "INSERT ON notice_attempt",
      "a body is handed over once, unless a person asked for it again",
      when: """
        new.phase = 'data-started' AND (
          EXISTS (SELECT 1 FROM notice_stop s WHERE s.outbox = new.outbox
            AND s.stop IN ('sending is off', 'dry run', 'not on the allow-list'))
          OR EXISTS (SELECT 1 FROM notice_obstacle b JOIN notice_outbox o ON o.notice = b.notice
            WHERE o.id = new.outbox)
          OR EXISTS (SELECT 1 FROM notice_outbox o
            WHERE o.id = new.outbox AND o.lease_until <= (SELECT at FROM notice_now))
          OR EXISTS (SELECT 1 FROM notice_attempt a
            WHERE a.outbox = new.outbox AND a.phase = 'data-started' AND a.n < new.n
              AND NOT EXISTS (SELECT 1 FROM notice_attempt f WHERE f.outbox = a.outbox
                AND f.n = a.n AND f.phase = 'final' AND f.code BETWEEN 400 AND 499)
              AND NOT EXISTS (SELECT 1 FROM notice_decision d WHERE d.outbox = a.outbox
                AND d.attempt = a.n AND d.choice = 'resend')))
        """),
    """
    CREATE TRIGGER notice_attempt_counted AFTER INSERT ON notice_attempt
      WHEN new.phase = 'data-started'
    BEGIN UPDATE notice_control SET bodies = bodies + 1; END
    """,
    refusal("notice_decision_stays", "DELETE ON notice_decision", "decisions stay"),
    refusal("notice_decision_fixed", "UPDATE ON notice_decision", "decisions do not change"),
    refusal(
      "notice_decision_by_person", "INSERT ON notice_decision",
      "what becomes of a message in doubt is for a person to say, once",
      when: """
        EXISTS (SELECT 1 FROM notice_decision d
          WHERE d.outbox = new.outbox AND d.attempt = new.attempt)
        OR NOT EXISTS (SELECT 1 FROM notice_outbox o WHERE o.id = new.outbox
          AND o.state = 'in-doubt' AND o.attempt = new.attempt)
        OR NOT EXISTS (SELECT 1 FROM account a JOIN custody_event e ON e.actor = a.actor
          WHERE a.id = new.account AND a.disabled_at IS NULL AND e.seq = new.custody
            AND instr(' ' || a.role || ' ', ' notice-officer ') > 0)
        """),
    refusal("notice_inbound_stays", "DELETE ON notice_inbound", "what came in stays"),
    // A purge may empty what came in; its digest stays.
    refusal(
      "notice_inbound_fixed", "UPDATE ON notice_inbound", "what came in does not change",
      when: """
        new.raw <> x'' OR new.id <> old.id OR new.digest <> old.digest OR new.kind <> old.kind
        OR new.notice IS NOT old.notice OR new.at <> old.at OR new.custody <> old.custody
        """),
    refusal(
      "notice_inbound_replaces_none", "INSERT ON notice_inbound", "this came in before",
      when: """
        EXISTS (SELECT 1 FROM notice_inbound i WHERE i.id = new.id OR i.digest = new.digest)
        """),
    refusal("notice_recheck_stays", "DELETE ON notice_recheck", "what was seen stays"),
    refusal("notice_recheck_fixed", "UPDATE ON notice_recheck", "what was seen does not change"),
    refusal(
      "notice_recheck_of_target", "INSERT ON notice_recheck", "only targets are looked at again",
      when: """
        NOT EXISTS (SELECT 1 FROM notice_target t WHERE t.notice = new.notice AND t.url = new.url)
        OR EXISTS (SELECT 1 FROM notice_recheck r WHERE r.id = new.id)
        OR new.at > (SELECT at FROM notice_now) + 60000
        """),
    refusal(
      "notice_deadline_replaces_none", "INSERT ON notice_deadline", "there is such a deadline",
      when: """
        EXISTS (SELECT 1 FROM notice_deadline d WHERE d.id = new.id
          OR (d.notice = new.notice AND d.kind = new.kind AND d.due_at = new.due_at))
        """),
    refusal("notice_deadline_stays", "DELETE ON notice_deadline", "deadlines stay"),
    refusal(
      "notice_deadline_fixed", "UPDATE ON notice_deadline", "a deadline is only ever met",
      when: """
        new.id <> old.id OR new.notice <> old.notice OR new.kind <> old.kind
        OR new.due_at <> old.due_at OR old.met_at IS NOT NULL
        """),
  ]
}
