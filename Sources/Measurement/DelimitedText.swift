/// The rows of a CSV or TSV text (RFC 4180): quoted fields may hold delimiters, quotes and lines.
struct DelimitedText {
  struct Row {
    /// Where it begins, from 1.
    var line: Int
    var fields: [String]
  }

  private let bytes: [UInt8]
  private let delimiter: UInt8
  private var position = 0
  private var line = 1

  /// Reads tabs as delimiters when the first line has one, else commas.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    let head = self.bytes.prefix { $0 != 0x0A }
    delimiter = head.contains(0x09) ? 0x09 : UInt8(ascii: ",")
  }

  /// The next row that is not empty; nil at the end.
  mutating func next() -> Row? {
    while position < bytes.count {
      let start = line
      let fields = row()
      if fields != [""] { return Row(line: start, fields: fields) }
    }
    return nil
  }

  private mutating func row() -> [String] {
    var fields: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == 0x0A { line += 1 }
      if isQuoted {
        guard byte == UInt8(ascii: "\"") else {
          field.append(byte)
          continue
        }
        if position < bytes.count, bytes[position] == byte {
          field.append(byte)
          position += 1
        } else {
          isQuoted = false
        }
      } else if byte == UInt8(ascii: "\""), field.isEmpty {
        isQuoted = true
      } else if byte == delimiter {
        fields.append(String(decoding: field, as: UTF8.self))
        field = []
      } else if byte == 0x0A {
        break
      } else {
        field.append(byte)
      }
    }
    if field.last == 0x0D { field.removeLast() }
    return fields + [String(decoding: field, as: UTF8.self)]
  }
}
