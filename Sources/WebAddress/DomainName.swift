import CICU

/// Domains to ASCII and back (URL standard §3.3, UTS 46).
enum DomainName {
  /// Domains beyond ASCII of more bytes than this are refused.
  ///
  /// DNS allows 253; the URL standard sets no limit; Punycode is quadratic in a label's length.
  static let maximumUnicodeLength = 2_048

  /// "Domain to ASCII" for a domain that is not all ASCII; forbidden code points are not checked.
  ///
  /// A domain that is all ASCII is only lowercased, whatever its `xn--` labels hold (as the
  /// standard and browsers do it since 2026), so this is not called for one.
  static func ascii(_ domain: [UInt8]) throws(AddressError) -> [UInt8] {
    guard domain.count <= maximumUnicodeLength else {
      throw .hostTooLong(limit: maximumUnicodeLength)
    }
    let mapped = UnicodeMappingChanges.applied(to: domain)
    let result = ICUCall.bytes(guess: mapped.count * 2 + 64) { output, capacity in
      mapped.withUnsafeBufferPointer { input in
        cicu_domain_to_ascii(input.baseAddress, input.count, output, capacity)
      }
    }
    guard let result, !result.isEmpty, acceptsLabels(result) else { throw .domainInvalid }
    return result
  }

  /// ICU 72 accepts ACE labels that decode to nothing or to ASCII alone; UTS 46 (revision 31 and
  /// later) refuses them, and they would give one name two spellings.
  private static func acceptsLabels(_ domain: [UInt8]) -> Bool {
    var label = domain[...]
    while true {
      let end = label.firstIndex(of: 0x2E) ?? label.endIndex
      let part = label[..<end]
      // An encoding of something beyond ASCII never ends in the delimiter.
      if part.starts(with: "xn--".utf8), part.last == 0x2D { return false }
      guard end < label.endIndex else { return true }
      label = label[(end + 1)...]
    }
  }

  /// The display form, nil when the domain is not valid as an international one.
  static func unicode(_ domain: String) -> String? {
    let bytes = Array(domain.utf8)
    guard bytes.count <= maximumUnicodeLength else { return nil }
    var valid = false
    let result = ICUCall.bytes(guess: bytes.count * 4 + 64) { output, capacity in
      bytes.withUnsafeBufferPointer { input in
        cicu_domain_to_unicode(input.baseAddress, input.count, output, capacity, &valid)
      }
    }
    guard valid, let result else { return nil }
    return String(decoding: result, as: UTF8.self)
  }
}

/// The caller's half of CICU's buffer convention.
enum ICUCall {
  /// Calls once with room for `guess` bytes and again when more were needed; nil on an error.
  static func bytes(
    guess: Int, _ call: (UnsafeMutablePointer<UInt8>?, Int) -> Int64
  ) -> [UInt8]? {
    var capacity = max(guess, 1)
    for _ in 0..<2 {
      var needed: Int64 = -1
      let result = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
        needed = call(buffer.baseAddress, buffer.count)
        count = needed > 0 && needed <= buffer.count ? Int(needed) : 0
      }
      guard needed >= 0 else { return nil }
      if needed <= capacity { return result }
      capacity = Int(needed)
    }
    return nil
  }
}
