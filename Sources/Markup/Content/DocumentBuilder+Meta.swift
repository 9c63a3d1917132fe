extension DocumentBuilder {
  mutating func readMeta(_ attributes: TagAttributes) {
    guard let content = attributes.piece(.content), meta.count < limits.maximumMeta else { return }
    for (key, kind) in [
      (AttributeKey.name, MetaEntry.Kind.name), (.property, .property), (.httpEquiv, .httpEquiv),
      (.itemprop, .itemProperty),
    ] {
      guard let name = attributes.piece(key), !name.isEmpty else { continue }
      meta.append(MetaEntry.Record(kind: kind, name: name, content: content))
      if kind == .httpEquiv, attributes.isTrimmed(key, "refresh") {
        readRefresh(attributes.trimmed(.content) ?? "", attributes)
      }
      if kind == .name, attributes.isTrimmed(key, "robots") { readRobots(attributes) }
    }
  }

  private mutating func readRobots(_ attributes: TagAttributes) {
    let content = attributes.trimmed(.content)?.lowercased() ?? ""
    document.robotsDirectives += content.split(separator: ",").prefix(64).map {
      ItemCollection.collapsed(Array($0.utf8)[...])
    }.filter { !$0.isEmpty }
  }

  /// Reads where a refresh leads (HTML, section 4.2.5.3, "shared declarative refresh steps").
  private mutating func readRefresh(_ content: String, _ attributes: TagAttributes) {
    guard document.refresh == nil, let refresh = MetaRefresh(content: content) else { return }
    document.refresh = refresh
    if let target = refresh.target, !target.isEmpty { addRefresh(target, attributes) }
  }

  mutating func readLanguage(_ attributes: TagAttributes) {
    guard document.language == nil, let language = attributes.trimmed(.lang), !language.isEmpty
    else { return }
    document.language = language
  }
}

extension MetaRefresh {
  /// What the `content` of a refresh asks for; nil when it is none.
  init?(content: String) {
    let bytes = Array(content.utf8)
    var index = 0
    func skipSpace() { while index < bytes.count, bytes[index].isHTMLSpace { index += 1 } }
    skipSpace()
    var seconds = 0
    let digits = index
    while index < bytes.count, bytes[index].isASCIIDigit {
      seconds = min(seconds * 10 + Int(bytes[index] - 0x30), 1_000_000_000)
      index += 1
    }
    if index == digits, index >= bytes.count || bytes[index] != 0x2E { return nil }
    while index < bytes.count, bytes[index].isASCIIDigit || bytes[index] == 0x2E { index += 1 }
    self.seconds = seconds
    guard index < bytes.count else {
      target = nil
      return
    }
    guard bytes[index] == 0x3B || bytes[index] == 0x2C || bytes[index].isHTMLSpace else {
      return nil
    }
    skipSpace()
    if index < bytes.count, bytes[index] == 0x3B || bytes[index] == 0x2C { index += 1 }
    skipSpace()
    let start = index
    if bytes[index...].prefix(3).map(\.asciiLowered).elementsEqual("url".utf8) {
      index += 3
      skipSpace()
      if index < bytes.count, bytes[index] == 0x3D {
        index += 1
        skipSpace()
      } else {
        index = start
      }
    }
    var rest = bytes[index...]
    if let quote = rest.first, quote == 0x22 || quote == 0x27 {
      rest = rest.dropFirst().prefix { $0 != quote }
    }
    target = rest.isEmpty ? nil : String(decoding: rest, as: UTF8.self)
  }
}
