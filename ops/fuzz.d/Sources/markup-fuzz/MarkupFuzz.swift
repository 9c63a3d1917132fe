import Markup
import WebAddress

/// One input: a byte that chooses the limits and how the page came, then the page.
///
/// Whatever the page is, what is promised of a document and of an address holds.
func markupFuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard count > 0 else { return -1 }
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  let page = Array(input[1...])
  let limits = input[0] & 1 == 0 ? MarkupLimits() : smallLimits
  let document: Document
  switch input[0] >> 1 & 3 {
  case 0: document = Document(decodedHTML: page, limits: limits)
  case 1: document = Document(bytes: page, declaredEncoding: nil, limits: limits)
  case 2: document = Document(bytes: page, declaredEncoding: "windows-1252", limits: limits)
  default: document = Document(plainBytes: page, declaredEncoding: nil, limits: limits)
  }
  checkText(of: document, limits)
  checkOutline(of: document, limits)
  checkAddresses(of: document)
  document.jsonLD.forEach(checkJSON)
  return 0
}

private let smallLimits: MarkupLimits = {
  var limits = MarkupLimits()
  limits.maximumDepth = 4
  limits.maximumElements = 10
  limits.maximumAttributes = 2
  limits.maximumAttributeBytes = 16
  limits.maximumLinks = 3
  limits.maximumLinkTextBytes = 5
  limits.maximumTextBytes = 60
  limits.maximumHiddenBytes = 20
  limits.maximumHidden = 2
  limits.maximumMarks = 2
  limits.maximumEmbeddedBytes = 30
  limits.maximumItems = 3
  limits.maximumItemDepth = 2
  limits.maximumFields = 2
  limits.maximumMeta = 2
  limits.maximumImages = 2
  return limits
}()

private func expect(_ holds: Bool, _ promise: StaticString) {
  if !holds { fatalError("\(promise)") }
}

private func checkText(of document: Document, _ limits: MarkupLimits) {
  let text = document.text
  expect(String(validating: text, as: UTF8.self) != nil, "text is no UTF-8")
  expect(text.count <= limits.maximumTextBytes, "more text than the limit")
  var last = 0
  for offset in 0...text.count {
    let source = document.sourceOffset(ofText: offset)
    expect(source >= last, "offsets in the source go back")
    last = source
  }
  // No encoding takes more than three bytes of UTF-8 for one of its own.
  expect(last <= limits.maximumBytes * 3, "an offset beyond the source")
  for hidden in document.hidden {
    expect(isBoundary(hidden.at, in: text), "hidden text stands in a character")
    expect(!hidden.text.isEmpty, "hidden text is empty")
    expect(String(validating: hidden.text, as: UTF8.self) != nil, "hidden text is no UTF-8")
  }
  let order = zip(document.hidden, document.hidden.dropFirst())
  expect(order.allSatisfy { $0.at <= $1.at }, "hidden text is out of order")
  let marks = zip(document.marks, document.marks.dropFirst())
  expect(marks.allSatisfy { $0.range.upperBound <= $1.range.lowerBound }, "marks are out of order")
  for mark in document.marks {
    expect(isRange(mark.range, in: text) && !mark.range.isEmpty, "a mark out of the text")
  }
}

private func checkOutline(of document: Document, _ limits: MarkupLimits) {
  let text = document.text
  expect(document.elements.count <= limits.maximumElements, "more elements than the limit")
  for (index, element) in document.elements.enumerated() {
    expect(isRange(element.range, in: text), "an element out of the text")
    expect(element.end > index && element.end <= document.elements.count, "an element has no end")
    expect(element.linkBytes >= 0 && element.linkBytes <= element.range.count, "links beyond it")
    guard element.parent >= 0 else { continue }
    expect(element.parent < index, "a parent comes after its child")
    let parent = document.elements[Int(element.parent)]
    expect(parent.end >= element.end && parent.depth < element.depth, "an element leaves its parent")
  }
  expect(document.links.count <= limits.maximumLinks, "more links than the limit")
  expect(document.links.allSatisfy { isRange($0.range, in: text) }, "a link out of the text")
  expect(document.forms.allSatisfy { isRange($0.range, in: text) }, "a form out of the text")
  expect(document.images.allSatisfy { isBoundary($0.at, in: text) }, "an image out of the text")
}

private func checkAddresses(of document: Document) {
  let base = Address("https://www.site.example/a/b?c")
  for href in document.links.map(\.href) + document.images.map(\.src) {
    guard let address = Address(href, base: base) else { continue }
    expect(Address(address.href)?.href == address.href, "an address does not parse to itself")
    expect(address.href.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "an address is not ASCII")
    expect(address.href.utf8.count <= Address.maximumLength, "an address is too long")
  }
}

private func checkJSON(_ value: JSONValue) {
  let written = value.serialized
  expect(String(validating: written, as: UTF8.self) != nil, "JSON is no UTF-8")
  // An end tag in a string would end the script.
  guard !written.contains(0x3C) else { return }
  let page = Array("<script type=application/ld+json>".utf8) + written
  let again = Document(decodedHTML: page).jsonLD.map(\.serialized)
  expect(again == [written], "JSON does not parse to itself")
}

private func isBoundary(_ offset: Int, in text: [UInt8]) -> Bool {
  offset >= 0 && offset <= text.count && (offset == text.count || text[offset] & 0xC0 != 0x80)
}

private func isRange(_ range: Range<Int>, in text: [UInt8]) -> Bool {
  isBoundary(range.lowerBound, in: text) && isBoundary(range.upperBound, in: text)
}
