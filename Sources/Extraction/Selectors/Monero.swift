/// Monero's addresses: base58 in blocks of eight bytes, closed by four bytes of Keccak-256.
///
/// The block form is CryptoNote's (CNS007, "Keys and addresses"): eleven characters stand for eight
/// bytes, and a shorter last block for as many as fit it.
enum Monero {
  /// Bytes of the last block by its number of characters.
  private static let lastBlock = [2: 1, 3: 2, 5: 3, 6: 4, 7: 5, 9: 6, 10: 7, 11: 8]

  /// Whether the text is a standard address, a subaddress or an integrated address of the main
  /// network.
  static func isAddress(_ text: [UInt8]) -> Bool {
    guard text.count == 95 || text.count == 106, let bytes = decode(text), bytes.count > 5 else {
      return false
    }
    // Network bytes: 18 standard, 42 subaddress, 19 integrated.
    guard [18, 42].contains(bytes[0]) && text.count == 95 || bytes[0] == 19 && text.count == 106
    else { return false }
    let end = bytes.count - 4
    return Keccak256.hash(Array(bytes[..<end])).prefix(4).elementsEqual(bytes[end...])
  }

  private static func decode(_ text: [UInt8]) -> [UInt8]? {
    var bytes: [UInt8] = []
    var start = 0
    while start < text.count {
      let end = min(start + 11, text.count)
      guard let size = lastBlock[end - start], let block = block(text[start..<end], size) else {
        return nil
      }
      bytes += block
      start = end
    }
    return bytes
  }

  private static func block(_ characters: ArraySlice<UInt8>, _ size: Int) -> [UInt8]? {
    var value: UInt64 = 0
    for character in characters {
      guard let digit = Base58.value(character) else { return nil }
      let (product, over) = value.multipliedReportingOverflow(by: 58)
      let (sum, carried) = product.addingReportingOverflow(UInt64(digit))
      guard !over, !carried else { return nil }
      value = sum
    }
    guard size == 8 || value >> UInt64(size * 8) == 0 else { return nil }
    return (0..<size).reversed().map { UInt8(truncatingIfNeeded: value >> UInt64($0 * 8)) }
  }
}
