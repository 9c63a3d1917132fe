import Analysis
import CrawlFrontier
import Fetching
import Foundation
import WebAddress

extension Visit {
  /// Renders the page that came; every request that the browser makes is one of this visit.
  ///
  /// One after the other, in the order asked: the delay between two requests leaves nothing to gain
  /// from more at once.
  mutating func render(_ exchange: Exchange) async -> Rendering? {
    guard source.render == .browser, exchange.outcome == .fetched,
      (200..<300).contains(exchange.status ?? 0), let body = try? exchange.decodedBody(),
      case .html = MediaType(exchange.headers["content-type"]).reading(of: body)
    else { return nil }
    let limits = crawler.options.render
    guard let program = crawler.options.browser else {
      return Rendering(note: "not rendered: no browser is installed")
    }
    await crawler.browsers.take()
    defer { Task { [crawler] in await crawler.browsers.release() } }
    let agent = crawler.request(for: ticket.address, of: ticket).userAgent
    guard
      let process = BrowserProcess(
        program: program, agent: agent, showsImages: source.images == .keep, limits: limits)
    else { return Rendering(note: "not rendered: the browser could not be started") }
    defer { process.end() }
    let browser = Browser(process, limits: limits)
    guard await browser.open(ticket.address.withoutFragment.href) else {
      return Rendering(note: "not rendered: the browser did not answer")
    }
    var (made, refused, bytes) = (0, 0, body.count)
    var isOpen = false
    let deadline = ProcessInfo.processInfo.systemUptime + limits.seconds
    while let asked = await browser.next(until: deadline) {
      if asked.isMainFrame, !isOpen {
        isOpen = true
        await browser.fulfil(
          asked, status: exchange.status ?? 200, headers: Self.headers(of: exchange), body: body)
        continue
      }
      guard made < limits.requests, bytes < limits.bytes, !asked.isMainFrame,
        let part = await part(asked)
      else {
        refused += 1
        await browser.refuse(asked)
        continue
      }
      made += 1
      guard part.outcome == .fetched, let body = try? part.decodedBody(),
        bytes + body.count <= limits.bytes
      else {
        await browser.refuse(asked)
        continue
      }
      bytes += body.count
      await browser.fulfil(
        asked, status: part.status ?? 200, headers: Self.headers(of: part), body: body)
    }
    let isLate = ProcessInfo.processInfo.systemUptime >= deadline
    let how =
      "by \(await browser.version), \(made) requests made, \(refused) refused"
      + (isLate ? ", ended at \(Int(limits.seconds)) s" : "")
    guard let html = await browser.html() else {
      return Rendering(note: "not rendered: the page did not come to an end (\(how))")
    }
    return Rendering(html: html, screenshot: await browser.screenshot(), note: "rendered \(how)")
  }

  /// One request of the page; nil when it may not be made.
  private mutating func part(_ asked: Browser.Request) async -> Exchange? {
    guard let address = Address(asked.url)?.withoutFragment, address.isHTTP,
      isWanted(asked.kind), address.pathname != "/favicon.ico",
      let method = HTTPMethod(rawValue: asked.method)
    else { return nil }
    let passed = ["accept", "content-type", "referer", "x-requested-with", "authorization"]
    let headers = asked.headers.filter { passed.contains($0.name.lowercased()) }
      .map { HeaderField($0.name, $0.value) }
    return await request(
      part: address, method: method, headers: headers, body: asked.body,
      note: "\(asked.kind) of the page")
  }

  /// Text and what makes it; pictures only where the source keeps them, sound, fonts and films never.
  private func isWanted(_ kind: String) -> Bool {
    switch kind {
    case "Document", "Script", "Stylesheet", "XHR", "Fetch", "Other", "Manifest": true
    case "Image": source.images == .keep
    default: false
    }
  }

  /// Fields as they came, but for those about what was taken off the body.
  private static func headers(of exchange: Exchange) -> [(name: String, value: String)] {
    let dropped = ["content-encoding", "content-length", "transfer-encoding", "connection"]
    return exchange.headers.filter { !dropped.contains($0.name.lowercased()) }
      .map { ($0.name, $0.value) }
  }
}

/// How many browsers run at once.
actor BrowserSlots {
  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(_ count: Int) { free = max(1, count) }

  func take() async {
    if free > 0 {
      free -= 1
      return
    }
    await withCheckedContinuation { waiting.append($0) }
  }

  func release() {
    if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
  }
}
