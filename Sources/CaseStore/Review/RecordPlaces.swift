import Foundation

extension CaseStore {
  /// Most places of an advert that the queue can be filtered by.
  private static let mostPlaces = 12

  private struct RecordFacts: Decodable {
    struct Fact: Decodable {
      var kind: String
      var value: Value
      var inContent: Bool?
      enum CodingKeys: String, CodingKey {
        case kind, value
        case inContent = "in_content"
      }
    }
    /// A fact's value; a number is no place.
    struct Value: Decodable {
      var text: String?
      init(from decoder: any Decoder) throws {
        text = try? decoder.singleValueContainer().decode(String.self)
      }
    }
    var facts: [Fact]?
  }

  /// The places that a scan record names in the advert's own words, one a line, each once.
  static func places(inRecord record: String) -> String {
    guard let read = try? JSONDecoder().decode(RecordFacts.self, from: Data(record.utf8)) else {
      return ""
    }
    var places: [String] = []
    for fact in read.facts ?? [] where fact.kind == "place" && fact.inContent != false {
      guard let place = fact.value.text, !places.contains(place), places.count < mostPlaces else {
        continue
      }
      places.append(place.split(separator: "\n").joined(separator: " "))
    }
    return places.joined(separator: "\n")
  }
}
