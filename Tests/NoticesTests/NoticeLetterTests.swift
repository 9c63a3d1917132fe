import Bytes
@testable import CaseStore
import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Notices

/// Evidence as the store gives it.
func evidence(
  url: String = "https://jobs.example/a?x=1&y=%20", selectors: [String] = [], names: [String] = []
) -> NoticeEvidence {
  let list = names.map { "\"\($0)\"" }.joined(separator: ",")
  return NoticeEvidence(
    target: NoticeTarget(url: url, host: "jobs.example", advert: 1, verdict: 1, capture: 1),
    key: "a", payloadDigest: [UInt8](repeating: 7, count: 32),
    firstSeen: Timestamp(seconds: 1_767_225_600), lastSeen: Timestamp(seconds: 1_767_312_000),
    selectors: selectors, record: "{\"traits\":{\"names\":[\(list)]}}", text: "",
    captureDate: Timestamp(seconds: 1_767_225_600))
}

/// Fields with everything in them.
func complete() -> NoticeFields {
  var fields = NoticeFields()
  fields.notifier = "Unit for internet investigation"
  fields.mailbox = "unit@police.example"
  fields.authority = "Public prosecutor, Example"
  fields.facts = ["The advert says that identity documents are handed in to the employer."]
  fields.ground = "Article 273f, paragraph 1, of the Dutch Criminal Code"
  fields.necessity = "The page may change at any time"
  fields.scope = "The Netherlands"
  fields.period = "90 days"
  fields.followUp = "A request for mutual legal assistance"
  fields.earlier = "The site was asked on 2026-01-02 and did not answer"
  fields.redress = "An objection can be lodged with the district court within six weeks"
  fields.effect = "The issuing authority"
  fields.replyBy = "2026-01-09"
  return fields
}

@Suite struct NoticeLetterTests {
  static let acts = try? NoticeActs()

  static let pairs = (acts?.acts.keys.sorted() ?? []).flatMap { act in
    NoticeActs.languages.map { (act, $0) }
  }

  private func draft(
    _ act: String, _ language: String, _ fields: NoticeFields = complete(),
    _ items: [NoticeEvidence] = [evidence()]
  ) throws -> NoticeDraft {
    try NoticeDraft.write(
      act: act, language: language, channel: .mail, rung: 4, organisation: "Hébergeur SA",
      recipient: "abuse@host.example", fields: fields, evidence: items,
      acts: try #require(Self.acts))
  }

  @Test func theDataAreWhole() throws {
    let acts = try NoticeActs()
    #expect(acts.acts.count == 11)
    for (name, act) in acts.acts {
      for element in act.required {
        #expect(NoticeFields().element(element) != nil, "\(name) asks for '\(element)'")
      }
    }
  }

  @Test(arguments: pairs) func everyActReadsInEveryLanguage(_ act: String, _ language: String)
    throws
  {
    let draft = try draft(act, language)
    #expect(draft.text.problems == [])
    let text = NoticeLetter.readable(draft.text.rendered)
    #expect(text.contains("- https://jobs.example/a?x=1&y=%20\n"))
    #expect(text.contains("\"https://jobs.example/a?x=1&y=%20\",\"a\""))
    #expect(text.contains(NoticeLetter.reference(intent: draft.intent)))
    #expect(!text.contains("{{") && !text.contains("&amp;"))
    #expect(text.contains("Hébergeur SA"))
  }

  @Test(arguments: (acts?.acts.keys.sorted() ?? []))
  func everyMandatoryElementIsMissed(_ act: String) throws {
    for element in try #require(Self.acts?.acts[act]).required {
      var fields = complete()
      switch element {
      case "notifier": fields.notifier = " "
      case "mailbox": fields.mailbox = ""
      case "authority": fields.authority = ""
      case "facts": fields.facts = []
      case "ground": fields.ground = ""
      case "necessity": fields.necessity = ""
      case "scope": fields.scope = ""
      case "period": fields.period = ""
      case "follow_up": fields.followUp = ""
      case "earlier": fields.earlier = ""
      case "redress": fields.redress = ""
      case "effect": fields.effect = ""
      default: Issue.record("no test for '\(element)'")
      }
      #expect(try draft(act, "en", fields).text.problems == ["missing: \(element)"])
    }
  }

