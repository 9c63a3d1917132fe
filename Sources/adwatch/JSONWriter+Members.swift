import Bytes

extension JSONWriter {
  /// Writes a member that is a text or null.
  mutating func member(_ name: String, _ value: String?) {
    key(name)
    string(value)
  }

  /// Writes a member that is a whole number or null.
  mutating func member(_ name: String, _ value: Int64?) {
    key(name)
    integer(value.map { Int($0) })
  }

  /// Writes a member that is a list.
  mutating func list<Item>(
    _ name: String, _ items: [Item], _ write: (Item, inout JSONWriter) -> Void
  ) {
    key(name)
    array { json in
      for item in items { write(item, &json) }
    }
  }
}
