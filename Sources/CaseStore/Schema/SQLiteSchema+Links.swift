extension SQLiteSchema {
  /// What linking keeps: keys of texts, templates, adverts with their edges, clusters and decisions.
  static let links = [
    // Adverts whose links have to be looked at again; one that is gone from `advert` is taken out.
    """
    CREATE TABLE link_waiting (
      advert INTEGER PRIMARY KEY
    ) STRICT
    """,
    """
    CREATE TABLE link_key (
      id INTEGER PRIMARY KEY,
      key INTEGER NOT NULL,
      holder INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX link_key_key ON link_key (key, id, holder)",
    "CREATE INDEX link_key_holder ON link_key (holder)",
    """
    CREATE TABLE link_spread (
      key INTEGER PRIMARY KEY,
      texts INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE link_template (
      id INTEGER PRIMARY KEY,
      text_group INTEGER NOT NULL,
      body BLOB NOT NULL
    ) STRICT
    """,
    "CREATE INDEX link_template_group ON link_template (text_group, id)",
    """
    CREATE TABLE link_advert (
      advert INTEGER PRIMARY KEY,
      body TEXT NOT NULL,
      measures TEXT,
      cluster INTEGER
    ) STRICT
    """,
    "CREATE INDEX link_advert_cluster ON link_advert (cluster) WHERE cluster IS NOT NULL",
    """
    CREATE TABLE link_node (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      standing TEXT
    ) STRICT
    """,
    """
    CREATE TABLE link_edge (
      node INTEGER NOT NULL REFERENCES link_node (id),
      advert INTEGER NOT NULL REFERENCES link_advert (advert) ON DELETE CASCADE,
      PRIMARY KEY (node, advert)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX link_edge_advert ON link_edge (advert)",
    // What people decided about clusters; an entry is undone by a later one, never changed.
    """
    CREATE TABLE cluster_decision (
      id INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      actor INTEGER NOT NULL REFERENCES actor (id),
      why TEXT NOT NULL,
      act TEXT NOT NULL,
      custody INTEGER NOT NULL REFERENCES custody_event (seq)
    ) STRICT
    """,
    // What became of clusters when adverts came, went or changed, or a person decided.
    """
    CREATE TABLE cluster_change (
      id INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      kind TEXT NOT NULL,
      cluster INTEGER NOT NULL,
      others TEXT NOT NULL,
      adverts TEXT NOT NULL,
      decision INTEGER REFERENCES cluster_decision (id)
    ) STRICT
    """,
    "CREATE INDEX cluster_change_cluster ON cluster_change (cluster, id)",
    """
    CREATE TRIGGER cluster_decision_is_append_only BEFORE UPDATE ON cluster_decision
    BEGIN SELECT RAISE(ABORT, 'decisions are undone by later ones, not changed'); END
    """,
    """
    CREATE TRIGGER cluster_decision_stays BEFORE DELETE ON cluster_decision
    BEGIN SELECT RAISE(ABORT, 'decisions are undone by later ones, not removed'); END
    """,
    // By which measures a text was assessed; null where nobody looked at its links.
    "ALTER TABLE advert_version ADD COLUMN linkage TEXT",
    // What was held before there were links is linked as well.
    "INSERT INTO link_waiting (advert) SELECT id FROM advert",
  ]
}
