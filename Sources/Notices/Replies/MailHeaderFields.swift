/// The header of a message or of one of its parts (RFC 5322 section 2.2), unfolded.
public struct MailHeaderFields: Sendable, Hashable {
  private var fields: [(name: String, value: [UInt8])] = []

  public static func == (a: Self, b: Self) -> Bool {
    a.fields.elementsEqual(b.fields) { $0.name == $1.name && $0.value == $1.value }
  }

  public func hash(into hasher: inout Hasher) {
    for field in fields {
      hasher.combine(field.name)
      hasher.combine(field.value)
    }
  }

  /// Reads fields up to an empty line or the end; returns them and where the body begins.
  ///
  /// A line that is no field is passed over, as some gateways put `>From ` or `mbox` lines there.
  static func read(
    _ bytes: ArraySlice<UInt8>, _ limits: MailLimits
  ) -> (fields: MailHeaderFields, body: Int) {
    var header = MailHeaderFields()
    var at = bytes.startIndex
    var isOpen = false
    while at < bytes.endIndex {
      let end = bytes[at...].firstIndex(of: 0x0A) ?? bytes.endIndex
      let next = min(end + 1, bytes.endIndex)
      var line = bytes[at..<end]
      if line.last == 0x0D { line.removeLast() }
      at = next
      if line.isEmpty { break }
      if line.first == 0x20 || line.first == 0x09 {
        guard isOpen, let last = header.fields.indices.last else { continue }
        let room = limits.maximumFieldBytes - header.fields[last].value.count
        if room > 0 { header.fields[last].value += line.prefix(room) }
        continue
      }
      isOpen = false
      guard let colon = line.firstIndex(of: 0x3A), colon > line.startIndex,
        line[..<colon].allSatisfy({ (0x21...0x7E).contains($0) || $0 == 0x20 }),
        header.fields.count < limits.maximumFields
      else { continue }
      let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
      header.fields.append(
        (
          String(name.prefix { $0 != " " }),
          Array(line[(colon + 1)...].prefix(limits.maximumFieldBytes))
        ))
      isOpen = true
    }
    return (header, at)
  }

  /// The first field of this name, trimmed; nil when there is none.
  public subscript(_ name: String) -> String? { all(name).first }

  /// Every field of this name, in its order.
  public func all(_ name: String) -> [String] {
    fields.filter { $0.name == name }.map { field in
      let text = String(decoding: field.value, as: UTF8.self)
      return text.split(whereSeparator: { $0 == " " || $0 == "\t" }).joined(separator: " ")
    }
  }

  /// A field's value up to its parameters, in lower case: `multipart/report`.
  func token(_ name: String) -> String? {
    self[name].map { value in
      String(value.prefix { $0 != ";" }).lowercased().filter { $0 != " " }
    }
  }

  /// A parameter of a field (RFC 2045 section 5.1), without its quotes.
  func parameter(_ wanted: String, of name: String) -> String? {
    guard let value = self[name] else { return nil }
    var rest = Substring(value)
    while let semicolon = rest.firstIndex(of: ";") {
      rest = rest[rest.index(after: semicolon)...].drop { $0 == " " }
      guard let equals = rest.firstIndex(where: { $0 == "=" || $0 == ";" }), rest[equals] == "="
      else { continue }
      let key = rest[..<equals].lowercased().filter { $0 != " " }
      rest = rest[rest.index(after: equals)...].drop { $0 == " " }
      var found = ""
      if rest.first == "\"" {
        rest = rest.dropFirst()
        while let next = rest.first, next != "\"" {
          rest = rest.dropFirst()
          if next == "\\", let escaped = rest.first {
            found.append(escaped)
            rest = rest.dropFirst()
          } else {
            found.append(next)
          }
        }
      } else {
        found = String(rest.prefix { $0 != ";" && $0 != " " })
      }
      if key == wanted { return found }
    }
    return nil
  }
}
