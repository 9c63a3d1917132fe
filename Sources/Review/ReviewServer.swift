import Archive
import Dispatch
import HTTPTypes
import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
import NIOPosix

/// Serves a `ReviewSite` over HTTP until the process is told to end.
public struct ReviewServer: Sendable {
  private let site: ReviewSite
  private let host: String
  private let port: Int
  private let logger: Logger

  public init(site: ReviewSite, host: String, port: Int, logger: Logger) {
    self.site = site
    self.host = host
    self.port = port
    self.logger = logger
  }

  /// Runs until SIGINT or SIGTERM; `started` is told the port, also when 0 was asked for.
  public func run(started: @escaping @Sendable (Int) -> Void) async throws {
    let limits = site.limits
    DescriptorLimit.raise(to: limits.connections + Self.otherDescriptors)
    let application = Application(
      responder: SiteResponder(site: site),
      server: .http1(
        configuration: .init(
          idleTimeout: .seconds(Int64(limits.idleSeconds)),
          httpDecoderConfiguration: .init(
            maxHeaderFieldSize: limits.headerBytes, maxHeaderListSize: limits.headerBytes,
            maxHeaderFieldCount: limits.headerFields))),
      configuration: ApplicationConfiguration(
        address: .hostname(host, port: port),
        availableConnectionsDelegate: MaximumAvailableConnections(
          limits.connections, logger: logger)),
      onServerRunning: { channel in started(channel.localAddress?.port ?? 0) },
      logger: logger)
    try await application.runService()
  }
}

extension ReviewServer {
  /// Descriptors for database, archive, children and the server itself.
  private static let otherDescriptors = 512
}

/// A request's own context: who is on the other end.
struct SiteContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let peer: String

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    peer = source.channel.remoteAddress?.ipAddress ?? ""
  }
}

/// Reads a request whole and has the site answer it on threads that may wait for the database.
struct SiteResponder: HTTPResponder {
  private let site: ReviewSite
  private let threads: NIOThreadPool

  init(site: ReviewSite) {
    self.site = site
    threads = NIOThreadPool(numberOfThreads: site.limits.requests)
    threads.start()
  }

  func respond(to request: Request, context: SiteContext) async throws -> Response {
    let method = request.method.rawValue
    guard ["GET", "HEAD", "POST"].contains(method) else {
      return Response(status: .methodNotAllowed, headers: [.allow: "GET, HEAD, POST"])
    }
    var headers: [String: String] = [:]
    for field in request.headers {
      let name = field.name.canonicalName
      if headers[name] == nil { headers[name] = field.value }
    }
    headers["host"] = headers["host"] ?? request.head.authority
    let body: ByteBuffer
    do {
      body = try await read(request)
    } catch is ReadingProblem {
      return Response(status: .requestTimeout, headers: [.connection: "close"])
    } catch is NIOTooManyBytesError {
      return Response(status: .contentTooLarge, headers: [.connection: "close"])
    }
    let whole = WebRequest(
      method: method, path: request.uri.path, query: request.uri.query ?? "", headers: headers,
      body: Array(body.readableBytesView), peer: context.peer)
    let site = site
    let reply = try await threads.runIfActive { site.reply(to: whole) }
    var fields = HTTPFields()
    for (name, value) in reply.headers {
      if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
    }
    fields[.contentLength] = String(reply.body.count)
    return Response(
      status: .init(code: reply.status), headers: fields,
      body: method == "HEAD" ? .init() : ResponseBody(byteBuffer: ByteBuffer(bytes: reply.body)))
  }

  private enum ReadingProblem: Error { case slow }

  /// The body, unless it is too big or takes too long: a connection that is slow on purpose holds
  /// nothing but itself.
  private func read(_ request: Request) async throws -> ByteBuffer {
    guard request.method == .post else { return ByteBuffer() }
    let limits = site.limits
    return try await withThrowingTaskGroup(of: ByteBuffer.self) { group in
      group.addTask { try await request.body.collect(upTo: limits.bodyBytes) }
      group.addTask {
        try await Task.sleep(for: .seconds(limits.bodySeconds))
        throw ReadingProblem.slow
      }
      defer { group.cancelAll() }
      return try await group.next() ?? ByteBuffer()
    }
  }
}
