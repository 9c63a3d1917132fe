import WebAddress

/// A service on which people are reached by a name.
enum Platform: String, Sendable, CaseIterable {
  case telegram, whatsapp, instagram, snapchat, signal, viber, onlyfans, x, tiktok, skype, wechat
  case line, facebook, kik, discord, fansly

  /// The platform that the word with this folded hash names.
  init?(word hash: UInt64) {
    guard let platform = Self.words[hash] else { return nil }
    self = platform
  }

  /// The words that name a platform.
  static var spellings: [UInt64] { Array(words.keys) }

  private static let words: [UInt64: Platform] = {
    let names: [(String, Platform)] = [
      ("telegram telegr tg telegramm телеграм телеграмм тг", .telegram),
      ("instagram insta ig instam instan instagramom инстаграм инста", .instagram),
      ("snapchat snap snapchatt", .snapchat),
      ("signal", .signal), ("viber вайбер", .viber), ("onlyfans onlyfan of", .onlyfans),
      ("twitter x", .x), ("tiktok tok", .tiktok), ("skype skyp скайп", .skype),
      ("wechat weixin 微信", .wechat), ("line", .line), ("facebook fb", .facebook), ("kik", .kik),
      ("discord", .discord), ("fansly", .fansly), ("whatsapp", .whatsapp),
    ]
    var words: [UInt64: Platform] = [:]
    for (list, platform) in names {
      for word in list.split(separator: " ") { words[Folding.hash(String(word))] = platform }
    }
    return words
  }()

  /// Whether the platform's name is also an ordinary word, so that more is asked of the text.
  var isWord: Bool { self == .line || self == .signal || self == .snapchat }

  /// The lengths a name can have.
  var lengths: ClosedRange<Int> {
    switch self {
    case .telegram: return 4...32
    case .snapchat: return 3...15
    case .instagram: return 2...30
    case .x: return 3...15
    case .skype, .wechat: return 5...32
    default: return 3...32
    }
  }
}

/// What a web address says about whom it leads to.
enum LinkedIdentity: Equatable {
  case handle(Platform, String)
  /// A phone number in international form, the plus sign included.
  case whatsapp(String)
  case payment

  /// The identity behind an address, nil when it is an ordinary page.
  init?(_ address: Address) {
    let host = Self.host(of: address)
    guard Self.hosts.contains(host) else { return nil }
    let path = address.pathname.split(separator: "/").map(String.init)
    if Self.isPayment(host, path) {
      self = .payment
      return
    }
    switch host {
    case "wa.me", "api.whatsapp.com", "whatsapp.com", "web.whatsapp.com":
      guard let number = Self.whatsapp(host, path, address.search) else { return nil }
      self = .whatsapp(number)
    case "t.me", "telegram.me", "telegram.dog":
      guard var name = path.first, name != "joinchat", name != "share", name != "addstickers" else {
        return nil
      }
      if name == "s", path.count > 1 { name = path[1] }
      if name.hasPrefix("+") || name.hasPrefix("%2B") { return nil }
      guard let clean = Self.name(name, .telegram) else { return nil }
      self = .handle(.telegram, clean)
    default:
      guard let (platform, name) = Self.profile(host, path),
        let clean = Self.name(name, platform)
      else { return nil }
      self = .handle(platform, clean)
    }
  }

  /// Whether addresses on a host may lead to somebody.
  static func mayBe(on address: Address) -> Bool { hosts.contains(host(of: address)) }

  /// The host as platforms are known by it.
  private static func host(of address: Address) -> String {
    var host = address.hostname.lowercased()
    for prefix in ["www.", "m.", "mobile."] where host.hasPrefix(prefix) {
      host.removeFirst(prefix.count)
    }
    return host
  }

  /// Every host that is told apart below.
  private static let hosts: Set<String> = payees.union(parts.keys).union([
    "wa.me", "api.whatsapp.com", "whatsapp.com", "web.whatsapp.com", "t.me", "telegram.me",
    "telegram.dog", "instagram.com", "snapchat.com", "onlyfans.com", "fansly.com", "twitter.com",
    "x.com", "tiktok.com", "facebook.com", "fb.com", "fb.me", "line.me", "join.skype.com", "kik.me",
    "ing.nl", "abnamro.nl",
  ])

