import Markup

/// A hash (FNV-1a, 64 bits) of all that a document says, but for the shapes of its elements: of those
/// only which are the same.
struct PageDigest {
  private var hash: UInt64 = 0xCBF2_9CE4_8422_2325

  var hex: String {
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  init(_ document: Document) {
    add(document.text)
    add(document.encoding)
    for text in [
      document.title, document.description, document.canonical, document.language, document.base,
    ] { add(text ?? "-") }
    add([document.truncated, document.refresh == nil].description)
    for hidden in document.hidden {
      add(hidden.text)
      add("\(hidden.at) \(hidden.reason)")
    }
    addOutline(document)
    for mark in document.marks { add("\(mark.range) \(mark.kind)") }
    for link in document.links {
      add(link.href)
      add(link.text)
      add(link.rel.joined(separator: " "))
      add("\(link.kind) \(link.range) \(link.region) \(link.isImage) \(link.isHidden)")
    }
    for image in document.images { add("\(image.at) \(image.src) \(image.alt ?? "-")") }
    for entry in document.meta { add("\(entry.kind) \(entry.name) \(entry.content)") }
    for form in document.forms { add("\(form)") }
    for value in document.jsonLD { add(value.serialized) }
    for item in document.microdata { add("\(item)") }
    add(document.robotsDirectives.joined(separator: " "))
    for offset in stride(from: 0, to: document.text.count, by: 7) {
      add("\(document.sourceOffset(ofText: offset))")
    }
  }

  private mutating func addOutline(_ document: Document) {
    var shapes: [UInt32: Int] = [:]
    for element in document.elements {
      let shape = shapes[element.shape] ?? shapes.count
      shapes[element.shape] = shape
      add(document.name(of: element))
      add(document.id(of: element) ?? "-")
      add(document.classNames(of: element).joined(separator: " "))
      add(
        "\(element.range) \(element.depth) \(element.parent) \(element.end) \(element.linkBytes)")
      add("\(element.region) \(element.isBlock) \(shape)")
    }
  }

  private mutating func add(_ text: String) { add(text.utf8) }

  private mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    hash = (hash ^ 0xFF) &* 0x0000_0100_0000_01B3
  }
}
