import WebAddress

/// Takes session identifiers out of addresses: the same page has a new one for each visitor.
enum SessionIdentifiers {
  /// Parameter names that say what they are.
  private static let names: Set<String> = [
    "phpsessid", "jsessionid", "aspsessionid", "sessionid", "session_id", "sessid", "sid", "cfid",
    "cftoken", "oscsid", "zenid", "osadminid", "xtcsid", "mvsid",
  ]
  /// Bytes that a value has at least to be no name or number of a thing.
  private static let leastLength = 12

  /// The address without them; the address itself when it has none.
  static func removed(from address: Address) -> Address {
    let (path, query) = (address.pathname, address.search)
    let newPath = pathWithout(path)
    let newQuery = queryWithout(query)
    guard newPath != path || newQuery != query else { return address }
    return Address(address.origin + newPath + newQuery)?.canonical ?? address
  }

  /// `/list;jsessionid=0A1B2C…` as Java servers write it.
  private static func pathWithout(_ path: String) -> String {
    guard path.utf8.contains(UInt8(ascii: ";")) else { return path }
    return path.split(separator: "/", omittingEmptySubsequences: false).map { segment in
      let parts = segment.split(separator: ";", omittingEmptySubsequences: false)
      return ([parts[0]] + parts.dropFirst().filter { !isSession($0) }).joined(separator: ";")
    }.joined(separator: "/")
  }

  private static func queryWithout(_ query: String) -> String {
    guard query.utf8.count > 1 else { return query }
    let fields = query.dropFirst().split(separator: "&", omittingEmptySubsequences: false)
    let kept = fields.filter { !isSession($0) }
    guard kept.count < fields.count else { return query }
    return kept.isEmpty ? "" : "?" + kept.joined(separator: "&")
  }

  private static func isSession(_ field: Substring) -> Bool {
    guard let sign = field.utf8.firstIndex(of: UInt8(ascii: "=")) else { return false }
    let name = String(decoding: field.utf8[..<sign].map(RobotsRules.lowercased), as: UTF8.self)
    let value = field.utf8[field.utf8.index(after: sign)...]
    let isNamed = names.contains(name) || name.hasPrefix("aspsessionid")
    return isNamed && value.count >= leastLength
      && value.allSatisfy { ComparableForm.isUnreserved($0) || $0 == UInt8(ascii: "%") }
      && value.contains { (48...57).contains($0) }
  }
}
