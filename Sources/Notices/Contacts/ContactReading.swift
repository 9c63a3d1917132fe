import Vocabulary

/// Candidates that answers give; pure.
struct ContactReading {
  var rules: ContactRules

  /// Who may be written to about a network or an autonomous system, by its registry.
  ///
  /// `rung` is the forwarder's for a network in front of a site.
  func network(
    _ answer: RDAPAnswer, rung: ContactRung, target: String, server: String, lookup: Int64
  ) -> [ContactCandidate] {
    let organisation = holder(of: answer)
    return answer.entities.flatMap { entity -> [ContactCandidate] in
      let confidence: ContactConfidence
      if entity.has("abuse") {
        confidence = .published
      } else if ["noc", "technical", "administrative"].contains(where: entity.has) {
        confidence = .related
      } else {
        return []
      }
      return candidates(
        entity, rung: rung, target: target, organisation: organisation, confidence: confidence,
        server: server, lookup: lookup)
    }
  }

  /// Who may be written to about a domain: its registrar.
  ///
  /// Whoever registered it never is.
  func domain(
    _ answer: RDAPAnswer, target: String, server: String, lookup: Int64
  ) -> [ContactCandidate] {
    let registrar = answer.entities.first { $0.has("registrar") }
    let organisation = registrar?.name ?? registrar?.handle ?? ""
    return answer.entities.flatMap { entity -> [ContactCandidate] in
      let isRegistrants = entity.around.contains { $0.contains("registrant") }
      var found: [ContactCandidate]
      if entity.has("abuse"), !isRegistrants {
        found = candidates(
          entity, rung: .registrar, target: target, organisation: organisation,
          confidence: .published, server: server, lookup: lookup)
      } else if entity.has("registrar") {
        found = candidates(
          entity, rung: .registrar, target: target, organisation: organisation,
          confidence: .related, server: server, lookup: lookup)
      } else if entity.has("registrant") || isRegistrants || entity.has("administrative")
        || entity.has("technical") || entity.has("billing")
      {
        found = candidates(
          entity, rung: .registrar, target: target, organisation: organisation,
          confidence: .related, server: server, lookup: lookup)
        for index in found.indices where found[index].refusal == nil {
          found[index].refusal = .registrant
        }
      } else {
        found = []
      }
      return found
    }
  }

  private func candidates(
    _ entity: RDAPAnswer.Entity, rung: ContactRung, target: String, organisation: String,
    confidence: ContactConfidence, server: String, lookup: Int64
  ) -> [ContactCandidate] {
    // Pages stand for an address that is not there: some registries give a form and nothing else.
    let texts = entity.mails.isEmpty ? entity.pages : entity.mails
    return texts.map { text in
      var candidate = ContactCandidate(
        text, rung: rung, target: target,
        organisation: organisation.isEmpty ? entity.name ?? "" : organisation, source: .rdap,
        confidence: confidence,
        reason:
          "role \(entity.roles.joined(separator: ", ")) at \(entity.path.isEmpty ? "the object itself" : entity.path)"
          + "\(entity.handle.map { " (\($0))" } ?? "") in the RDAP answer of \(server)",
        lookup: lookup, rules: rules)
      if entity.isRedacted { candidate.refusal = .redacted }
      return candidate
    }
  }

  /// Whose network it is.
  private func holder(of answer: RDAPAnswer) -> String {
    let registrant = answer.entities.first { $0.depth == 0 && $0.has("registrant") }
    return registrant?.name ?? answer.name ?? registrant?.handle ?? answer.handle ?? ""
  }

  /// Who an answer of WHOIS names.
  func whois(
    _ answer: WhoisAnswer, rung: ContactRung, target: String, server: String, lookup: Int64
  ) -> [ContactCandidate] {
    answer.mentions.map { mention in
      ContactCandidate(
        mention.text, rung: rung, target: target, organisation: answer.name ?? "", source: .whois,
        confidence: mention.isAbuse ? .published : .related,
        reason: "line \(mention.line), '\(mention.key)', of the WHOIS answer of \(server)",
        lookup: lookup, rules: rules)
    }
  }

  /// Whom a `security.txt` names; refused when it is over or does not say until when it holds.
  func securityText(
    _ file: SecurityText, rung: ContactRung, target: String, lookup: Int64, at: Timestamp
  ) -> [ContactCandidate] {
    let isValid = file.isValid(at: at)
    return file.contacts.map { text in
      let until = file.expires.map { "until \($0.rfc3339)" } ?? "without a valid Expires"
      var candidate = ContactCandidate(
        text, rung: rung, target: target, organisation: target, source: .securityText,
        confidence: .related, reason: "security.txt of \(target), \(until)", lookup: lookup,
        rules: rules)
      if !isValid { candidate.refusal = .expired }
      return candidate
    }
  }

  /// An entry of the directory.
  func directory(_ entry: ContactDirectory.Entry, target: String, day: Int) -> ContactCandidate? {
    guard let way = entry.way else { return nil }
    let isOld = ContactDirectory.isOld(entry, on: day)
    return ContactCandidate(
      way.recipient, rung: entry.kind.rung, target: target, organisation: entry.name,
      source: .directory, confidence: isOld ? .related : .confirmed,
      reason: "\(entry.file) line \(entry.line), checked \(entry.checked?.description ?? "never")"
        + (isOld ? ", which is more than \(ContactDirectory.daysOfEntry) days ago" : ""),
      lookup: nil, rules: rules)
  }
}
