import Bytes
import Vocabulary

/// The parts of a WACZ package (specs.webrecorder.net/wacz/1.1.1) that are made of values alone.
enum PackageContent {
  /// The version that is written: the newest that the field's own validator takes.
  static let version = "1.1.1"

  /// A file of the package, as `datapackage.json` lists it.
  struct Resource: Sendable, Hashable {
    var path: String
    var digest: SHA256Digest
    var bytes: Int64
  }

  /// `datapackage.json`.
  static func datapackage(
    title: String, software: String, created: Timestamp, resources: [Resource]
  ) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.key("created")
      json.string(created.rfc3339)
      json.key("profile")
      json.string("data-package")
      json.key("resources")
      json.array { json in
        for resource in resources {
          json.object { json in
            json.key("bytes")
            json.integer(Int(resource.bytes))
            json.key("hash")
            json.string(resource.digest.labelled)
            json.key("name")
            json.string(resource.path.split(separator: "/").last.map { $0.lowercased() })
            json.key("path")
            json.string(resource.path)
          }
        }
      }
      json.key("software")
      json.string(software)
      json.key("title")
      json.string(title)
      json.key("wacz_version")
      json.string(version)
    }
    return json.bytes
  }

  /// `datapackage-digest.json`: the digest of `datapackage.json`, and the signature over its text.
  ///
  /// The form is the anonymous one of WACZ signing 0.1.0, but for the algorithm, which is Ed25519.
  static func digest(
    of datapackage: [UInt8], created: Timestamp, software: String, publicKey: String,
    sign: ([UInt8]) throws -> [UInt8]
  ) throws -> [UInt8] {
    let hash = SHA256.hash(datapackage).labelled
    let signature = Base64.encode(try sign(Array(hash.utf8)))
    var json = JSONWriter()
    json.object { json in
      json.key("hash")
      json.string(hash)
      json.key("path")
      json.string("datapackage.json")
      json.key("signedData")
      json.object { json in
        json.key("created")
        json.string(created.rfc3339)
        json.key("hash")
        json.string(hash)
        json.key("publicKey")
        json.string(publicKey)
        json.key("signature")
        json.string(signature)
        json.key("software")
        json.string(software)
      }
    }
    return json.bytes
  }

  /// A line of the index (CDXJ): an answer, where it is, and by which key it is found.
  static func indexLine(
    key: String, date: Timestamp, url: String, mime: String, status: Int?, digest: String,
    file: String, offset: Int64, length: Int64
  ) -> String {
    var json = JSONWriter()
    json.object { json in
      json.key("url")
      json.string(url)
      json.key("mime")
      json.string(mime)
      json.key("status")
      json.string(status.map(String.init) ?? "-")
      json.key("digest")
      json.string(digest)
      json.key("length")
      json.string(String(length))
      json.key("offset")
      json.string(String(offset))
      json.key("filename")
      json.string(file)
    }
    return "\(key) \(date.digits14) \(json.text)\n"
  }

  /// The first line of `pages.jsonl`.
  static let pagesHeader =
    "{\"format\":\"json-pages-1.0\",\"id\":\"pages\",\"title\":\"Pages\"}\n"

  /// A line of `pages.jsonl`.
  static func pageLine(id: String, url: String, date: Timestamp, title: String?) -> String {
    var json = JSONWriter()
    json.object { json in
      json.key("id")
      json.string(id)
      json.key("url")
      json.string(url)
      json.key("ts")
      json.string(date.rfc3339)
      if let title {
        json.key("title")
        json.string(title)
      }
    }
    return json.text + "\n"
  }

  /// A line of the custody extract: an event's canonical JSON, its payload, and its way to the root.
  static func eventLine(
    canonical: [UInt8], payload: (salt: [UInt8], body: String)?, proof: [SHA256Digest]
  ) -> String {
    var json = JSONWriter()
    json.object { json in
      json.key("event")
      json.string(utf8: canonical)
      json.key("payload")
      json.string(payload?.body)
      json.key("proof")
      json.array { json in for hash in proof { json.string(hash.hex) } }
      json.key("salt")
      json.string(payload.map { Hex.encode($0.salt) })
    }
    return json.text + "\n"
  }

  /// A draft for the certificate of US Federal Rules of Evidence 902(13) and (14), which a person signs.
  static func certificate(
    software: String, actor: String, created: Timestamp, captures: Int, records: Int,
    head: String, key: String
  ) -> [UInt8] {
    Array(
      """
      DRAFT, to be read, corrected and signed by a qualified person. Not signed by the program.

      1. The \(captures) captures (\(records) records) in this package were made by \(software), a
         program that keeps each exchange with a web server as it was received and records it in a
         log, each entry of which holds the digest of the one before.
      2. The package was exported by \(actor) at \(created.rfc3339).
      3. Each record is a copy, byte for byte, of the one that was kept. Its SHA-256 digest stands in
         custody/events.jsonl and agrees with the record in archive/.
      4. The log is fixed by the head \(head),
         signed with the key \(key).
      5. The process was regular, and its result accurate, to the best of my knowledge:

      Name, position, signature, date:

      """.utf8)
  }
}
