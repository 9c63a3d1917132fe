import Mustache

/// The pages' templates, with an escaping of our own.
///
/// The library's compares `Character`s: a quotation mark with a combining accent after it is another
/// character, stays as it is, and ends an attribute. Ours looks at bytes.
struct Templates: Sendable {
  private let library: MustacheLibrary

  /// Reads the bundled templates.
  ///
  /// Throws what the parser says of a wrong one.
  init() throws {
    MustacheContentTypes.register(HTMLBytes(), named: "HTMLBYTES")
    var library = MustacheLibrary()
    for (name, bytes) in BundledFiles.all where name.hasSuffix(".mustache") {
      let text = "{{% CONTENT_TYPE:HTMLBYTES}}\n" + String(decoding: bytes, as: UTF8.self)
      try library.register(text, named: String(name.dropLast(".mustache".count)))
    }
    self.library = library
  }

  /// A page; nil when there is no template of that name.
  func render(_ name: String, _ context: [String: Any]) -> String? {
    library.render(context, withTemplate: name)
  }
}

/// Text as it may stand in HTML, also within quotation marks.
struct HTMLBytes: MustacheContentType {
  func escapeText(_ text: String) -> String {
    var escaped: [UInt8] = []
    escaped.reserveCapacity(text.utf8.count + 16)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "<"): escaped += "&lt;".utf8
      case UInt8(ascii: ">"): escaped += "&gt;".utf8
      case UInt8(ascii: "&"): escaped += "&amp;".utf8
      case UInt8(ascii: "\""): escaped += "&quot;".utf8
      case UInt8(ascii: "'"): escaped += "&#39;".utf8
      // Control characters have no place in HTML but these.
      case 0..<0x20 where byte != 0x09 && byte != 0x0A: escaped.append(0x20)
      default: escaped.append(byte)
      }
    }
    return String(decoding: escaped, as: UTF8.self)
  }
}
