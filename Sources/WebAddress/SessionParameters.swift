/// Which parts of an address only say who visits, or where the visitor came from.
enum SessionParameters {
  /// Click identifiers of advertising networks and mailings; besides everything `utm_…` and `mtm_…`.
  private static let tracking: Set<String> = [
    "_ga", "_gl", "_hsenc", "_hsmi", "dclid", "fbclid", "gad_source", "gbraid", "gclid", "gclsrc",
    "igsh", "igshid", "li_fat_id", "mc_cid", "mc_eid", "mkt_tok", "msclkid", "srsltid", "ttclid",
    "twclid", "wbraid", "yclid", "ysclid",
  ]

  /// Names that mean a session whatever the value is.
  private static let sessions: Set<String> = ["jsessionid", "phpsessid"]

  /// Names that often mean a session, and sometimes a seller or a section: the value decides.
  private static let ambiguous: Set<String> = [
    "oscsid", "s", "sess", "session", "session_id", "sessionid", "sid", "zenid",
  ]

  static func isTracking(_ parameter: ArraySlice<UInt8>) -> Bool {
    let name = lowercasedName(parameter)
    return name.hasPrefix("utm_") || name.hasPrefix("mtm_") || tracking.contains(name)
  }

  /// `besideToken`: the query also has ColdFusion's `cftoken`, so that `cfid` is a session too.
  static func isSession(_ parameter: ArraySlice<UInt8>, besideToken: Bool) -> Bool {
    let name = lowercasedName(parameter)
    if sessions.contains(name) || name.hasPrefix("aspsessionid") { return true }
    if besideToken, name == "cfid" || name == "cftoken" { return true }
    return ambiguous.contains(name) && isToken(value(of: parameter))
  }

  static func isColdFusionToken(_ parameter: ArraySlice<UInt8>) -> Bool {
    lowercasedName(parameter) == "cftoken"
  }

  /// ASP.NET's cookieless segment: `(S(…))`, with 24 letters and digits inside, maybe several.
  static func isSessionSegment(_ segment: ArraySlice<UInt8>) -> Bool {
    guard segment.count > 2, (segment.count - 2) % 27 == 0, segment.first == 0x28,
      segment.last == 0x29
    else { return false }
    var rest = segment.dropFirst().dropLast()
    while let letter = rest.first {
      let group = rest.dropFirst().prefix(26)
      guard letter.isASCIILetter, group.first == 0x28, group.last == 0x29,
        group.dropFirst().dropLast().allSatisfy({ $0.isASCIILetter || $0.isASCIIDigit })
      else { return false }
      rest = rest.dropFirst(27)
    }
    return true
  }

  /// The segment without `;jsessionid=…`, up to the next semicolon.
  static func strippingPathParameter(_ segment: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard segment.contains(0x3B) else { return segment }
    let parts = segment.split(separator: 0x3B, omittingEmptySubsequences: false)
    let kept = parts.enumerated().filter { index, part in
      index == 0 || !["jsessionid", "phpsessid"].contains(lowercasedName(part))
    }
    guard kept.count < parts.count else { return segment }
    return Array(kept.map(\.element).joined(separator: [0x3B]))[...]
  }

  /// At least 16 hexadecimal digits, or 20 letters and digits with five digits or more among them:
  /// no word, no small number, no name with a year.
  private static func isToken(_ value: ArraySlice<UInt8>) -> Bool {
    guard value.count >= 16 else { return false }
    let digits = value.count(where: \.isASCIIDigit)
    if digits > 0, value.allSatisfy({ $0.hexValue != nil || $0 == 0x2D }) { return true }
    return value.count >= 20 && digits >= 5
      && value.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit }
  }

  private static func lowercasedName(_ parameter: ArraySlice<UInt8>) -> String {
    // No name that matters is longer; this keeps hostile ones cheap.
    let name = parameter.prefix { $0 != 0x3D }.prefix(32)
    return String(decoding: name.map(\.asciiLowercased), as: UTF8.self)
  }

  private static func value(of parameter: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let sign = parameter.firstIndex(of: 0x3D) else { return [] }
    return parameter[(sign + 1)...]
  }
}
