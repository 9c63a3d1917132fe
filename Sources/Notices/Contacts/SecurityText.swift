public import Vocabulary

/// A file `security.txt` (RFC 9116).
public struct SecurityText: Sendable, Hashable {
  /// Most bytes that are read (RFC 9116 section 5.4 asks for a limit).
  public static let longest = 32 << 10
  /// Most contacts that are kept.
  public static let mostContacts = 10

  /// URIs of `Contact` in the order of the file, which is the order of preference; unchecked.
  public var contacts: [String] = []
  /// When it ends; nil when the file does not say, or says it more than once.
  public var expires: Timestamp?
  /// Where the file says that it stands.
  public var canonical: [String] = []
  /// Whether it is signed; the signature is not looked at.
  public var isSigned = false
  /// What is against the standard, in words.
  public var problems: [String] = []

  /// Reads a file; nil when it is longer than `longest` or no UTF-8.
  public init?(_ bytes: [UInt8]) {
    guard bytes.count <= Self.longest, let text = String(validating: bytes, as: UTF8.self) else {
      return nil
    }
    var inArmour = false
    var ends: [String] = []
    for line in text.utf8.split(separator: 0x0A).map({ String(decoding: $0, as: UTF8.self) }) {
      var line = line.hasSuffix("\r") ? String(line.dropLast()) : line
      while let last = line.utf8.last, last == 0x20 || last == 0x09 || last == 0x0D {
        line = String(decoding: line.utf8.dropLast(), as: UTF8.self)
      }
      if line == "-----BEGIN PGP SIGNED MESSAGE-----" {
        isSigned = true
        continue
      }
      if line == "-----BEGIN PGP SIGNATURE-----" { inArmour = true }
      if inArmour { continue }
      // Lines of a signed message that begin with a dash are escaped (RFC 9580 section 7.2).
      if line.hasPrefix("- ") { line = String(line.dropFirst(2)) }
      guard !line.hasPrefix("#"), let colon = line.firstIndex(of: ":") else { continue }
      let key = line[..<colon].lowercased()
      let value = String(line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" })
      switch key {
      case "contact": if contacts.count < Self.mostContacts { contacts.append(value) }
      case "expires": ends.append(value)
      case "canonical": canonical.append(value)
      default: break
      }
    }
    if ends.count == 1, let time = Timestamp(rfc3339: ends[0]) {
      expires = time
    } else {
      problems.append(ends.isEmpty ? "no Expires" : "Expires cannot be read or stands twice")
    }
    if contacts.isEmpty { problems.append("no Contact") }
  }

  /// Whether it holds at a time: it says until when, and that is not over.
  public func isValid(at: Timestamp) -> Bool { expires.map { at < $0 } ?? false }
}
