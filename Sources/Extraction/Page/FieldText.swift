/// Small texts of fields.
enum FieldText {
  /// A stretch in one line without white space around it; nil when nothing is left or it is longer
  /// than a field is.
  static func trimmed(_ text: [UInt8], _ range: Range<Int>, limit: Int = 300) -> String? {
    var bytes: [UInt8] = []
    var space = false
    for byte in text[range] {
      if byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D {
        space = !bytes.isEmpty
        continue
      }
      if space { bytes.append(0x20) }
      space = false
      bytes.append(byte)
      if bytes.count > limit { return nil }
    }
    return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
  }

  /// A number without a fraction of zero.
  static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
  }
}
