import Bytes
import CrawlFrontier
import Fetching
import Markup
import Vocabulary
import WebAddress

/// From which address a site sees us behind a proxy, as an echo service told.
struct ExitAddress: Sendable, Hashable {
  /// Nil when it is not known.
  var address: IPAddress?
  var askedAt: Timestamp
  var echo: Address

  /// Seconds after which it is asked for again: Tor uses a circuit for as long.
  static let lifetime = 600.0

  /// For a metadata record.
  var note: String {
    guard let address else { return "unknown: \(echo.href) did not tell" }
    return "\(address), by \(echo.href) at \(askedAt.rfc3339)"
  }

  /// Reads an echo's answer: an address alone, or JSON with one under `ip`, `IP`, `address` or `origin`.
  static func read(_ exchange: Exchange) -> IPAddress? {
    guard exchange.outcome == .fetched, (200..<300).contains(exchange.status ?? 0),
      let body = try? exchange.decodedBody(), body.count <= 64 << 10
    else { return nil }
    let text = body.filter { $0 > 0x20 && $0 < 0x7F }
    if text.count <= 45, let address = IPAddress(String(decoding: text, as: UTF8.self)) {
      return address
    }
    guard let json = JSONValue(parsing: body) else { return nil }
    return ["ip", "IP", "address", "origin"].lazy
      .compactMap { json[$0]?.string.flatMap { IPAddress($0) } }.first
  }
}

extension Crawler {
  /// Asks the source's echo service when its answer is too old; nil when there is nothing to ask.
  func askForExit(of ticket: Ticket) async -> Hop? {
    guard let echo = sources[ticket.source]?.network.proxy?.echo, !isStopping else { return nil }
    let now = clock()
    if let known = exits[ticket.source], now - known.askedAt < ExitAddress.lifetime { return nil }
    // Noted before it is asked, so that one request asks and not each.
    exits[ticket.source] = ExitAddress(
      address: exits[ticket.source]?.address, askedAt: now, echo: echo)
    var request = request(for: echo, of: ticket, isConditional: false)
    request.headers = []
    request.network.cookies = .none
    request.group = "exit \(ticket.source)"
    request.limits.maximumBodyBytes = 64 << 10
    request.limits.totalTimeout = 30
    let exchange = await fetcher.fetch(request)
    exits[ticket.source] = ExitAddress(
      address: ExitAddress.read(exchange), askedAt: exchange.started, echo: echo)
    return exchange.outcome == .cancelled ? nil : Hop(exchange, .exit)
  }
}
