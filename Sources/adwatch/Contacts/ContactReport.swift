import Bytes
import CaseStore
import Notices
import Vocabulary
import WebAddress

/// What a search for contacts found, for the terminal and for programs.
struct ContactReport {
  var result: ContactSearch.Result
  var ladder: ContactLadder
  var isOffline: Bool
  var at: Timestamp

  // MARK: Text

  var lines: [String] {
    var lines = [Output.styled(shown(result.host), .bold)]
    if let domain = result.domain { lines.append("  domain \(shown(domain))") }
    if !result.addresses.isEmpty {
      lines.append("  at \(result.addresses.map(\.description).joined(separator: ", "))")
    }
    if !result.systems.isEmpty {
      lines.append("  announced by \(result.systems.map { "AS\($0)" }.joined(separator: ", "))")
    }
    for rung in ladder.rungs {
      lines.append("")
      lines.append(Output.styled("\(rung.rung.rawValue) \(rung.rung.name)", .bold))
      for candidate in rung.candidates {
        lines += self.lines(candidate, isChosen: candidate == rung.chosen)
      }
      if let chosen = rung.chosen {
        lines += command(chosen)
      } else {
        lines.append("  nobody may be written to")
      }
    }
    if !result.notes.isEmpty { lines.append("") }
    lines += result.notes.map { "note: \(shown($0))" }
    lines.append("")
    for step in result.steps { lines.append(Self.line(step, at: at)) }
    return lines
  }

  private func lines(_ candidate: ContactCandidate, isChosen: Bool) -> [String] {
    if let refusal = candidate.refusal {
      return [
        "  refused: \(shown(candidate.text)): \(refusal.words)",
        "    \(shown(candidate.reason))\(Self.evidence(candidate))",
      ]
    }
    let mark = isChosen ? "write to" : "or"
    let worth =
      candidate.confidence == .guess
      ? "a guess from \(candidate.source.rawValue)"
      : "\(candidate.confidence.rawValue) by \(candidate.source.rawValue)"
    return [
      "  \(mark): \(candidate.way?.recipient ?? "") (\(shown(candidate.organisation))), "
        + worth,
      "    \(shown(candidate.reason))\(Self.evidence(candidate))",
    ]
  }

  private static func evidence(_ candidate: ContactCandidate) -> String {
    candidate.lookup.map { ", look-up \($0)" } ?? ""
  }

  /// How a notice to this contact is begun.
  private func command(_ candidate: ContactCandidate) -> [String] {
    guard let way = candidate.way, candidate.rung != .partner else { return [] }
    let kind = if case .form = way { "  a form, which a person fills in" } else { "  draft" }
    return [
      "\(kind): adwatch notices draft --as NAME --act ACT --to \(Self.quoted(way.recipient)) "
        + "--organisation \(Self.quoted(shown(candidate.organisation))) "
        + "--rung \(candidate.rung.rawValue) ADVERT"
    ]
  }

  /// A word for a shell.
  private static func quoted(_ text: String) -> String {
    let isPlain =
      !text.isEmpty
      && text.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
          || "@._-+/:=".utf8.contains(byte)
      }
    return isPlain ? text : "'" + text.replacing("'", with: "'\\''") + "'"
  }

  private static func line(_ step: ContactSearch.Step, at: Timestamp) -> String {
    let lookup = step.lookup
    let status = lookup.status.map { " \($0)" } ?? ""
    let detail = lookup.detail.isEmpty ? "" : " (\(shown(lookup.detail)))"
    let age = step.isStored ? ", stored \(lookup.askedAt.rfc3339)\(step.isOld ? ", old" : "")" : ""
    return "look-up \(lookup.id): \(lookup.kind.rawValue) \(shown(lookup.query)) of "
      + "\(shown(lookup.server)): \(lookup.outcome)\(status)\(detail), \(lookup.answer.count) bytes, "
      + "sha256:\(Hex.encode(lookup.digest).prefix(16))\(age)"
  }

  /// A look-up alone.
  static func lines(of lookup: StoredLookup) -> [String] {
    var lines = [
      "look-up \(lookup.id): \(lookup.kind.rawValue) about \(shown(lookup.target))",
      "asked: \(shown(lookup.query))", "of: \(shown(lookup.server))",
      "at: \(lookup.askedAt.rfc3339Milliseconds)",
      "outcome: \(lookup.outcome)\(lookup.status.map { " \($0)" } ?? "")",
    ]
    if let endpoint = lookup.endpoint { lines.append("answered by: \(endpoint)") }
    if !lookup.detail.isEmpty { lines.append("detail: \(shown(lookup.detail))") }
    lines.append("digest: sha256:\(Hex.encode(lookup.digest))")
    if let erased = lookup.erasedAt { lines.append("answer erased: \(erased.rfc3339)") }
    return lines
  }

  // MARK: JSON

  var json: [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("schema", "adwatch.contacts/1")
      json.member("url", result.address.href)
      json.member("host", result.host)
      json.member("domain", result.domain)
      json.member("at", at.rfc3339)
      json.key("offline")
      json.boolean(isOffline)
      json.list("addresses", result.addresses) { $1.string($0.description) }
      json.list("systems", result.systems) { $1.integer(Int($0)) }
      json.list("behind", result.behind) { $1.string($0) }
      json.list("rungs", ladder.rungs) { rung, json in
        json.object { json in
          json.member("rung", Int64(rung.rung.rawValue))
          json.member("name", rung.rung.name)
          json.member("to", rung.chosen?.way?.recipient)
          json.list("candidates", rung.candidates) { Self.write($0, to: &$1) }
        }
      }
      json.list("notes", result.notes) { $1.string($0) }
      json.list("lookups", result.steps) { Self.write($0, to: &$1) }
    }
    json.endLine()
    return json.bytes
  }

  private static func write(_ candidate: ContactCandidate, to json: inout JSONWriter) {
    json.object { json in
      let way = candidate.refusal == nil ? candidate.way : nil
      json.member("to", way?.recipient)
      let channel: String? =
        switch way {
        case .mail?: "mail"
        case .form?: "form"
        case nil: nil
        }
      json.member("channel", channel)
      json.member("said", candidate.text)
      json.member("refused", candidate.refusal?.rawValue)
      json.member("organisation", candidate.organisation)
      json.member("target", candidate.target)
      json.member("source", candidate.source.rawValue)
      json.member("confidence", candidate.confidence.rawValue)
      json.member("reason", candidate.reason)
      json.member("lookup", candidate.lookup)
    }
  }

  private static func write(_ step: ContactSearch.Step, to json: inout JSONWriter) {
    let lookup = step.lookup
    json.object { json in
      json.member("id", lookup.id)
      json.member("kind", lookup.kind.rawValue)
      json.member("target", lookup.target)
      json.member("server", lookup.server)
      json.member("query", lookup.query)
      json.member("asked_at", lookup.askedAt.rfc3339Milliseconds)
      json.member("outcome", lookup.outcome)
      json.member("status", lookup.status.map { Int64($0) })
      json.member("detail", lookup.detail)
      json.member("endpoint", lookup.endpoint)
      json.member("bytes", Int64(lookup.answer.count))
      json.member("digest", "sha256:" + Hex.encode(lookup.digest))
      json.key("stored")
      json.boolean(step.isStored)
      json.key("old")
      json.boolean(step.isOld)
    }
  }
}
