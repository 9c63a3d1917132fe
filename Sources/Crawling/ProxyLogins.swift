import CrawlFrontier
import Fetching
import Foundation

/// What sources log in to their proxies with: read once, when a crawl is made, and kept in memory.
struct ProxyLogins: Sendable {
  private(set) var logins: [String: ProxyLogin] = [:]
  /// What could not be read, for people.
  private(set) var problems: [String] = []

  /// Reads the logins of the sources; `nonce` tells the circuits of one run from those of another.
  init(_ sources: [Source], nonce: String, environment: [String: String]) {
    for source in sources {
      guard let proxy = source.network.proxy else { continue }
      switch proxy.login {
      case nil:
        guard proxy.hasCircuits else { continue }
        // Tor's IsolateSOCKSAuth: no two logins share a circuit.
        logins[source.name] = ProxyLogin(user: "adwatch-\(source.name)", password: nonce)
      case .environment(let name):
        guard let login = environment[name].flatMap({ ProxyLogin($0) }) else {
          problems.append("\(source.name): the variable \(name) holds no user:password")
          continue
        }
        logins[source.name] = login
      case .file(let path):
        do {
          logins[source.name] = try Self.read(path)
        } catch {
          problems.append("\(source.name): \(path): \(error.reason)")
        }
      }
    }
  }

  private struct Unusable: Error {
    var reason: String
  }

  private static func read(_ path: String) throws(Unusable) -> ProxyLogin {
    guard let data = FileManager.default.contents(atPath: path), data.count <= 4096 else {
      throw Unusable(reason: "cannot be read")
    }
    let mode = (try? FileManager.default.attributesOfItem(atPath: path))?[.posixPermissions]
    guard let mode = mode as? Int, mode & 0o077 == 0 else {
      throw Unusable(reason: "others may read it; chmod 600")
    }
    let line = String(decoding: data, as: UTF8.self).prefix { $0 != "\n" && $0 != "\r\n" }
    guard let login = ProxyLogin(String(line)) else {
      throw Unusable(reason: "the first line is no user:password")
    }
    return login
  }
}
