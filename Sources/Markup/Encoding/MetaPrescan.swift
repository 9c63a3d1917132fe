/// Looks for a declaration of the encoding in the first bytes of a page (HTML standard, section
/// 13.2.3.2, "prescan a byte stream to determine its encoding").
struct MetaPrescan {
  /// How many bytes the standard looks at.
  static let length = 1024

  private let bytes: ArraySlice<UInt8>
  private var index: Int

  private init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    index = bytes.startIndex
  }

  /// The encoding that the page declares; nil when it declares none.
  static func encoding(of bytes: ArraySlice<UInt8>) -> TextEncoding? {
    if bytes.starts(with: [0x3C, 0, 0x3F, 0, 0x78, 0]) { return .utf16le }
    if bytes.starts(with: [0, 0x3C, 0, 0x3F, 0, 0x78]) { return .utf16be }
    var scan = MetaPrescan(bytes)
    return scan.run() ?? xmlEncoding(of: bytes)
  }

  private mutating func run() -> TextEncoding? {
    while let open = bytes[index...].firstIndex(of: 0x3C) {
      index = open
      if has("<!--") {
        index += 2
        guard skip(past: "-->") else { return nil }
      } else if has("<meta"), let next = byte(at: index + 5), next.isHTMLSpace || next == 0x2F {
        index += 5
        switch readMeta() {
        case .found(let encoding): return encoding
        case .nothing: break
        case .over: return nil
        }
      } else if let next = byte(at: index + 1),
        next.isASCIILetter || next == 0x2F && byte(at: index + 2)?.isASCIILetter == true
      {
        while let here = byte(at: index), !here.isHTMLSpace, here != 0x3E { index += 1 }
        attributes: while true {
          switch readAttribute(keeping: false) {
          case .over: return nil
          case .none: break attributes
          case .attribute: continue
          }
        }
      } else if let next = byte(at: index + 1), next == 0x21 || next == 0x2F || next == 0x3F {
        guard skip(past: ">") else { return nil }
      } else {
        index += 1
      }
    }
    return nil
  }

  private enum MetaResult {
    case found(TextEncoding)
    case nothing
    case over
  }

  private mutating func readMeta() -> MetaResult {
    var seen: [[UInt8]] = []
    var isPragma = false
    var needsPragma: Bool?
    var encoding: TextEncoding?
    reading: while true {
      switch readAttribute(keeping: true) {
      case .over: return .over
      case .none: break reading
      case .attribute(let name, let value):
        // Only the names that matter are kept, so the list is short.
        if seen.contains(name) { continue }
        switch String(decoding: name, as: UTF8.self) {
        case "http-equiv":
          seen.append(name)
          if value.elementsEqual("content-type".utf8) { isPragma = true }
        case "content":
          seen.append(name)
          if needsPragma == nil, let found = Self.encoding(inContent: value[...]) {
            encoding = found
            needsPragma = true
          }
        case "charset":
          seen.append(name)
          encoding = TextEncoding(label: value)
          needsPragma = false
        default: break
        }
      }
    }
    guard let needsPragma, !needsPragma || isPragma, let encoding else { return .nothing }
    return .found(encoding.asDeclaredInside)
  }

  private enum AttributeResult {
    case attribute([UInt8], [UInt8])
    case none
    case over
  }

  /// Reads one attribute, empty unless it is kept; the source may end in it, and then the search is
  /// over.
  private mutating func readAttribute(keeping: Bool) -> AttributeResult {
    while let here = byte(at: index), here.isHTMLSpace || here == 0x2F { index += 1 }
    guard let first = byte(at: index) else { return .over }
    if first == 0x3E { return .none }
    var name: [UInt8] = []
    let start = index
    while let here = byte(at: index) {
      if here == 0x3D, index > start { break }
      if here.isHTMLSpace { break }
      if here == 0x2F || here == 0x3E { return .attribute(name, []) }
      if keeping { name.append(here.asciiLowered) }
      index += 1
    }
    while let here = byte(at: index), here.isHTMLSpace { index += 1 }
    guard let sign = byte(at: index) else { return .over }
    guard sign == 0x3D else { return .attribute(name, []) }
    index += 1
    while let here = byte(at: index), here.isHTMLSpace { index += 1 }
    guard let quote = byte(at: index) else { return .over }
    var value: [UInt8] = []
    if quote == 0x22 || quote == 0x27 {
      index += 1
      while let here = byte(at: index), here != quote {
        if keeping { value.append(here.asciiLowered) }
        index += 1
      }
      guard byte(at: index) != nil else { return .over }
      index += 1
      return .attribute(name, value)
    }
    while let here = byte(at: index), here != 0x3E, !here.isHTMLSpace {
      if keeping { value.append(here.asciiLowered) }
      index += 1
    }
    return byte(at: index) == nil ? .over : .attribute(name, value)
  }

  private func byte(at position: Int) -> UInt8? {
    position < bytes.endIndex ? bytes[position] : nil
  }

  private func has(_ text: StaticString) -> Bool {
    let length = text.utf8CodeUnitCount
    guard index + length <= bytes.endIndex else { return false }
    return (0..<length).allSatisfy { bytes[index + $0].asciiLowered == text.utf8Start[$0] }
  }

  private mutating func skip(past text: StaticString) -> Bool {
    while index < bytes.endIndex {
      if has(text) {
        index += text.utf8CodeUnitCount
        return true
      }
      index += 1
    }
    return false
  }

  /// The encoding in the `content` of a `meta` (HTML, section 2.5.6, "extracting a character
  /// encoding from a meta element").
  static func encoding(inContent content: ArraySlice<UInt8>) -> TextEncoding? {
    let word = Array("charset".utf8)
    var index = content.startIndex
    while index + word.count <= content.endIndex {
      let isWord = (0..<word.count).allSatisfy {
        content[index + $0].asciiLowered == word[$0]
      }
      guard isWord else {
        index += 1
        continue
      }
      index += word.count
      while index < content.endIndex, content[index].isHTMLSpace { index += 1 }
      guard index < content.endIndex, content[index] == 0x3D else { continue }
      index += 1
      while index < content.endIndex, content[index].isHTMLSpace { index += 1 }
      guard index < content.endIndex else { return nil }
      let quote = content[index]
      if quote == 0x22 || quote == 0x27 {
        guard let end = content[(index + 1)...].firstIndex(of: quote) else { return nil }
        return TextEncoding(label: content[index + 1..<end])
      }
      let end = content[index...].firstIndex { $0.isHTMLSpace || $0 == 0x3B }
      return TextEncoding(label: content[index..<(end ?? content.endIndex)])
    }
    return nil
  }

  /// The encoding in an XML declaration ("get an XML encoding").
  private static func xmlEncoding(of bytes: ArraySlice<UInt8>) -> TextEncoding? {
    guard bytes.starts(with: "<?xml".utf8), let end = bytes.firstIndex(of: 0x3E) else { return nil }
    let declaration = bytes[..<end]
    let word = Array("encoding".utf8)
    var index = declaration.startIndex
    while index + word.count <= end, !declaration[index..<index + word.count].elementsEqual(word) {
      index += 1
    }
    index += word.count
    while index < end, declaration[index] <= 0x20 { index += 1 }
    guard index < end, declaration[index] == 0x3D else { return nil }
    index += 1
    while index < end, declaration[index] <= 0x20 { index += 1 }
    guard index < end, declaration[index] == 0x22 || declaration[index] == 0x27,
      let close = declaration[(index + 1)...].firstIndex(of: declaration[index])
    else { return nil }
    let label = declaration[index + 1..<close]
    guard label.allSatisfy({ $0 > 0x20 }) else { return nil }
    return TextEncoding(label: label)?.asDeclaredInside
  }
}