  @Test(arguments: [
    ("Call 020 7946 0123 for it", "a phone number"), ("Call +44 (7700) 900-123", "a phone number"),
    ("It names anna @ mail.example", "an e-mail address"),
    ("See photo.jpeg", "an image"), ("data:image/png;base64,xx", "an image"),
    ("One of a cluster of five", "a finding about several adverts"),
    ("It has a score of 7.5", "a score"), ("Hoge prioriteit: priority 7", "a score"),
    ("The victim is young", "calls a person a victim or an offender"),
    ("Het slachtoffer wordt genoemd", "calls a person a victim or an offender"),
    ("Der Täter schreibt", "calls a person a victim or an offender"),
    ("{{name}} is named", "a field is unresolved"),
    ("Text \u{202E}reversed", "invisible characters"),
    (
      "Also https://other.example/b",
      "an address that is not in the evidence: https://other.example/b"
    ),
    ("Anna is named in it", "a name from the advert"), ("ÄNNA is named", "a name from the advert"),
    ("Handle lola99 is given", "a selector of the advert"),
    ("Digits 442079 460999 stand there", "a selector of the advert"),
  ])
  func theLinterFinds(_ fact: String, _ problem: String) throws {
    var fields = complete()
    fields.facts.append(fact)
    let item = evidence(
      selectors: ["telegram:lola99", "+442079460999"], names: ["Anna"])
    let problems = try draft("dsa-16", "en", fields, [item]).text.problems
    #expect(problems.contains(problem), "\(problems)")
  }

  @Test(arguments: [
    "On 2026-01-02 the advert offered 1,500 euro a month.", "Annapolis is a town.",
    "The page was seen on 02.01.2026 at 14:05.",
    "The address https://jobs.example/a?x=1&y=%20 is meant.",
  ])
  func theLinterLeavesAlone(_ fact: String) throws {
    var fields = complete()
    fields.facts = [fact]
    #expect(try draft("dsa-16", "en", fields, [evidence(names: ["Anna"])]).text.problems == [])
  }

  @Test func theSameIntentHasOneKey() {
    let one = NoticeLetter.intent(
      act: "terms", urls: ["b", "a"], recipient: "A@b.example", rung: 1, round: 1)
    let same = NoticeLetter.intent(
      act: "terms", urls: ["a", "b"], recipient: "a@B.example", rung: 1, round: 1)
    let other = NoticeLetter.intent(
      act: "terms", urls: ["a", "b"], recipient: "a@b.example", rung: 1, round: 2)
    #expect(one == same && one != other && one.count == 32)
  }

  @Test func theSameContentHasTheSameBytes() throws {
    #expect(try draft("ntd-nl", "nl") == draft("ntd-nl", "nl"))
  }

  @Test func controlCharactersDoNotBecomeHeaders() throws {
    var fields = complete()
    fields.ground = "x\r\nBcc: all@list.example"
    let draft = try draft("dsa-16", "en", fields)
    #expect(draft.text.problems.contains("invisible characters"))
    let text = String(decoding: draft.text.rendered, as: UTF8.self)
    #expect(!text.contains("\nBcc:"))
  }

  /// Python's parser reads every draft of every act without a defect, with the exact addresses in it.
  @Test(.enabled(if: Tools.have("python"), "python of $ADWATCH_TOOLS is absent"))
  func pythonReadsEveryDraft() async throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("adwatch-letters-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (act, language) in Self.pairs {
      try Data(draft(act, language).text.rendered)
        .write(to: folder.appendingPathComponent("\(act).\(language).eml"))
    }
    let path = folder.path
    let result = try await Blocking.run {
      try Tools.run(
        "python",
        [
          "-c",
          """
          import csv, email, email.policy, io, pathlib, sys
          count = 0
          for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
              data = path.read_bytes()
              assert all(len(line) <= 998 for line in data.split(b"\\r\\n")), path
              assert b"\\n" not in data.replace(b"\\r\\n", b""), path
              message = email.message_from_bytes(data, policy=email.policy.SMTP)
              assert not message.defects, (path, message.defects)
              text, table = message.iter_parts()
              assert not text.defects and not table.defects, path
              rows = list(csv.reader(io.StringIO(table.get_content())))
              assert rows[1][0] == "https://jobs.example/a?x=1&y=%20", rows
              assert "H\\u00e9bergeur SA" in text.get_content(), path
              assert message["Subject"].startswith("[AW-"), message["Subject"]
              count += 1
          print(count)
          """, path,
        ])
    }
    #expect(result.output.trimmingCharacters(in: .whitespacesAndNewlines) == "44", "\(result)")
  }
}
