import Bytes
import Vocabulary

/// What the custody log says of a capture: enough to find its records and to know them again.
struct CapturePayload {
  var beganAt: Timestamp
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
      json.key("members")
      json.array { json in
        for member in members { write(member, to: &json) }
      }
      json.key("outcome")
      json.string(outcome)
      json.key("payload")
      json.string(payloadDigest.map { "sha256:" + Hex.encode($0) })
      json.key("source")
      json.string(source)
      json.key("status")
      json.integer(status.map(Int.init))
      json.key("url")
      json.string(url)
    }
    return json.text
  }

  private func write(_ member: StoredMember, to json: inout JSONWriter) {
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
