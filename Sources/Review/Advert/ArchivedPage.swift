import Archive
import Bytes
import CaseStore
import Markup

/// An archived page as text: nothing of its markup, styles or scripts reaches a browser.
///
/// The page is read again from the archive, its member checked against the digest that was stored, and
/// told as headings, paragraphs and links that lead nowhere; what the page hid is shown apart.
struct ArchivedPage {
  /// A line of the page.
  struct Line {
    var text: String
    /// 1 to 6 for a heading.
    var heading: Int
  }

  /// Lines, links and images that are shown.
  static let most = 2000

  let title: String?
  let lines: [Line]
  let links: [(text: String, address: String)]
  let hidden: [(text: String, reason: String)]
  let images: Int

  /// Reads the page of a capture; nil when its record is not there, is no page, or was changed.
  init?(_ evidence: CaptureEvidence, in folder: String, most bytes: Int) {
    guard let member = evidence.members.first(where: { $0.type == "response" }),
      let digest = SHA256Digest(member.digest),
      let stored = try? WARCReader.read(
        path: folder + "/" + member.file, offset: member.offset, length: member.length,
        expecting: digest),
      let message = HTTPMessage(stored.record.block)
    else { return nil }
    var body = Array(message.payload)
    if let encoding = message.list("content-encoding"), !encoding.isEmpty {
      guard let codings = ContentCoding.list(fromHeader: encoding) else { return nil }
      body = ContentDecoder.decodePrefix(body, codings: codings).bytes
    }
    let type = message.field("content-type")?.lowercased() ?? ""
    guard type.isEmpty || type.contains("html") || type.contains("xml") || type.contains("text")
    else { return nil }
    let document = Document(
      bytes: Array(body.prefix(bytes)), declaredEncoding: Self.charset(type))
    self.init(document)
  }

  init(_ document: Document) {
    title = document.title
    var headings: [Int: Int] = [:]
    for element in document.elements {
      let name = document.name(of: element).utf8
      if name.count == 2, name.first == UInt8(ascii: "h"), let digit = name.last,
        (0x31...0x36).contains(digit)
      {
        headings[element.range.lowerBound] = Int(digit - 0x30)
      }
    }
    var lines: [Line] = []
    var start = 0
    for line in document.text.split(separator: 0x0A, omittingEmptySubsequences: false) {
      guard lines.count < Self.most else { break }
      if !line.isEmpty {
        lines.append(
          Line(text: String(decoding: line, as: UTF8.self), heading: headings[start] ?? 0))
      }
      start += line.count + 1
    }
    self.lines = lines
    links = document.links.prefix(Self.most).map { ($0.text, $0.href) }
    hidden = document.hidden.prefix(Self.most).map {
      (String(decoding: $0.text, as: UTF8.self), $0.reason.rawValue)
    }
    images = document.images.count
  }

  private static func charset(_ type: String) -> String? {
    type.split(separator: ";").lazy.compactMap { part -> String? in
      let pair = part.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
      return pair.count == 2 && pair[0] == "charset"
        ? String(pair[1].filter { $0 != "\"" && $0 != "'" }) : nil
    }.first
  }
}
