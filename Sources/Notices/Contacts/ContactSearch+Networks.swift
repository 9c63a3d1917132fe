import CaseStore
import Fetching
import WebAddress

extension ContactSearch {
  /// Who answers for an address, and for the systems that announce it.
  mutating func lookUp(_ address: IPAddress, isForwarder: Bool) async throws {
    let target = address.description
    let rung: ContactRung = isForwarder ? .forwarder : .host
    if !isForwarder { add(directory.entries(address: address), target: target) }
    let kind: RDAPBootstrap.Kind = address.family == .v4 ? .networks4 : .networks6
    let answer = try await registry(kind, "ip/\(target)", about: target) {
      $0.server(address: address)
    }
    var systems: [UInt32] = []
    if let (answer, step) = answer {
      if answer.kind == .network, answer.covers(address) {
        result.candidates += reading.network(
          answer, rung: rung, target: target, server: step.lookup.server, lookup: step.lookup.id)
        systems = answer.systems
      } else {
        noteForeign(step, target)
      }
    }
    if !hasPublished(rung, target) {
      try await askWhois(target, rung: rung, about: target)
    }
    // Behind a network in front of the site the systems are that network's.
    guard !isForwarder else { return }
    if systems.isEmpty { systems = try await origins(of: address) }
    for system in systems.prefix(Self.mostSystems) where !result.systems.contains(system) {
      result.systems.append(system)
      try await lookUp(system: system)
    }
  }

  private mutating func lookUp(system: UInt32) async throws {
    let target = "AS\(system)"
    add(directory.entries(system: system), target: target)
    let answer = try await registry(.systems, "autnum/\(system)", about: target) {
      $0.server(system: system)
    }
    if let (answer, step) = answer {
      if answer.kind == .autonomousSystem {
        result.candidates += reading.network(
          answer, rung: .network, target: target, server: step.lookup.server,
          lookup: step.lookup.id)
      } else {
        noteForeign(step, target)
      }
    }
    if !hasPublished(.network, target) {
      try await askWhois(target, rung: .network, about: target)
    }
  }

  /// The systems that announce an address, as a zone of the domain name system says.
  private mutating func origins(of address: IPAddress) async throws -> [UInt32] {
    let isV4 = address.family == .v4
    guard let zone = isV4 ? settings.origin : settings.origin6 else { return [] }
    let labels =
      isV4
      ? address.bytes.reversed().map { String($0) }
      : address.bytes.reversed().flatMap {
        [String($0 & 15, radix: 16), String($0 >> 4, radix: 16)]
      }
    let name = labels.joined(separator: ".") + "." + zone
    guard let reply = try await names(.text, name, about: address.description) else { return [] }
    // `64500 64501 | 192.0.2.0/24 | NL | ripencc | 2026-01-01`.
    return reply.texts.flatMap { text in
      text.split(separator: "|").first?.split(separator: " ").compactMap { UInt32($0) } ?? []
    }
  }

  /// Asks the registry that a file of RFC 9224 names.
  mutating func registry(
    _ kind: RDAPBootstrap.Kind, _ path: String, about target: String,
    server: (RDAPBootstrap) -> String?
  ) async throws -> (RDAPAnswer, Step)? {
    let folder = settings.bootstrap
    let place = folder + (folder.hasSuffix("/") ? "" : "/") + kind.rawValue + ".json"
    guard
      let file = try await look(.bootstrap(place), about: kind.rawValue + ".json")
    else { return nil }
    guard let bootstrap = RDAPBootstrap(file.lookup.answer) else {
      result.notes.append("\(place) is no file of RFC 9224.")
      return nil
    }
    guard let base = server(bootstrap) else {
      result.notes.append("No RDAP server is known for \(target).")
      return nil
    }
    return try await ask(rdap: base + (base.hasSuffix("/") ? "" : "/") + path, about: target)
  }

  /// Asks for an RDAP answer at an address.
  mutating func ask(rdap place: String, about target: String) async throws -> (RDAPAnswer, Step)? {
    guard let step = try await look(.rdap(place), about: target) else { return nil }
    guard let answer = RDAPAnswer(step.lookup.answer) else {
      result.notes.append("The answer of \(step.lookup.server) about \(target) cannot be read.")
      return nil
    }
    if let error = answer.error {
      result.notes.append(
        "\(step.lookup.server) says about \(target): \(ContactCandidate.cut(error))")
      return nil
    }
    if answer.isCut {
      result.notes.append(
        "The answer of \(step.lookup.server) about \(target) has more entities than are read.")
    }
    return (answer, step)
  }

  mutating func noteForeign(_ step: Step, _ target: String) {
    result.notes.append("The answer of \(step.lookup.server) is not about \(target).")
  }

  /// Whether somebody who may be written to was published for a target.
  func hasPublished(_ rung: ContactRung, _ target: String) -> Bool {
    result.candidates.contains {
      $0.rung == rung && $0.target == target && $0.refusal == nil && $0.confidence <= .published
    }
  }

  /// Asks WHOIS, and whom it refers to, until somebody publishes a contact.
  mutating func askWhois(_ line: String, rung: ContactRung, about target: String) async throws {
    var next = settings.whois
    var visited: Set<String> = []
    while let server = next {
      guard visited.count < Self.mostReferrals else {
        result.notes.append("WHOIS about \(target) is referred on too often.")
        return
      }
      guard visited.insert("\(server.host):\(server.port)").inserted else {
        result.notes.append("WHOIS about \(target) is referred back to \(server.host).")
        return
      }
      guard let step = try await look(.whois(server, line: line), about: target) else { return }
      let answer = WhoisAnswer(step.lookup.answer)
      result.candidates += reading.whois(
        answer, rung: rung, target: target, server: step.lookup.server, lookup: step.lookup.id)
      if hasPublished(rung, target) { return }
      next = answer.referral
    }
  }
}
