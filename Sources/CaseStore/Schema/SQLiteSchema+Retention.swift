extension SQLiteSchema {
  /// For how long what was collected is kept.
  static let retention = [
    // Seconds from the capture's end; null for the general rule.
    "ALTER TABLE capture ADD COLUMN retention INTEGER",
    "ALTER TABLE source ADD COLUMN retention INTEGER",
  ]
}
