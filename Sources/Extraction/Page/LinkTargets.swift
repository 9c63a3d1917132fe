import Markup
import WebAddress

/// Reads the identifiers in the targets of a page's links, which a visitor clicks and never sees.
struct LinkTargets {
  let document: Document
  let regions: PhoneRegions
  let page: Address?

  /// The selectors of links that the text does not show already.
  func selectors(known: [Selector], content: [Range<Int>], limit: Int = 500) -> [Selector] {
    var seen = Set(known.map { $0.kind.rawValue + $0.value })
    var found: [Selector] = []
    let base = document.base.flatMap { Address($0, base: page) } ?? page
    let own = base.flatMap(ownSite)
    for link in document.links where (link.kind == .anchor || link.kind == .area) && !link.isHidden
    {
      guard found.count < limit, link.href.utf8.count <= 2_048, own?.holds(link.href) != true
      else { continue }
      let raw =
        link.range.isEmpty ? link.href : TextRange.string(document.text, link.range)
      for var selector in targets(link.href, base, link, content) {
        selector.raw = raw
        selector.range = link.range
        if seen.insert(selector.kind.rawValue + selector.value).inserted { found.append(selector) }
      }
    }
    return found
  }

  /// The site whose links say nothing: the page's, unless that is one on which people have names.
  private func ownSite(_ base: Address) -> OwnSite? {
    guard page.map({ $0.hostname == base.hostname }) ?? true, !LinkedIdentity.mayBe(on: base)
    else { return nil }
    return OwnSite(base: base)
  }

  private func targets(
    _ href: String, _ base: Address?, _ link: Link, _ content: [Range<Int>]
  ) -> [Selector] {
    let lower = href.prefix(24).lowercased()
    if let number = rest(of: href, after: ["tel:", "sms:", "callto:"], lower) {
      return phone(number)
    }
    if lower.hasPrefix("mailto:") {
      let address = href.dropFirst("mailto:".count).prefix { $0 != "?" }
      return EmailFinder.first(in: Array(address.utf8)).map { [$0] } ?? []
    }
    if lower.hasPrefix("whatsapp:") || lower.hasPrefix("viber:") {
      guard let equals = href.range(of: lower.hasPrefix("viber:") ? "number=" : "phone=") else {
        return []
      }
      return phone(String(href[equals.upperBound...].prefix { $0 != "&" }))
    }
    if lower.hasPrefix("tg:"), let name = href.range(of: "domain=") {
      let value = String(href[name.upperBound...].prefix { $0 != "&" })
      return LinkedIdentity.name(value, .telegram).map { [blank(.handle, "telegram:\($0)")] } ?? []
    }
    if lower.hasPrefix("skype:") {
      let value = String(href.dropFirst("skype:".count).prefix { $0 != "?" })
      return LinkedIdentity.name(value, .skype).map { [blank(.handle, "skype:\($0)")] } ?? []
    }
    guard let address = Address(href, base: base), address.isHTTP else { return [] }
    let selectors = SelectorFinder.selectors(of: address, raw: "", range: 0..<0, confidence: 0.95)
    guard selectors.first?.kind == .url else { return selectors }
    // Only what leads away from the site, from the advert's own words, says something.
    guard let own = page?.registrableDomain, let other = address.registrableDomain, own != other,
      !link.range.isEmpty, RangeSet.holds(link.range, content)
    else { return [] }
    return selectors
  }

  private func rest(of href: String, after schemes: [String], _ lower: String) -> String? {
    schemes.first { lower.hasPrefix($0) }.map { String(href.dropFirst($0.utf8.count)) }
  }

  private func blank(_ kind: SelectorKind, _ value: String, valid: Bool = true) -> Selector {
    Selector(kind: kind, value: value, raw: "", range: 0..<0, valid: valid, confidence: 0.95)
  }

  private func phone(_ number: String) -> [Selector] {
    var digits: [UInt8] = []
    var index = number.utf8.startIndex
    let bytes = number.utf8
    while index < bytes.endIndex, digits.count < 20 {
      let byte = bytes[index]
      if byte.isDigit || byte == 0x2B && digits.isEmpty { digits.append(byte) }
      if byte == 0x25 {
        // "%20" and "%2B"
        let code = bytes[index...].prefix(3)
        if code.elementsEqual("%2B".utf8) || code.elementsEqual("%2b".utf8), digits.isEmpty {
          digits.append(0x2B)
        }
        index = code.endIndex
        continue
      }
      if byte == 0x3B || byte == 0x3F { break }
      index = bytes.index(after: index)
    }
    if digits.starts(with: [0x30, 0x30]) { digits = [0x2B] + digits.dropFirst(2) }
    guard digits.count >= 7 else { return [] }
    let candidates = digits.first == 0x2B ? ["ZZ"] : regions.codes
    for region in candidates {
      if let phone = ParsedPhone.parse(digits, region: region), phone.valid || region == "ZZ" {
        return [blank(.phone, phone.value, valid: phone.valid)]
      }
    }
    if digits.first != 0x2B, digits.count >= 10,
      let phone = ParsedPhone.parse([0x2B] + digits, region: "ZZ"), phone.valid
    {
      return [blank(.phone, phone.value)]
    }
    return []
  }
}

extension EmailFinder {
  /// The first plain address of a short text.
  static func first(in text: [UInt8]) -> Selector? {
    guard let at = text.firstIndex(of: 0x40) else { return nil }
    return EmailFinder(text: text).plain(at: at)
  }
}

extension String {
  /// Where `needle` stands, by bytes; Foundation's search is not at hand on this floor.
  func range(of needle: String) -> Range<Index>? {
    let bytes = utf8
    let wanted = Array(needle.utf8)
    var start = bytes.startIndex
    while start != bytes.endIndex {
      let part = bytes[start...].prefix(wanted.count)
      guard part.count == wanted.count else { return nil }
      if part.elementsEqual(wanted) { return start..<part.endIndex }
      start = bytes.index(after: start)
    }
    return nil
  }
}
