import Archive
import Fetching
import Vocabulary
import WebAddress

extension ArchivedExchange {
  /// The exchange as the archive records it, with what else is known about it as notes.
  init(_ exchange: Exchange, notes: [(name: String, value: String)]) {
    var extra = notes
    if let detail = exchange.detail { extra.append(("detail", detail)) }
    if let local = exchange.local { extra.append(("localAddress", local.description)) }
    extra += exchange.refusedAddresses.map { ("refusedAddress", $0.description) }
    if exchange.viaProxy {
      extra.append(("viaProxy", "yes"))
      if let proxy = exchange.remote { extra.append(("proxyAddress", proxy.description)) }
    }
    extra.append(("began", exchange.started.rfc3339Milliseconds))
    extra.append(("ended", exchange.finished.rfc3339Milliseconds))
    if let tls = exchange.tls { extra.append(("tlsCheck", tls.verifyMessage)) }
    self.init(
      url: exchange.address.withoutFragment.href, date: exchange.started,
      request: exchange.requestHead + exchange.requestBody, responseHead: exchange.responseHead,
      body: exchange.body, httpProtocol: exchange.httpVersion,
      // Of a proxy's own address a reader would think that it is the site's.
      remoteAddress: exchange.viaProxy ? nil : exchange.remote?.address.description,
      outcome: exchange.outcome.rawValue,
      truncated: exchange.truncated.flatMap { Truncation(rawValue: $0.rawValue) },
      dnsAnswers: exchange.resolved.map(\.description),
      tls: exchange.tls.map { TLS(version: $0.version, cipher: $0.cipher, chain: $0.chain) },
      notes: extra)
  }
}
