import Extraction
import Linking
import Markup
import Vocabulary
import WebAddress

/// What somebody asks the links of: an address, a number, or a contact in any writing.
struct LinkQuestion {
  /// As it was asked.
  let text: String
  /// The canonical address, when it is one.
  let address: String?
  /// The number of a cluster or of an advert.
  let number: Int64?
  /// The contacts that it may stand for.
  let nodes: [LinkNode]

  /// `country` is where a telephone number is dialled as it is written, ISO 3166 alpha-2.
  init(_ text: String, country: String?) {
    self.text = text
    number = text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int64(text) : nil
    address = text.contains("://") ? Address(text)?.canonical.href : nil
    nodes = Self.nodes(text, country: country)
  }

  private static func nodes(_ text: String, country: String?) -> [LinkNode] {
    if let node = LinkNode(text: text) { return [node] }
    // Read like an advert's own words, so that every writing an advert uses will do.
    let page = Extractor.extract(
      Document(plainText: Array(text.utf8)),
      hints: PageHints(country: country?.uppercased(), kind: .advert))
    var nodes: [LinkNode] = []
    for selector in page.adverts.flatMap(\.selectors) {
      let node = LinkNode.selector(selector.kind, selector.value)
      if !nodes.contains(node) { nodes.append(node) }
    }
    return nodes
  }

  /// What to ask for instead.
  var hint: String {
    nodes.isEmpty
      ? "ask for an advert's address, a telephone number (with --country or +), a mail address, or "
        + "a number that 'adwatch links' shows"
      : "it was read as " + nodes.map { shown($0.text) }.joined(separator: ", ")
  }
}
