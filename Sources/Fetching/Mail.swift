import CCurl
import Foundation

/// A message as it is handed to a mail server.
public struct Mail: Sendable, Hashable {
  /// `name@host`, without a display name.
  public var from: String
  /// Each as `from`.
  public var to: [String]
  /// The whole message, head and body (RFC 5322), lines ended by CR LF.
  public var message: [UInt8]

  public init(from: String, to: [String], message: [UInt8]) {
    self.from = from
    self.to = to
    self.message = message
  }

  /// Whether text can be an address in an envelope: one `@`, printable ASCII, nothing that a mail server
  /// could take for a command of its own.
  ///
  /// libcurl does not look at recipients: a line break in one would be a command.
  public static func isAddress(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), text.utf8.count <= 254 else {
      return false
    }
    return text.utf8.allSatisfy { byte in
      (0x21...0x7E).contains(byte) && !Array("<>()[],;:\\\"".utf8).contains(byte)
    }
  }
}

/// A mail server, and how to speak to it.
public struct MailServer: Sendable, Hashable {
  /// `smtp://host:port` or `smtps://host:port`.
  public var url: String
  /// Whether the connection has to be encrypted before anything is said (STARTTLS for `smtp`).
  public var requiresTLS: Bool
  /// PEM file of authorities instead of the system's.
  public var authorities: String?
  /// Name and password, where the server asks for them.
  public var login: (user: String, password: String)? {
    get { user.map { ($0, password ?? "") } }
    set { (user, password) = (newValue?.user, newValue?.password) }
  }
  private var user: String?
  private var password: String?
  /// Seconds that a delivery may take.
  public var timeout: Double = 60

  public init(url: String, requiresTLS: Bool = true, authorities: String? = nil) {
    self.url = url
    self.requiresTLS = requiresTLS
    self.authorities = authorities
  }

  /// Why a message was not taken.
  public struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
    /// In words for people.
    public var description: String
    /// True when the server may have taken it all the same: the connection ended after the message.
    public var isInDoubt: Bool

    init(_ description: String, isInDoubt: Bool = false) {
      self.description = description
      self.isInDoubt = isInDoubt
    }
  }

  /// Hands over a message; returns when the server has taken it.
  ///
  /// Blocks its thread for `timeout` seconds at the most; not for a thread of the concurrency pool.
  public func send(_ mail: Mail) throws(Failure) {
    guard let scheme = url.split(separator: ":").first, ["smtp", "smtps"].contains(scheme) else {
      throw Failure("'\(url)' is no smtp:// or smtps:// address")
    }
    guard !mail.to.isEmpty, ([mail.from] + mail.to).allSatisfy(Mail.isAddress) else {
      throw Failure("an address of the message is none")
    }
    guard let easy = curl_easy_init() else { throw Failure("libcurl cannot be used") }
    defer { curl_easy_cleanup(easy) }
    var recipients: UnsafeMutablePointer<curl_slist>?
    defer { curl_slist_free_all(recipients) }
    for address in mail.to { recipients = curl_slist_append(recipients, "<\(address)>") }
    let reader = MessageReader(mail.message)
    let context = Unmanaged.passUnretained(reader).toOpaque()
    _ = ccurl_set_string(easy, CURLOPT_URL, url)
    _ = ccurl_set_string(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps")
    _ = ccurl_set_string(easy, CURLOPT_PROXY, "")
    _ = ccurl_set_string(easy, CURLOPT_MAIL_FROM, "<\(mail.from)>")
    _ = ccurl_set_list(easy, CURLOPT_MAIL_RCPT, recipients)
    _ = ccurl_set_long(easy, CURLOPT_UPLOAD, 1)
    _ = ccurl_set_long(easy, CURLOPT_NOSIGNAL, 1)
    _ = ccurl_set_long(easy, CURLOPT_TIMEOUT_MS, Int(timeout * 1000))
    _ = ccurl_set_long(
      easy, CURLOPT_USE_SSL, requiresTLS ? Int(CURLUSESSL_ALL.rawValue) : 0)
    if let authorities { _ = ccurl_set_string(easy, CURLOPT_CAINFO, authorities) }
    if let user {
      _ = ccurl_set_string(easy, CURLOPT_USERNAME, user)
      _ = ccurl_set_string(easy, CURLOPT_PASSWORD, password ?? "")
    }
    _ = ccurl_on_read(
      easy,
      { buffer, size, count, context in
        guard let buffer, let context else { return 0 }
        return Unmanaged<MessageReader>.fromOpaque(context).takeUnretainedValue()
          .read(into: buffer, most: size * count)
      }, context)
    let code = withExtendedLifetime(reader) { curl_easy_perform(easy) }
    guard code == CURLE_OK else {
      let answer = ccurl_get_long(easy, CURLINFO_RESPONSE_CODE)
      let words = String(cString: curl_easy_strerror(code))
      throw Failure(
        "\(url): \(words)" + (answer > 0 ? ", the server said \(answer)" : ""),
        isInDoubt: reader.isDone && answer < 400)
    }
  }
}

/// Gives libcurl a message piece by piece.
private final class MessageReader {
  private let bytes: [UInt8]
  private var done = 0
  var isDone: Bool { done == bytes.count }

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func read(into buffer: UnsafeMutablePointer<CChar>, most: Int) -> Int {
    let count = min(most, bytes.count - done)
    bytes.withUnsafeBytes { source in
      guard count > 0, let base = source.baseAddress else { return }
      memcpy(buffer, base + done, count)
    }
    done += count
    return count
  }
}
