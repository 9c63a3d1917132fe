import Markup
import Vocabulary

/// Decides what kind of page was seen.
///
/// The source's URL rules come first, but a block page and a removal notice look the same at any
/// URL. Without rules a page must earn to be called an advert: articles carry prices and phone
/// numbers too.
struct PageClassifier {
  let document: Document
  let content: [Range<Int>]
  let hints: PageHints
  let postings: Int
  let types: Set<String>

  /// The notices that decide before anything else; nil when there are none.
  func notice() -> PageKind? {
    switch hints.status {
    case 404, 410: return .gone
    case 401, 403, 407, 429, 451, 503:
      if size < 3_000 || has(Phrases.blocked) { return .blocked }
    default: break
    }
    let lines = notices
    if isBlocked(lines) { return .blocked }
    return isGone(lines) ? .gone : nil
  }

  /// What the rules or the structured data say; nil when the text must decide.
  func stated() -> PageKind? {
    if let kind = hints.kind { return kind }
    if postings == 1 { return .advert }
    return postings > 1 ? .listing : nil
  }

  private var size: Int { content.reduce(0) { $0 + $1.count } }

  /// Folded titles, headings and the first short lines.
  private var notices: [[UInt8]] {
    var lines = PageText(document.text).notices(in: content)
    if let title = document.title { lines.insert(Folding.key(title), at: 0) }
    return lines
  }

  private func has(_ phrases: [[UInt8]]) -> Bool {
    notices.contains { Phrases.contains($0, phrases) }
  }

  private func isBlocked(_ lines: [[UInt8]]) -> Bool {
    let own = size
    if own < 4_000, lines.contains(where: { Phrases.contains($0, Phrases.challenge) }) {
      return !hasOffer
    }
    // A word like "captcha" or "please sign in" also stands on ordinary pages.
    guard own < 900 || own < 3_000 && isAgeGate(lines), postings == 0 else { return false }
    let isWall = lines.contains { line in
      (Phrases.leads(line, Phrases.blocked) || Phrases.contains(line, Phrases.ages))
        && !isAboutOthers(line)
    }
    return isWall && !hasOffer
  }

  /// Long terms stand under the question for the visitor's age too.
  private func isAgeGate(_ lines: [[UInt8]]) -> Bool {
    lines.prefix(4).contains { Phrases.contains($0, Phrases.ages) }
  }

  private func isGone(_ lines: [[UInt8]]) -> Bool {
    let short = size < 1_500
    for (index, line) in lines.enumerated() {
      // On a page with text of its own only a prominent line speaks of the page itself.
      guard short || index < 5 && line.count <= 120 || line.count <= 80,
        Phrases.contains(line, Phrases.gone), !isAboutOthers(line)
      else { continue }
      if index < 3 || !hasOffer || Phrases.leads(line, Phrases.gone) { return true }
    }
    return false
  }

  /// Whether the page's own words have a number to call or a sum of money: no wall has.
  private var hasOffer: Bool {
    content.contains { ContactText.hasNumberOrMoney(document.text, $0) }
  }

  /// "Comments are no longer available" is no removal notice, nor is "until the position has been
  /// filled".
  private func isAboutOthers(_ line: [UInt8]) -> Bool {
    Phrases.contains(line, Phrases.otherThings)
  }

  /// Whether the page is an article of a paper, a blog or an encyclopaedia.
  var isArticle: Bool {
    let articles: Set<String> = [
      "NewsArticle", "Article", "BlogPosting", "ReportageNewsArticle", "LiveBlogPosting",
      "TechArticle", "ScholarlyArticle", "Recipe", "VideoObject", "DiscussionForumPosting",
    ]
    if !types.isDisjoint(with: articles) { return true }
    if document.meta(named: "og:type")?.lowercased() == "article" { return true }
    return document.meta(named: "article:published_time") != nil
  }

  /// Whether what was found on a page without rules makes it an advert.
  func isAdvert(_ advert: Advert) -> Bool {
    guard !isArticle, size >= 30 else { return false }
    let contact = advert.selectors.contains {
      $0.inContent && $0.confidence >= 0.6
        && ($0.kind == .phone || $0.kind == .email
          || $0.kind == .handle || $0.kind == .wallet || $0.kind == .payment)
    }
    let money = advert.facts.contains { $0.inContent && ($0.kind == .price || $0.kind == .wage) }
    let person = advert.facts.contains {
      $0.inContent && ($0.kind == .age || $0.kind == .height || $0.kind == .name)
    }
    let form = advert.form != nil
    let labels = [advert.fields.employer, advert.fields.wage, advert.fields.employment]
      .contains { $0 != nil }
    // Long pages need more than a phone number at the bottom.
    let score =
      (contact ? 2 : 0) + (money ? 1 : 0) + (form ? 2 : 0) + (labels ? 1 : 0) + (person ? 1 : 0)
    return (contact || money || labels) && score >= (size > 3_000 ? 4 : 3)
  }
}
