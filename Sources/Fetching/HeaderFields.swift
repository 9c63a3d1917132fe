/// One header field, name as written.
public struct HeaderField: Sendable, Hashable {
  public var name: String
  /// Without surrounding white space.
  ///
  /// Bytes that are no UTF-8 are read as Latin-1.
  public var value: String

  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// Header fields in order, duplicates kept, looked up without regard to case.
public struct HeaderFields: Sendable, Hashable, RandomAccessCollection {
  private var fields: [HeaderField]

  public init(_ fields: [HeaderField] = []) { self.fields = fields }

  public var startIndex: Int { fields.startIndex }
  public var endIndex: Int { fields.endIndex }
  public subscript(position: Int) -> HeaderField { fields[position] }

  public mutating func append(_ field: HeaderField) { fields.append(field) }

  /// The first value under a name.
  public subscript(name: String) -> String? {
    fields.first { $0.isNamed(name) }?.value
  }

  /// Every value under a name, in order.
  public func values(_ name: String) -> [String] {
    fields.filter { $0.isNamed(name) }.map(\.value)
  }

  /// The values under a name joined by commas, as RFC 9110, 5.3 combines lists; nil without any.
  public func list(_ name: String) -> String? {
    let values = values(name)
    return values.isEmpty ? nil : values.joined(separator: ", ")
  }
}

extension HeaderField {
  /// Whether the field has this name; ASCII case does not matter.
  public func isNamed(_ other: String) -> Bool {
    let (a, b) = (name.utf8, other.utf8)
    return a.count == b.count && zip(a, b).allSatisfy { lowered($0) == lowered($1) }
  }
}

private func lowered(_ byte: UInt8) -> UInt8 {
  (65...90).contains(byte) ? byte | 0x20 : byte
}
