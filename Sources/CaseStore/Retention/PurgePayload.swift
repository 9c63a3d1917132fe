import Bytes
import Vocabulary

/// What the custody log says of a capture that was erased: nothing of what it held.
struct PurgePayload {
  var capture: Int64
  var source: String
  var reason: String
  /// When its retention ended.
  var dueAt: Timestamp
  /// The records that stand in the place of its own.
  var tombstones: [StoredMember]

  /// Canonical JSON: the keys of each object in order.
  var json: String {
    var json = JSONWriter()
    json.object { json in
      json.key("capture")
      json.integer(Int(capture))
      json.key("due")
      json.string(dueAt.rfc3339Milliseconds)
      json.key("reason")
      json.string(reason)
      json.key("source")
      json.string(source)
      json.key("tombstones")
      CapturePayload.write(tombstones, to: &json)
    }
    return json.text
  }
}
