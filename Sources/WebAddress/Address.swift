/// A parsed URL, as browsers parse it (WHATWG URL standard).
///
/// Kept as its serialisation with the places of its components, so that a hundred thousand links
/// cost one string each. Equal and hashed by the serialisation, ordered by its bytes. An address is
/// always ASCII, never longer than ``maximumLength``, and parsing ``href`` gives it again.
public struct Address: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The longest input and the longest serialisation, in bytes, unless the caller says otherwise.
  public static let maximumLength = 65_536

  /// The serialisation.
  public let href: String
  let layout: AddressLayout

  init(href: String, layout: AddressLayout) {
    self.href = href
    self.layout = layout
  }

  /// Parses as browsers do, and gives nil for what they refuse or what is too long.
  public init?(_ text: String, base: Address? = nil) {
    guard let parsed = try? Address(parsing: text, base: base) else { return nil }
    self = parsed
  }

  /// Parses as browsers do (the basic URL parser, URL standard §4.4).
  ///
  /// `encoding` is the character encoding of the page the text stands in (its WHATWG name); the
  /// query of an http(s), ftp or file address is written in it, the rest always in UTF-8. An
  /// encoding that is not known, and UTF-16, means UTF-8.
  public init(
    parsing text: String, base: Address? = nil, encoding: String? = nil,
    maximumLength: Int = Address.maximumLength
  ) throws(AddressError) {
    guard text.utf8.count <= maximumLength else { throw .tooLong(limit: maximumLength) }
    var parser = AddressParser(
      input: AddressParser.stripped(Array(text.utf8)), base: base,
      queryEncoding: QueryEncoding(label: encoding))
    self = try parser.parse(maximumLength: maximumLength)
  }

  /// Resolves a reference found in the page at this address; nil when it leads nowhere.
  ///
  /// `encoding` is the page's character encoding, which the reference's query is written in.
  public func resolving(_ reference: String, encoding: String? = nil) -> Address? {
    try? Address(parsing: reference, base: self, encoding: encoding)
  }

  /// The serialisation.
  public var description: String { href }

  /// By the bytes of the serialisations.
  public static func == (lhs: Address, rhs: Address) -> Bool { lhs.href == rhs.href }

  /// By the bytes of the serialisation.
  public func hash(into hasher: inout Hasher) { hasher.combine(href) }

  /// By the bytes of the serialisations.
  public static func < (lhs: Address, rhs: Address) -> Bool { lhs.href < rhs.href }
}

/// Where the components stand in an address's serialisation, as byte offsets.
///
/// ```
/// https://user:pass@host:8080/path?query#fragment
///      |      |   | |   |    |    |     `- fragment
///      |      |   | |   |    |    `------- query
///      |      |   | |   |    `------------ path
///      |      |   | |   `----------------- hostEnd
///      |      |   | `--------------------- host
///      |      |   `----------------------- passwordEnd
///      |      `--------------------------- usernameEnd
///      `---------------------------------- schemeEnd
/// ```
struct AddressLayout: Sendable {
  var scheme = Scheme.other
  var hostKind = HostKind.none
  var hasOpaquePath = false
  var port: UInt16?
  var schemeEnd: Int32 = 0
  var usernameEnd: Int32 = 0
  var passwordEnd: Int32 = 0
  var host: Int32 = 0
  var hostEnd: Int32 = 0
  /// Behind the port, and before the `/.` that keeps a path of two slashes from being a host.
  var authorityEnd: Int32 = 0
  var path: Int32 = 0
  /// The offset of `?`; negative when the query is null.
  var query: Int32 = -1
  /// The offset of `#`; negative when the fragment is null.
  var fragment: Int32 = -1

  var usernameStart: Int32 { hostKind == .none ? authorityEnd : schemeEnd + 3 }
  var pathEnd: Int32? { query >= 0 ? query : fragment >= 0 ? fragment : nil }
  var queryEnd: Int32? { fragment >= 0 ? fragment : nil }
}
