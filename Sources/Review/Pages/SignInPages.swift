import Bytes
import CaseStore
import Vocabulary

extension ReviewSite {
  static let signInRoutes: [Route] = [
    .get("/", .account) { .redirect($0.home) },
    .get("/sign-in", .anybody) { try $0.signInPage() },
    .post("/sign-in", .anybody) { try $0.signIn() },
    .post("/sign-in/second", .anybody) { try $0.secondFactor() },
    .get("/purpose", .account) { try $0.purposePage() },
    .post("/purpose", .account) { try $0.setPurpose() },
    .post("/sign-out", .account) { try $0.signOut() },
    .post("/language", .anybody) { $0.setLanguage() },
  ]
}

extension Visit {
  /// Where somebody with these roles begins.
  var home: String {
    if session?.stage == .purpose { return "/purpose" }
    if may(.read) { return "/queue" }
    if may(.audit) { return "/audit" }
    return may(.administer) ? "/accounts" : "/figures"
  }

  private var visitMark: String? {
    request.cookie(site.visitCookieName).flatMap { SessionToken(text: $0)?.text }
  }

  private func signInToken(_ mark: String) -> String {
    Hex.encode(SHA256.hash(site.formSecret + Array(mark.utf8)).bytes)
  }

  /// Who is asking, as far as the connection and a trusted proxy tell.
  var address: String {
    guard request.peer == site.settings.trustedProxy,
      let last = request.headers["x-forwarded-for"]?.split(separator: ",").last
    else { return request.peer }
    return String(last.drop { $0 == " " }.prefix(64))
  }

  func signInPage(problem: String? = nil, status: Int = 200) throws -> WebReply {
    if session?.stage == .open { return .redirect(home) }
    if let reply = try signInByProxy() { return reply }
    let mark = visitMark ?? SessionToken().text
    var reply = try page(
      session?.stage == .second && problem != "sign_in_failed" ? "second" : "sign-in",
      title: words["sign_in"],
      [
        "form_token": signInToken(mark), "problem": problem.map { words[$0] } as Any? ?? false,
        "to": Visit.ownPath(query["to"] ?? form["to"]),
      ])
    reply.status = status
    reply.headers.append(cookie(site.visitCookieName, mark))
    return reply
  }

  /// A proxy that was named in the settings has checked who it is.
  private func signInByProxy() throws -> WebReply? {
    guard let proxy = site.settings.trustedProxy, request.peer == proxy,
      let field = site.settings.trustedHeader, let login = request.headers[field.lowercased()],
      let account = try store.account(login: login), account.disabledAt == nil
    else { return nil }
    return try begin(.purpose, account, to: "/purpose")
  }

  private func checkSignInForm() throws {
    guard let mark = visitMark,
      SecretBytes.areEqual(Array((form["form_token"] ?? "").utf8), Array(signInToken(mark).utf8))
    else { throw WebProblem.forged }
  }

  func signIn() throws -> WebReply {
    try checkSignInForm()
    let login = String((form["login"] ?? "").prefix(200))
    let password = Array((form["password"] ?? "").utf8)
    guard
      try store.attemptSignIn(
        login: login, address: address, mostOfLogin: limits.signInsOfLogin,
        mostOfAddress: limits.signInsOfAddress, window: limits.signInWindow, at: at)
    else { throw WebProblem.tooMany }
    let account = try store.account(login: login)
    let hash = account.flatMap { PasswordHash(text: $0.passwordHash) } ?? site.nobody
    let matches = hash?.matches(password) ?? false
    guard matches, let account, account.disabledAt == nil else {
      try store.recordFailedSignIn(login: login, from: address, at: at)
      return try signInPage(problem: "sign_in_failed", status: 403)
    }
    guard account.secondFactor == nil else { return try begin(.second, account, to: "/sign-in") }
    try store.forgetAttempts(login: login)
    return try begin(.purpose, account, to: "/purpose")
  }

  func secondFactor() throws -> WebReply {
    try checkSignInForm()
    guard let session, session.stage == .second, let secret = session.account.secondFactor else {
      throw WebProblem.signIn
    }
    let account = session.account
    guard
      try store.attemptSignIn(
        login: account.login, address: address, mostOfLogin: limits.signInsOfLogin,
        mostOfAddress: limits.signInsOfAddress, window: limits.signInWindow, at: at)
    else { throw WebProblem.tooMany }
    guard
      let step = OneTimeCode.step(of: form["code"] ?? "", secret: secret, at: at.seconds),
      try store.useStep(step, of: account)
    else {
      try store.recordFailedSignIn(login: account.login, from: address, at: at)
      return try signInPage(problem: "second_failed", status: 403)
    }
    try store.forgetAttempts(login: account.login)
    return try begin(.purpose, account, to: "/purpose")
  }

  /// A session always begins with a token of its own: one that was set before is worth nothing.
  private func begin(
    _ stage: ReviewSession.Stage, _ account: Account, to path: String
  ) throws -> WebReply {
    let fresh = SessionToken()
    let seconds = stage == .second ? limits.secondFactorSeconds : limits.sessionLongest
    try store.beginSession(
      digest: fresh.digest, account: account, stage: stage, replacing: token?.digest,
      until: at + Double(seconds), from: address, at: at)
    let to = Visit.ownPath(form["to"])
    var reply = WebReply.redirect(path + (to == "/" ? "" : "?to=" + FormFields.encode(to)))
    reply.headers.append(cookie(site.cookieName, fresh.text))
    return reply
  }

  private func cookie(_ name: String, _ value: String, ends: Bool = false) -> (String, String) {
    (
      "set-cookie",
      "\(name)=\(value); Path=/; HttpOnly; SameSite=Strict"
        + (site.settings.isBehindTLS ? "; Secure" : "") + (ends ? "; Max-Age=0" : "")
    )
  }

  func purposePage(problem: String? = nil) throws -> WebReply {
    let chosen = session?.purpose?.kind ?? .detection
    return try page(
      "purpose", title: words["purpose"],
      [
        "purposes": ReviewPurpose.Kind.allCases.map {
          [
            "value": $0.rawValue, "name": words["purpose_\($0.rawValue)"], "chosen": $0 == chosen,
          ] as [String: Any]
        },
        "reference": session?.purpose?.reference ?? "",
        "problem": problem.map { words[$0] } as Any? ?? false,
        "to": Visit.ownPath(query["to"]),
      ])
  }

  func setPurpose() throws -> WebReply {
    guard let kind = form["purpose"].flatMap(ReviewPurpose.Kind.init(rawValue:)), let token else {
      throw WebProblem.malformed
    }
    let reference = String((form.text("reference") ?? "").prefix(200))
    if kind == .investigation || kind == .request, reference.isEmpty {
      return try purposePage(problem: "purpose_needs_reference")
    }
    try store.setPurpose(
      ReviewPurpose(kind, reference: reference), ofSession: token.digest, account: try account(),
      at: at)
    let to = Visit.ownPath(form["to"])
    return .redirect(to)
  }

  func signOut() throws -> WebReply {
    if let token { try store.endSession(digest: token.digest, account: try account(), at: at) }
    var reply = WebReply.redirect("/sign-in")
    reply.headers.append(cookie(site.cookieName, "", ends: true))
    return reply
  }

  func setLanguage() -> WebReply {
    let chosen = form["language"].flatMap(Language.init(rawValue:)) ?? .en
    var reply = WebReply.redirect(Visit.ownPath(form["to"]))
    reply.headers.append(
      (
        "set-cookie",
        "adwatch-language=\(chosen.rawValue); Path=/; SameSite=Strict; Max-Age=31536000"
      ))
    return reply
  }
}
