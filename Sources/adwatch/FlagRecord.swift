import CaseStore
import Markup
import Vocabulary

/// An advert for review as JSON: its scan record with the text, and what only the store knows.
struct FlagRecord {
  private let advert: FlaggedAdvert

  init(_ advert: FlaggedAdvert) { self.advert = advert }

  /// One line.
  var json: String {
    var members = record
    set("text", .string(advert.text), in: &members)
    set("first_seen", .string(advert.firstSeen.rfc3339), in: &members)
    set("last_seen", .string(advert.lastSeen.rfc3339), in: &members)
    set("state", .string(advert.gone ? "gone" : "seen"), in: &members)
    set("edited_since", .bool(advert.editedSince), in: &members)
    var bytes: [UInt8] = []
    JSONValue.object(members).write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The record's members in their order.
  var record: [JSONMember] {
    if let value = JSONValue(parsing: Array(advert.record.utf8)), case .object(let members) = value
    {
      return members
    }
    return []
  }

  private func set(_ key: String, _ value: JSONValue, in members: inout [JSONMember]) {
    if let index = members.firstIndex(where: { $0.name == key }) {
      members[index] = JSONMember(key, value)
    } else {
      members.append(JSONMember(key, value))
    }
  }
}
