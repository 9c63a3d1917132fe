public import CaseStore
import Foundation

extension NoticeDraft {
  /// Writes a notice about evidence, with everything that follows from it.
  ///
  /// Throws for an act or a language that there is not; what is missing stands in `text.problems`.
  public static func write(
    act: String, language: String, channel: Channel, rung: Int, organisation: String,
    recipient: String, fields: NoticeFields, evidence: [NoticeEvidence], skipReason: String = "",
    round: Int = 1, follows: Int64? = nil, reason: String = "", acts: NoticeActs
  ) throws -> NoticeDraft {
    let intent = NoticeLetter.intent(
      act: act, urls: evidence.map(\.target.url), recipient: recipient, rung: rung, round: round)
    let letter = try NoticeLetter(
      act: act, language: language, rung: rung, organisation: organisation,
      reference: NoticeLetter.reference(intent: intent), fields: fields, evidence: evidence,
      acts: acts)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let text = NoticeText(
      language: language, organisation: organisation,
      fields: String(decoding: try encoder.encode(fields), as: UTF8.self),
      problems: NoticeLinter(acts: acts).problems(
        act: act, fields: fields, recipient: recipient, letter: letter, evidence: evidence),
      rendered: letter.entity,
      digest: NoticeLetter.digest(recipient: recipient, entity: letter.entity),
      skipReason: skipReason)
    return NoticeDraft(
      intent: intent, act: act, channel: channel, rung: rung, round: round, follows: follows,
      reason: reason, recipient: recipient, targets: evidence.map(\.target), text: text)
  }
}
