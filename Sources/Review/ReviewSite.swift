import Analysis
import Assessment
import Bytes
public import CaseStore
import ChildPrograms
public import Logging
public import Matching
public import Vocabulary

/// The web application without its server: a request in, an answer out.
///
/// Every answer is made by one synchronous call that reads one database and one archive; the server
/// calls it on threads of its own.
public final class ReviewSite: Sendable {
  /// How it is reached.
  public struct Settings: Sendable {
    /// Whether a proxy before it speaks TLS: cookies are then for TLS only.
    public var isBehindTLS = false
    /// Address of the proxy whose `trustedHeader` is believed; nil believes nobody.
    public var trustedProxy: String?
    /// The header field in which that proxy names the account.
    public var trustedHeader: String?

    public init() {}
  }

  let store: CaseStore
  let folder: String
  let library: PatternLibrary?
  let settings: Settings
  let limits: ReviewLimits
  let passwordCost: PasswordHash.Cost
  let logger: Logger
  let now: @Sendable () -> Timestamp
  let tools: ReviewTools
  let partners: Partners
  let health: Counted<[SourceHealth]>
  let trends: Counted<TrendReport>
  /// Trials and printing: each takes a processor for seconds.
  let heavy: HeavyWork
  /// The browser that prints; nil where none is installed.
  let chromium: String?
  let templates: Templates
  let messages: [Language: Messages]
  let rates: BaseRates
  /// Ties the form of signing in to the browser that it was sent to.
  let formSecret = SecretBytes.random(32)
  /// Checked when there is no account of a name, so that its absence takes as long to tell.
  let nobody: PasswordHash?

  /// `folder` is the data directory that holds the archive; `library` gives indicators their titles.
  ///
  /// Throws what is wrong with a template or with the partners.
  public init(
    store: CaseStore, folder: String, library: PatternLibrary?, tools: ReviewTools = ReviewTools(),
    partners: Partners? = nil, settings: Settings = Settings(),
    limits: ReviewLimits = ReviewLimits(), passwordCost: PasswordHash.Cost = .standard,
    logger: Logger, now: @escaping @Sendable () -> Timestamp
  ) throws {
    self.store = store
    self.folder = folder
    self.library = library
    self.settings = settings
    self.limits = limits
    self.passwordCost = passwordCost
    self.logger = logger
    self.now = now
    templates = try Templates()
    messages = Dictionary(
      uniqueKeysWithValues: Language.allCases.map {
        ($0, Messages(text: BundledFiles.text("messages.\($0.rawValue).txt")))
      })
    rates = BaseRates(store: store)
    self.tools = tools
    self.partners = try partners ?? .bundled()
    health = Counted("health", lifetime: 300) { try store.sourceHealth(at: now()) }
    let sectors = tools.patterns?.sectors ?? SectorTable()
    trends = Counted("trends", lifetime: 1800) {
      try TrendReport(store, sectors: sectors, at: now())
    }
    heavy = HeavyWork(most: limits.heavy)
    chromium = ChildProgram.path(of: "chromium")
    nobody = PasswordHash(SecretBytes.random(16), cost: passwordCost)
    // Begun now, so that the first page has figures.
    _ = rates.current
  }

  static let routes: [Route] =
    signInRoutes + queueRoutes + advertRoutes + clusterRoutes + searchRoutes + savedRoutes
    + referralRoutes + reportRoutes + patternRoutes + fileRoutes + recordRoutes + noticeRoutes
    + assetRoutes

  var cookieName: String { settings.isBehindTLS ? "__Host-adwatch" : "adwatch" }
  var visitCookieName: String { settings.isBehindTLS ? "__Host-adwatch-visit" : "adwatch-visit" }

  /// Answers a request; never throws.
  public func reply(to request: WebRequest) -> WebReply {
    let language =
      request.cookie("adwatch-language").flatMap(Language.init(rawValue:))
      ?? Language(accepting: request.headers["accept-language"] ?? "")
    var reply: WebReply
    do {
      reply = try answer(request, language)
    } catch let problem as WebProblem {
      reply = answer(to: problem, request, language)
    } catch CaseStoreError.refused(let why) {
      reply = answer(to: .refused(why), request, language)
    } catch CaseStoreError.busy {
      reply = notice("problem_busy", status: 503, request, language)
    } catch {
      logger.error("a page failed", metadata: ["path": "\(request.path)", "error": "\(error)"])
      reply = notice("problem_failed", status: 500, request, language)
    }
    secure(&reply)
    return reply
  }

