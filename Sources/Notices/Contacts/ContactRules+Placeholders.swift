import WebAddress

extension ContactRules {
  /// Whether text says that there is no address.
  ///
  /// Words that registries and registrars write in place of one; RFC 9537 has no list of them.
  static func isPlaceholder(_ text: String) -> Bool {
    let lowered = text.lowercased()
    return placeholderWords.contains { lowered.contains($0) } || emptyValues.contains(lowered)
  }

  private static let placeholderWords = [
    "redacted", "not disclosed", "not-disclosed", "notdisclosed", "please query", "data protected",
    "statutory masking", "for privacy", "gdpr masked", "gdpr-masked", "withheld", "non-public data",
    "not available", "not applicable", "select request email form", "contact domain holder link",
    "hidden upon user request",
  ]

  private static let emptyValues: Set<String> = [
    "n/a", "na", "none", "null", "-", "--", "unknown", "nil", "tbd",
  ]

  /// Names before the @ that nobody reads.
  static let emptyLocals: Set<String> = [
    "noreply", "no-reply", "no_reply", "donotreply", "do-not-reply", "nobody", "none", "null",
    "unread", "removed", "redacted", "undisclosed", "hidden", "invalid", "noemail", "no-email",
    "no.email", "masked", "devnull",
  ]

  /// Services that forward to the registrant.
  static let proxies = [
    "domainsbyproxy.com", "whoisguard.com", "whoisprivacyprotect.com", "privacyguardian.org",
    "contactprivacy.com", "withheldforprivacy.com", "whoisproxy.org", "anonymised.email",
    "privacyprotect.org", "identity-protect.org", "namebrightprivacy.com",
  ]

  /// Regional registries: their own mailboxes stand in answers about space that they gave to others.
  static let registries = [
    "ripe.net", "arin.net", "apnic.net", "lacnic.net", "afrinic.net", "iana.org",
  ]

  /// Ends of names that are local or can never be reached (RFC 6761, RFC 7686, RFC 8375).
  static let localTops: Set<String> = [
    "invalid", "localhost", "local", "internal", "onion", "arpa", "lan", "home", "corp",
    "localdomain", "intranet",
  ]
}

/// The host of the address of a form.
enum FormHost {
  /// Its name; nil when it is a number, has one label, or comes with a name and a password.
  static func name(of form: String) -> String? {
    guard let address = Address(form), address.scheme == "https",
      address.username.isEmpty, address.password.isEmpty, case .domain(let name)? = address.host
    else { return nil }
    let bare = name.hasSuffix(".") ? String(name.dropLast()) : name
    return bare.utf8.contains(0x2E) ? bare : nil
  }
}
