/// The host parser (URL standard §3.5), writing the serialised host.
enum HostParser {
  private static let forbiddenHost = ASCIISet("\0\t\n\r #/:<>?@[\\]^|")
  private static let forbiddenDomain = forbiddenHost.union(.controls).union(ASCIISet("%"))

  /// `host` may be empty only for schemes that are not special.
  static func parse(
    _ host: ArraySlice<UInt8>, isOpaque: Bool, to output: inout [UInt8]
  ) throws(AddressError) -> HostKind {
    if host.first == 0x5B {
      guard host.last == 0x5D, host.count > 2,
        let address = IPv6Parser.parse(host.dropFirst().dropLast())
      else { throw .ipv6Invalid }
      output.append(0x5B)
      address.append(to: &output)
      output.append(0x5D)
      return .ipv6
    }
    if isOpaque {
      guard !host.contains(where: forbiddenHost.contains) else { throw .forbiddenHostCodePoint }
      PercentCoding.append(host, encoding: .c0Control, to: &output)
      return host.isEmpty ? .empty : .opaque
    }
    let start = output.count
    try writeDomain(host, to: &output)
    if IPv4Parser.endsInNumber(output[start...]) {
      guard let address = IPv4Parser.parse(output[start...]) else { throw .ipv4Invalid }
      output.removeSubrange(start...)
      address.append(to: &output)
      return .ipv4
    }
    return .domain
  }

  private static func writeDomain(
    _ host: ArraySlice<UInt8>, to output: inout [UInt8]
  ) throws(AddressError) {
    let start = output.count
    for byte in host {
      guard byte < 0x80, !forbiddenDomain.contains(byte) else {
        // Only now is it known not to be the common case. A forbidden `<` may still be the first
        // half of a character beyond ASCII (with U+0338 it composes to U+226E).
        output.removeSubrange(start...)
        try writeDecodedDomain(PercentCoding.decoded(host), to: &output)
        return
      }
      output.append(byte.asciiLowercased)
    }
  }

  private static func writeDecodedDomain(
    _ decoded: [UInt8], to output: inout [UInt8]
  ) throws(AddressError) {
    let domain =
      if decoded.contains(where: { $0 >= 0x80 }) {
        try DomainName.ascii(decoded)
      } else {
        decoded.map(\.asciiLowercased)
      }
    guard !domain.isEmpty else { throw .domainInvalid }
    guard !domain.contains(where: forbiddenDomain.contains) else { throw .forbiddenHostCodePoint }
    output.append(contentsOf: domain)
  }
}
