import CaseStore
import Vocabulary

/// What a page is made from: who asks, for what, in which language.
struct Visit: Sendable {
  let site: ReviewSite
  let request: WebRequest
  /// What the `:name` parts of the route's path were.
  let parameters: [String: String]
  let query: FormFields
  let form: FormFields
  let language: Language
  let at: Timestamp
  /// Nil on routes for anybody.
  var session: ReviewSession?
  var token: SessionToken?

  var store: CaseStore { site.store }
  var limits: ReviewLimits { site.limits }

  /// Whose session it is.
  ///
  /// Throws `WebProblem.signIn` when there is none.
  func account() throws -> Account {
    guard let session else { throw WebProblem.signIn }
    return session.account
  }

  /// Why adverts are looked at.
  ///
  /// Throws `WebProblem.signIn` when it was not said.
  func purpose() throws -> ReviewPurpose {
    guard let purpose = session?.purpose else { throw WebProblem.signIn }
    return purpose
  }

  /// A parameter that is a row number.
  ///
  /// Throws `WebProblem.missing` when it is none.
  func number(_ name: String) throws -> Int64 {
    guard let text = parameters[name], let number = Int64(text), text == String(number) else {
      throw WebProblem.missing
    }
    return number
  }

  func may(_ permission: Permission) -> Bool {
    permission.isGiven(to: session?.account.roles ?? [])
  }

  /// Records that something is looked at; nothing is shown when that fails.
  func record(_ kind: AccessKind, advert: Int64? = nil, query: String? = nil) throws {
    try store.recordAccess(
      kind, advert: advert, query: query, purpose: try purpose(), by: try account(), at: at)
  }
}

/// Why a request has no answer of its own.
enum WebProblem: Error, Hashable {
  /// There is nothing there.
  case missing
  /// Somebody has to sign in first.
  case signIn
  /// The account may not.
  case forbidden
  /// The form did not come from this session's pages.
  case forged
  /// The request is not one that a page makes.
  case malformed
  /// More than the limits allow.
  case tooLarge
  /// Too many attempts.
  case tooMany
  /// What was asked for cannot be done; says why, as the store does.
  case refused(String)

  var status: Int {
    switch self {
    case .missing: 404
    case .signIn: 303
    case .forbidden, .forged: 403
    case .malformed: 400
    case .tooLarge: 413
    case .tooMany: 429
    case .refused: 409
    }
  }
}

/// A page or an action: where it is, who may, what it does.
struct Route: Sendable {
  let method: String
  let path: String
  let permission: Permission
  let answer: @Sendable (Visit) throws -> WebReply

  static func get(
    _ path: String, _ permission: Permission,
    _ answer: @escaping @Sendable (Visit) throws -> WebReply
  ) -> Route { Route(method: "GET", path: path, permission: permission, answer: answer) }

  static func post(
    _ path: String, _ permission: Permission,
    _ answer: @escaping @Sendable (Visit) throws -> WebReply
  ) -> Route { Route(method: "POST", path: path, permission: permission, answer: answer) }

  /// What the path's `:name` parts are in `path`; nil when it is another one.
  func match(_ path: String) -> [String: String]? {
    let wanted = self.path.split(separator: "/", omittingEmptySubsequences: false)
    let given = path.split(separator: "/", omittingEmptySubsequences: false)
    guard wanted.count == given.count else { return nil }
    var parameters: [String: String] = [:]
    for (want, give) in zip(wanted, given) {
      if want.hasPrefix(":") {
        parameters[String(want.dropFirst())] = String(give)
      } else if want != give {
        return nil
      }
    }
    return parameters
  }
}
