import CaseStore
import Fetching
import WebAddress

extension ContactSearch {
  /// Who answers for the registration of a domain.
  mutating func lookUp(domain: String) async throws {
    let answer = try await registry(.domains, "domain/\(domain)", about: domain) {
      $0.server(domain: domain)
    }
    if let (answer, step) = answer {
      read(answer, step, domain)
      // A registry that knows little refers to the registrar's own answer; one step and no more.
      if !hasPublished(.registrar, domain), let place = related(answer, to: step) {
        if let (second, next) = try await ask(rdap: place, about: domain) {
          read(second, next, domain)
        }
      }
    }
    if !hasPublished(.registrar, domain) {
      try await askWhois(domain, rung: .registrar, about: domain)
    }
  }

  private mutating func read(_ answer: RDAPAnswer, _ step: Step, _ domain: String) {
    guard answer.kind == .domain, answer.isNamed(domain) else {
      noteForeign(step, domain)
      return
    }
    result.candidates += reading.domain(
      answer, target: domain, server: step.lookup.server, lookup: step.lookup.id)
  }

  /// Another answer about the same: on the web, not the same again, and never from https to http.
  private func related(_ answer: RDAPAnswer, to step: Step) -> String? {
    answer.related.first { text in
      guard text.utf8.count <= Self.longestLink, let address = Address(text), address.isHTTP,
        address.href != step.lookup.query
      else { return false }
      return address.scheme == "https" || step.lookup.query.hasPrefix("http://")
    }
  }

  /// The site, and the platform that it is a part of: what they say themselves, and what follows from
  /// their names.
  mutating func lookUpSite(domain: String) async throws {
    let site =
      PublicSuffixList.system.registrableDomain(of: result.host, sections: .registriesAndHosters)
      ?? result.host
    // A customer of a hoster has a name below the hoster's domain.
    let isOnPlatform = ContactRules.isWithin(site, domain) && site != domain
    if !manner.skipsSite {
      try await askSecurityText(of: result.host, rung: .site)
    }
    if isOnPlatform { try await askSecurityText(of: domain, rung: .platform) }
    try await guess(domain: domain, rung: isOnPlatform ? .platform : .site)
  }

  private mutating func askSecurityText(of host: String, rung: ContactRung) async throws {
    // The port of the site, where that is one of https.
    let isOwn = host == result.host && result.address.scheme == "https"
    let port = isOwn ? result.address.port.map { ":\($0)" } ?? "" : ""
    let place = "https://\(host)\(port)/.well-known/security.txt"
    guard let step = try await look(.securityText(place), about: host) else { return }
    guard let file = SecurityText(step.lookup.answer) else {
      result.notes.append("\(place) cannot be read.")
      return
    }
    for problem in file.problems { result.notes.append("\(place): \(problem).") }
    result.candidates += reading.securityText(
      file, rung: rung, target: host, lookup: step.lookup.id, at: now)
  }

  /// Addresses that nobody published as contacts: the one of the zone, and those of RFC 2142.
  private mutating func guess(domain: String, rung: ContactRung) async throws {
    if let zone = try await names(.authority, domain, about: domain),
      let responsible = zone.responsible,
      let mailbox = RoleMailbox.address(responsible: responsible)
    {
      result.candidates.append(
        ContactCandidate(
          mailbox, rung: rung, target: domain, organisation: domain, source: .authority,
          confidence: .guess,
          reason: "responsible for the zone of \(domain), who may be the one who runs its names",
          lookup: result.steps.last?.lookup.id, rules: reading.rules))
    }
    let takesNoMail = try await names(.mailServers, domain, about: domain)?.takesNoMail ?? false
    for mailbox in RoleMailbox.guesses(domain: domain) {
      var candidate = ContactCandidate(
        mailbox, rung: rung, target: domain, organisation: domain, source: .rolename,
        confidence: .guess, reason: "a guess by RFC 2142: nobody published it", lookup: nil,
        rules: reading.rules)
      if takesNoMail, candidate.refusal == nil { candidate.refusal = .takesNoMail }
      result.candidates.append(candidate)
    }
  }
}
