/// Finds the group that a text belongs to.
struct TextPlacer<Index: LinkIndex> {
  let rule: LinkRule

  /// Where a text belongs.
  struct Place {
    /// The best template it is near to.
    var best: TextTemplate?
    /// Other groups' templates it is near to as well: all one group, it turns out.
    var others: [TextTemplate] = []
    /// Groups it only shares a passage with.
    var passages: [Int64] = []
    /// The keys under which it is found, should it found a group.
    var keys: [UInt64] = []
    /// The keys of its sentences, should it say mostly something new.
    var newSentences: [UInt64] = []
    /// Whether a slot was found that was not known.
    var isChanged = false
  }

  func place(_ reading: TextReading, in index: Index) throws -> Place {
    var place = Place()
    let sentenceKeys = reading.sentenceKeys.filter { $0 != 0 }
    let texts = try index.templateCount()
    let known = try index.holders(of: sentenceKeys, most: 0)
    var spreads = [Int](repeating: 0, count: reading.sentenceKeys.count)
    var entry = 0
    for number in spreads.indices where reading.sentenceKeys[number] != 0 {
      spreads[number] = known[entry].spread
      entry += 1
    }
    let isCommon = spreads.map { $0 >= rule.commonTexts }
    let signature = TextSignature(reading, isCommon: isCommon, rule: rule)
    // Sentences that many have lead nowhere.
    let leading = zip(sentenceKeys, known).filter { $0.1.spread < rule.commonTexts }.map { $0.0 }
    let entries = try index.holders(of: leading + signature.keys, most: rule.holders)
    let weights = WordWeights(
      reading.words.weights, stops: reading.words.stops, spreads: spreads, texts: texts)

    let templates = try candidates(entries).compactMap { try index.template($0) }
    let spreadOf = try self.spreads(of: templates, known: zip(sentenceKeys, known), in: index)
    let fits = templates.map { template in
      let own = WordWeights(
        template.weights, stops: template.stops,
        spreads: template.sentenceKeys.map { spreadOf[$0] ?? 0 }, texts: texts)
      let fit = TextFit(
        template, own, reading.words.hashes, weights, templates: texts, rule: rule)
      return (template: template, fit: fit)
    }
    choose(fits, into: &place)
    if place.best == nil {
      place.keys = signature.keys + sentenceKeys
      // What it shares with texts that have passages of their own is common to different texts.
      let isNew = !fits.contains { $0.fit.isMostlyShared && !$0.fit.hasPassages }
      if isNew { place.newSentences = sentenceKeys }
    }
    return place
  }

  /// In how many otherwise different texts each sentence of `templates` stands.
  private func spreads(
    of templates: [TextTemplate], known: some Sequence<(UInt64, KeyHolders)>, in index: Index
  ) throws -> [UInt64: Int] {
    var spreads: [UInt64: Int] = [0: 0]
    for (key, entry) in known { spreads[key] = entry.spread }
    var asked: [UInt64] = []
    for key in templates.lazy.flatMap({ $0.sentenceKeys }) where spreads[key] == nil {
      spreads[key] = 0
      asked.append(key)
    }
    for (key, entry) in zip(asked, try index.holders(of: asked, most: 0)) {
      spreads[key] = entry.spread
    }
    return spreads
  }

  /// Templates by how many keys they share with the text, most first.
  private func candidates(_ entries: [KeyHolders]) -> [Int64] {
    var holders: [Int64] = []
    for entry in entries { holders += entry.holders }
    holders.sort()
    var counted: [(id: Int64, keys: Int)] = []
    for holder in holders {
      if counted.last?.id == holder {
        counted[counted.count - 1].keys += 1
      } else {
        counted.append((holder, 1))
      }
    }
    counted.sort { ($1.keys, $0.id) < ($0.keys, $1.id) }
    return counted.prefix(rule.candidates).map { $0.id }
  }

  private func choose(
    _ fits: [(template: TextTemplate, fit: TextFit)], into place: inout Place
  ) {
    let near = fits.filter { $0.fit.isNear }
      .sorted { ($1.fit.saving, $0.template.id) < ($0.fit.saving, $1.template.id) }
    if let first = near.first {
      var best = first.template
      place.isChanged = best.mark(first.fit.alignment.edits)
      place.best = best
      var groups: Set<Int64> = [best.group]
      for other in near.dropFirst() where groups.insert(other.template.group).inserted {
        place.others.append(other.template)
      }
    }
    for (template, fit) in fits where !fit.isNear && fit.saving > 0 {
      let isElsewhere = template.group != place.best?.group
      if isElsewhere, fit.sharedWords >= rule.passageWords, place.passages.count < 2,
        !place.passages.contains(template.group)
      {
        place.passages.append(template.group)
      }
    }
  }
}
