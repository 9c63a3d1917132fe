import Bytes
import Extraction
import Foundation
import Linking
import Vocabulary

/// A link record as JSON; lists that are empty and values that are nil are left out.
private struct StoredLinkRecord: Codable {
  struct Seen: Codable {
    var at: Int64
    var place: String?
    var country: String?
  }

  struct Found: Codable {
    var kind: String
    var value: String
    var valid: Bool
    var confidence: Double
    var inContent: Bool
  }

  struct Image: Codable {
    var sha256: String
    var likeness: UInt64?
  }

  struct Edge: Codable {
    var node: String
    var doubt: String?
  }

  var source: String
  var key: String
  var account: String?
  var form: String?
  var language: String?
  var employer: String?
  var country: String?
  var sightings: [Seen]
  var names: [String]?
  var ages: [Int]?
  var selectors: [Found]?
  var images: [Image]?
  var edges: [Edge]?
  var template: Int64?
  var fingerprint: UInt64
}

extension LinkRecord {
  /// The record as it is stored.
  func stored() throws -> String {
    let record = StoredLinkRecord(
      source: advert.source, key: advert.key, account: advert.account,
      form: advert.form?.rawValue, language: advert.language, employer: advert.employer,
      country: advert.country,
      sightings: advert.sightings.map {
        .init(at: $0.when.milliseconds, place: $0.place, country: $0.country)
      },
      names: advert.names.nilIfEmpty, ages: advert.ages.nilIfEmpty,
      selectors: advert.selectors.map {
        .init(
          kind: $0.kind.rawValue, value: $0.value, valid: $0.valid, confidence: $0.confidence,
          inContent: $0.inContent)
      }.nilIfEmpty,
      images: advert.images.map { .init(sha256: $0.sha256.hex, likeness: $0.likeness) }.nilIfEmpty,
      edges: edges.map { .init(node: $0.node.text, doubt: $0.doubt?.rawValue) }.nilIfEmpty,
      template: template, fingerprint: fingerprint)
    let encoder = JSONEncoder()
    // The same record is the same text.
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try encoder.encode(record), as: UTF8.self)
  }

  /// Reads what `stored` wrote.
  init(stored text: String, advert id: Int64) throws {
    let record = try JSONDecoder().decode(StoredLinkRecord.self, from: Data(text.utf8))
    let advert = LinkedAdvert(
      id: id, source: record.source, key: record.key, account: record.account,
      form: record.form.flatMap(Form.init(rawValue:)), language: record.language,
      employer: record.employer, country: record.country,
      sightings: record.sightings.map {
        Sighting(when: Timestamp(milliseconds: $0.at), place: $0.place, country: $0.country)
      },
      names: record.names ?? [], ages: record.ages ?? [],
      selectors: (record.selectors ?? []).compactMap { found in
        SelectorKind(rawValue: found.kind).map {
          LinkedSelector(
            kind: $0, value: found.value, valid: found.valid, confidence: found.confidence,
            inContent: found.inContent)
        }
      },
      images: (record.images ?? []).compactMap { image in
        SHA256Digest(labelled: "sha256:\(image.sha256)").map {
          ImagePrint(sha256: $0, likeness: image.likeness)
        }
      })
    self.init(
      advert: advert,
      edges: (record.edges ?? []).compactMap { edge in
        LinkNode(text: edge.node).map {
          LinkEdge(node: $0, doubt: edge.doubt.flatMap(EdgeDoubt.init(rawValue:)))
        }
      },
      template: record.template, fingerprint: record.fingerprint)
  }
}

extension Array {
  fileprivate var nilIfEmpty: Self? { isEmpty ? nil : self }
}
