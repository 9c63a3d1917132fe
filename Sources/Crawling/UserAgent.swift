/// How the crawler names itself.
public enum UserAgent {
  /// The product token that robots.txt rules are looked up by (RFC 9309, section 2.2.1).
  public static let token = "Adwatch"

  /// The `User-Agent` header: product, version, and whom to write to.
  public static func text(software: String, contact: String?) -> String {
    let version = software.split(separator: "/").dropFirst().first ?? "0"
    let safe = contact.map { $0.filter { $0 != "\r" && $0 != "\n" && $0 != "(" && $0 != ")" } }
    return "\(token)/\(version)" + (safe.map { " (+\($0))" } ?? "")
  }
}
