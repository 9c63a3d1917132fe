public import Extraction
public import Markup
public import Vocabulary

extension Advert {
  /// The advert that a scan record was written from; nil when the record is not whole.
  ///
  /// `text` is what the record's offsets point into. `title`, `form` and `language` are the advert's
  /// own: the record has the page's where the advert has none. The key is left out.
  public init?(
    record: JSONValue, text: [UInt8], title: String?, form: Form?, language: String?
  ) {
    guard let spans = record["content"]?.array, let stated = record["fields"],
      let selectors = record["selectors"]?.array, let facts = record["facts"]?.array,
      let traits = record["traits"].flatMap(Traits.init(record:))
    else { return nil }
    var content: [Range<Int>] = []
    for span in spans {
      guard let ends = span.array, ends.count == 2,
        let range = Range(record: ends[0], ends[1]), range.upperBound <= text.count
      else { return nil }
      content.append(range)
    }
    let readSelectors = selectors.compactMap(Selector.init(record:))
    let readFacts = facts.compactMap(Fact.init(record:))
    guard readSelectors.count == selectors.count, readFacts.count == facts.count else { return nil }
    self.init(
      form: form, language: language, title: title, text: text, content: content,
      fields: AdvertFields(record: stated), selectors: readSelectors, facts: readFacts,
      traits: traits, account: record["advert"]?["account"]?.string)
  }
}

extension Range<Int> {
  fileprivate init?(record start: JSONValue?, _ end: JSONValue?) {
    guard let lower = start?.whole, let upper = end?.whole, 0 <= lower, lower <= upper else {
      return nil
    }
    self = lower..<upper
  }
}

extension JSONValue {
  fileprivate var whole: Int? { number.flatMap { Int(exactly: $0) } }

  fileprivate var truth: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }
}

extension AdvertFields {
  fileprivate init(record: JSONValue) {
    self.init(
      title: record["title"]?.string, employer: record["employer"]?.string,
      place: record["place"]?.string, posted: record["posted"]?.string,
      wage: record["wage"]?.string, hours: record["hours"]?.string,
      employment: record["employment"]?.string, contact: record["contact"]?.string,
      occupation: record["occupation"]?.string, industry: record["industry"]?.string)
  }
}

extension Selector {
  fileprivate init?(record: JSONValue) {
    guard let kind = record["kind"]?.string.flatMap(SelectorKind.init(rawValue:)),
      let value = record["value"]?.string, let raw = record["raw"]?.string,
      let range = Range(record: record["start"], record["end"]),
      let valid = record["valid"]?.truth, let confidence = record["confidence"]?.number,
      let inContent = record["in_content"]?.truth
    else { return nil }
    self.init(
      kind: kind, value: value, raw: raw, range: range, valid: valid, confidence: confidence,
      trick: record["trick"]?.string, inContent: inContent)
  }
}

extension Fact {
  fileprivate init?(record: JSONValue) {
    guard let kind = record["kind"]?.string.flatMap(FactKind.init(rawValue:)),
      let raw = record["raw"]?.string, let range = Range(record: record["start"], record["end"]),
      let inContent = record["in_content"]?.truth
    else { return nil }
    let value: FactValue
    switch record["value"] {
    case .number(let number)?: value = .number(number)
    case .string(let text)?: value = .text(text)
    default: return nil
    }
    self.init(
      kind: kind, value: value, max: record["max"]?.number, currency: record["currency"]?.string,
      minutes: record["minutes"]?.whole, period: record["period"]?.string, raw: raw, range: range,
      inContent: inContent)
  }
}

extension Traits {
  fileprivate init?(record: JSONValue) {
    guard let words = record["perspective"], let i = words["i"]?.whole, let we = words["we"]?.whole,
      let they = words["they"]?.whole, let names = record["names"]?.array
    else { return nil }
    // Records of earlier versions have no blocks.
    let blocks = (record["blocks"]?.array ?? []).compactMap { block -> LanguageBlock? in
      guard let language = block["language"]?.string,
        let range = Range(record: block["start"], block["end"])
      else { return nil }
      return LanguageBlock(range: range, language: language)
    }
    self.init(
      perspective: Perspective(i: i, we: we, they: they), persons: record["persons"]?.whole,
      names: names.compactMap(\.string), blocks: blocks)
  }
}
