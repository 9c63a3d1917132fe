/// Addresses that follow from names and that nobody published.
public enum RoleMailbox {
  /// Names of RFC 2142 that answer for content, best first.
  public static let names = ["abuse", "webmaster"]

  /// Addresses at a domain.
  public static func guesses(domain: String) -> [String] { names.map { "\($0)@\(domain)" } }

  /// The mail address in the second name of an SOA record (RFC 1035 section 3.3.13): its first dot
  /// that is not escaped is the @.
  ///
  /// Nil when there is none, or an escape stands for something that no address may have.
  public static func address(responsible name: String) -> String? {
    let bytes = Array(name.utf8)
    var local: [UInt8] = []
    var index = 0
    while index < bytes.count, bytes[index] != 0x2E {
      guard bytes[index] == 0x5C else {
        local.append(bytes[index])
        index += 1
        continue
      }
      // `\.` is a dot; `\123` is a byte, which would be none of a plain address.
      guard index + 1 < bytes.count, !(0x30...0x39).contains(bytes[index + 1]) else { return nil }
      local.append(bytes[index + 1])
      index += 2
    }
    guard index < bytes.count else { return nil }
    var domain = bytes[(index + 1)...]
    if domain.last == 0x2E { domain = domain.dropLast() }
    guard !local.isEmpty, !domain.isEmpty, !domain.contains(0x5C) else { return nil }
    return String(decoding: local, as: UTF8.self) + "@" + String(decoding: domain, as: UTF8.self)
  }
}
