/// Cuts a text into words as the word tables of this module compare them: in small letters and without
/// accents, so that titles in capitals or typed without diacritics are the same words.
///
/// Whatever is neither a letter nor a digit parts words, also hyphens and apostrophes.
public enum FoldedWords {
  /// The words of `text` in their order.
  public static func words(of text: String) -> [String] {
    var words: [String] = []
    var key: [UInt8] = []
    for scalar in text.unicodeScalars {
      if isPart(scalar) {
        Folding.append(scalar.value, to: &key)
      } else if !key.isEmpty {
        words.append(String(decoding: key, as: UTF8.self))
        key = []
      }
    }
    if !key.isEmpty { words.append(String(decoding: key, as: UTF8.self)) }
    return words
  }

  private static func isPart(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      return UInt8(truncatingIfNeeded: scalar.value).isAlphanumeric
    }
    // Accents written apart and soft hyphens belong to the word; folding leaves them out.
    return scalar.properties.isAlphabetic || scalar.properties.generalCategory == .nonspacingMark
      || scalar.value == 0xAD || scalar.properties.numericType != nil
  }
}
