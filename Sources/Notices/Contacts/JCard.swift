import Markup

/// What a jCard (RFC 7095) says about how to reach somebody; read property by property.
///
/// Registries send cards that are broken in one property and right in the next: whatever cannot be read
/// is left out and counted.
struct JCard: Sendable, Hashable {
  /// `fn`, else `org`.
  var name: String?
  /// Values of `email`, as they stand there.
  var mails: [String] = []
  /// Values of `contact-uri` (RFC 8605) and of `url`.
  var pages: [String] = []
  /// Properties that are none.
  var unreadable = 0

  /// Most properties that are read.
  static let mostProperties = 200
  /// Most addresses that are kept of each kind.
  static let mostAddresses = 8

  /// Reads a value of `vcardArray`, with or without the word before the properties.
  init(_ value: JSONValue?) {
    guard case .array(let parts)? = value else { return }
    var properties = parts[...]
    if case .string? = parts.first { properties = properties.dropFirst() }
    if properties.count == 1, case .array(let inner)? = properties.first,
      inner.isEmpty || inner.contains(where: \.isArray)
    {
      properties = inner[...]
    }
    var organisation: String?
    for property in properties.prefix(Self.mostProperties) {
      guard case .array(let fields) = property, fields.count >= 4,
        let key = fields[0].string?.lowercased()
      else {
        unreadable += 1
        continue
      }
      let texts = Self.texts(fields[3...])
      switch key {
      case "fn": name = name ?? texts.first
      case "org": organisation = organisation ?? texts.first
      case "email": mails += texts
      case "contact-uri", "url": pages += texts
      default: break
      }
    }
    name = name ?? organisation
    mails = Array(mails.prefix(Self.mostAddresses))
    pages = Array(pages.prefix(Self.mostAddresses))
  }

  private static func texts(_ values: ArraySlice<JSONValue>) -> [String] {
    values.prefix(mostAddresses).flatMap { value -> [String] in
      switch value {
      case .string(let text): text.isEmpty ? [] : [text]
      case .array(let inner):
        inner.prefix(mostAddresses).compactMap(\.string).filter { !$0.isEmpty }
      default: []
      }
    }
  }
}

extension JSONValue {
  var isArray: Bool {
    if case .array = self { true } else { false }
  }

  /// The values of a list; none for other values.
  var items: [JSONValue] {
    if case .array(let values) = self { values } else { [] }
  }

  /// A whole number that fits.
  func whole<Number: FixedWidthInteger>(_: Number.Type) -> Number? {
    if case .number(let value) = self { Number(exactly: value) } else { nil }
  }
}
