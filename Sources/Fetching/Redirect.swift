public import WebAddress

/// Where a response sends its reader; the fetcher follows nothing by itself.
///
/// Each hop is an exchange of its own, so that each is captured, guarded and counted.
public enum Redirect: Sendable, Hashable {
  /// The response is no redirect.
  case none
  /// The next address, and the method to use there (RFC 9110, 15.4).
  case target(Address, method: HTTPMethod)
  /// A redirect to nowhere, with the reason: `FetchOutcome.badRedirect`.
  case bad(String)

  /// Reads the status and `Location` (RFC 9110, 10.2.2) of a response.
  ///
  /// The target inherits the fragment of the address it came from.
  public static func target(of exchange: Exchange) -> Redirect {
    guard exchange.outcome == .fetched, let status = exchange.status,
      [301, 302, 303, 307, 308].contains(status)
    else { return .none }
    let locations = Set(exchange.headers.values("location"))
    guard let location = locations.first else { return .none }
    guard locations.count == 1 else { return .bad("several different Location fields") }
    guard var address = exchange.address.resolving(location) else {
      return .bad("Location is no address: \(location.prefix(200))")
    }
    guard address.isHTTP else { return .bad("Location has the scheme \(address.scheme)") }
    if address.hash.isEmpty, !exchange.address.hash.isEmpty,
      let withFragment = Address(address.href + exchange.address.hash)
    {
      address = withFragment
    }
    return .target(address, method: method(after: status, from: exchange.method))
  }

  /// 303 asks for GET; browsers also turn POST into GET after 301 and 302 (Fetch standard, 4.4).
  private static func method(after status: Int, from method: HTTPMethod) -> HTTPMethod {
    switch (status, method) {
    case (303, .post), (301, .post), (302, .post): .get
    default: method
    }
  }
}
