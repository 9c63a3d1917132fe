import Bytes
import Vocabulary

/// What the custody log says of a capture: enough to find its records and to know them again.
struct CapturePayload {
  /// What was not recorded before the log knew it; an entry made then has none of it.
  struct Details {
    var detail: String?
    var endedAt: Timestamp
    var length: Int64?
    var mediaType: String?
    var purpose: String
    /// Seconds.
    var retention: Int64?
    var run: Int64
  }

  var beganAt: Timestamp
  /// Nil for the form of entries without details.
  var details: Details?
  var members: [StoredMember]
  var outcome: String
  var payloadDigest: [UInt8]?
  var source: String
  var status: Int64?
  var url: String

  /// Canonical JSON: the keys of each object in order.
  var json: String {
    var json = JSONWriter()
    json.object { json in
      json.key("began")
      json.string(beganAt.rfc3339Milliseconds)
      if let details {
        json.key("detail")
        json.string(details.detail)
        json.key("ended")
        json.string(details.endedAt.rfc3339Milliseconds)
        json.key("length")
        json.integer(details.length.map(Int.init))
        json.key("media_type")
        json.string(details.mediaType)
      }
      json.key("members")
      Self.write(members, to: &json)
      json.key("outcome")
      json.string(outcome)
      json.key("payload")
      json.string(payloadDigest.map { "sha256:" + Hex.encode($0) })
      if let details {
        json.key("purpose")
        json.string(details.purpose)
        json.key("retention")
        json.integer(details.retention.map(Int.init))
        json.key("run")
        json.integer(Int(details.run))
      }
      json.key("source")
      json.string(source)
      json.key("status")
      json.integer(status.map(Int.init))
      json.key("url")
      json.string(url)
    }
    return json.text
  }

  /// What the log says of a file that was begun: where its `warcinfo` record is.
  static func begun(_ member: StoredMember) -> String {
    var json = JSONWriter()
    json.object { json in
      json.key("members")
      write([member], to: &json)
    }
    return json.text
  }

  static func write(_ members: [StoredMember], to json: inout JSONWriter) {
    json.array { json in
      for member in members {
        json.object { json in
          json.key("digest")
          json.string("sha256:" + Hex.encode(member.digest))
          json.key("file")
          json.string(member.file)
          json.key("length")
          json.integer(Int(member.length))
          json.key("offset")
          json.integer(Int(member.offset))
          json.key("record")
          json.string(member.recordID)
          json.key("type")
          json.string(member.type)
        }
      }
    }
  }
}
