extension SQLiteSchema {
  /// To whom adverts were referred and what came of it; entries are added, never changed.
  static let reviewReferrals = [
    """
    CREATE TABLE review_referral (
      id INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      account INTEGER NOT NULL REFERENCES account (id),
      advert INTEGER NOT NULL,
      version INTEGER NOT NULL,
      source TEXT NOT NULL,
      partner TEXT NOT NULL,
      custody INTEGER NOT NULL REFERENCES custody_event (seq)
    ) STRICT
    """,
    "CREATE INDEX review_referral_advert ON review_referral (advert, id)",
    """
    CREATE TABLE review_outcome (
      id INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      account INTEGER NOT NULL REFERENCES account (id),
      referral INTEGER NOT NULL REFERENCES review_referral (id),
      outcome TEXT NOT NULL
        CHECK (outcome IN ('confirmed', 'useful', 'unfounded', 'unanswered')),
      custody INTEGER NOT NULL REFERENCES custody_event (seq)
    ) STRICT
    """,
    "CREATE INDEX review_outcome_referral ON review_outcome (referral, id)",
    """
    CREATE TRIGGER review_referral_is_append_only BEFORE UPDATE ON review_referral
    BEGIN SELECT RAISE(ABORT, 'referrals are added, not changed'); END
    """,
    """
    CREATE TRIGGER review_referral_stays BEFORE DELETE ON review_referral
    BEGIN SELECT RAISE(ABORT, 'referrals are added, not removed'); END
    """,
    """
    CREATE TRIGGER review_outcome_is_append_only BEFORE UPDATE ON review_outcome
    BEGIN SELECT RAISE(ABORT, 'outcomes are added, not changed'); END
    """,
    """
    CREATE TRIGGER review_outcome_stays BEFORE DELETE ON review_outcome
    BEGIN SELECT RAISE(ABORT, 'outcomes are added, not removed'); END
    """,
    // How much an account has read today, without reading what it read before.
    """
    CREATE INDEX review_access_day ON review_access (account, at) WHERE kind IN ('read', 'page')
    """,
  ]
}
