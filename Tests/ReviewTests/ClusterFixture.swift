import CaseStore
import Extraction
import Linking
import Vocabulary

@testable import Review

extension ReviewFixture {
  /// Links stored adverts by their telephone number and text; returns their cluster's number.
  func link(_ adverts: [Int64: (phone: String, text: String, places: [(String, Int64)])]) throws {
    _ = try store.link(most: 1000, at: clock.now, Self.handlers(adverts))
  }

  static func handlers(
    _ adverts: [Int64: (phone: String, text: String, places: [(String, Int64)])]
  ) -> LinkHandlers {
    LinkHandlers(
      read: { found in
        guard let known = adverts[found.id] else { return nil }
        return LinkedAdvert(
          id: found.id, source: found.source, key: found.key, form: .labour, language: "en",
          sightings: known.places.map {
            Sighting(when: Timestamp(seconds: $0.1), place: $0.0, country: "NL")
          },
          selectors: [
            LinkedSelector(
              kind: .phone, value: known.phone, valid: true, confidence: 1, inContent: true)
          ], text: Array(known.text.utf8))
      },
      assess: { _, _, _ in nil })
  }

  /// Tools whose decisions change clusters and assess nothing again.
  static func tools(_ store: CaseStore) -> ReviewTools {
    var tools = ReviewTools()
    tools.notifier = "Unit of the tests"
    tools.mailbox = "notices@unit.example"
    tools.decide = { act, why, actor, at in
      _ = try store.decide(
        act, why: why, by: actor, at: at,
        LinkHandlers(read: { _ in nil }, assess: { _, _, _ in nil }))
    }
    return tools
  }
}
