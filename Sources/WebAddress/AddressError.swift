/// Why a text is no address (the failures of the URL standard, and this library's own limits).
public enum AddressError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The input or its normal form has more bytes than allowed.
  case tooLong(limit: Int)
  /// No scheme, and no base to resolve against.
  case relativeWithoutBase
  /// The base has an opaque path (`mailto:`, `data:`), which only a fragment can be resolved on.
  case baseCannotResolve
  /// A host is needed but missing.
  case hostMissing
  /// The host has more bytes than the limit for domains that need Unicode processing.
  case hostTooLong(limit: Int)
  /// The domain is refused by Unicode's rules for domain names (UTS 46).
  case domainInvalid
  /// The host contains a code point that hosts may not contain.
  case forbiddenHostCodePoint
  /// The host looks like an IPv4 address and is none.
  case ipv4Invalid
  /// The host is in brackets and no IPv6 address.
  case ipv6Invalid
  /// The port is no number.
  case portInvalid
  /// The port is above 65535.
  case portOutOfRange

  /// One clause that says what is wrong, for messages to operators.
  public var description: String {
    switch self {
    case .tooLong(let limit): "the address is longer than \(limit) bytes"
    case .relativeWithoutBase: "the address is relative and there is nothing to resolve it against"
    case .baseCannotResolve: "the base address cannot resolve relative ones"
    case .hostMissing: "the host is missing"
    case .hostTooLong(let limit): "the host is longer than \(limit) bytes"
    case .domainInvalid: "the host is not a valid domain name"
    case .forbiddenHostCodePoint: "the host contains a forbidden character"
    case .ipv4Invalid: "the host looks like an IPv4 address and is none"
    case .ipv6Invalid: "the host in brackets is not an IPv6 address"
    case .portInvalid: "the port is not a number"
    case .portOutOfRange: "the port is above 65535"
    }
  }
}
