import WebAddress

/// What is looked at before a request waits for its place.
enum RequestCheck {
  case fit(RequestHeaders)
  case refused(FetchOutcome, reason: String)

  static func check(_ request: FetchRequest) -> RequestCheck {
    guard request.address.isHTTP else {
      return .refused(.unsupportedScheme, reason: "scheme \(request.address.scheme)")
    }
    guard request.address.href.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else {
      return .refused(.badRequest, reason: "the address is not written in ASCII")
    }
    if let proxy = request.network.proxy {
      guard isUsable(proxy) else {
        return .refused(.badRequest, reason: "proxies are http, https, socks5h or socks4a")
      }
      if let refusal = refusalThroughProxy(request) { return refusal }
    }
    do throws(RequestHeaders.Problem) {
      return .fit(try RequestHeaders(request))
    } catch {
      return .refused(.badRequest, reason: error.reason)
    }
  }

  private static func isUsable(_ proxy: String) -> Bool {
    let lowered = proxy.lowercased()
    return ["http://", "https://", "socks5h://", "socks4a://"].contains(where: lowered.hasPrefix)
      && !proxy.utf8.contains(UInt8(ascii: "@")) && proxy.utf8.allSatisfy { $0 > 32 && $0 < 127 }
  }

  /// Behind a proxy the gate at connect time sees only the proxy; what the address itself tells is
  /// checked here.
  ///
  /// Names are the proxy's to resolve and to guard; those of its own network are refused.
  private static func refusalThroughProxy(_ request: FetchRequest) -> RequestCheck? {
    if let literal = request.address.host?.address,
      !AddressGuard(allow: request.network.allow).permits(literal)
    {
      return .refused(.refusedAddress, reason: "may not connect to \(literal)")
    }
    guard case .domain(let name) = request.address.host else { return nil }
    guard LocalNames.contains(name) else { return nil }
    return .refused(.refusedAddress, reason: "\(name) is a name of the proxy's own network")
  }
}