  private func answer(_ request: WebRequest, _ language: Language) throws -> WebReply {
    guard request.body.count <= limits.bodyBytes else { throw WebProblem.tooLarge }
    guard request.path.utf8.count + request.query.utf8.count <= limits.addressBytes else {
      throw WebProblem.tooLarge
    }
    let method = request.method == "HEAD" ? "GET" : request.method
    guard
      let (route, parameters) = Self.routes.lazy.compactMap({ route in
        route.method == method ? route.match(request.path).map { (route, $0) } : nil
      }).first
    else { throw WebProblem.missing }
    var visit = Visit(
      site: self, request: request, parameters: parameters,
      query: FormFields(request.query.utf8, most: limits.formFields),
      form: FormFields(request.body, most: limits.formFields), language: language, at: now())
    if method == "POST" { try checkOrigin(of: request) }
    visit.token = request.cookie(cookieName).flatMap(SessionToken.init(text:))
    if let token = visit.token {
      visit.session = try store.session(
        digest: token.digest, idle: limits.sessionIdle, at: visit.at)
    }
    if route.permission != .anybody { try admit(visit, to: route, method) }
    return try route.answer(visit)
  }

  /// What a form of another site looks like: browsers say where a request comes from.
  private func checkOrigin(of request: WebRequest) throws {
    if let site = request.headers["sec-fetch-site"], site != "same-origin", site != "none" {
      throw WebProblem.forged
    }
    if let origin = request.headers["origin"] {
      let host = request.headers["host"] ?? ""
      guard origin == "http://\(host)" || origin == "https://\(host)" else {
        throw WebProblem.forged
      }
    }
    let type = request.headers["content-type"] ?? ""
    guard type.lowercased().hasPrefix("application/x-www-form-urlencoded") else {
      throw WebProblem.malformed
    }
  }

  private func admit(_ visit: Visit, to route: Route, _ method: String) throws {
    guard let session = visit.session, let token = visit.token, session.stage != .second else {
      throw WebProblem.signIn
    }
    if method == "POST" {
      let given = Array((visit.form["token"] ?? "").utf8)
      guard SecretBytes.areEqual(given, Array(token.formToken.utf8)) else {
        throw WebProblem.forged
      }
    }
    guard route.permission.isGiven(to: session.account.roles) else { throw WebProblem.forbidden }
    if session.stage == .purpose, route.permission != .account { throw WebProblem.signIn }
  }

  private func answer(
    to problem: WebProblem, _ request: WebRequest, _ language: Language
  ) -> WebReply {
    switch problem {
    case .signIn:
      let back = request.method == "GET" && request.path != "/" ? request.path : nil
      return .redirect("/sign-in" + (back.map { "?to=" + FormFields.encode($0) } ?? ""))
    case .missing: return notice("problem_missing", status: 404, request, language)
    case .forbidden: return notice("problem_forbidden", status: 403, request, language)
    case .forged: return notice("problem_forged", status: 403, request, language)
    case .malformed: return notice("problem_malformed", status: 400, request, language)
    case .tooLarge: return notice("problem_too_large", status: 413, request, language)
    case .tooMany: return notice("problem_too_many", status: 429, request, language)
    case .refused(let why):
      return notice("problem_refused", status: 409, request, language, detail: why)
    }
  }

  func notice(
    _ key: String, status: Int, _ request: WebRequest, _ language: Language, detail: String? = nil
  ) -> WebReply {
    let words = messages[language] ?? Messages(text: "")
    let page = templates.render(
      "notice",
      [
        "t": words.words, "language": language.rawValue, "title": words[key],
        "what": words[key], "detail": detail as Any? ?? false, "bare": true,
      ])
    return .html(page ?? words[key], status: status)
  }

  /// What every answer says to a browser, unless the page said something stricter.
  private func secure(_ reply: inout WebReply) {
    let fields: [(String, String)] = [
      (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
          + "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
      ),
      ("x-content-type-options", "nosniff"), ("referrer-policy", "same-origin"),
      ("x-frame-options", "DENY"), ("cross-origin-opener-policy", "same-origin"),
      ("cross-origin-resource-policy", "same-origin"),
      ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
      ("cache-control", "no-store"),
    ]
    for (name, value) in fields where reply[name] == nil { reply.headers.append((name, value)) }
    if settings.isBehindTLS {
      reply.headers.append(("strict-transport-security", "max-age=31536000"))
    }
  }
}