  private static func profile(_ host: String, _ path: [String]) -> (Platform, String)? {
    guard let first = path.first else { return nil }
    switch host {
    case "instagram.com":
      return ["p", "reel", "reels", "explore", "accounts", "stories", "tv", "about"]
        .contains(first) ? nil : (.instagram, first)
    case "snapchat.com":
      return first == "add" && path.count > 1 ? (.snapchat, path[1]) : nil
    case "onlyfans.com": return path.count == 1 ? (.onlyfans, first) : nil
    case "fansly.com": return (.fansly, first)
    case "twitter.com", "x.com":
      return ["intent", "share", "home", "search", "hashtag", "i", "login"].contains(first)
        ? nil : (.x, first)
    case "tiktok.com": return first.hasPrefix("@") ? (.tiktok, first) : nil
    case "facebook.com", "fb.com", "fb.me":
      return [
        "sharer", "sharer.php", "share.php", "profile.php", "groups", "pages", "events",
        "dialog", "login", "plugins", "tr", "policies", "help", "watch", "people", "photo",
        "share",
      ].contains(first) ? nil : (.facebook, first)
    case "line.me":
      return first == "ti" && path.count > 2 && path[2].hasPrefix("~")
        ? (.line, String(path[2].dropFirst())) : nil
    case "join.skype.com", "kik.me": return (host == "kik.me" ? .kik : .skype, first)
    default: return nil
    }
  }

  /// The name in normal form, nil when the platform gives out no such names.
  static func name(_ name: String, _ platform: Platform) -> String? {
    var bytes = Array(name.lowercased().utf8)
    if bytes.first == 0x40 { bytes.removeFirst() }
    while let last = bytes.last, last == 0x2E || last == 0x2D { bytes.removeLast() }
    guard platform.lengths.contains(bytes.count),
      bytes.allSatisfy({ $0.isAlphanumeric || $0 == 0x5F || $0 == 0x2E || $0 == 0x2D })
    else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func whatsapp(_ host: String, _ path: [String], _ search: String) -> String? {
    var source = path.first ?? ""
    if host != "wa.me" || source.isEmpty || source == "message" {
      guard
        let phone = search.split(whereSeparator: { $0 == "?" || $0 == "&" })
          .first(where: { $0.hasPrefix("phone=") })
      else { return nil }
      source = String(phone.dropFirst("phone=".count))
      if source.hasPrefix("%2B") || source.hasPrefix("%2b") { source.removeFirst(3) }
    }
    var digits = source.utf8.filter(\.isDigit)
    let others = source.utf8.contains { !$0.isDigit && $0 != 0x2B && $0 != 0x2D && $0 != 0x20 }
    if digits.starts(with: [0x30, 0x30]) { digits.removeFirst(2) }
    guard !others, (8...15).contains(digits.count) else { return nil }
    return "+" + String(decoding: digits, as: UTF8.self)
  }

  /// Sites where every path names somebody who is to be paid, or what for.
  private static let payees: Set<String> = [
    "paypal.me", "tikkie.me", "revolut.me", "bunq.me", "monzo.me", "cash.app", "venmo.com",
    "ko-fi.com", "buymeacoffee.com", "betaalverzoek.rabobank.nl", "betaalverzoek.nl",
    "lydia-app.com", "pay.sumup.com", "buy.stripe.com", "donate.stripe.com",
    "checkout.stripe.com", "throne.com", "wishtender.com", "patreon.com", "qr.payconiq.com",
    "leetchi.com", "gofundme.com", "donationalerts.com", "boosty.to", "qr.vipps.no",
    "app.swish.nu", "skrill.me", "satispay.com",
  ]
  /// Sites of which one part asks for money, by the first step of its path.
  private static let parts: [String: Set<String>] = [
    "paypal.com": ["paypalme", "donate"], "wise.com": ["pay"], "payconiq.com": ["pay"],
    "yoomoney.ru": ["to"], "qiwi.com": ["n", "p"], "mobilepay.dk": ["box"], "twint.ch": ["pay"],
    "mollie.com": ["pay", "checkout"], "ing.nl": ["payreq"],
  ]

  private static func isPayment(_ host: String, _ path: [String]) -> Bool {
    guard let first = path.first else { return false }
    if payees.contains(host) || parts[host]?.contains(first) ?? false { return true }
    return (host == "ing.nl" || host == "abnamro.nl")
      && path.contains { $0.contains("betaalverzoek") }
  }
}
