import Bytes
import CaseStore
import Linking
import Vocabulary

extension LinkReport {
  /// One object, `adwatch.links/1`.
  var json: String {
    var json = JSONWriter()
    json.object { json in
      json.member("schema", "adwatch.links/1")
      json.member("question", question)
      json.member("cluster", cluster)
      json.list("adverts", view.adverts) { write($0, to: &$1) }
      json.list("shared", view.shared) { write($0, to: &$1) }
      json.key("movement")
      write(view.movement, to: &json)
      json.list("texts", texts) { write($0, to: &$1) }
      json.list("suggestions", view.suggestions) { suggestion, json in
        json.object { json in
          json.member("a", suggestion.a)
          json.member("b", suggestion.b)
          json.member("node", suggestion.node.text)
          json.member("reason", suggestion.reason.rawValue)
        }
      }
      json.list("decisions", ownDecisions) { decision, json in
        json.object { json in
          json.member("id", decision.id)
          json.member("at", decision.when.rfc3339)
          json.member("by", decision.who)
          json.member("act", decision.act.text)
          json.member("why", decision.why)
        }
      }
      json.list("history", log) { entry, json in
        json.object { json in
          json.member("at", entry.at.rfc3339)
          json.member("change", entry.kind.rawValue)
          json.list("others", entry.others) { $1.integer(Int($0)) }
          json.list("adverts", entry.adverts) { $1.integer(Int($0)) }
          json.member("decision", entry.decision)
        }
      }
    }
    return json.text
  }

  private func write(_ record: LinkRecord, to json: inout JSONWriter) {
    let advert = record.advert
    let caption = captions[advert.id]
    json.object { json in
      json.member("id", advert.id)
      json.member("source", advert.source)
      json.member("key", advert.key)
      json.member("url", caption?.url)
      json.member("title", caption?.title)
      json.member("cluster", clusters[advert.id])
      json.member("form", advert.form?.rawValue)
      json.member("language", advert.language)
      json.member("employer", advert.employer)
      json.list("names", advert.names) { $1.string($0) }
      json.list("ages", advert.ages) { $1.integer($0) }
      json.member("first_seen", advert.firstSeen?.rfc3339)
      json.member("last_seen", advert.lastSeen?.rfc3339)
      json.member("state", caption?.gone == true ? "gone" : "seen")
      json.list("sightings", advert.sightings.sorted { $0.when < $1.when }) { seen, json in
        json.object { json in
          json.member("at", seen.when.rfc3339)
          json.member("place", seen.place)
          json.member("country", seen.country ?? advert.country)
        }
      }
    }
  }

  private func write(_ shared: SharedNode, to json: inout JSONWriter) {
    let spread = shared.standing.spread
    json.object { json in
      json.member("node", shared.node.text)
      json.key("joins")
      json.boolean(shared.joins)
      json.member("role", shared.standing.role.rawValue)
      json.list("reasons", shared.standing.reasons) { $1.string($0.sentence) }
      json.list("ties", shared.ties) { tie, json in
        json.object { json in
          json.member("advert", tie.advert)
          json.member("doubt", tie.doubt?.rawValue)
        }
      }
      json.key("spread")
      json.object { json in
        let counts = [
          ("adverts", spread.adverts), ("sources", spread.sources), ("texts", spread.texts),
          ("employers", spread.employers), ("accounts", spread.accounts), ("names", spread.names),
          ("places", spread.places),
        ]
        for (name, count) in counts {
          json.key(name)
          json.integer(count)
        }
        json.member("first_seen", spread.first?.rfc3339)
        json.member("last_seen", spread.last?.rfc3339)
      }
    }
  }

  private func write(_ movement: Movement, to json: inout JSONWriter) {
    json.object { json in
      json.list("stays", movement.stays) { stay, json in
        json.object { json in
          json.member("place", stay.place)
          json.member("country", stay.country)
          json.member("from", stay.from.rfc3339)
          json.member("to", stay.to.rfc3339)
        }
      }
      json.list("circuits", movement.circuits) { circuit, json in
        json.object { json in
          json.list("places", circuit.places) { $1.string($0) }
          json.key("repeats")
          json.integer(circuit.repeats)
          json.member("from", circuit.from.rfc3339)
          json.member("to", circuit.to.rfc3339)
        }
      }
      json.key("days_per_leg")
      json.number(movement.daysPerLeg)
    }
  }

  private func write(_ texts: Texts, to json: inout JSONWriter) {
    json.object { json in
      json.member("group", texts.group)
      json.list("adverts", texts.adverts) { $1.integer(Int($0)) }
      json.key("saved_bits")
      json.number(texts.template.savedBits)
      json.list("parts", texts.template.parts) { part, json in
        json.object { json in
          switch part {
          case .fixed(let words): json.member("fixed", words)
          case .slot(let values): json.list("slot", values) { $1.string($0) }
          }
        }
      }
    }
  }
}
