import Markup

/// What must not be lost with the furniture: ways to reach somebody, and money.
extension ContentFinder {
  /// Whether a stretch has an address, a number that could be called, a sum of money or a link to
  /// one of these.
  func carriesContact(_ range: Range<Int>) -> Bool {
    if hasLink(in: range, where: { Self.isContact($0.href) }) { return true }
    return document.text[range].contains(0x40) || ContactText.hasNumberOrMoney(document.text, range)
  }

  /// Whether a link of a line goes to another site.
  func leadsAway(_ range: Range<Int>) -> Bool {
    guard let host else { return hasLink(in: range) { Self.isAbsolute($0.href) } }
    return hasLink(in: range) { link in
      guard Self.isAbsolute(link.href) else { return false }
      let name = Self.hostName(link.href)
      return !name.hasSuffix(host) && !host.hasSuffix(name)
    }
  }

  private func hasLink(in range: Range<Int>, where holds: (Link) -> Bool) -> Bool {
    var low = 0
    var high = document.links.count
    while low < high {
      let middle = (low + high) / 2
      if document.links[middle].range.lowerBound < range.lowerBound {
        low = middle + 1
      } else {
        high = middle
      }
    }
    while low < document.links.count, document.links[low].range.lowerBound < range.upperBound {
      let link = document.links[low]
      if link.kind == .anchor, !link.isHidden, holds(link) { return true }
      low += 1
    }
    return false
  }

  /// Whether an address is for calling or writing to somebody.
  private static func isContact(_ href: String) -> Bool {
    if isAbsolute(href) { return messengers.contains(hostName(href)) }
    return reaches.contains { scheme in
      href.utf8.prefix(scheme.count).elementsEqual(scheme) { $0.lowered == $1 }
    }
  }

  private static func isAbsolute(_ href: String) -> Bool {
    [http, slashes].contains { start in
      href.utf8.prefix(start.count).elementsEqual(start) { $0.lowered == $1 }
    }
  }

  private static let http = Array("http".utf8)
  private static let slashes = Array("//".utf8)

  private static let reaches = [
    "tel:", "mailto:", "sms:", "callto:", "whatsapp:", "viber:", "tg:", "skype:",
  ].map { Array($0.utf8) }

  private static let messengers: Set<String> = [
    "wa.me", "t.me", "api.whatsapp.com", "signal.me", "line.me", "telegram.me", "viber.click",
    "onlyfans.com", "msng.link",
  ]

  /// The host of an absolute address without `www.`, lower case.
  static func hostName(_ address: String) -> String {
    guard let mark = address.range(of: "//") else { return "" }
    var name = address[mark.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
      .prefix(260).lowercased()
    if let at = name.lastIndex(of: "@") { name = String(name[name.index(after: at)...]) }
    if let colon = name.firstIndex(of: ":") { name = String(name[..<colon]) }
    return name.hasPrefix("www.") ? String(name.dropFirst(4)) : name
  }
}
