import CaseStore
import Notices
import Vocabulary
import WebAddress

/// Whom the newest search for contacts found for adverts: what a draft without a recipient takes.
struct FoundContact {
  var recipient: String
  var organisation: String

  /// Throws what is missing, in words, and for a contact that nobody published: that is for people to
  /// decide.
  init(
    _ adverts: [Int64], _ rung: ContactRung, store: CaseStore, fresh: ContactSettings.Freshness,
    at: Timestamp
  ) throws {
    let hosts = Set(
      try refusingByPolicy {
        try adverts.map { advert in
          try store.noticeEvidence(advert: advert) { Address($0)?.hostname }.target.host
        }
      })
    guard let host = hosts.first, hosts.count == 1 else {
      throw UsageProblem(
        description: "the adverts are of several hosts; name a recipient with --to")
    }
    let again = "run 'adwatch contacts' on an address of \(shown(host))"
    let contacts = try store.contacts(host: host, rung: rung.rawValue)
    guard let found = contacts.first(where: { $0.recipient != nil }),
      let recipient = found.recipient
    else {
      throw UsageProblem(description: "nobody is known for the rung \(rung.name); \(again)")
    }
    let lifetime = rung == .host || rung == .network ? fresh.address : fresh.domain
    guard at - found.at <= lifetime else {
      throw UsageProblem(
        description: "the contact was found at \(found.at.rfc3339), which is too long ago; \(again)"
      )
    }
    guard found.confidence != ContactConfidence.guess.rawValue else {
      throw UsageProblem(
        description:
          "\(recipient) is a guess that nobody published; name it with --to to write to it")
    }
    self.recipient = recipient
    organisation = found.organisation
  }
}
