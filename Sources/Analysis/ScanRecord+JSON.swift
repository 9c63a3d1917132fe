import Assessment
public import Bytes
import Extraction
import Matching
import Vocabulary
import WebAddress

extension ScanRecord {
  /// Writes the record as one JSON object; without its text when `includingText` is false.
  public func write(to json: inout JSONWriter, includingText: Bool) {
    let advert = found?.advert
    let text = advert?.text ?? page.text
    json.object { json in
      json.member("schema", Self.schema)
      json.member("id", id)
      json.member("url", url)
      json.member("date", date?.rfc3339)
      json.member("digest", page.digest)
      json.member("page", page.kind.rawValue)
      json.key("listing")
      writeListing(to: &json)
      json.key("advert")
      writeIdentity(to: &json)
      json.member("language", advert?.language ?? page.language)
      json.member("form", advert?.form?.rawValue)
      json.member("title", advert?.title ?? page.title)
      json.key("text")
      if includingText { json.string(utf8: text) } else { json.null() }
      json.key("content")
      json.array { json in
        for range in advert?.content ?? [] {
          json.array { json in
            json.integer(range.lowerBound)
            json.integer(range.upperBound)
          }
        }
      }
      json.key("fields")
      write(advert?.fields ?? AdvertFields(), to: &json)
      json.key("selectors")
      json.array { json in
        for selector in advert?.selectors ?? [] { write(selector, to: &json) }
      }
      json.key("facts")
      json.array { json in
        for fact in advert?.facts ?? [] { write(fact, to: &json) }
      }
      json.key("traits")
      write(advert?.traits, to: &json)
      Self.writeFindings(of: found, in: text, to: &json)
      json.key("limited")
      json.array { json in
        for pattern in page.limited { json.string(pattern) }
      }
      json.key("truncated")
      json.boolean(page.isTruncated)
      json.member("next", part == nil ? page.next?.href : nil)
      json.member("template", page.template)
      json.member("error", page.error)
    }
  }

  /// Writes the members that tell what was found in an advert and what follows from it.
  static func writeFindings(
    of found: AnalysedAdvert?, in text: [UInt8], to json: inout JSONWriter
  ) {
    json.key("hits")
    json.array { json in
      for hit in found?.recordedHits ?? [] { write(hit, of: found, in: text, to: &json) }
    }
    json.key("assessment")
    write(found?.assessment, to: &json)
  }

  private func writeListing(to json: inout JSONWriter) {
    guard let part else { return json.null() }
    json.object { json in
      json.member("id", id)
      json.key("part")
      json.integer(part)
    }
  }

  private func writeIdentity(to json: inout JSONWriter) {
    guard let found, page.kind == .advert || page.kind == .listing else { return json.null() }
    json.object { json in
      json.member("source", source)
      json.member("key", found.advert.key ?? url)
      json.member("account", found.advert.account)
    }
  }

  private func write(_ fields: AdvertFields, to json: inout JSONWriter) {
    json.object { json in
      json.member("title", fields.title)
      json.member("employer", fields.employer)
      json.member("place", fields.place)
      json.member("posted", fields.posted)
      json.member("wage", fields.wage)
      json.member("hours", fields.hours)
      json.member("employment", fields.employment)
      json.member("contact", fields.contact)
      json.member("occupation", fields.occupation)
      json.member("industry", fields.industry)
    }
  }

  private func write(_ selector: Selector, to json: inout JSONWriter) {
    json.object { json in
      json.member("kind", selector.kind.rawValue)
      json.member("value", selector.value)
      json.member("raw", selector.raw)
      json.span(selector.range)
      json.key("valid")
      json.boolean(selector.valid)
      json.key("confidence")
      json.number(selector.confidence)
      json.member("trick", selector.trick)
      json.key("in_content")
      json.boolean(selector.inContent)
    }
  }

  private func write(_ fact: Fact, to json: inout JSONWriter) {
    json.object { json in
      json.member("kind", fact.kind.rawValue)
      json.key("value")
      switch fact.value {
      case .number(let number): json.number(number)
      case .text(let text): json.string(text)
      }
      json.key("max")
      json.number(fact.max)
      json.member("currency", fact.currency)
      json.key("minutes")
      json.integer(fact.minutes)
      json.member("period", fact.period)
      json.member("raw", fact.raw)
      json.span(fact.range)
      json.key("in_content")
      json.boolean(fact.inContent)
    }
  }

  private func write(_ traits: Traits?, to json: inout JSONWriter) {
    guard let traits else { return json.null() }
    json.object { json in
      json.key("perspective")
      json.object { json in
        json.key("i")
        json.integer(traits.perspective.i)
        json.key("we")
        json.integer(traits.perspective.we)
        json.key("they")
        json.integer(traits.perspective.they)
      }
      json.key("persons")
      json.integer(traits.persons)
      json.key("names")
      json.array { json in
        for name in traits.names { json.string(name) }
      }
      json.key("blocks")
      json.array { json in
        for block in traits.blocks {
          json.object { json in
            json.member("language", block.language)
            json.span(block.range)
          }
        }
      }
    }
  }

  private static func write(
    _ hit: Hit, of found: AnalysedAdvert?, in text: [UInt8], to json: inout JSONWriter
  ) {
    let indicator = found?.assessment.indicators.first { $0.id == hit.indicator }
    json.object { json in
      json.member("indicator", hit.indicator)
      json.member("pattern", hit.pattern)
      json.key("pack_version")
      json.integer(hit.packVersion)
      json.key("barriers")
      json.array { json in
        for barrier in indicator?.barriers ?? [] { json.string(barrier.rawValue) }
      }
      json.member("strength", indicator?.strength?.rawValue)
      json.member("evidence", indicator?.evidence?.rawValue)
      json.member("rests_on", basis(of: hit, indicator)?.rawValue)
      json.span(hit.range)
      json.key("quote")
      if let range = hit.range, range.upperBound <= text.count {
        json.string(utf8: text[range])
      } else {
        json.null()
      }
      json.key("in_content")
      json.boolean(hit.inContent)
      json.member("not_counted", hit.exclusion)
    }
  }

  /// What a hit rests on: words are stated, and a computed one has what its indicator rests on.
  private static func basis(of hit: Hit, _ indicator: AssessedIndicator?) -> IndicatorBasis? {
    hit.range == nil ? indicator?.restsOn : .stated
  }

  private static func write(_ assessment: Assessment?, to json: inout JSONWriter) {
    guard let assessment else { return json.null() }
    json.object { json in
      json.key("flagged")
      json.boolean(assessment.flagged)
      json.member("lane", assessment.lane?.rawValue)
      json.key("barriers")
      json.array { json in
        for barrier in assessment.barriers { json.string(barrier.rawValue) }
      }
      json.key("because")
      json.array { json in
        for reason in assessment.because {
          json.object { json in
            json.member("barrier", reason.barrier.rawValue)
            json.key("indicators")
            json.array { json in
              for indicator in reason.indicators { json.string(indicator) }
            }
          }
        }
      }
      json.key("urgent")
      json.array { json in
        for indicator in assessment.urgentBecause { json.string(indicator) }
      }
      json.key("priority")
      json.number(assessment.priority)
      json.member("rule", assessment.rule)
      json.member("linkage", assessment.linkage.rawValue)
    }
  }
}

extension JSONWriter {
  fileprivate mutating func member(_ name: String, _ value: String?) {
    key(name)
    string(value)
  }

  fileprivate mutating func span(_ range: Range<Int>?) {
    key("start")
    integer(range?.lowerBound)
    key("end")
    integer(range?.upperBound)
  }
}
