/// How somebody can be written to: a mail address or a form on the web.
public enum ContactWay: Sendable, Hashable {
  /// A plain address, as `MailAddress.isPlain` has it.
  case mail(String)
  /// The https address of a form that a person fills in.
  case form(String)

  /// What stands as the recipient of a notice.
  public var recipient: String {
    switch self {
    case .mail(let text), .form(let text): text
    }
  }
}

/// Why text from an answer is nobody to write to.
public enum ContactRefusal: String, Error, Sendable, Hashable, CaseIterable {
  case empty
  case tooLong = "too-long"
  case controlCharacter = "control-character"
  case space
  case angleBracket = "angle-bracket"
  case malformed
  case placeholder
  case reservedDomain = "reserved-domain"
  case registry
  case proxy
  case redacted
  case insecureForm = "insecure-form"
  case registrant
  case selector
  case suppressed
  case own
  case expired
  case takesNoMail = "takes-no-mail"
  case blockedNetwork = "not-public"

  /// The reason in words.
  public var words: String {
    switch self {
    case .empty: "there is nothing in it"
    case .tooLong: "longer than RFC 5321 allows (64 before the @, 254 in all)"
    case .controlCharacter: "has a line end or another control character"
    case .space: "has a space"
    case .angleBracket: "has angle brackets or quotes"
    case .malformed: "is no plain address"
    case .placeholder: "stands for no address"
    case .reservedDomain: "its domain is reserved for examples or local use"
    case .registry: "belongs to the registry of the region and not to the network"
    case .proxy: "a privacy service passes it on to the registrant"
    case .redacted: "the registry says that it is redacted (RFC 9537)"
    case .insecureForm: "a form that is not reached by https"
    case .registrant: "belongs to the registrant, who may be the person in the advert"
    case .selector: "is a selector of an advert: the person in it may read it"
    case .suppressed: "stands on the list of addresses never to be written to"
    case .own: "is our own mailbox"
    case .expired: "is out of date"
    case .takesNoMail: "its domain takes no mail (RFC 7505)"
    case .blockedNetwork: "lies on a network that is not public"
    }
  }
}

/// What is taken for a contact.
public struct ContactRules: Sendable, Hashable {
  /// Whether `.example`, `.test` and the domains of RFC 2606 are taken: for demonstrations and tests.
  public var allowsReserved: Bool
  /// Most bytes of the address of a form.
  public static let longestForm = 2048
  /// Most bytes of text that are looked at.
  public static let longestText = 4096

  public init(allowsReserved: Bool = false) { self.allowsReserved = allowsReserved }

  /// Reads text that an answer gives as a way to write to somebody.
  ///
  /// Taken are a plain mail address, `mailto:` (RFC 6068, without its header fields), an https address,
  /// and text around one such address. Everything that could be a command to a mail server is refused
  /// before any library sees it.
  public func read(_ text: String) throws(ContactRefusal) -> ContactWay {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty else { throw .empty }
    guard bytes.count <= Self.longestText else { throw .tooLong }
    guard !bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { throw .controlCharacter }
    if Self.isPlaceholder(text) { throw .placeholder }
    if let form = try form(in: text) { return .form(form) }
    var address = text
    if text.utf8.count > 7, text.prefix(7).lowercased() == "mailto:" {
      address = try Self.address(ofMailto: String(text.dropFirst(7)))
    }
    try check(mail: address)
    return .mail(address)
  }

  private func check(mail text: String) throws(ContactRefusal) {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty else { throw .empty }
    guard !bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { throw .controlCharacter }
    guard !bytes.contains(0x20) else { throw .space }
    guard !bytes.contains(where: { $0 == 0x3C || $0 == 0x3E || $0 == 0x22 }) else {
      throw .angleBracket
    }
    guard bytes.count <= MailAddress.longest else { throw .tooLong }
    if let at = bytes.firstIndex(of: 0x40), at > 64 { throw .tooLong }
    guard MailAddress.isPlain(text), let at = bytes.firstIndex(of: 0x40) else { throw .malformed }
    let domain = String(decoding: bytes[(at + 1)...], as: UTF8.self).lowercased()
    let labels = domain.split(separator: ".").map(String.init)
    guard labels.allSatisfy({ $0.utf8.count <= 63 && !$0.hasPrefix("-") && !$0.hasSuffix("-") }),
      let top = labels.last, top.utf8.contains(where: { !(0x30...0x39).contains($0) })
    else { throw .malformed }
    let local = String(decoding: bytes[..<at], as: UTF8.self).lowercased()
    if Self.emptyLocals.contains(local) { throw .placeholder }
    if Self.proxies.contains(where: { Self.isWithin(domain, $0) }) { throw .proxy }
    if Self.registries.contains(where: { Self.isWithin(domain, $0) }) { throw .registry }
    try check(domain: domain)
  }

  private func check(domain: String) throws(ContactRefusal) {
    let labels = domain.split(separator: ".")
    let top = labels.last.map(String.init) ?? ""
    if Self.localTops.contains(top) { throw .reservedDomain }
    let isExample =
      top == "example" || top == "test"
      || (labels.count >= 2 && labels[labels.count - 2] == "example"
        && ["com", "net", "org"].contains(top))
    if isExample, !allowsReserved { throw .reservedDomain }
  }

  /// The address of a form, when the text gives one and no mail address.
  private func form(in text: String) throws(ContactRefusal) -> String? {
    let words = text.split(separator: " ").map(String.init)
    let forms = words.filter { $0.utf8.count > 8 && $0.prefix(8).lowercased() == "https://" }
    guard let form = forms.first else {
      if words.contains(where: { $0.prefix(7).lowercased() == "http://" }) { throw .insecureForm }
      return nil
    }
    guard forms.count == 1, words.count == 1 || !text.utf8.contains(0x40) else { throw .malformed }
    guard form.utf8.count <= Self.longestForm else { throw .tooLong }
    guard form.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { throw .malformed }
    guard !form.utf8.contains(where: { $0 == 0x3C || $0 == 0x3E || $0 == 0x22 }) else {
      throw .angleBracket
    }
    guard let host = FormHost.name(of: form) else { throw .malformed }
    try check(domain: host)
    // The database compares the first letters, which are small ones.
    return "https://" + form.dropFirst(8)
  }

  private static func address(ofMailto rest: String) throws(ContactRefusal) -> String {
    let path = Array(rest.utf8.prefix { $0 != 0x3F })
    var bytes: [UInt8] = []
    var index = 0
    while index < path.count {
      if path[index] == 0x25 {
        guard index + 2 < path.count,
          let value = UInt8(
            String(decoding: path[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
        else { throw .malformed }
        bytes.append(value)
        index += 3
      } else {
        bytes.append(path[index])
        index += 1
      }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .malformed }
    return text
  }

  static func isWithin(_ domain: String, _ parent: String) -> Bool {
    domain == parent || domain.hasSuffix("." + parent)
  }
}
