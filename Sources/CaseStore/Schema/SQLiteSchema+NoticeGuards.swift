extension SQLiteSchema {
  /// What must never happen to a notice, refused by the database itself.
  ///
  /// A row that replaces another is refused before it does (`OR REPLACE` fires no trigger on deletion),
  /// and nothing relies on foreign keys, which a foreign connection may have switched off.
  static let noticeGuards = noticeViews + noticeRowGuards + noticeApprovalGuards

  private static let noticeViews = [
    // Milliseconds; the given clock is for demonstrations and tests, and sends to loopback only.
    """
    CREATE VIEW notice_now (at) AS
    SELECT CASE clock WHEN 'system' THEN unixepoch() * 1000 ELSE coalesce(given_at, 0) END
    FROM notice_control
    """,
    // Why a notice may not go out: what people read and what the guards ask are the same.
    """
    CREATE VIEW notice_obstacle (notice, obstacle) AS
    SELECT n.id, 'not approved' FROM notice n WHERE NOT EXISTS (
      SELECT 1 FROM notice_approval a WHERE a.notice = n.id AND a.revoked_at IS NULL
        AND a.rendered = n.rendered AND a.recipient = n.recipient AND a.digest = n.digest
        AND a.approver NOT IN (n.author, n.last_editor)
        AND a.expires_at > (SELECT at FROM notice_now))
    UNION ALL
    SELECT n.id, 'incomplete' FROM notice n WHERE n.problems <> '[]' OR length(n.rendered) = 0
    UNION ALL
    SELECT n.id, 'no target' FROM notice n
    WHERE NOT EXISTS (SELECT 1 FROM notice_target t WHERE t.notice = n.id)
    UNION ALL
    SELECT n.id, 'on hold' FROM notice n WHERE EXISTS (
      SELECT 1 FROM notice_hold h WHERE h.released_at IS NULL AND (h.scope = 'everything'
        OR (h.scope = 'notice' AND h.object = CAST(n.id AS TEXT))
        OR (h.scope = 'advert' AND h.object IN
          (SELECT CAST(t.advert AS TEXT) FROM notice_target t WHERE t.notice = n.id))
        OR (h.scope = 'host' AND h.object IN
          (SELECT t.host FROM notice_target t WHERE t.notice = n.id))))
      AND n.act <> 'retraction'
    UNION ALL
    SELECT n.id, 'urgent lane' FROM notice n WHERE n.act <> 'retraction' AND EXISTS (
      SELECT 1 FROM notice_target t JOIN advert_version v ON v.advert = t.advert
      WHERE t.notice = n.id AND v.lane = 'urgent')
    UNION ALL
    SELECT n.id, 'recipient is a selector' FROM notice n WHERE EXISTS (
      SELECT 1 FROM selector s WHERE lower(s.value) = lower(n.recipient))
    UNION ALL
    SELECT n.id, 'no verdict' FROM notice n WHERE n.act <> 'retraction' AND EXISTS (
      SELECT 1 FROM notice_target t WHERE t.notice = n.id AND NOT EXISTS (
        SELECT 1 FROM review_verdict v WHERE v.id = t.verdict AND v.advert = t.advert
          AND v.choice = 'referral'
          AND NOT EXISTS (SELECT 1 FROM review_verdict u WHERE u.undoes = v.id)))
    UNION ALL
    SELECT n.id, 'not preserved' FROM notice n JOIN notice_act k ON k.name = n.act
    WHERE k.kind = 'takedown' AND EXISTS (
      SELECT 1 FROM notice_target t WHERE t.notice = n.id AND NOT EXISTS (
        SELECT 1 FROM notice_target q JOIN notice p ON p.id = q.notice
        JOIN notice_act pk ON pk.name = p.act
        WHERE q.url = t.url AND pk.kind = 'preservation'
          AND p.state IN ('acknowledged', 'active', 'renewal-due', 'converted'))
      AND NOT (
        EXISTS (SELECT 1 FROM notice_approval a WHERE a.notice = n.id
          AND a.revoked_at IS NULL AND a.waiver IS NOT NULL)
        AND EXISTS (SELECT 1 FROM capture c JOIN warc_member m
          ON m.capture IN (c.id, c.payload_of) AND m.type = 'response'
          WHERE c.id = t.capture AND c.status BETWEEN 200 AND 299)))
    UNION ALL
    SELECT n.id, 'no mandate' FROM notice n JOIN notice_act k ON k.name = n.act
    WHERE k.authority = 1 AND (SELECT mandate FROM notice_control) = 0
    UNION ALL
    SELECT n.id, 'suppressed' FROM notice n
    JOIN notice_suppressed s ON s.address = lower(n.recipient)
    UNION ALL
    SELECT n.id, 'earlier rung' FROM notice n JOIN notice_act k ON k.name = n.act
    WHERE k.kind = 'takedown' AND n.rung > 1 AND length(trim(n.skip_reason)) < 10 AND EXISTS (
      SELECT 1 FROM notice_target t WHERE t.notice = n.id AND NOT EXISTS (
        SELECT 1 FROM notice_target q JOIN notice p ON p.id = q.notice
        WHERE q.url = t.url AND p.rung < n.rung AND p.id <> n.id
          AND EXISTS (SELECT 1 FROM notice_outbox o WHERE o.notice = p.id AND o.state = 'sent')))
    UNION ALL
    SELECT n.id, 'the same intent' FROM notice n WHERE EXISTS (
      SELECT 1 FROM notice p JOIN notice_target q ON q.notice = p.id
      JOIN notice_target t ON t.url = q.url AND t.notice = n.id
      WHERE p.id <> n.id AND p.act = n.act AND lower(p.recipient) = lower(n.recipient)
        AND p.round = n.round AND p.state NOT IN ('draft', 'cancelled', 'moot'))
    """,
    // Why nothing is taken out of the outbox now.
    """
    CREATE VIEW notice_stop (outbox, stop) AS
    SELECT o.id, 'sending is off' FROM notice_outbox o, notice_control c WHERE c.sending = 0
    UNION ALL
    SELECT o.id, 'dry run' FROM notice_outbox o, notice_control c WHERE c.dry_run = 1
    UNION ALL
    SELECT o.id, 'not on the allow-list' FROM notice_outbox o, notice_control c
    WHERE c.allowed_only = 1 AND NOT EXISTS (
      SELECT 1 FROM notice_allowed a WHERE a.address IN (lower(o.recipient),
        lower(substr(o.recipient, instr(o.recipient, '@')))))
    UNION ALL
    SELECT o.id, 'too many to this recipient' FROM notice_outbox o, notice_control c
    WHERE c.most_per_recipient <= (
      SELECT count(*) FROM notice_outbox p WHERE lower(p.recipient) = lower(o.recipient)
        AND p.id <> o.id AND p.state IN ('leased', 'sent', 'in-doubt')
        AND p.changed_at > (SELECT at FROM notice_now) - 86400000)
    UNION ALL
    SELECT o.id, 'too many today' FROM notice_outbox o, notice_control c
    WHERE c.most_per_day <= (
      SELECT count(*) FROM notice_attempt a WHERE a.phase = 'data-started'
        AND a.at > (SELECT at FROM notice_now) - 86400000)
    """,
  ]

  private static let noticeRowGuards =
    [
      "CREATE INDEX selector_caseless ON selector (lower(value))",
      refusal("notice_control_is_one", "INSERT ON notice_control", "there is one control row"),
      refusal("notice_control_stays", "DELETE ON notice_control", "the control row stays"),
      refusal(
        "notice_control_clock", "UPDATE OF clock ON notice_control",
        "the clock is chosen before the first notice",
        when: "new.clock <> old.clock AND EXISTS (SELECT 1 FROM notice)"),
      refusal(
        "notice_control_runs_on", "UPDATE ON notice_control",
        "a number of bodies and a given time never go back",
        when: "new.id <> old.id OR new.bodies < old.bodies "
          + "OR coalesce(new.given_at, 0) < coalesce(old.given_at, 0)"),
    ]
    + ["notice_act", "notice_edge"].flatMap { table in
      ["INSERT", "UPDATE", "DELETE"].map {
        refusal("\(table)_\($0.lowercased())", "\($0) ON \(table)", "acts and states are fixed")
      }
    } + [
      refusal("notice_stays", "DELETE ON notice", "notices are cancelled, not removed"),
      refusal(
        "notice_replaces_none", "INSERT ON notice", "there is such a notice already",
        when: "EXISTS (SELECT 1 FROM notice n WHERE n.id = new.id OR n.idem_key = new.idem_key)"),
      refusal(
        "notice_begins", "INSERT ON notice", "a notice begins as a draft by its author",
        when: """
          new.state <> 'draft' OR new.last_editor <> new.author
          OR NOT EXISTS (SELECT 1 FROM account a WHERE a.id = new.author AND a.disabled_at IS NULL)
          OR NOT EXISTS (SELECT 1 FROM custody_event e JOIN account a ON a.actor = e.actor
            WHERE e.seq = new.custody AND a.id = new.author)
          """),
      refusal(
        "notice_round", "INSERT ON notice", "another round follows a sent notice, for a reason",
        when: """
          new.round > 1 AND (length(trim(new.reason)) < 10 OR NOT EXISTS (
            SELECT 1 FROM notice p JOIN notice_outbox o ON o.notice = p.id
            WHERE p.id = new.follows AND p.round = new.round - 1 AND p.act = new.act
              AND o.state IN ('sent', 'failed', 'in-doubt')))
          """),
      refusal(
        "notice_fixed", "UPDATE ON notice", "what a notice was made for does not change",
        when: """
          new.id <> old.id OR new.idem_key <> old.idem_key OR new.act <> old.act
          OR new.author <> old.author OR new.round <> old.round OR new.rung <> old.rung
          OR new.follows IS NOT old.follows OR new.created_at <> old.created_at
          OR new.channel <> old.channel OR new.recipient <> old.recipient
          """),
      refusal(
        "notice_edit_in_time", "UPDATE ON notice", "an approved notice is not edited",
        when: """
          (new.rendered <> old.rendered OR new.digest <> old.digest OR new.fields <> old.fields
            OR new.problems <> old.problems OR new.organisation <> old.organisation
            OR new.language <> old.language OR new.skip_reason <> old.skip_reason
            OR new.reason <> old.reason OR new.last_editor <> old.last_editor)
          AND (old.state <> 'draft' AND old.state <> 'review' OR new.state <> 'draft')
          """),
      refusal(
        "notice_logged", "UPDATE ON notice", "every change of a notice has its custody event",
        when: """
          new.custody <= old.custody OR NOT EXISTS (
            SELECT 1 FROM custody_event e
            WHERE e.seq = new.custody AND e.subject = 'notice:' || new.id)
          """),
      refusal(
        "notice_editor", "UPDATE ON notice", "who edits is who stands in the custody event",
        when: """
          (new.rendered <> old.rendered OR new.fields <> old.fields
            OR new.last_editor <> old.last_editor) AND NOT EXISTS (
            SELECT 1 FROM custody_event e JOIN account a ON a.actor = e.actor
            WHERE e.seq = new.custody AND a.id = new.last_editor)
          """),
      refusal(
        "notice_follows_edges", "UPDATE OF state ON notice", "a notice cannot change like this",
        when: """
          new.state <> old.state AND NOT EXISTS (
            SELECT 1 FROM notice_edge e JOIN notice_act k ON k.kind = e.kind
            WHERE k.name = new.act AND e.before = old.state AND e.after = new.state)
          """),
      // After the row has changed, so that a statement that edits and moves at once is seen whole.
      refusal(
        "notice_to_review", "UPDATE OF state ON notice", "the notice is not ready for review",
        timing: "AFTER",
        when: """
          new.state = 'review' AND old.state = 'draft' AND EXISTS (
            SELECT 1 FROM notice_obstacle o WHERE o.notice = new.id AND o.obstacle IN (
              'incomplete', 'no target', 'urgent lane', 'recipient is a selector', 'no verdict',
              'suppressed', 'earlier rung', 'the same intent'))
          """),
      refusal(
        "notice_goes_out", "UPDATE OF state ON notice", "the notice may not go out",
        timing: "AFTER",
        when: """
          new.state IN ('approved', 'queued', 'sending') AND new.state <> old.state
          AND NOT (old.state = 'sending' AND new.state = 'queued') AND EXISTS (
            SELECT 1 FROM notice_obstacle o WHERE o.notice = new.id
              AND (o.obstacle NOT IN ('not preserved', 'no mandate') OR new.state <> 'approved'))
          """),
      refusal(
        "notice_sends_frozen_bytes", "UPDATE OF state ON notice",
        "the outbox does not agree with the notice",
        timing: "AFTER",
        when: """
          new.channel = 'mail' AND new.state <> old.state AND NOT CASE
            WHEN new.state = 'queued' THEN EXISTS (
              SELECT 1 FROM notice_outbox o WHERE o.notice = new.id AND o.state = 'ready')
            WHEN new.state = 'sending' THEN EXISTS (
              SELECT 1 FROM notice_outbox o WHERE o.notice = new.id AND o.state = 'leased')
            WHEN new.state = 'sent' THEN EXISTS (
              SELECT 1 FROM notice_outbox o WHERE o.notice = new.id AND o.state = 'sent')
            WHEN new.state = 'in-doubt' THEN EXISTS (
              SELECT 1 FROM notice_outbox o WHERE o.notice = new.id AND o.state = 'in-doubt')
            WHEN new.state IN ('cancelled', 'withdrawn', 'moot', 'held', 'review') THEN NOT EXISTS (
              SELECT 1 FROM notice_outbox o WHERE o.notice = new.id
                AND o.state IN ('ready', 'leased'))
            ELSE 1 END
          """),
      refusal(
        "notice_removal_is_seen", "UPDATE OF state ON notice",
        "a removal is confirmed by three absences over a day",
        when: """
          new.state = 'removed-confirmed' AND EXISTS (
            SELECT 1 FROM notice_target t WHERE t.notice = new.id AND (
              SELECT count(*) < 3 OR max(r.at) - min(r.at) < 86400000 FROM notice_recheck r
              WHERE r.notice = new.id AND r.url = t.url AND r.finding = 'absent'
                AND r.control = 'ok' AND r.at > coalesce((
                  SELECT max(s.at) FROM notice_recheck s WHERE s.notice = new.id
                    AND s.url = t.url AND s.finding IN ('online', 'changed', 'moved')), 0)))
          """),
      refusal("notice_target_stays", "DELETE ON notice_target", "targets stay"),
      refusal("notice_target_fixed", "UPDATE ON notice_target", "targets do not change"),
      refusal(
        "notice_target_in_time", "INSERT ON notice_target", "targets are named in the draft",
        when: """
          NOT EXISTS (SELECT 1 FROM notice n WHERE n.id = new.notice AND n.state = 'draft')
          OR EXISTS (SELECT 1 FROM notice_target t
            WHERE t.notice = new.notice AND t.url = new.url)
          """),
      refusal(
        "notice_target_is_evidence", "INSERT ON notice_target",
        "a target is byte for byte the address of a capture that showed the advert",
        when: """
          NOT EXISTS (SELECT 1 FROM capture c JOIN advert_sighting s ON s.capture = c.id
            WHERE c.id = new.capture AND c.url = new.url AND s.advert = new.advert)
          """),
    ]

  private static let noticeApprovalGuards = [
    refusal(
      "notice_approval_stays", "DELETE ON notice_approval", "approvals are revoked, not removed"),
    refusal(
      "notice_approval_fixed", "UPDATE ON notice_approval", "an approval is only ever revoked",
      when: """
        old.revoked_at IS NOT NULL OR new.revoked_at IS NULL OR new.id <> old.id
        OR new.notice <> old.notice OR new.approver <> old.approver
        OR new.recipient <> old.recipient OR new.rendered <> old.rendered
        OR new.digest <> old.digest OR new.step <> old.step OR new.waiver IS NOT old.waiver
        OR new.at <> old.at OR new.expires_at <> old.expires_at OR new.custody <> old.custody
        """),
    refusal(
      "notice_approval_replaces_none", "INSERT ON notice_approval", "there is such an approval",
      when: """
        EXISTS (SELECT 1 FROM notice_approval a
          WHERE a.id = new.id OR (a.approver = new.approver AND a.step = new.step))
        """),
    refusal(
      "notice_approval_by_another", "INSERT ON notice_approval",
      "who approves is neither the author nor the last editor",
      when: """
        EXISTS (SELECT 1 FROM notice n WHERE n.id = new.notice
          AND (SELECT actor FROM account WHERE id = new.approver) IN (
            SELECT actor FROM account WHERE id IN (n.author, n.last_editor)))
        """),
    refusal(
      "notice_approval_authenticated", "INSERT ON notice_approval",
      "who approves is a notice officer who has just used a second factor",
      when: """
        NOT EXISTS (SELECT 1 FROM account a JOIN custody_event e ON e.actor = a.actor
          WHERE a.id = new.approver AND a.disabled_at IS NULL AND a.second_factor IS NOT NULL
            AND a.second_factor_step = new.step AND e.seq = new.custody
            AND e.subject = 'notice:' || new.notice
            AND instr(' ' || a.role || ' ', ' notice-officer ') > 0)
        """),
    refusal(
      "notice_approval_bound", "INSERT ON notice_approval",
      "an approval is of a notice under review, as it reads now and for its recipient",
      when: """
        new.revoked_at IS NOT NULL OR NOT EXISTS (
          SELECT 1 FROM notice n WHERE n.id = new.notice AND n.state = 'review'
            AND n.rendered = new.rendered AND n.digest = new.digest
            AND n.recipient = new.recipient)
        """),
    refusal(
      "notice_approval_ends", "INSERT ON notice_approval", "an approval holds 72 hours at most",
      when: """
        new.expires_at <= (SELECT at FROM notice_now)
        OR new.expires_at > (SELECT at FROM notice_now) + 259200000 + 60000
        """),
    """
    CREATE TRIGGER notice_edit_voids AFTER UPDATE ON notice
      WHEN new.state IN ('draft', 'review') AND old.state <> new.state
        OR new.rendered <> old.rendered
    BEGIN
      UPDATE notice_approval SET revoked_at = (SELECT at FROM notice_now)
      WHERE notice = new.id AND revoked_at IS NULL;
    END
    """,
    refusal("notice_hold_stays", "DELETE ON notice_hold", "holds are released, not removed"),
    refusal(
      "notice_hold_replaces_none", "INSERT ON notice_hold", "there is such a hold",
      when: "EXISTS (SELECT 1 FROM notice_hold h WHERE h.id = new.id)"),
    refusal(
      "notice_hold_fixed", "UPDATE ON notice_hold",
      "a hold is released by whoever placed it or an administrator",
      when: """
        old.released_at IS NOT NULL OR new.released_at IS NULL OR new.id <> old.id
        OR new.scope <> old.scope OR new.object <> old.object OR new.kind <> old.kind
        OR new.placed_by <> old.placed_by OR new.placed_at <> old.placed_at
        OR NOT EXISTS (SELECT 1 FROM account a WHERE a.id = new.released_by
          AND (a.id = old.placed_by
            OR instr(' ' || a.role || ' ', ' administrator ') > 0))
        """),
  ]

  /// A trigger that refuses an event.
  static func refusal(
    _ name: String, _ event: String, _ why: String, timing: String = "BEFORE", when: String? = nil
  ) -> String {
    """
    CREATE TRIGGER \(name) \(timing) \(event)\(when.map { "\n  WHEN \($0)" } ?? "")
    BEGIN SELECT RAISE(ABORT, '\(why)'); END
    """
  }
}
