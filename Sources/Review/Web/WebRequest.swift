/// A request as the pages see it: read whole, within the limits.
public struct WebRequest: Sendable {
  /// `GET`, `HEAD` or `POST`; everything else is refused before.
  public var method: String
  /// The path as it was sent.
  public var path: String
  /// The query as it was sent.
  public var query: String
  /// Header fields by their name in small letters; of several the first.
  public var headers: [String: String]
  /// The body.
  public var body: [UInt8]
  /// Who is on the other end of the connection.
  public var peer: String

  public init(
    method: String, path: String, query: String = "", headers: [String: String] = [:],
    body: [UInt8] = [], peer: String = "127.0.0.1"
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
    self.peer = peer
  }

  /// A cookie; of several with one name the first.
  func cookie(_ name: String) -> String? {
    for pair in (headers["cookie"] ?? "").split(separator: ";") {
      let parts = pair.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
      if parts.count == 2, parts[0] == name { return String(parts[1]) }
    }
    return nil
  }
}

/// The answer to a request.
public struct WebReply: Sendable {
  /// HTTP status.
  public var status: Int
  /// Header fields in their order.
  public var headers: [(name: String, value: String)]
  /// The body.
  public var body: [UInt8]

  init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// The first header field of a name.
  public subscript(name: String) -> String? { headers.first { $0.name == name }?.value }

  static func redirect(_ path: String) -> WebReply {
    WebReply(status: 303, headers: [("location", path)])
  }

  static func html(_ text: String, status: Int = 200) -> WebReply {
    WebReply(
      status: status, headers: [("content-type", "text/html; charset=utf-8")],
      body: Array(text.utf8))
  }
}

/// Names and values of a form or a query: `application/x-www-form-urlencoded` (WHATWG URL, 5.1).
struct FormFields: Sendable {
  private var fields: [(name: String, value: String)] = []

  /// Reads at most `most` fields; what is no UTF-8 is repaired.
  init(_ bytes: some Sequence<UInt8>, most: Int) {
    for pair in Array(bytes).split(separator: UInt8(ascii: "&"), maxSplits: most).prefix(most) {
      let parts = pair.split(
        separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      fields.append((Self.decode(parts[0]), parts.count > 1 ? Self.decode(parts[1]) : ""))
    }
  }

  /// The first value of a name.
  subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

  /// The first value of a name that is not empty, without white space around it.
  func text(_ name: String) -> String? {
    guard let value = self[name] else { return nil }
    let scalars = value.unicodeScalars
    let start = scalars.drop { $0.properties.isWhitespace }
    let end = start.reversed().drop { $0.properties.isWhitespace }.reversed()
    let text = String(String.UnicodeScalarView(end))
    return text.isEmpty ? nil : text
  }

  /// All values of a name.
  func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

  private static func decode(_ bytes: ArraySlice<UInt8>) -> String {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var place = bytes.startIndex
    while place < bytes.endIndex {
      let byte = bytes[place]
      if byte == UInt8(ascii: "%"), place + 2 < bytes.endIndex,
        let high = hex(bytes[place + 1]), let low = hex(bytes[place + 2])
      {
        decoded.append(high << 4 | low)
        place += 3
      } else {
        decoded.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
        place += 1
      }
    }
    return String(decoding: decoded, as: UTF8.self)
  }

  private static func hex(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }

  /// A value as it may stand in a query.
  static func encode(_ text: String) -> String {
    var encoded: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: encoded.append(byte)
      default:
        encoded.append(UInt8(ascii: "%"))
        let digits = Array("0123456789ABCDEF".utf8)
        encoded += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }
}
