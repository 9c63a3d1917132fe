import CCurl
public import CaseStore
import Foundation

/// One message over SMTP, through libcurl; blocks the thread that it is called on.
public struct MailTransfer: Sendable {
  let relay: MailRelay

  public init(relay: MailRelay) { self.relay = relay }

  /// Hands a message over.
  ///
  /// `begin` is called when the peer has asked for the body (354) and before its first byte leaves; when
  /// it throws, nothing leaves and the connection is cut.
  public func send(
    _ message: OutboxMessage, to recipient: String, begin: () throws -> Void
  ) -> DeliveryOutcome {
    guard MailAddress.isPlain(recipient), MailAddress.isPlain(message.envelopeFrom) else {
      return .notBegun(reason: "an address that cannot stand in SMTP")
    }
    guard relay.isAcceptable else {
      return .notBegun(reason: "a relay elsewhere without TLS")
    }
    return withoutActuallyEscaping(begin) { begin in
      let state = Progress(mime: message.mime, begin: begin)
      return withExtendedLifetime(state) {
        perform(state, message.envelopeFrom, recipient)
      }
    }
  }

  private func perform(
    _ state: Progress, _ sender: String, _ recipient: String
  ) -> DeliveryOutcome {
    guard let easy = curl_easy_init() else { return .notBegun(reason: "no memory") }
    // Here and not later: QUIT is said while it cleans up, and its reply comes through a callback.
    defer { curl_easy_cleanup(easy) }
    let context = Unmanaged.passUnretained(state).toOpaque()
    let recipients = curl_slist_append(nil, recipient)
    defer { curl_slist_free_all(recipients) }
    let name = relay.host.contains(":") ? "[\(relay.host)]" : relay.host
    let scheme = relay.protection == .tls ? "smtps" : "smtp"
    let options = [
      ccurl_set_string(easy, CURLOPT_URL, "\(scheme)://\(name):\(relay.port)/adwatch.invalid"),
      ccurl_set_string(easy, CURLOPT_PROXY, ""),
      ccurl_set_string(easy, CURLOPT_MAIL_FROM, sender),
      ccurl_set_list(easy, CURLOPT_MAIL_RCPT, recipients),
      ccurl_set_long(
        easy, CURLOPT_USE_SSL,
        relay.protection == .startTLS ? Int(CURLUSESSL_ALL.rawValue) : Int(CURLUSESSL_NONE.rawValue)
      ),
      ccurl_set_string(easy, CURLOPT_USERNAME, relay.login?.name),
      ccurl_set_string(easy, CURLOPT_PASSWORD, relay.login?.password),
      relay.authorities.map { ccurl_set_string(easy, CURLOPT_CAINFO, $0) } ?? CURLE_OK,
      ccurl_set_long(easy, CURLOPT_UPLOAD, 1),
      ccurl_set_long(easy, CURLOPT_NOSIGNAL, 1),
      ccurl_set_long(easy, CURLOPT_CONNECTTIMEOUT, relay.connectSeconds),
      ccurl_set_long(easy, CURLOPT_TIMEOUT, relay.totalSeconds),
      ccurl_on_read(easy, { Progress.read($0, $1, $2, $3) }, context),
      ccurl_on_header(easy, { Progress.reply($0, $1, $2, $3) }, context),
      ccurl_on_body(easy, { _, size, count, _ in size * count }, context),
    ]
    guard options.allSatisfy({ $0 == CURLE_OK }) else {
      return .notBegun(reason: "libcurl refused an option")
    }
    let result = curl_easy_perform(easy)
    let code = Int(ccurl_get_long(easy, CURLINFO_RESPONSE_CODE))
    return Self.outcome(
      result: result, code: code, reply: state.replies[code] ?? "", isBegun: state.isBegun,
      words: String(cString: curl_easy_strerror(result)), problem: state.problem)
  }

  /// What a transfer's end means: a pure function, because every line of it matters.
  ///
  /// libcurl gives the same result for 451 and 550; only the reply's code tells them apart. After the
  /// body was begun, anything but a reply of the 4xx or 5xx kind leaves the end unknown.
  static func outcome(
    result: CURLcode, code: Int, reply: String, isBegun: Bool, words: String, problem: String?
  ) -> DeliveryOutcome {
    if let problem { return .notBegun(reason: problem) }
    if result == CURLE_OK, isBegun, (200...299).contains(code) {
      return .accepted(code: code, reply: reply)
    }
    if (400...499).contains(code) { return .refusedForNow(code: code, reply: reply) }
    if (500...599).contains(code) { return .refused(code: code, reply: reply) }
    return isBegun
      ? .unknown(reason: "\(words), last reply \(code)") : .notBegun(reason: words)
  }
}

/// What the callbacks of one transfer share; they run on the thread that waits for it.
private final class Progress {
  let mime: [UInt8]
  let begin: () throws -> Void
  var offset = 0
  var isBegun = false
  var problem: String?
  /// The last reply of each code: the one to QUIT, which curl says after a refusal, is not the answer.
  var replies: [Int: String] = [:]
  /// Most bytes of a reply that are kept.
  static let longestReply = 512

  init(mime: [UInt8], begin: @escaping () throws -> Void) {
    self.mime = mime
    self.begin = begin
  }

  static func read(
    _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
    _ context: UnsafeMutableRawPointer?
  ) -> Int {
    guard let buffer, let context else { return Int(CURL_READFUNC_ABORT) }
    let state = Unmanaged<Progress>.fromOpaque(context).takeUnretainedValue()
    if !state.isBegun {
      do {
        try state.begin()
        state.isBegun = true
      } catch {
        state.problem = "stopped before the body: \(error)"
        return Int(CURL_READFUNC_ABORT)
      }
    }
    let length = min(size * count, state.mime.count - state.offset)
    guard length > 0 else { return 0 }
    state.mime.withUnsafeBytes { bytes in
      UnsafeMutableRawBufferPointer(start: buffer, count: length)
        .copyMemory(
          from: UnsafeRawBufferPointer(rebasing: bytes[state.offset..<(state.offset + length)]))
    }
    state.offset += length
    return length
  }

  static func reply(
    _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
    _ context: UnsafeMutableRawPointer?
  ) -> Int {
    guard let buffer, let context else { return 0 }
    let state = Unmanaged<Progress>.fromOpaque(context).takeUnretainedValue()
    let bytes = UnsafeRawBufferPointer(start: buffer, count: size * count).prefix(longestReply)
    // Whoever wrote the reply may be under investigation: one line of printable ASCII is kept.
    let line = String(decoding: bytes.filter { (0x20...0x7E).contains($0) }, as: UTF8.self)
    if let code = Int(line.prefix(3)) { state.replies[code] = line }
    return size * count
  }
}
