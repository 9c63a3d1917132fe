public import CaseStore
import Foundation

/// What keeps a draft from being read by a second person; a pure function of what it says.
public struct NoticeLinter: Sendable {
  let acts: NoticeActs

  public init(acts: NoticeActs) { self.acts = acts }

  /// Problems in words, in a fixed order; empty when there are none.
  public func problems(
    act name: String, fields: NoticeFields, recipient: String, letter: NoticeLetter,
    evidence: [NoticeEvidence]
  ) -> [String] {
    guard let act = acts.acts[name] else { return ["there is no act '\(name)'"] }
    var problems: [String] = []
    for element in act.required {
      let value = fields.element(element) ?? ""
      if value.allSatisfy(\.isWhitespace) { problems.append("missing: \(element)") }
    }
    if evidence.isEmpty { problems.append("missing: urls") }
    if fields.mailbox.lowercased() == recipient.lowercased() {
      problems.append("the recipient is the notifier")
    }
    let size = fields.all.reduce(0) { $0 + $1.utf8.count }
    if size > NoticeFields.mostBytes {
      problems.append("too long: \(size) bytes")
      return problems
    }
    for text in fields.all { problems += Self.problems(in: text, evidence: evidence) }
    if letter.text.contains("{{") || letter.text.contains("}}") {
      problems.append("a field is unresolved")
    }
    for url in Self.addresses(in: fields.all)
    where !evidence.contains(where: { $0.target.url == url }) {
      problems.append("an address that is not in the evidence: \(url.prefix(200))")
    }
    for item in evidence where !letter.text.contains("- " + item.target.url + "\n") {
      problems.append("an address is not as it was captured: \(item.target.url.prefix(200))")
    }
    return problems.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  private static func problems(in text: String, evidence: [NoticeEvidence]) -> [String] {
    var problems: [String] = []
    // Whoever reads backwards or through invisible characters sees something else than the approver.
    let isPlain = text.unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .surrogate, .privateUse, .unassigned: scalar == "\n" || scalar == "\t"
      default: true
      }
    }
    if !isPlain { problems.append("invisible characters") }
    let folded = fold(text)
    // Our own references are no numbers of anybody.
    let bare = text.replacing(#/https?://\S+/#, with: " ")
      .replacing(#/\bAW-[0-9A-F]{10}\b/#, with: " ")
    if bare.contains(#/[^\s@<>]+\s?@\s?[^\s@<>]+/#) { problems.append("an e-mail address") }
    if bare.matches(of: #/\+?\d(?:[ .\-\/()]{0,3}\d){6,}/#).contains(where: { !isDate($0.0) }) {
      problems.append("a phone number")
    }
    if text.contains(#/(?i)data:image|<img|\.(?:jpe?g|png|gif|webp|heic)\b/#) {
      problems.append("an image")
    }
    if text.contains("{{") || text.contains("}}") { problems.append("a field is unresolved") }
    if folded.contains(#/\b(?:cluster|gruppe von anzeigen|linked adverts?|s(?:07|08|12|14))\b/#) {
      problems.append("a finding about several adverts")
    }
    if folded.contains(
      #/\b(?:scores?|priority|prioriteit|prioritat|risk (?:level|rating)|\d+ ?% (?:likely|certain|probab\w+))\b/#
    ) {
      problems.append("a score")
    }
    if folded.contains(
      #/\b(?:victims?|slachtoffers?|opfer|victimes?|offenders?|daders?|tater|auteurs? d[eu]s? infractions?|traffickers?|mensenhandelaars?|menschenhandler|trafiquants?)\b/#
    ) {
      problems.append("calls a person a victim or an offender")
    }
    let digits = text.utf8.filter { (0x30...0x39).contains($0) }
    for item in evidence {
      for selector in item.selectors where selector != item.target.url {
        let value = fold(selector)
        let number = Array(selector.utf8.filter { (0x30...0x39).contains($0) }.suffix(8))
        let hasNumber = number.count == 8 && selector.hasPrefix("+") && contains(digits, number)
        let name = value.split(separator: ":").last.map(String.init) ?? value
        if hasNumber || (name.utf8.count >= 4 && folded.contains(name)) {
          problems.append("a selector of the advert")
        }
      }
      for name in names(in: item.record)
      where folded.contains(wholeWord: fold(name)) { problems.append("a name from the advert") }
    }
    return problems
  }

  private static func fold(_ text: String) -> String {
    text.folding(
      options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
  }

  /// Days and times as notices write them are no phones.
  private static func isDate(_ text: Substring) -> Bool {
    text.wholeMatch(of: #/\d{4}-\d{2}-\d{2}(?: \d{2})?|\d{1,2}[.\/-]\d{1,2}[.\/-]\d{4}/#) != nil
  }

  private static func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
    guard bytes.count >= part.count else { return false }
    return (0...(bytes.count - part.count)).contains {
      bytes[$0..<($0 + part.count)].elementsEqual(part)
    }
  }

  private static func addresses(in texts: [String]) -> [String] {
    texts.flatMap { $0.matches(of: #/https?:\/\/\S+/#).map { String($0.0) } }
  }

  /// Names that extraction found in an advert.
  private static func names(in record: String) -> [String] {
    struct Record: Decodable {
      struct Traits: Decodable { var names: [String]? }
      var traits: Traits?
    }
    let read = try? JSONDecoder().decode(Record.self, from: Data(record.utf8))
    return read?.traits?.names ?? []
  }
}

extension String {
  /// Whether the words stand in it, not as a part of others.
  fileprivate func contains(wholeWord word: String) -> Bool {
    guard word.utf8.count >= 2 else { return false }
    var rest = self[...]
    while let range = rest.range(of: word) {
      let before =
        range.lowerBound > rest.startIndex ? rest[rest.index(before: range.lowerBound)] : " "
      let after = range.upperBound < rest.endIndex ? rest[range.upperBound] : " "
      if !before.isLetter && !after.isLetter { return true }
      rest = rest[range.upperBound...]
    }
    return false
  }
}
