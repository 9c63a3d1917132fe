public import WebAddress

/// An end of a TCP connection.
public struct Endpoint: Sendable, Hashable, CustomStringConvertible {
  public var address: IPAddress
  public var port: UInt16

  public init(address: IPAddress, port: UInt16) {
    self.address = address
    self.port = port
  }

  /// `192.0.2.1:80` or `[2001:db8::1]:80`.
  public var description: String {
    let text = address.description
    return text.utf8.contains(UInt8(ascii: ":")) ? "[\(text)]:\(port)" : "\(text):\(port)"
  }
}
