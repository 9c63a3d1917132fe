/// What a word says about the digits of a spoken number.
struct NumberWord: Sendable, Hashable {
  enum Role: Sendable, Hashable {
    /// Stands for digits: 0 to 9, or 10 to 99 when no unit can follow.
    case digits
    /// A round number, 20 to 90, that a unit may follow: "twenty" + "one".
    case tens
    /// Says that the next digit comes so many times: "double".
    case times
    /// The "and" of "treinta y uno"; counts only between tens and a unit.
    case joiner
    /// The spoken "+".
    case plus
  }
  var role: Role
  var value: Int
  /// Where the language is spoken, as a set of `NumberWords.languages` indices.
  var languages: UInt32
}

/// The words that people spell phone numbers with, in a trie over folded bytes.
///
/// Units in twelve languages; teens and tens where number plans are read in pairs. Tens go with a
/// unit after them (`twenty one`), compounds with the unit first (`einundzwanzig`) are spelled out.
struct NumberWords: Sendable {
  static let shared = NumberWords()

  static let languages = [
    "en", "nl", "de", "fr", "es", "ro", "pl", "bg", "hu", "ru", "it", "pt",
  ]

  private struct Node: Sendable {
    var children: [(byte: UInt8, node: Int32)] = []
    var word: NumberWord?
  }

  private var nodes: [Node] = [Node()]
  /// The children of the root by byte, because nearly every look-up ends there.
  private var first = [Int32](repeating: -1, count: 256)
  /// The first three letters of words, five bits each; words of one and two letters by themselves.
  private var beginnings = [Bool](repeating: false, count: 1 << 15)

  private init() {
    for (language, code) in Self.languages.enumerated() {
      let bit = UInt32(1) << UInt32(language)
      for (words, value, role) in NumberWords.table(code) {
        for word in words.split(separator: " ") {
          insert(
            Folding.key(String(word)), NumberWord(role: role, value: value, languages: bit))
        }
      }
    }
    for child in nodes[0].children { first[Int(child.byte)] = child.node }
  }

  /// Remembers how a word begins; any letter may follow a word of two.
  private mutating func mark(_ key: [UInt8]) {
    let letters = key.prefix(3)
    guard letters.count >= 2, letters.allSatisfy(\.isLetter) else { return }
    let head = letters.reduce(0) { $0 << 5 | Int($1 & 31) }
    if letters.count == 3 {
      beginnings[head] = true
    } else {
      for third in 0..<32 { beginnings[head << 5 | third] = true }
    }
  }

  private mutating func insert(_ key: [UInt8], _ word: NumberWord) {
    mark(key)
    var node = 0
    for byte in key {
      if let child = nodes[node].children.first(where: { $0.byte == byte }) {
        node = Int(child.node)
      } else {
        nodes.append(Node())
        nodes[node].children.append((byte, Int32(nodes.count - 1)))
        node = nodes.count - 1
      }
    }
    if let known = nodes[node].word {
      // One spelling in two languages: "sei" is six in Italian only, "seis" in two. Where the
      // values differ the language named first wins.
      if known.value == word.value, known.role == word.role {
        nodes[node].word?.languages |= word.languages
      }
    } else {
      nodes[node].word = word
    }
  }

  /// The longest word of the table that `key` has at `start`.
  func longest(in key: [UInt8], at start: Int) -> (word: NumberWord, length: Int)? {
    guard start < key.count else { return nil }
    var node = first[Int(key[start])]
    var index = start + 1
    var found: (word: NumberWord, length: Int)?
    while node >= 0 {
      if let word = nodes[Int(node)].word { found = (word, index - start) }
      guard index < key.count else { break }
      let byte = key[index]
      index += 1
      var next: Int32 = -1
      for child in nodes[Int(node)].children where child.byte == byte {
        next = child.node
        break
      }
      node = next
    }
    return found
  }

  /// Whether three letters, or the last one or two of a token, may begin a word of the table; single
  /// letters that are words of their own aside.
  @inline(__always)
  func begins(_ text: [UInt8], _ index: Int, _ end: Int) -> Bool {
    guard index + 1 < end else { return false }
    let head = Int(text[index] & 31) << 10 | Int(text[index + 1] & 31) << 5
    return beginnings[index + 2 < end ? head | Int(text[index + 2] & 31) : head]
  }

  /// Whether a letter is a word by itself, as "o" is for nought.
  @inline(__always)
  func isWord(_ letter: UInt8) -> Bool {
    let node = first[Int(letter.lowered)]
    return node >= 0 && nodes[Int(node)].word != nil
  }
}
