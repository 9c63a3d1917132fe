import CaseStore
import Vocabulary

extension Visit {
  var words: Messages { site.messages[language] ?? Messages(text: "") }

  /// A page from a template, with what the frame around every page needs.
  func page(_ template: String, title: String, _ context: [String: Any]) throws -> WebReply {
    var context = context
    context["t"] = words.words
    context["language"] = language.rawValue
    context["title"] = title
    context["token"] = token?.formToken ?? ""
    context["languages"] = Language.allCases.filter { $0 != language }.map {
      ["code": $0.rawValue, "name": words["language_\($0.rawValue)"]]
    }
    context["here"] = request.path + (request.query.isEmpty ? "" : "?" + request.query)
    if let session, session.stage != .second {
      context["login"] = session.account.login
      context["purpose"] = session.purpose.map { words["purpose_\($0.kind.rawValue)"] } ?? false
      context["menu"] = menu
      if may(.read) {
        // A day begins at midnight UTC.
        let day = Timestamp(milliseconds: at.milliseconds / 86_400_000 * 86_400_000)
        let opened = try store.exposure(of: session.account, since: day)
        context["exposure"] = words["exposure", String(opened)]
        context["exposed"] = opened >= limits.exposureMany
      }
    } else {
      context["bare"] = true
    }
    guard let text = site.templates.render(template, context) else { throw WebProblem.missing }
    return .html(text)
  }

  private var menu: [[String: Any]] {
    let entries: [(String, String, Permission)] = [
      ("/queue", "menu_queue", .read), ("/urgent", "menu_urgent", .read),
      ("/search", "menu_search", .read), ("/sources", "menu_sources", .read),
      ("/trends", "menu_trends", .read), ("/patterns", "menu_patterns", .read),
      ("/notices", "menu_notices", .notices),
      ("/figures", "menu_figures", .account),
      ("/audit", "menu_audit", .audit), ("/accounts", "menu_accounts", .administer),
    ]
    return entries.filter { may($0.2) }.map { path, key, _ in
      ["path": path, "name": words[key], "current": request.path == path]
    }
  }

  /// A day and a time that people read; UTC.
  func shown(_ time: Timestamp) -> String {
    String(time.rfc3339.prefix(16)).replacing("T", with: " ")
  }

  /// The page within this site that an address names, else the start: nobody is sent elsewhere.
  static func ownPath(_ text: String?) -> String {
    guard let text, text.utf8.first == UInt8(ascii: "/"), !text.hasPrefix("//"),
      text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x5C })
    else { return "/" }
    return text
  }
}
