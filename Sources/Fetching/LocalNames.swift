/// Names that mean something on a local network only.
///
/// A proxy that resolves names would look for them on the network where it stands.
enum LocalNames {
  /// Reserved for local use (RFC 6761, 6762, 8375; `.internal` by ICANN 2024-07-29), or used so in
  /// practice (RFC 6762, appendix G).
  private static let suffixes = [
    "localhost", "local", "internal", "home.arpa", "intranet", "private", "corp", "home", "lan",
    "localdomain",
  ]

  /// Whether a name is local: a single label, or below one of the suffixes; a final dot does not count.
  static func contains(_ name: String) -> Bool {
    let lowered = name.lowercased()
    let bare = lowered.hasSuffix(".") ? String(lowered.dropLast()) : lowered
    guard bare.utf8.contains(UInt8(ascii: ".")) else { return true }
    return suffixes.contains { bare == $0 || bare.hasSuffix("." + $0) }
  }
}
