import Configuration
import WebAddress

/// The keys of `network.proxy` in `adwatch.source/1`; an address alone will do.
enum ProxyReader {
  static func read(
    _ node: ConfigurationNode, _ reader: inout ConfigurationReader
  ) -> Source.ProxySettings? {
    guard case .mapping = node.value else { return settings(node, &reader) }
    let keys = ["address", "login_file", "login_env", "circuits", "echo"]
    guard let fields = reader.mapping(node, keys: keys, required: ["address"]),
      let place = fields["address"], var proxy = settings(place, &reader)
    else { return nil }
    if let file = fields["login_file"].flatMap({ reader.string($0) }) { proxy.login = .file(file) }
    if let name = fields["login_env"].flatMap({ reader.string($0) }) {
      if proxy.login != nil { reader.report("one of login_file and login_env", at: node) }
      proxy.login = .environment(name)
    }
    proxy.hasCircuits = fields["circuits"].flatMap { reader.boolean($0) } ?? false
    if proxy.hasCircuits, !proxy.address.hasPrefix("socks5h:") || proxy.login != nil {
      reader.report("circuits need a socks5h proxy without a login", at: node)
    }
    if let place = fields["echo"], let text = reader.string(place) {
      if let address = Address(text), address.isHTTP, address.username.isEmpty,
        address.password.isEmpty
      {
        proxy.echo = address
      } else {
        reader.report("'\(text.prefix(80))' is no http or https address", at: place)
      }
    }
    return proxy
  }

  private static func settings(
    _ node: ConfigurationNode, _ reader: inout ConfigurationReader
  ) -> Source.ProxySettings? {
    guard let text = reader.string(node) else { return nil }
    let schemes = ["http", "https", "socks5h", "socks4a"]
    guard let address = Address(text), schemes.contains(address.scheme), !address.hostname.isEmpty
    else {
      reader.report(
        "a proxy is an http, https, socks5h or socks4a address such as socks5h://127.0.0.1:9050",
        at: node)
      return nil
    }
    guard !text.utf8.contains(UInt8(ascii: "@")) else {
      reader.report(
        "no login in a source's file, which the custody log keeps: login_file or login_env say where it is",
        at: node)
      return nil
    }
    return Source.ProxySettings(address: text)
  }
}
