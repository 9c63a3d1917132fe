/// Finds names on messaging platforms in running text: "telegram: @name", "snap - name_1".
struct HandleFinder {
  let text: [UInt8]

  /// Words between the platform and the name.
  private static let fillers: Set<[UInt8]> = words(
    """
    id name username user account me my mij mijn is handle naam op on add voeg toe nick nickname
    contact channel kanaal messenger chat app profile profiel nume konto at hinzu hinzufugen x ajoute
    moi acc
    """)
  /// Words that are no names although they stand where one would.
  private static let others: Set<[UInt8]> = words(
    """
    yes no ja nee nein only alleen and und of or oder the het een with met mit for voor available
    number nummer message bericht group groep video videos photo fotos call bellen sms text whatsapp
    viber signal telegram instagram snapchat facebook tiktok onlyfans twitter skype wechat line kik
    please also too here hier now free gratis premium show sex link bio below above phone tel mail
    email send stuur nur sau si lub albo i y e o ou et или и contact private prive welcome me you
    opens teilen share app apps chat chats account accounts user users name username content page story stories cam
    """)

  private static func words(_ list: String) -> Set<[UInt8]> {
    Set(list.split(whereSeparator: \.isWhitespace).map { Folding.key(String($0)) })
  }

  private static func isName(_ byte: UInt8) -> Bool {
    byte.isAlphanumeric || byte == 0x5F || byte == 0x2E
  }

  /// The name after the platform's word in `word`, nil when there is none.
  func handle(after word: Range<Int>, hash: UInt64) -> Selector? {
    guard let platform = Platform(word: hash), platform != .whatsapp else { return nil }
    // "OF: @name" and "X: @name" are platforms in capitals with a name that says it is one.
    let isShort = word.count <= 2 && (platform == .onlyfans || platform == .x)
    if isShort {
      let ahead = text[word.upperBound..<min(text.count, word.upperBound + 4)]
      guard !text[word.lowerBound..<word.upperBound].contains(where: { $0 & 0x20 != 0 }),
        ahead.contains(0x40)
      else { return nil }
    }
    var index = word.upperBound
    var marked = false
    var labelled = false
    var steps = 0
    while index < text.count, index - word.upperBound < 32 {
      let byte = text[index]
      switch byte {
      case 0x20: index += 1
      case 0x2D:
        // "Instagram-Seite" is one word.
        guard index > word.upperBound || index + 1 < text.count && !text[index + 1].isAlphanumeric
        else { return nil }
        marked = true
        index += 1
      case 0x28: index += 1
      case 0x3A, 0x3D, 0x2F, 0x7C, 0x3E:
        marked = true
        index += 1
      case 0x40: return name(platform, word, at: index + 1, certainty: 0.95)
      case 0x0A:
        guard marked else { return nil }
        index += 1
        steps += 3
      default:
        let skip = invisible(at: index)
        if skip > 0 {
          if role(ofScalar: scalar(in: text, at: index).value) != .space { marked = true }
          index += skip
          continue
        }
        let end = TextRange.forward(from: index, in: text, limit: 24) {
          $0.isAlphanumeric || $0 == 0x5F
        }
        let whole = TextRange.forward(from: index, in: text, limit: 40, Self.isName)
        guard end > index else { return nil }
        if steps < 3, Self.fillers.contains(Folding.key(text, index..<end)),
          end < text.count, text[end] == 0x20 || text[end] == 0x3A || text[end] == 0x3D
        {
          labelled = true
          steps += 1
          index = end
          continue
        }
        guard marked || telling(index, whole) else { return nil }
        if platform.isWord, !labelled, !telling(index, whole), platform != .snapchat { return nil }
        if platform == .line, !labelled { return nil }
        return name(platform, word, at: index, certainty: marked ? 0.85 : 0.7)
      }
    }
    return nil
  }

  /// The length of an arrow, emoji or dash at `index`, zero when something else stands there.
  private func invisible(at index: Int) -> Int {
    guard text[index] >= 0x80 else { return 0 }
    let found = scalar(in: text, at: index)
    switch role(ofScalar: found.value) {
    case .letter, .digit: return 0
    default: return found.length
    }
  }

  /// Whether a word looks like a chosen name: letters with a digit or an underscore.
  private func telling(_ start: Int, _ end: Int) -> Bool {
    let token = text[start..<end]
    return token.contains { $0.isLetter }
      && token.contains { $0 == 0x5F || $0.isDigit } && token.count >= 4
  }

  private func name(
    _ platform: Platform, _ word: Range<Int>, at start: Int, certainty: Double
  ) -> Selector? {
    var start = start
    while start < text.count, text[start] == 0x20 || text[start] == 0x40 { start += 1 }
    var end = TextRange.forward(from: start, in: text, limit: 40, Self.isName)
    while end > start, text[end - 1] == 0x2E { end -= 1 }
    guard end > start, end == text.count || text[end] < 0x80 || text[end] >= 0xE2,
      end == text.count || text[end] != 0x40
    else { return nil }
    let token = text[start..<end]
    guard token.contains(where: { $0.isLetter }),
      !Self.others.contains(Folding.key(text, start..<end)),
      let clean = LinkedIdentity.name(TextRange.string(text, start..<end), platform)
    else { return nil }
    return Selector(
      kind: .handle, value: "\(platform.rawValue):\(clean)",
      raw: TextRange.string(text, word.lowerBound..<end), range: word.lowerBound..<end,
      confidence: certainty)
  }
}
