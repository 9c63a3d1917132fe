extension SQLiteSchema {
  /// What is kept of pictures, and which adverts show them.
  static let images = [
    // It goes with the capture that brought it.
    """
    CREATE TABLE image (
      source TEXT NOT NULL,
      url TEXT NOT NULL,
      capture INTEGER NOT NULL REFERENCES capture (id) ON DELETE CASCADE,
      sha256 BLOB NOT NULL,
      likeness INTEGER,
      bytes INTEGER NOT NULL,
      format TEXT,
      width INTEGER,
      height INTEGER,
      reading TEXT NOT NULL,
      PRIMARY KEY (source, url)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX image_capture ON image (capture)",
    """
    CREATE TABLE advert_image (
      version INTEGER NOT NULL REFERENCES advert_version (id) ON DELETE CASCADE,
      url TEXT NOT NULL,
      PRIMARY KEY (version, url)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX advert_image_url ON advert_image (url)",
  ]
}
