import Markup

/// What agreement.py compares of a page: path, encoding and all text in order, hidden text with it.
///
/// Each part stands after its length in four bytes, little end first.
struct PageRecord {
  private(set) var bytes: [UInt8] = []

  init(_ path: String, _ document: Document) {
    var text = Array((document.title ?? "").utf8) + [0x0A]
    var start = 0
    for hidden in document.hidden {
      text += document.text[start..<hidden.at]
      text += [0x0A] + hidden.text + [0x0A]
      start = hidden.at
    }
    text += document.text[start...]
    for part in [Array(path.utf8), Array(document.encoding.utf8), text] {
      for shift in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: part.count >> (8 * shift))) }
      bytes += part
    }
  }
}
