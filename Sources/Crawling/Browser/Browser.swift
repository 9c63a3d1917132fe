import Bytes
import Foundation
import Markup

/// A page in a browser whose every request is answered by us (Chrome DevTools Protocol, Fetch domain).
///
/// Frames and workers are attached to before they run, so that their requests come here too. A
/// browser that ends, hangs or talks nonsense makes the calls answer nil and nothing worse.
actor Browser {
  /// A request that the page wants to make and that waits for its answer.
  struct Request: Sendable {
    var id: String
    var session: String
    var url: String
    var method: String
    /// `Document`, `Script`, `XHR`, `Image` and so on, as the protocol names them.
    var kind: String
    var headers: [(name: String, value: String)]
    var body: [UInt8]
    /// It would take the page itself elsewhere.
    var isMainFrame: Bool
  }

  private let process: BrowserProcess
  private let limits: RenderLimits
  private var number = 0
  private var calls: [Int: CheckedContinuation<JSONValue?, Never>] = [:]
  private var queue: [Request] = []
  private var page = ""
  private var frame = ""
  private var hasLoaded = false
  private var isGone = false
  private var lastActivity = ProcessInfo.processInfo.systemUptime
  /// The browser's own name and version.
  private(set) var version = "unknown"

  /// Sets that a page may not open connections by which nothing could be archived.
  private static let preparation =
    "for (const name of ['WebSocket','WebTransport','RTCPeerConnection','webkitRTCPeerConnection',"
    + "'EventSource','SharedWorker']) { try { delete globalThis[name] } catch {} }"

  init(_ process: BrowserProcess, limits: RenderLimits) {
    self.process = process
    self.limits = limits
  }

  /// Opens an address; false when the browser does not do as it is told.
  func open(_ url: String) async -> Bool {
    let messages = process.messages
    Task { [weak self] in
      for await message in messages { await self?.take(message) }
      await self?.gone()
    }
    version = await call("Browser.getVersion")?["product"]?.string ?? "unknown"
    guard
      let target = await call("Target.createTarget", [("url", "about:blank")])?["targetId"]?.string,
      let session = await attach(target), await prepare(session)
    else { return false }
    page = session
    frame = target
    guard
      await call("Browser.setDownloadBehavior", [("behavior", "deny")]) != nil,
      await call("Page.enable", session: page) != nil,
      await call("Network.enable", session: page) != nil,
      await call("Network.setBypassServiceWorker", raw: "{\"bypass\":true}", session: page) != nil,
      await call(
        "Page.addScriptToEvaluateOnNewDocument", [("source", Self.preparation)], session: page)
        != nil
    else { return false }
    // Answered only when the page's own request is, which is next.
    send("Page.navigate", Self.object([("url", url)]), session: page)
    return true
  }

  private func attach(_ target: String) async -> String? {
    await call(
      "Target.attachToTarget", raw: "{\"targetId\":\(Self.quoted(target)),\"flatten\":true}")?[
        "sessionId"]?.string
  }

  private static let attaching =
    "{\"autoAttach\":true,\"waitForDebuggerOnStart\":true,\"flatten\":true}"

  private func prepare(_ session: String) async -> Bool {
    guard
      await call("Fetch.enable", raw: "{\"patterns\":[{\"urlPattern\":\"*\"}]}", session: session)
        != nil
    else { return false }
    return await call("Target.setAutoAttach", raw: Self.attaching, session: session) != nil
  }

  /// The next request of the page; nil when it has settled, its time is over, or the browser is gone.
  func next(until deadline: Double) async -> Request? {
    while !isGone, !Task.isCancelled {
      let now = ProcessInfo.processInfo.systemUptime
      guard now < deadline else { return nil }
      if !queue.isEmpty { return queue.removeFirst() }
      if now - lastActivity >= (hasLoaded ? limits.settle : limits.patience) { return nil }
      try? await Task.sleep(for: .milliseconds(25))
    }
    return nil
  }

  /// Gives a request its answer.
  func fulfil(
    _ request: Request, status: Int, headers: [(name: String, value: String)], body: [UInt8]
  ) {
    lastActivity = ProcessInfo.processInfo.systemUptime
    var writer = JSONWriter()
    writer.object { (writer: inout JSONWriter) in
      writer.key("requestId")
      writer.string(request.id)
      writer.key("responseCode")
      writer.integer(status)
      writer.key("responseHeaders")
      writer.array { (writer: inout JSONWriter) in
        for header in headers {
          writer.object { (writer: inout JSONWriter) in
            writer.key("name")
            writer.string(header.name)
            writer.key("value")
            writer.string(header.value)
          }
        }
      }
      writer.key("body")
      writer.string(Base64.encode(body))
    }
    send("Fetch.fulfillRequest", writer.text, session: request.session)
  }

  /// Lets a request fail in the page.
  func refuse(_ request: Request) {
    send(
      "Fetch.failRequest",
      Self.object([("requestId", request.id), ("errorReason", "BlockedByClient")]),
      session: request.session)
  }

  /// The document as it stands now, as HTML; nil when the page does not let go of the browser.
  func html() async -> [UInt8]? {
    let script =
      "document.documentElement ? document.documentElement.outerHTML.slice(0, \(limits.pageBytes))"
      + " : ''"
    let result = await call("Runtime.evaluate", [("expression", script)], session: page)
    guard let text = result?["result"]?["value"]?.string, !text.isEmpty else { return nil }
    return Array("<!DOCTYPE html>\n\(text)\n".utf8)
  }

  /// What the window shows, as PNG.
  func screenshot() async -> [UInt8]? {
    let result = await call("Page.captureScreenshot", [("format", "png")], session: page)
    guard let text = result?["data"]?.string, let data = Data(base64Encoded: text) else {
      return nil
    }
    return Array(data)
  }

  private func take(_ message: [UInt8]) {
    var bounds = JSONLimits()
    bounds.maximumBytes = limits.messageBytes
    guard let json = JSONValue(parsing: message, limits: bounds) else { return }
    if let id = json["id"]?.number.flatMap({ Int(exactly: $0) }) {
      calls.removeValue(forKey: id)?.resume(returning: json["result"])
      return
    }
    let session = json["sessionId"]?.string ?? ""
    switch json["method"]?.string {
    case "Fetch.requestPaused": paused(json["params"], session)
    case "Page.loadEventFired" where session == page:
      hasLoaded = true
      lastActivity = ProcessInfo.processInfo.systemUptime
    case "Target.attachedToTarget":
      guard let child = json["params"]?["sessionId"]?.string, child != page, !page.isEmpty else {
        return
      }
      // A frame or a worker: caught like the page before it runs.
      send("Fetch.enable", "{\"patterns\":[{\"urlPattern\":\"*\"}]}", session: child)
      send("Target.setAutoAttach", Self.attaching, session: child)
      send("Runtime.runIfWaitingForDebugger", "{}", session: child)
    case "Inspector.targetCrashed", "Target.targetCrashed": gone()
    default: break
    }
  }

  private func paused(_ parameters: JSONValue?, _ session: String) {
    guard let id = parameters?["requestId"]?.string, let request = parameters?["request"],
      let url = request["url"]?.string
    else { return }
    let kind = parameters?["resourceType"]?.string ?? ""
    let entry = Request(
      id: id, session: session, url: url + (request["urlFragment"]?.string ?? ""),
      method: request["method"]?.string ?? "GET", kind: kind,
      headers: (request["headers"]?.members ?? []).compactMap { member in
        member.value.string.map { (member.name, $0) }
      },
      body: Array((request["postData"]?.string ?? "").utf8),
      isMainFrame: kind == "Document" && parameters?["frameId"]?.string == frame)
    // A page may ask faster than it is answered; what is over the limit would be refused anyway.
    guard queue.count <= limits.requests * 4 else { return refuse(entry) }
    if queue.count < limits.requests { lastActivity = ProcessInfo.processInfo.systemUptime }
    queue.append(entry)
  }

  private func gone() {
    isGone = true
    for call in calls.values { call.resume(returning: nil) }
    calls = [:]
  }

  private func call(
    _ method: String, _ parameters: [(String, String)] = [], raw: String? = nil,
    session: String = ""
  ) async -> JSONValue? {
    guard !isGone else { return nil }
    let id = number + 1
    let wait = limits.answer
    return await withCheckedContinuation { continuation in
      calls[id] = continuation
      send(method, raw ?? Self.object(parameters), session: session)
      Task { [weak self] in
        // The first answer of a browser that has just been started takes longer.
        try? await Task.sleep(for: .seconds(id == 1 ? wait * 4 : wait))
        await self?.giveUp(id)
      }
    }
  }

  private func giveUp(_ id: Int) { calls.removeValue(forKey: id)?.resume(returning: nil) }

  private func send(_ method: String, _ parameters: String, session: String) {
    number += 1
    let place = session.isEmpty ? "" : ",\"sessionId\":\(Self.quoted(session))"
    process.send(
      Array(
        "{\"id\":\(number),\"method\":\(Self.quoted(method)),\"params\":\(parameters)\(place)}".utf8
      ))
  }

  private static func object(_ pairs: [(String, String)]) -> String {
    "{" + pairs.map { "\(quoted($0.0)):\(quoted($0.1))" }.joined(separator: ",") + "}"
  }

  private static func quoted(_ text: String) -> String {
    var writer = JSONWriter()
    writer.string(text)
    return writer.text
  }
}
