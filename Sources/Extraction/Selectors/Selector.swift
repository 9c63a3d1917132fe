/// What sort of identifier a selector is; the raw values are those of the scan contract.
public enum SelectorKind: String, Sendable, Hashable, Codable, CaseIterable {
  /// E.164 (ITU-T), with the plus sign.
  case phone
  /// Lower-case mailbox address.
  case email
  /// Absolute URL.
  case url
  /// `platform:name`, lower case.
  case handle
  /// ISO 13616 account number without spaces.
  case iban
  /// `btc:address` or `eth:address`.
  case wallet
  /// A link that asks for money.
  case payment
  /// A postal address.
  case address
  /// A vehicle's registration.
  case plate
}

/// An identifier in an advert's text that can link it to other adverts.
public struct Selector: Sendable, Hashable {
  /// What sort of identifier it is.
  public var kind: SelectorKind
  /// The normal form, by which two selectors are compared.
  public var value: String
  /// The text as it stands in `range`; where that is empty, the link target the value came from.
  public var raw: String
  /// Where it stands, in bytes of the advert's text.
  public var range: Range<Int>
  /// Whether it passes the checks its kind has: numbering plan, checksum, syntax.
  public var valid: Bool
  /// How sure we are that this is what the text means, 0 to 1.
  public var confidence: Double
  /// How it was hidden from machines: `words`, `letters`, `confusables`, `digits` (other than
  /// ASCII), `entities`, `symbols`, `spacing`; nil when it is written plainly.
  public var trick: String?
  /// Whether it lies in the advert's own words.
  public var inContent: Bool

  public init(
    kind: SelectorKind, value: String, raw: String, range: Range<Int>, valid: Bool = true,
    confidence: Double = 1, trick: String? = nil, inContent: Bool = true
  ) {
    self.kind = kind
    self.value = value
    self.raw = raw
    self.range = range
    self.valid = valid
    self.confidence = confidence
    self.trick = trick
    self.inContent = inContent
  }
}
