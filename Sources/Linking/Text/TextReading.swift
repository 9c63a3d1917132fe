/// An advert's text as linking compares it: a pure function of the advert, made on any thread.
public struct TextReading: Sendable {
  var words: Words
  /// Words that are known to vary: numbers, and the advert's own names and places.
  var varies: [Bool]
  /// The key of each sentence; 0 for one too short to be one.
  var sentenceKeys: [UInt64]
  /// What languages, and so all keys, are kept apart by.
  var seed: UInt64
  /// The hash of all words in order; 0 where the text is too short to be linked.
  public let fingerprint: UInt64

  /// Reads the text of an advert.
  public init(_ advert: LinkedAdvert, rule: LinkRule = LinkRule()) {
    let words = WordReader.read(advert.text, most: rule.mostWords)
    let seed = StableMix.of(advert.language ?? "")
    let known = Self.known(advert, rule)
    var varies = words.numbers
    if !known.isEmpty {
      for index in 0..<words.count where known.contains(words.hashes[index]) {
        varies[index] = true
      }
    }
    var hash = seed
    for word in words.hashes { hash = StableMix.step(hash, word) }
    self.words = words
    self.varies = varies
    self.seed = seed
    fingerprint = words.count < rule.textWords ? 0 : max(1, StableMix.finish(hash))
    sentenceKeys = []
    sentenceKeys = keys(rule)
  }

  /// Whether the text is long enough to be linked.
  public var isLinked: Bool { fingerprint != 0 }

  /// Word hashes of the names and places of the advert.
  private static func known(_ advert: LinkedAdvert, _ rule: LinkRule) -> Set<UInt32> {
    var places: Set<String> = []
    for sighting in advert.sightings {
      guard places.count < rule.names else { break }
      if let place = sighting.place { places.insert(place) }
    }
    var hashes: Set<UInt32> = []
    for text in advert.names.prefix(rule.names) + places {
      hashes.formUnion(WordReader.read(Array(text.utf8), most: 8).hashes)
    }
    return hashes
  }

  private func keys(_ rule: LinkRule) -> [UInt64] {
    var keys: [UInt64] = []
    var start = 0
    for stop in words.stops {
      let end = Int(stop)
      var hash = seed
      var count = 0
      for index in start..<end where !varies[index] {
        hash = StableMix.step(hash, words.hashes[index])
        count += 1
      }
      let isKey = count >= rule.sentenceWords && keys.count < rule.sentences
      keys.append(isKey ? max(1, StableMix.finish(hash ^ 0x5E17)) : 0)
      start = end
    }
    return keys
  }

  /// The words of a sentence.
  func sentence(_ number: Int) -> Range<Int> {
    (number == 0 ? 0 : Int(words.stops[number - 1]))..<Int(words.stops[number])
  }
}
